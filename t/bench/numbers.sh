#!/bin/bash
# numbers: what does not depend on the machine's load: instructions for each
# packet (filters: record) and the most memory.
# Usage: numbers.sh DIR >table
#        numbers.sh -m >line	the first line alone
# DIR has the programs shapes and cost.  Of pcap2flows, whose start is told by
# a capture without packets, that is left out.  The first line says which
# compiler with which flags made the programs: instructions are of those alone.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

dir=$1
packets=25000
programs=$(dirname -- "$(command -v pcap2flows)")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

readelf --debug-dump=info --dwarf-depth=1 "$programs/pcap2flows" |
	awk '/DW_AT_producer/ && /GNU C11|clang/ && made == "" {
		made = $0
		sub(/.*: /, "", made)
	}
	END { print "#made by\t" (made == "" ? "unknown" : made) }'
[ "$dir" != -m ] || exit 0
printf '#what\tinstructions\tKiB\n'

instructions() { # command ...: of the whole run
	valgrind --tool=cachegrind --cache-sim=no \
		--cachegrind-out-file=/dev/null --log-file="$tmp/log" \
		"$@" >/dev/null
	sed -n 's/,//g; s/.*I *refs: *//p' "$tmp/log"
}

kibibytes() { # command ...
	rm -f "$tmp/cost"
	"$dir/cost" "$tmp/cost" x "$@" >/dev/null
	awk -F '\t' '{ printf "%.0f\n", $4 * 1024 }' "$tmp/cost"
}

row() { # name units start command ...
	local name=$1 units=$2 start=$3 count memory
	shift 3
	count=$(instructions "$@")
	memory=$(kibibytes "$@")
	printf '%s\t%d\t%d\n' "$name" $(((count - start) / units)) \
		"$memory"
}

"$dir/shapes" mix 1 | head -c 24 >"$tmp/empty"
start=$(instructions pcap2flows "$tmp/empty")
for shape in mix campus flood small elephant; do
	"$dir/shapes" $shape $packets >"$tmp/$shape"
	row "$shape -b" $packets "$start" pcap2flows -b "$tmp/$shape"
	row $shape $packets "$start" pcap2flows "$tmp/$shape"
done

pcap2flows "$tmp/mix" >"$tmp/flows"
skypeclass -a "$tmp/flows" >"$tmp/class"
flowsort -c cid "$tmp/class" >"$tmp/group"
sigtag "$tmp/class" >"$tmp/tag"
# What was written a moment ago may grow, and costs more to read twice.
touch -t 200804220000 "$tmp"/*
rows=$(($(wc -l <"$tmp/flows") - 1))
row 'skypeclass -a' $rows 0 skypeclass -a "$tmp/flows"
row flowmerge $rows 0 flowmerge "$tmp/group"
row sigtag $rows 0 sigtag "$tmp/class"
row 'sigtag -s' $rows 0 sigtag -s "$tmp/group"
row rttcalc $rows 0 rttcalc "$tmp/tag"
row popularity $rows 0 popularity "$tmp/tag"
row flowcut $rows 0 flowcut -c cid,src,dst,bytes "$tmp/class"
row flowgrep $rows 0 flowgrep 'bytes > 100 and proto == udp' "$tmp/class"
