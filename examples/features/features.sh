#!/bin/sh
# features: a CSV of per-flow features for machine learning.
# Usage: features.sh capture ...
# PCAP2FLOWS: the program with its options ("pcap2flows -t 120 -n 10.0.0.0/8").

set -eu
LC_ALL=C
export LC_ALL
: "${AWK:=awk}" "${PCAP2FLOWS:=pcap2flows}"
[ $# -gt 0 ] || { echo "usage: features.sh capture ..." >&2; exit 2; }
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
failed() { : >"$tmp/failed"; }

# shellcheck disable=SC2016  # awk
mark() {
	$AWK -F '\t' -v OFS='\t' -v mark="$1" \
		'!/^#/ { $2 = $2 OFS mark; print }'
}

{
	{ $PCAP2FLOWS -b "$@" || failed; } |
		{ flowcut -c "cid,start,proto,src,sport,dst,dport,dir,why,end\
,pkts,rpkts,bytes,rbytes,reply,flags,rflags" || failed; } | mark 0
	{ $PCAP2FLOWS -p "$@" || failed; } | { flowid || failed; } |
		{ flowcut -c cid,time,src,sport,bytes || failed; } | mark 1
} | sort -t '	' -k 1,1 -k 2,2 -k 3,3 | $AWK -f "$here/features.awk"
[ ! -e "$tmp/failed" ]
