#!/bin/sh
# fuzz.sh BUILD SECONDS NAME...: runs each fuzzer for so many seconds of its
# own processor time, from the seeds, the corpus, and what earlier runs found.
set -eu
cd "$(dirname "$0")/../.."
build=$1 seconds=$2
shift 2
failed=0 seeds=$build/seeds.$$
# What a program that ends early has got from other libraries is no leak.
export ASAN_OPTIONS=detect_leaks=0
trap 'rm -rf "$seeds"' EXIT
trap 'exit 1' INT TERM
PATH=$PWD/bin:$PATH sh t/fuzz/seeds.sh "$seeds"

used() { ps -o times= -p "$1" | tr -d ' '; }

# libFuzzer knows only the clock on the wall.
run() { # name
	nice -n 19 "$build/fuzzer/$1" -timeout="${TIMEOUT:-20}" \
	    -rss_limit_mb=3000 -max_len=65536 -close_fd_mask=1 \
	    -print_funcs=0 -print_final_stats=1 -artifact_prefix="$build/crash/$1-" \
	    "$build/found/$1" "$seeds/$1" ${corpus:+"$corpus"} \
	    >"$build/$1.log" 2>&1 &
	pid=$!
	time=0
	while now=$(used $pid) && [ -n "$now" ]; do
		time=$now
		[ "$time" -lt "$seconds" ] || kill -INT $pid
		sleep 1
	done
	wait $pid
	[ $? = 72 ] # interrupted
}

for name; do
	corpus=t/corpus/$name
	[ -d "$corpus" ] || corpus=
	mkdir -p "$build/found/$name" "$build/crash"
	run "$name" || {
		echo "fuzz $name: failed, see $build/$name.log" >&2
		grep -A 12 -E 'ERROR:|t/fuzz/|runtime error' \
			"$build/$name.log" | head -n 40 >&2
		failed=1
	}
	echo "fuzz $name: $time s"
	grep -E 'number_of_executed|average_exec|peak_rss' "$build/$name.log" || :
	grep -E 'cov: ' "$build/$name.log" | tail -n 1 || :
done
exit $failed
