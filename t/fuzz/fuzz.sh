#!/bin/sh
# fuzz.sh BUILD SECONDS NAME...: runs each fuzzer for so long, from the
# seeds, the corpus, and what earlier runs found.
set -eu
cd "$(dirname "$0")/../.."
build=$1 seconds=$2
shift 2
failed=0
export ASAN_OPTIONS=detect_leaks=0
PATH=$PWD/bin:$PATH sh t/fuzz/seeds.sh "$build/seeds"
# What a program that ends early has got from other libraries is no leak.
for name; do
	corpus=t/corpus/$name
	[ -d "$corpus" ] || corpus=
	mkdir -p "$build/found/$name" "$build/crash"
	echo "fuzz $name: $seconds s"
	nice -n 19 "$build/fuzzer/$name" -max_total_time="$seconds" -timeout=20 \
	    -rss_limit_mb=3000 -max_len=65536 -close_fd_mask=1 \
	    -print_final_stats=1 -artifact_prefix="$build/crash/$name-" \
	    "$build/found/$name" "$build/seeds/$name" \
	    ${corpus:+"$corpus"} \
	    >"$build/$name.log" 2>&1 || {
		echo "fuzz $name: failed, see $build/$name.log" >&2
		grep -A 12 -E 'ERROR:|t/fuzz/|runtime error' \
			"$build/$name.log" | head -n 40 >&2
		failed=1
	}
	grep -E 'number_of_executed|average_exec|peak_rss' "$build/$name.log" || :
	grep -E 'cov: ' "$build/$name.log" | tail -n 1 || :
done
exit $failed
