#!/bin/bash
# flowmerge on the further columns of -e: what it writes is what one pass
# gives, or "-", and that only where flowmerge(1) says so.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 6

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
