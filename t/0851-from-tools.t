#!/bin/sh
# Adapters for what tools print that are at hand: on one capture shorter
# than every idle timeout, their records against those of pcap2flows.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"
capture_of skype
plan 21

pcap=$capture
from() { sh "$top/examples/from/records.sh" "$@"; }
pcap2flows "$pcap" | sort >ours.tsv

# Columns NAMES of records, by cid; where WHERE (awk on $cols) holds.
columns() { # where names
	awk -F '\t' -v OFS='\t' -v names="$2" '
	function ms(t) {return substr(t, 1, 14)}
	/^#/ {
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			at[$i] = i
		n = split(names, name, " ")
		next
	}
	'"$1"' {
		s = $1
		for (i = 1; i <= n; i++)
			s = s OFS $at[name[i]]
		print s
	}' | sort
}

same() { # name where names: theirs.tsv as ours.tsv
	columns "$2" "$3" <ours.tsv >wanted
	columns "$2" "$3" <theirs.tsv >got
	check "$1" -o wanted -- cat got
}

# Flows whose start both sides have within one millisecond, and of which
# argus saw no SYN: who began is not known.
clear='$at["reply"] == "-" || ms($at["reply"]) > ms($2)'
syn='$at["proto"] == "udp"'

if command -v nfpcapd >/dev/null && command -v nfdump >/dev/null; then
	mkdir nf
	nfpcapd -r "$pcap" -l nf >/dev/null 2>&1
	fmt='fmt:%tsr,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%flg'
	nfdump -R nf -q -N -6 -o "$fmt" 2>/dev/null |
		from nfdump >theirs.tsv
	who='src sport dst dport pkts rpkts'
	columns "$clear" "$who" <ours.tsv | cut -f 1 >cids
	grep -Ff cids theirs.tsv >some
	columns "$clear" "$who" <ours.tsv >wanted
	sed -n 1p theirs.tsv | cat - some | columns 1 "$who" >got
	check 'nfdump: who, packets' -o wanted -- cat got
	same 'nfdump: payload of UDP' '$at["proto"] == "udp"' 'bytes rbytes'
	cut_ms() { sed 's/\(\.[0-9][0-9][0-9]\)[0-9]*/\1/g'; }
	columns 1 'start end' <ours.tsv | cut_ms >wanted
	columns 1 'start end' <theirs.tsv | cut_ms >got
	check 'nfdump: times to the ms' -o wanted -- cat got
	TZ=UTC nfdump -R nf -6 -N -o csv 2>/dev/null | from nfdump |
		columns 1 'proto' >got
	columns 1 proto <ours.tsv >wanted
	check 'nfdump -o csv' -o wanted -- cat got
	# Whatever its form, the same; only -o line has no flags.
	from nfdump "$(echo nf/nfcapd.*)" >binary.tsv
	check 'nfdump: its binary file' -o theirs.tsv -- cat binary.tsv
	for form in json long; do
		TZ=UTC nfdump -R nf -6 -N -o $form >"nf.$form" 2>/dev/null
		check "nfdump -o $form" -o theirs.tsv -- from nfdump "nf.$form"
	done
	TZ=UTC nfdump -R nf -6 -N -o line 2>/dev/null | from nfdump |
		columns '$at["proto"] == "udp"' 'start end pkts bytes' >got
	columns '$at["proto"] == "udp"' 'start end pkts bytes' <theirs.tsv \
		>wanted
	check 'nfdump -o line' -o wanted -- cat got
	gzip -c "$(echo nf/nfcapd.*)" >binary.gz
	check 'nfdump: its binary file, gzip' -o theirs.tsv -- \
		from nfdump binary.gz
	head -c -9 binary.gz >half
	check 'nfdump: half of that' -s 1 -M 'half: gzip cannot read it' -- \
		from nfdump half
	head -c 400 "$(echo nf/nfcapd.*)" >half
	check 'nfdump: half a binary file' -s 1 -M 'no text of nfdump' -- \
		from nfdump half
else
	for i in 1 2 3 4 5 6 7 8 9 10 11; do skip "nfdump $i" 'no nfdump'; done
fi

