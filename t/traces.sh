#!/bin/bash
# traces.sh PLACE FOLDER: which of the captures of t/traces.tsv does the folder
# have, at any depth?  They are known by their sums, whatever they are called;
# PLACE gets a link to each under the name that tests use.  Tells what is
# missing, and what has the name but not the sum; status 1 then.
set -euo pipefail
shopt -s inherit_errexit
list=$(dirname "$(realpath "$0")")/traces.tsv

if [ -z "${2-}" ]; then
	echo 'traces: usage: make traces DIR=folder' >&2
	exit 2
fi
place=$1 folder=$2
[ -d "$folder" ] || {
	echo "traces: $folder: no such folder" >&2
	exit 2
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
find -L "$folder" -type f \( -name '*.pcap' -o -name '*.pcapng' \
	-o -name '*.cap' \) -print0 >"$scratch/files"
xargs -0 -r sha256sum -z <"$scratch/files" | tr '\0' '\n' >"$scratch/sums"

rm -rf "$place"
declare -A path base
while read -r sum file; do
	file=${file#\*}
	path[$sum]=$file
	base[${file##*/}]=$file
done <"$scratch/sums"
found=0 missing=0 wrong=0
while IFS=$'\t' read -r name sum collection where; do
	case $name in '#'* | '') continue ;; esac
	if [ -n "${path[$sum]-}" ]; then
		mkdir -p "$place/$(dirname "$name")"
		target=$(realpath "${path[$sum]}")
		ln -s "$target" "$place/$name"
		found=$((found + 1))
	elif [ -n "${base[${name##*/}]-}" ]; then
		echo "wrong    $name: ${base[${name##*/}]} has another sum"
		wrong=$((wrong + 1))
	else
		echo "missing  $name ($collection, $where)"
		missing=$((missing + 1))
	fi
done <"$list"
echo "traces: $found found, $missing missing, $wrong wrong"
if [ $found -gt 0 ]; then
	echo "Tests take what is found: links to it are in $place."
fi
[ $((missing + wrong)) -eq 0 ]
