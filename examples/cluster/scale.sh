#!/bin/bash
# scale.sh: what the work costs, for SCALE.md, in Markdown.
#
# 1. Eight tenths of the campus week, each made from a seed of its own and cut
#    into pieces, one map task each; then reduce over 1, 2, 4 and 8 of them.
#    CPU seconds (user and system, the least of RUNS), memory, bytes, records.
# 2. The programs of a map task by themselves, on a tenth and on a flood of
#    flows of one packet.
# 3. Which keys have most records, and how even parts are.
#
# What was measured stays in the folder, and is not measured again.  From it
# scale.awk makes tables: the line through 1, 2 and 4 tenths beside what 8
# took, costs by packet and record, and days at 10, 100 and 1000 Gb/s.
#
# Usage: make scale, or SHAPES=build/bench/shapes bash scale.sh folder
# Needs editcap, capinfos, GNU time, 4 GB in the folder, ten minutes.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=plots/lib/usage.sh
. "${0%/*}/../../plots/lib/usage.sh"

here=$(cd "${0%/*}" && pwd)
: "${RUNS:=3}" "${SHAPES:=$here/../../build/bench/shapes}"
shapes=$(cd "${SHAPES%/*}" && pwd)/${SHAPES##*/}
mkdir -p "$1"
cd "$1"
parts=8
LC_ALL=C
SORT_MEMORY=8M			# so that it does not hide what programs need
export LC_ALL SORT_MEMORY

say() { echo "scale: $*" >&2; }

# Appends `step size task cpu rss` of a command, which is run again and again.
timed() { # step size task command ...
	what="$1 $2 $3"
	shift 3
	for run in $(seq "$RUNS"); do
		/usr/bin/time -o time.one -f '%U %S %M' "$@" >/dev/null
		cat time.one
	done | awk -v what="$what" '
		NR == 1 || $1 + $2 < cpu {cpu = $1 + $2}
		$3 > rss {rss = $3}
		END {print what, cpu, rss}' >>"$times"
	rm time.one
}
times=$PWD/times

packets() { capinfos -TrcM "$@" | awk '{n += $2} END {print n + 0}'; }
size_of() { find "$@" -type f -printf '%s\n' |
	awk '{n += $1} END {printf "%.0f\n", n}'; }

# A task by itself: first what it leaves is taken away.
afresh() { # step size task file command ...
	file=$4
	timed "$1" "$2" "$3" sh -c "rm -f $file; kit/$5"
}

map_all() {
	mkdir -p runs
	for tenth in 1 2 3 4 5 6 7 8; do
		say "tenth $tenth of the campus"
		tracegen -c 170 -d 7d -w 96 -s $tenth |
			editcap -F pcap -c 4000000 - piece.pcap
		"$here/job" -n $parts -d "$here/../../lib/geo/places.csv" tenth \
			piece*.pcap
		(cd tenth && for task in list/*; do
			task=${task#list/}
			afresh map $tenth "$task" "run/$task" "map $task"
		done)
		for run in tenth/run/*; do
			mv "$run" "runs/$tenth.${run##*/}"
		done
		size=$(size_of piece*.pcap)
		count=$(packets piece*.pcap)
		echo "$tenth $size $count" >>captures.n
		[ $tenth -gt 1 ] || costs campus piece*.pcap
		rm -rf tenth piece*.pcap
	done
}

# A job whose map tasks are done: their runs, by other names.
prepare() { # tenths
	for tenth in $(seq "$1"); do find runs -name "$tenth.*"; done |
		sort >list
	rm -rf job
	"$here/job" -n $parts -d "$here/../../lib/geo/places.csv" job <list
	mkdir job/run
	find job/list -type f | sort | sed 's,list,run,' | paste -d ' ' list - |
	while read -r run name; do
		ln "$run" "$name"
	done
}

reduce_all() { # tenths
	say "reduce over $1"
	prepare "$1"
	cd job
	for step in flows sums tags popular results; do
		mark=$step
		case $step in
		results) timed $step "$1" - sh -c 'rm -f results
			kit/reduce results -'; continue ;;
		flows) mark=ask ;;
		sums) mark=answer ;;
		tags) mark=to ;;
		esac
		for task in $(seq 0 $((parts - 1))); do
			afresh $step "$1" "$task" "$mark/$task" \
				"reduce $step $task"
		done
	done
	for name in run flows end ask sums answer tags to popular; do
		count=$(cat "$name"/* | awk '!/^[#~]/ {n++} END {print n + 0}')
		size=$(size_of "$name")
		echo "$1 $name $count $size"
	done >>../sizes
	cd ..
}

# The programs of a map task.
costs() { # shape capture ...
	shape=$1
	shift
	timed pcap2flows "$shape" 0 pcap2flows "$@"
	pcap2flows "$@" >costs.flows
	timed flowpart "$shape" 0 flowpart -n $parts costs.flows
	flowpart -n $parts costs.flows >costs.part
	timed sort "$shape" 0 sort costs.part
	count=$(packets "$@")
	flows=$(awk '!/^#/ {n++} END {print n + 0}' costs.flows)
	size=$(size_of "$@")
	part=$(size_of costs.part)
	echo "$shape $count $flows $size $part" >>shapes
	rm costs.*
}

# The largest share of records, in percent, that one key of a kind has; and
# how much fuller than the mean the fullest of 64 parts is.
keys() {
	sed -s '$d' job/flows/* >flows.all
	awk -F '\t' '!/^#/ {
		rows++
		if (++n["address", $5] > most["address"])
			most["address"] = n["address", $5]
		if (++n["address", $7] > most["address"])
			most["address"] = n["address", $7]
		pair = $5 < $7 ? $5 " " $7 : $7 " " $5
		if (++n["src,dst", pair] > most["src,dst"])
			most["src,dst"] = n["src,dst", pair]
		if (++n["cid", $1] > most["cid"])
			most["cid"] = n["cid", $1]
	}
	END {
		for (kind in most)
			print kind, 100 * most[kind] / rows
	}' flows.all >keys
	for columns in src,dst cid; do
		flowpart -n 64 -c $columns flows.all |
		awk -F '\t' -v c=$columns '!/^#/ {n[$1]++; rows++}
			END {for (p in n) if (n[p] > most) most = n[p]
				print c, 64 * most / rows}'
	done >fullest
	rm flows.all
}

if [ ! -s fullest ]; then
	rm -rf times sizes shapes captures.n runs
	map_all
	for n in 1 2 4 8; do
		reduce_all $n
	done
	keys
	say flood
	"$shapes" flood 2000000 >flood.pcap
	costs flood flood.pcap
	rm -rf flood.pcap runs job list
fi
awk -f "$here/scale.awk" captures.n sizes shapes keys fullest times
