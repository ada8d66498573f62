#!/usr/bin/env bash
# fuzz.sh BUILD SECONDS NAME...: runs each fuzzer for so many seconds of its
# own processor time, from the seeds, the corpus, and what earlier runs found.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
cd "$(dirname "$0")/../.."
build=$1 seconds=$2
shift 2
failed=0 seeds=$build/seeds.$$
# What a program that ends early has got from other libraries is no leak.
export ASAN_OPTIONS=detect_leaks=0
trap 'rm -rf "$seeds"' EXIT
trap 'exit 1' HUP INT TERM
PATH=$PWD/bin:$PATH bash t/fuzz/seeds.sh "$seeds"

# libFuzzer's status when it was interrupted, and found nothing.
interrupted=72

# The processor time of a process in seconds; nothing once it has ended.
used() { ps -o times= -p "$1" | tr -d ' ' || true; }

# libFuzzer knows only the clock on the wall.  Sets time and status.
run() { # name
	local now pid corpus=()
	[ ! -d "t/corpus/$1" ] || corpus=("t/corpus/$1")
	nice -n 19 "$build/fuzzer/$1" -timeout="${TIMEOUT:-20}" \
		-rss_limit_mb=3000 -max_len=65536 -close_fd_mask=1 \
		-print_funcs=0 -print_final_stats=1 \
		-artifact_prefix="$build/crash/$1-" \
		"$build/found/$1" "$seeds/$1" ${corpus[@]+"${corpus[@]}"} \
		>"$build/$1.log" 2>&1 &
	pid=$!
	time=0
	while now=$(used "$pid") && [ -n "$now" ]; do
		time=$now
		# It may have ended since.
		[ "$time" -lt "$seconds" ] || kill -INT "$pid" 2>/dev/null ||
			true
		sleep 1
	done
	status=0
	wait "$pid" || status=$?
}

for name; do
	mkdir -p "$build/found/$name" "$build/crash"
	run "$name"
	if [ "$status" -ne "$interrupted" ]; then
		echo "fuzz $name: failed, status $status," \
			"see $build/$name.log" >&2
		awk '/ERROR:|t\/fuzz\/|runtime error/ {left = 13}
			left-- > 0 && n++ < 40' "$build/$name.log" >&2
		failed=1
	fi
	echo "fuzz $name: $time s"
	awk '/number_of_executed|average_exec|peak_rss/
		/cov: / {last = $0}
		END {if (last != "") print last}' "$build/$name.log"
done
exit "$failed"
