#!/bin/bash
# flowpcap: the packets of flows, against tshark's filters on real captures
# and by hand.
set -uo pipefail
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/captures.sh
. "$top/t/captures.sh"

# Captures that are made here, and real ones; with MORE=1 all that are at hand.
made skype udp tcp odd
some=(skype.pcap other/{teams,rtcp_multiple_pkts_in_the_same_datagram,sip}.pcap)
[ -z "${MORE-}" ] || some=()
captures=''
! command -v tshark >/dev/null || captures="$(ls made/*.pcap)
$(real ${some[@]+"${some[@]}"})"
n=$(wc -w <<<"$captures")
plan $((36 + 2 * n))

capture() { "$top/t/mkpcap.pl" "$@"; }
# What flowpcap writes has the order of bytes of its machine, which may be
# emulated: so a capture of it tells.
order() {
	printf '1 ip(1.1.1.1,2.2.2.2) udp(1,2)\n' | capture -l 101 >o.pcap
	pcap2flows o.pcap | flowpcap - o.pcap | head -c 1 | od -An -tx1 |
		sed -n 's/ a1/-b/p'
}
order=$(order)
packets() { pcap2flows -p "$@" | cut -f 1,3,5 | sed 1d; }
times() { pcap2flows -p "$1" | sed 1d | cut -f 1 | sed 's/^0*//' | tr '\n' ' '; }

# Three flows of one tuple, which is turned round in the second, and another.
capture ${order:+"$order"} -l 101 >in.pcap <<'.'
1.5 ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
2.5 ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
3 ip(10.0.0.3,10.0.0.2) udp(1000,53) data(4)
300 ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
301.000001 ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
600 ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
601 ip(10.0.0.1,10.0.0.2) tcp(1000,53) data(4)
.
pcap2flows in.pcap >flows.tsv
row() { sed -n "1p;$(($1 + 1))p" flows.tsv; }
for n in 1 2 3 4 5; do
	row $n >one.tsv
	check "flow $n" -- flowpcap one.tsv in.pcap
	cp .out out.pcap
	pcap2flows out.pcap >got.tsv
	# The last packet of the input, which says why, may be missing.
	cut -f 1-21 one.tsv >wanted
	cut -f 1-21 got.tsv >got
	ok "flow $n: the same record" cmp wanted got
done
check 'all of them' -- flowpcap flows.tsv in.pcap
cp .out out.pcap
ok 'all of them: the same capture' cmp in.pcap out.pcap
row 3 >one.tsv
check 'no packet of it' -E 'flowpcap: flows 1, without a packet 1; packets read 7, written 0' \
	-- flowpcap -v <(row 3 | sed 's/10\.0\.0\.1/10.0.0.9/') in.pcap
cp .out out.pcap
is 'is a capture, too' "$(packets out.pcap 2>&1)" ''

# Several captures, in order; the flows from standard input.
capture -l 101 >b.pcap <<'.'
600.5 ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
.
pcap2flows in.pcap b.pcap | grep -e '^#' -e 600 >late.tsv
check 'two captures' -i late.tsv -- flowpcap - in.pcap b.pcap
cp .out out.pcap
is 'two captures: packets' "$(times out.pcap)" '600.000000 600.500000 '
check 'the capture from standard input' -i in.pcap -- flowpcap late.tsv -
check 'both' -s 2 -M 'cannot be read twice' -- flowpcap - -

# Nanoseconds stay; records of microseconds find their packets.
capture ${order:+"$order"} -n -l 101 >nano.pcap <<'.'
5.000000999 ip(10.0.0.1,10.0.0.2) udp(1,2) data(4)
5.000001001 ip(10.0.0.2,10.0.0.1) udp(2,1) data(4)
.
pcap2flows nano.pcap >nano.tsv
check 'nanoseconds' -- flowpcap nano.tsv nano.pcap
cp .out out.pcap
ok 'nanoseconds: the same capture' cmp out.pcap nano.pcap
pcap2flows nano.pcap | awk -F '\t' -v OFS='\t' 'NR > 1 {
	for (i = 1; i <= NF; i++) if ($i ~ /\.[0-9]{9}$/) $i = substr($i, 1, 17)}
	{print}' >micro.tsv
check 'records of microseconds' -- flowpcap micro.tsv nano.pcap
cp .out out.pcap
ok 'records of microseconds: both packets' cmp out.pcap nano.pcap

# Fragments and ICMP errors, on request.
capture -l 101 >frag.pcap <<'.'
1 ip(10.0.0.1,10.0.0.2,mf=1,id=7) udp(1000,53,len=32) data(8)
1.1 ip(10.0.0.1,10.0.0.2,off=2,id=7,proto=17) data(16)
2 ip(10.0.0.2,10.0.0.1) icmp(3,3) ip(10.0.0.1,10.0.0.2) udp(1000,53)
3 ip(10.0.0.9,10.0.0.1) icmp(11,0) ip(10.0.0.1,10.0.0.2) udp(1000,53)
90 ip(10.0.0.9,10.0.0.1) icmp(11,0) ip(10.0.0.1,10.0.0.2) udp(1000,53)
91 ip(10.0.0.9,10.0.0.1) icmp(0,0) ip(10.0.0.1,10.0.0.2) udp(1000,53)
.
pcap2flows frag.pcap >frag.tsv
count_of() { flowpcap -v "$@" 2>&1 >/dev/null | sed 's/.*written //'; }
is 'neither' "$(count_of frag.tsv frag.pcap)" 1
is '-f' "$(count_of -f frag.tsv frag.pcap)" 2
is '-e: up to 60 s behind' "$(count_of -e frag.tsv frag.pcap)" 3
is '-ef' "$(count_of -ef frag.tsv frag.pcap)" 4

