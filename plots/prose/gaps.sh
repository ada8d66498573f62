#!/bin/bash
# gaps: the longest regular gap between packets of one flow, `name TAB value`.
# Those above 20 s lie between the pieces that a timeout of 20 s makes of a
# flow.  Where none of them is regular the packets are asked: of more than two
# million a part, whole flows chosen by pcap2flows -S.
# Usage: prose/gaps.sh flows.tsv pieces.tsv
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c cid,proto,src,sport,dst,dport,class "$1" | uniq |
reduce prose/gap-pairs.awk >"$tmp/pairs"
flowcut -c cid,start,end,pkts,rpkts "$2" |
reduce prose/piece-gaps.awk -v IDLE=200 -v PIECE=20 "$tmp/pairs" - \
	>"$tmp/gaps"
gaps=$(<"$tmp/gaps")
case $'\n'$gaps in
*$'\nregular gap\t'*) ;;
*)
	part=$(flowcut -c proto,pkts,rpkts "$1" | reduce prose/gap-part.awk)
	packets -p -f udp ${part:+-S "$part"} |
	reduce prose/gaps.awk -v IDLE=200 "$tmp/pairs" -
	;;
esac
cat "$tmp/gaps"
