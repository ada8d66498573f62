#!/bin/bash
# flowmerge on the further columns of -e: what it writes is what one pass
# gives, or "-", and that only where flowmerge(1) says so.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 22

groups=link,ip,tcp,time,splt=255,ent,tunnel
# compare WHOLE MERGED: columns that are another value, or "-" though exact.
compare_rows() {
	awk -F '\t' -v may="$3" '
	BEGIN {
		split(may, name, " ")
		for (i in name)
			dash[name[i]] = dash["r" name[i]] = dash["b" name[i]]
		split("win rwin why", name, " ")
		for (i in name)
			other[name[i]]
	}
	FNR == 1 {n = split($0, column); next}
	NR == FNR {whole[$1, $2] = $0; next}
	{
		rows++
		if (split(whole[$1, $2], v) != n)
			print "no such flow: " $1, $2
		for (i = 1; i <= n; i++)
			if ($i != v[i] && !(column[i] in other) &&
			    !($i == "-" && column[i] in dash) &&
			    !bad[column[i]]++)
				print column[i], v[i], $i
	}
	END {print rows " rows"}' "$1" "$2"
}

means='gapmean gapsd ent drttmed'
counts="retx ooo dupack lost synretx drttn drttmin hsrtt"
tracegen -c 60 -d 900 -s 5 >campus.pcap
whole() { pcap2flows -e "$groups" "$@" | LC_ALL=C sort; }
whole campus.pcap >whole.tsv
n=$(sed 1d whole.tsv | wc -l)
pcap2flows -e "$groups" -A 3 campus.pcap | LC_ALL=C sort >pieces.tsv
ok 'there are pieces' [ "$(wc -l <pieces.tsv)" -gt $((n + 100)) ]
flowmerge pieces.tsv >merged.tsv
is '-A: as one pass but for means' \
	"$(compare_rows whole.tsv merged.tsv "$means $counts")" "$n rows"

# Several timeouts: the flows of each are those of a run with it alone.
timeouts='2 10 inf'
pcap2flows -e "$groups" -t 0.2 campus.pcap | LC_ALL=C sort >short.tsv
flowmerge -t "${timeouts// /,}" short.tsv >several.tsv
for t in $timeouts; do
	awk -F '\t' -v OFS='\t' -v timeouts="$timeouts" -v t="$t" '
	BEGIN {
		n = split(timeouts, name, " ")
		for (i = 1; i <= n; i++)
			at[name[i]] = i
	}
	{ idle = $(NF - 1); joins = $NF; sub(/\t[^\t]*\t[^\t]*$/, "") }
	/^#/ || (idle == "-" || at[idle] <= at[t]) &&
	    (joins == "-" || at[joins] > at[t])' several.tsv |
		LC_ALL=C sort >got
	flowmerge -t "$t" short.tsv | LC_ALL=C sort >alone
	is "several timeouts, $t" "$(diff alone got 2>&1 | head -n 5)
$(($(wc -l <alone) < $(wc -l <short.tsv)))" "
1"
done

# Two halves, read apart: what was sent before is not known.
half=1177200450
for part in lt ge; do
	tshark -r campus.pcap -w $part.pcap -F pcap -Y \
		"frame.time_epoch $part $half" 2>/dev/null || rm -f $part.pcap
done
if [ -s lt.pcap ]; then
	{ pcap2flows -e "$groups" lt.pcap; pcap2flows -e "$groups" ge.pcap; } |
		LC_ALL=C sort >pieces.tsv
	flowmerge pieces.tsv >merged.tsv
	is 'two halves: as one pass but for means and what TCP sent before' \
		"$(compare_rows whole.tsv merged.tsv "$means $counts")" "$n rows"
else
	skip 'two halves' 'no tshark'
fi

# By hand: a piece that begins at the other end.
"$top/t/mkpcap.pl" >x.pcap <<'.'
1.0 eth vlan(3) ip(10.0.0.1,10.0.0.2,ttl=9) tcp(1,2,A,seq=1,ack=1) data(10)
2.0 eth ip(10.0.0.2,10.0.0.1,ttl=50) tcp(2,1,A,seq=1,ack=11) data(20)
9.5 eth ip(10.0.0.2,10.0.0.1,ttl=40) tcp(2,1,A,seq=1,ack=11) data(20)
9.75 eth ip(10.0.0.1,10.0.0.2,ttl=8) tcp(1,2,A,seq=11,ack=21) data(10)
.
pcap2flows -e "$groups" -A 5 x.pcap | LC_ALL=C sort >pieces.tsv
is 'two pieces' "$(flowcut -c src,retx,splt pieces.tsv | sed 1d)" \
'10.0.0.1	0	+10@0,-20@1000
10.0.0.2	1	+20@0,-10@250'
flowmerge pieces.tsv >merged.tsv
is 'turned round and joined' "$(flowcut -c \
	pkts,rpkts,vlan,rvlan,ttlmin,rttlmin,retx,rretx,gapmax,rgapmax,gaps,bgapmin,splt \
	merged.tsv | sed 1d)" \
'2	2	3	-	8	40	0	1	8.750000	7.500000	8388608:1	0.250000	+10@0,-20@1000,-20@8500,+10@8750'
# With -b nobody knows whether the first messages are all.
pcap2flows -b -e splt -A 5 x.pcap | LC_ALL=C sort | flowmerge >merged.tsv
is 'no sizes, no splt' "$(flowcut -c splt merged.tsv | sed 1d)" -

