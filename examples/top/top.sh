#!/bin/sh
# top: who is talking, renewed on the terminal while it goes on.
# Usage: top.sh interface | flows.tsv ...
# NETS: the internal networks; EVERY: seconds between two tables (5); PNG: a
# picture to be renewed each minute; FILTER: what to look at, for pcap2flows -f.

set -eu
: "${AWK:=awk}" "${NETS:=}" "${EVERY:=5}" "${PNG:=}" "${FILTER:=}"
[ $# -gt 0 ] || { echo "usage: top.sh interface | flows.tsv ..." >&2; exit 2; }
here=$(dirname "$0")
plain=1 rows=20
if [ -t 1 ]; then
	plain=0
	rows=$(($(stty size <&1 2>/dev/null | cut -d ' ' -f 1 || echo 24) - 3))
fi

show() {
	$AWK -v every="$EVERY" -v rows="$rows" -v plain=$plain \
		-v png="$PNG" -v gp="$here/top.gp" -f "$here/top.awk" "$@"
}

# A flow is shown when it ends, or every 10 s of it.
if [ $# -eq 1 ] && [ ! -e "$1" ]; then
	pcap2flows -b -t 20 -A 10 ${NETS:+-n "$NETS"} \
		${FILTER:+-f "$FILTER"} -i "$1" | show
else
	show "$@"
fi