# -K vlan: packets of the same tuple at the same time in another VLAN stay out;
# an error goes by the VLAN that it came in.
capture >vlan.pcap <<'.'
1 eth vlan(3) ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
2 eth vlan(4) ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
3 eth ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
4 eth vlan(3) ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
5 eth(type=9200) vlan(4) ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
6 eth vlan(3) vlan(4) ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
7 eth ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
8 eth vlan(4) ip(10.0.0.9,10.0.0.1) icmp(11,0) ip(10.0.0.1,10.0.0.2) udp(1000,53)
9 eth vlan(4) ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
.
pcap2flows -K vlan -e link vlan.pcap >flows.vlan
of_vlan() { # VALUE OPTION ...: times of the packets
	awk -F '\t' -v v="$1" 'NR == 1 {
		for (i = 1; i <= NF; i++)
			at[$i] = i
	} NR == 1 || $at["vlan"] == v' flows.vlan >one.tsv
	shift
	flowpcap "$@" one.tsv vlan.pcap >out.pcap
	perl -e 'local $/; $_ = <>; my $N = /^\xa1/ ? "N" : "V";
		for (my $a = 24; $a < length;
		$a += 16 + unpack "x8 $N", substr $_, $a) {
		print unpack($N, substr $_, $a), " " }' out.pcap
}
is 'VLAN 3' "$(of_vlan 3 -K vlan)" '1 4 '
is 'VLAN 4, an error' "$(of_vlan 4 -eK vlan)" '2 5 8 9 '
is 'VLAN 3.4' "$(of_vlan 3.4 -K vlan)" '6 '
is 'no VLAN' "$(of_vlan - -K vlan)" '3 7 '
is 'without -K: all of the time' "$(of_vlan 3)" '1 2 3 4 '
check 'no columns of VLANs' -s 2 -M 'no column "vlan"' -- \
	flowpcap -K vlan flows.tsv in.pcap
capture >two.pcap <<'.'
1 eth vlan(3) ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
2 eth vlan(4) ip(10.0.0.2,10.0.0.1) udp(53,1000) data(4)
.
pcap2flows -e link two.pcap >flows.two
check 'flows made without -K' -s 1 -M 'rvlan: other VLANs than vlan' -- \
	flowpcap -K vlan flows.two two.pcap
check 'another key' -s 2 -E 'flowpcap: -K: not vlan: "mac"' -- \
	flowpcap -K mac flows.vlan vlan.pcap

# Two link types.
capture >eth.pcap <<'.'
600.7 eth ip(10.0.0.1,10.0.0.2) udp(1000,53) data(4)
.
pcap2flows in.pcap eth.pcap | grep -e '^#' -e 600 >two.tsv
check 'two link types' -s 1 -M 'eth.pcap: packets of two link types, (RAW|DLT_RAW|.*) and EN10MB' -- \
	flowpcap two.tsv in.pcap eth.pcap
check 'a full disk' -s 1 -M '<stdout>: No space left' -- \
	sh -c 'flowpcap flows.tsv in.pcap >/dev/full'

# Of each capture up to twenty flows.
some_of() { # CAPTURE
	pcap2flows "$1" >all.tsv
	awk -v n="$(wc -l <all.tsv)" 'BEGIN {step = n > 21 ? (n - 1) / 20 : 1}
		NR == 1 || NR > 1 + at * step && at < 20 && ++at' all.tsv
}
# The tuple and time of each flow as tshark's filter.
filter_of() { # RECORDS
	local ip
	shopt -s extglob
	sed 1d "$1" | while IFS=$'\t' read -r _ start end proto a p b q _; do
		ip=ip
		[[ $a != *:* ]] || ip=ipv6
		echo "(frame.time_epoch >= ${start##+(0)} &&" \
			"frame.time_epoch <= ${end##+(0)} &&" \
			"$ip.addr == $a && $ip.addr == $b &&" \
			"$proto.port == $p && $proto.port == $q &&" \
			"!(ip.proto#1 == 1) && !(ipv6.nxt#1 == 58))"
	done | paste -s -d '|' | sed 's/)|(/) || (/g'
}
numbers() {
	tshark -n -r "$1" -o ip.defragment:FALSE -o ipv6.defragment:FALSE \
		"${@:2}" -T fields -e frame.time_epoch -e frame.len -e ip.id \
		-e ip.frag_offset -e udp.checksum -e tcp.seq_raw \
		2>tshark.err
}
for file in $captures; do
	some_of "$file" >some.tsv
	which="${file##*/}: $(sed 1d some.tsv | wc -l) flows"
	flowpcap -f some.tsv "$file" >some.pcap
	cut -f 1-21 some.tsv | sort >wanted
	pcap2flows some.pcap | cut -f 1-21 | sort >got
	check "$which: the same records" -o wanted -- cat got
	flowpcap some.tsv "$file" >some.pcap
	numbers "$file" -Y "$(filter_of some.tsv)" >wanted
	numbers some.pcap >got
	check "$which: tshark's packets, $(wc -l <wanted)" -o wanted -- cat got
done