# -K vlan: the same addresses in VLANs 3, 4 and none, each in pieces, which
# interleave; a tag more inside is another VLAN, a third is not looked at.
"$top/t/mkpcap.pl" >x.pcap <<'.'
1.0 eth vlan(3) ip(10.0.0.1,10.0.0.2) udp(1,2) data(1)
1.5 eth vlan(4) ip(10.0.0.1,10.0.0.2) udp(1,2) data(10)
2.0 eth vlan(3) ip(10.0.0.2,10.0.0.1) udp(2,1) data(2)
2.5 eth ip(10.0.0.1,10.0.0.2) udp(1,2) data(100)
9.0 eth vlan(3) ip(10.0.0.2,10.0.0.1) udp(2,1) data(3)
9.5 eth vlan(4) ip(10.0.0.1,10.0.0.2) udp(1,2) data(20)
9.6 eth vlan(3) vlan(7) ip(10.0.0.1,10.0.0.2) udp(1,2) data(200)
9.7 eth vlan(3) vlan(7) vlan(8) ip(10.0.0.2,10.0.0.1) udp(2,1) data(201)
10.0 eth ip(10.0.0.2,10.0.0.1) udp(2,1) data(101)
18.0 eth vlan(3) ip(10.0.0.1,10.0.0.2) udp(1,2) data(4)
300.0 eth vlan(4) ip(10.0.0.1,10.0.0.2) udp(1,2) data(40)
.
pcap2flows -K vlan -e link -A 5 x.pcap | LC_ALL=C sort >pieces.tsv
vlans() {
	flowcut -c start,src,vlan,rvlan,pkts,rpkts,bytes,rbytes "$@" |
		sed '1d; s/^0*//; s/00000	/	/' | tr '\t' ' '
}
is 'pieces of VLANs' "$(vlans pieces.tsv)" '1.0 10.0.0.1 3 3 1 1 1 2
1.5 10.0.0.1 4 - 1 0 10 0
2.5 10.0.0.1 - - 1 0 100 0
9.0 10.0.0.2 3 - 1 0 3 0
9.5 10.0.0.1 4 - 1 0 20 0
9.6 10.0.0.1 3.7 3.7.8 1 1 200 201
10.0 10.0.0.2 - - 1 0 101 0
18.0 10.0.0.1 3 - 1 0 4 0
300.0 10.0.0.1 4 - 1 0 40 0'
check 'joined in each' -- flowmerge -K vlan pieces.tsv
cp .out merged.tsv
is 'joined in each, by start' "$(vlans merged.tsv)" '1.0 10.0.0.1 3 3 2 2 5 5
1.5 10.0.0.1 4 - 2 0 30 0
2.5 10.0.0.1 - - 1 1 100 101
9.6 10.0.0.1 3.7 3.7.8 1 1 200 201
300.0 10.0.0.1 4 - 1 0 40 0'
# What one pass gives but for why.
pcap2flows -K vlan -e link x.pcap | LC_ALL=C sort >whole.tsv
flowcut -x -c why whole.tsv >wanted
check 'as one pass' -o wanted -- flowcut -x -c why merged.tsv
is 'without -K they are one flow' "$(flowmerge pieces.tsv | vlans |
	cut -d ' ' -f 1,5,6)" '1.0 6 4
300.0 1 0'
# One VLAN's flow lasts while those of others come and go behind it.
awk 'BEGIN {
	for (i = 0; i < 400; i++)
		for (v = 1; v <= 3; v++)
			if (v == 1 || i % 100 == v)
				print i * 3, "eth vlan(" v ")",
				    "ip(10.0.0.1,10.0.0.2) udp(1,2) data(1)"
}' | "$top/t/mkpcap.pl" >many.pcap
pcap2flows -K vlan -e link -A 30 many.pcap | LC_ALL=C sort |
	flowmerge -K vlan >merged.tsv
is 'one that lasts' "$(vlans merged.tsv | cut -d ' ' -f 1,3,5)" '.0 1 400
6.0 2 1
9.0 3 1
306.0 2 1
309.0 3 1
606.0 2 1
609.0 3 1
906.0 2 1
909.0 3 1'
set +e
pcap2flows -K vlan x.pcap >bare.tsv
check 'no columns of VLANs' -s 2 -M 'bare.tsv:1: no column "vlan"' -- \
	flowmerge -K vlan bare.tsv
check 'another key' -s 2 -E 'flowmerge: -K: not vlan: "mac"' -- \
	flowmerge -K mac pieces.tsv
bad() { # COLUMN VALUE: of the first piece
	awk -F '\t' -v OFS='\t' -v name="$1" -v value="$2" '
	NR == 1 {
		for (i = 1; i <= NF; i++)
			at[$i] = i
	}
	NR == 2 {$at[name] = value}
	{print}' pieces.tsv >bad.tsv
}
bad rvlan 9
check 'made without -K' -s 1 \
	-M 'bad.tsv:2: rvlan: other VLANs than vlan.*: "9"' -- \
	flowmerge -K vlan bad.tsv
for value in 4096 3..7 1.2.3.4.5 x; do
	bad vlan $value
	check "vlan $value" -s 1 \
		-M "bad.tsv:2: vlan: no ids of VLANs: \"$value\"" -- \
		flowmerge -K vlan bad.tsv
done
