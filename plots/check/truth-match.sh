#!/bin/bash
# truth-match: flow by flow what was measured beside the truth: truth-match.awk.
# Usage: check/truth-match.sh campus.truth flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

truth=$1
flows=$2
both=cid,start,class,pair,pkts,rpkts,end,proto,src,sport,dst,dport,bytes,rbytes
both=$both,rtt,continent,country,city,lat,lon,last,reply,rlast,size,rsize

# Both have the same columns; the truth's rows have one more.
rows() {
	flowcut -c "$both,app" "$truth"
	flowcut -c "$both" "$flows"
}

rows | sed '/^#/d' | sort | $AWK -f "$plots/check/truth-match.awk" \
	>"$tmp/match"
came=$(sed -n "s/^lines	//p" "$tmp/match")
lines=$(cat "$truth" "$flows" | wc -l)
[ "$came" -eq $((lines - 2)) ] ||
	die "$came flows where there should be $((lines - 2))"
cat "$tmp/match"
