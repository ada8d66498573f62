#!/bin/sh
# merge.sh BUILD NAME...: adds to t/corpus the inputs, among the seeds and
# those that fuzzing found, that reach what the corpus does not; the smallest
# of those that reach the same.  What is in it stays.
set -eu
cd "$(dirname "$0")/../.."
build=$1
shift
export ASAN_OPTIONS=detect_leaks=0
trap 'rm -rf "$build/merged" "$build/seeds.$$"' EXIT
trap 'exit 1' INT TERM
PATH=$PWD/bin:$PATH sh t/fuzz/seeds.sh "$build/seeds.$$"
for name; do
	mkdir -p "$build/merged" "$build/found/$name" "t/corpus/$name"
	cp "t/corpus/$name/"* "$build/merged" 2>/dev/null || :
	nice -n 19 "$build/fuzzer/$name" -merge=1 -use_counters=0 \
	    -max_len="${MAX_LEN:-4096}" -close_fd_mask=1 "$build/merged" \
	    "$build/found/$name" "$build/seeds.$$/$name" \
	    >"$build/$name.merge.log" 2>&1
	for f in "$build/merged"/????????????????????????????????????????; do
		[ ! -e "$f" ] || mv "$f" "t/corpus/$name/$(basename "$f" |
			cut -c 1-8)"
	done
	rm -rf "$build/merged"
	echo "$name: $(find "t/corpus/$name" -type f | wc -l) inputs," \
	    "$(cat "t/corpus/$name"/* | wc -c) bytes"
done
