#!/bin/bash
# The whole pipeline under valgrind, on a small synthetic capture: no error,
# no block lost.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."
exec 3>&1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

vg() {
	name=$1
	shift
	echo "memcheck: $name" >&3
	valgrind -q --error-exitcode=99 --leak-check=full \
		--show-leak-kinds=definite,indirect \
		--errors-for-leak-kinds=definite,indirect "bin/$name" "$@"
}

vg tracegen -c 3 -d 3600 -l "$dir/truth" >"$dir/a.pcap"
vg pcap2flows -v "$dir/a.pcap" >"$dir/flows" 2>"$dir/account"
vg pcap2flows -p "$dir/a.pcap" >"$dir/packets"
vg pcap2flows -t 20 "$dir/a.pcap" >"$dir/pieces"
LC_ALL=C sort "$dir/pieces" | vg flowmerge >"$dir/merged"
vg skypeclass "$dir/flows" >"$dir/class"
vg skypeclass -e "$dir/flows" >"$dir/ends"
vg skypeclass -E "$dir/ends" "$dir/flows" >"$dir/class2"
vg sigtag "$dir/class" >"$dir/tags"
vg rttcalc "$dir/tags" >"$dir/rtt"
vg geojoin -d lib/geo/places.csv "$dir/rtt" >"$dir/all"
vg popularity "$dir/all" >"$dir/popularity"
for f in class ends class2 all popularity merged packets; do
	[ -s "$dir/$f" ] || { echo "memcheck: no $f" >&2; exit 1; }
done
