#!/usr/bin/env bash
# merge.sh BUILD NAME...: adds to t/corpus the inputs, among the seeds and
# those that fuzzing found, that reach what the corpus does not; the smallest
# of those that reach the same.  What is in it stays.
set -euo pipefail
shopt -s inherit_errexit nullglob
cd "$(dirname "$0")/../.."
build=$1
shift
export ASAN_OPTIONS=detect_leaks=0
seeds=$build/seeds.$$ merged=$build/merged.$$
trap 'rm -rf "$merged" "$seeds"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$PWD/bin:$PATH bash t/fuzz/seeds.sh "$seeds"

hex='[0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
sha1=$hex$hex$hex$hex$hex$hex$hex$hex$hex$hex # libFuzzer's names
for name; do
	corpus=t/corpus/$name
	mkdir -p "$merged" "$build/found/$name" "$corpus"
	cp -R "$corpus/." "$merged"
	nice -n 19 "$build/fuzzer/$name" -merge=1 -use_counters=0 \
		-max_len="${MAX_LEN:-4096}" -close_fd_mask=1 "$merged" \
		"$build/found/$name" "$seeds/$name" \
		>"$build/$name.merge.log" 2>&1 || {
		echo "fuzz-merge $name: failed, see" \
			"$build/$name.merge.log" >&2
		exit 1
	}
	for path in "$merged"/$sha1; do
		base=${path##*/}
		mv "$path" "$corpus/${base:0:8}"
	done
	rm -rf "$merged"
	inputs=("$corpus"/*)
	bytes=$(cat /dev/null "${inputs[@]}" | wc -c)
	echo "$name: ${#inputs[@]} inputs, $bytes bytes"
done
