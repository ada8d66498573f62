#!/bin/bash
# top: who is talking, renewed on the terminal while it goes on.
# Usage: top.sh interface | flows.tsv ...
# NETS: the internal networks; EVERY: time between two tables (5s, 1m); PNG: a
# picture to be renewed each minute; FILTER: what to look at, for pcap2flows -f.

set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
here=${0%/*}
# shellcheck source=plots/lib/usage.sh
. "$here/../../plots/lib/usage.sh"
: "${AWK:=awk}" "${NETS:=}" "${EVERY:=5}" "${PNG:=}" "${FILTER:=}"
[ $# -gt 0 ] || { echo "usage: top.sh interface | flows.tsv ..." >&2; exit 2; }
if [ -e "$PNG" ] && [ ! -f "$PNG" ]; then
	echo "top.sh: PNG: no regular file: $PNG" >&2
	exit 2
fi
export PNG TOP_GP=${0%/*}/top.gp
plain=1 rows=20
if [ -t 1 ]; then
	plain=0
	size=$(stty size <&1 2>/dev/null) || size=24
	rows=$((${size%% *} - 3))
fi

# Debian's awk waits for a whole buffer of a pipe.
version=$($AWK -W version </dev/null 2>&1) || version=
case $version in mawk*) AWK="$AWK -W interactive" ;; esac

show() {
	$AWK -v every="$EVERY" -v rows="$rows" -v plain=$plain \
		-f "$here/top.awk" "$@"
}

# A flow is shown when it ends, or every 10 s of it.
if [ $# -eq 1 ] && [ ! -e "$1" ]; then
	options=()
	read -ra nets <<<"$NETS"
	for net in "${nets[@]+"${nets[@]}"}"; do
		options+=(-n "$net")
	done
	[ -z "$FILTER" ] || options+=(-f "$FILTER")
	[ $plain = 1 ] || echo "$1: the first table comes when the first flow" \
		"has been silent for 20 s, or has lasted for 10"
	pcap2flows -b -t 20 -A 10 "${options[@]+"${options[@]}"}" -i "$1" |
		show
else
	# With a folder in front no name is an option or a setting of awk.
	files=()
	for file; do
		case $file in
		- | /*) ;;
		*) file=./$file ;;
		esac
		files+=("$file")
	done
	show "${files[@]}"
fi