if command -v argus >/dev/null && command -v ra >/dev/null; then
	argus -X -e 127.0.0.1 -A -S 86400 -r "$pcap" -w a.argus
	ra -r a.argus -nn -c , -u -p 6 -s stime ltime proto saddr sport daddr \
		dport spkts dpkts sappbytes dappbytes state synack ackdat - \
		tcp or udp 2>/dev/null | from argus >theirs.tsv
	from argus a.argus >own.tsv
	check 'argus: its own file' -o theirs.tsv -- cat own.tsv
	zstd -qc a.argus >a.zst
	check 'argus: its own file, zstd' -o theirs.tsv -- from argus a.zst
	same 'argus: UDP' "$syn" 'src sport dst dport pkts rpkts bytes rbytes'
	# (A handshake that ends in RST has no third time there.)
	columns '$at["proto"] == "tcp" && $at["turn"] != "-"' \
		'src pkts rpkts ask reply ask2 turn' <theirs.tsv >got
	cut -f 1 got >cids
	grep -Ff cids ours.tsv >some
	{ sed -n 1p ours.tsv; cat some; } |
		columns 1 'src pkts rpkts ask reply ask2 turn' >wanted
	check "argus: handshakes" -o wanted -- cat got
else
	skip 'argus: its own file' 'no argus'
	skip 'argus: its own file, zstd' 'no argus'
	skip 'argus: UDP' 'no argus'
	skip 'argus: handshakes' 'no argus'
fi

if command -v ndpiReader >/dev/null; then
	ndpiReader -i "$pcap" -C n.csv -q >/dev/null 2>&1
	from ndpi n.csv >theirs.tsv
	what='proto src sport dst dport pkts rpkts bytes rbytes'
	columns 1 "$what" <theirs.tsv >got
	columns 1 "$what" <ours.tsv | comm -12 - got >wanted
	check 'ndpi: what it has is right' -o wanted -- cat got
	ok 'ndpi: it has most' [ "$(wc -l <got)" -gt 100 ]
else
	skip 'ndpi: what it has is right' 'no ndpiReader'
	skip 'ndpi: it has most' 'no ndpiReader'
fi

# Suricata ends UDP flows without an answer after 30 s, and takes what ICMP
# says of a flow for an answer: sums, of flows that no router spoke of.
sums() { # names
	columns 1 "$1" | grep -vFf icmp |
		awk -F '\t' -v OFS='\t' '
		{for (i = 2; i <= NF; i++) sum[$1, i] += $i; n[$1] = NF}
		END {for (c in n) {
			s = c
			for (i = 2; i <= n[c]; i++)
				s = s OFS sum[c, i]
			print s}}' | sort
}
if command -v suricata >/dev/null; then
	mkdir su
	suricata -r "$pcap" -l su -k none -S /dev/null >/dev/null 2>&1
	flowgrep 'unreach > 0' ours.tsv | sed 1d | cut -f 1 | sort -u >icmp
	echo none >>icmp
	from suricata su/eve.json >theirs.tsv
	sums 'pkts rpkts' <ours.tsv >wanted
	sums 'pkts rpkts' <theirs.tsv >got
	check 'suricata: packets' -o wanted -- cat got
	flowgrep 'proto == udp' ours.tsv | sums 'bytes rbytes' >wanted
	flowgrep 'proto == udp' theirs.tsv | sums 'bytes rbytes' >got
	check 'suricata: payload of UDP' -o wanted -- cat got
else
	skip 'suricata: packets' 'no suricata'
	skip 'suricata: payload of UDP' 'no suricata'
fi

if command -v tshark >/dev/null; then
	tshark -r "$pcap" -o ip.defragment:FALSE \
		-Y '(udp or tcp) and not icmp and not icmpv6' -T fields \
		-E header=y -E occurrence=f -e frame.time_epoch -e ip.src \
		-e ipv6.src -e ip.dst -e ipv6.dst -e udp.srcport \
		-e udp.dstport -e tcp.srcport -e tcp.dstport -e udp.length \
		-e tcp.len -e tcp.flags.str -e udp.payload -e tcp.payload \
		2>/dev/null | from tshark | cut -f 1-21,23-28 >got
	cut -f 1-21,23-28 ours.tsv >wanted
	check 'tshark: all columns but why and win' -o wanted -- cat got
else
	skip 'tshark: all columns but why and win' 'no tshark'
fi

and_real skype.pcap sh
