#!/bin/bash
# same.sh BUILD CLIENTS: is the synthetic week the same to the byte, capture
# and truth, with gcc and clang, without optimisation and with it?  Prints a
# line each; 1 if they differ.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
cd "$(dirname "$0")/.."
build=$1 clients=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

week() { # tracegen
	"$1" -c "$clients" -d 7d -w 96 -l "$dir/truth" | sha256sum | cut -c 1-64
	sha256sum <"$dir/truth" | cut -c 1-64
}

for cc in gcc clang; do
	command -v $cc >/dev/null || { echo "same: no $cc" >&2; exit 1; }
	for level in O0 O2; do
		place=$build/$cc-$level
		make -s "$place/exe/tracegen" BUILD="$place" \
			BIN="$place/exe" CC=$cc CFLAGS=-$level >/dev/null
		sums=$(week "$place/exe/tracegen" | tr '\n' ' ')
		echo "$cc -$level $sums"
	done
done | tee "$dir/sums"
different=$(cut -d ' ' -f 3- "$dir/sums" | sort -u | wc -l)
all=$(wc -l <"$dir/sums")
[ "$different" -eq 1 ] && [ "$all" -eq 4 ]
