#!/bin/bash
# stages: does a stage that fails make the whole fail?  It knows no script by
# name.  It makes the goals, then each file that they left once more by itself,
# with `half' in front of every command, which notes what runs; and again as
# often as something ran, one of these giving half its output and status 1.
# So with each line of a file of commands.  Then the disk is full, or nearly,
# where the files go; then where temporary files go.  Silent is a run whose
# status is 0 and that left other files, or said other things, than it should.
# Usage: stages.sh [-s most] half bin commands goal ...
#	-s	so many invocations, evenly out of all
# Environment: what make is asked for besides goals.

set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C TZ=UTC

most=0
while getopts s: c; do
	case $c in
	s) most=$OPTARG ;;
	*) sed -n 's/^# Usage/usage/p' "$0" >&2; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
half=$1 bin=$2 commands=$3
shift 3
goals=("$@")
top=$PWD
real=$bin:$PATH

# With a disk of our own, if that is allowed.
if [ -z "${STAGE_DISK-}" ]; then
	if unshare -m true 2>/dev/null; then
		STAGE_DISK=own exec unshare -m "$0" -s "$most" "$half" "$bin" \
			"$commands" "${goals[@]}"
	fi
	STAGE_DISK=none
fi

work=$(mktemp -d)
trap 'cd /; umount "$work/state" "$work/tmp" 2>/dev/null || true
	rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/state" "$work/tmp" "$work/path" "$work/log"
if [ "$STAGE_DISK" = own ]; then
	mount -t tmpfs -o size=512m stages "$work/state"
	mount -t tmpfs -o size=512m stages "$work/tmp"
fi

# Every command there is, but shells, make, and what would be asked first.
tools="awk mawk gawk nawk sort gnuplot tee cat head tail sed cut paste join
uniq tr grep wc comm cmp diff split look cp mv ln rm mkdir mkfifo mktemp stat
cksum sha256sum md5sum dirname basename xargs find ls seq date nproc expr env
jq zstd gzip xz col column fold fmt nl od rev shuf tac touch truncate"
cp "$half" "$work/half"
for path in "$bin"/*; do
	[ ! -x "$path" ] || ln "$work/half" "$work/path/${path##*/}"
done
for tool in $tools; do
	! command -v "$tool" >/dev/null || ln -f "$work/half" "$work/path/$tool"
done
touch "$work/half"

# Runs a command with wrappers; what ran goes to $work/log/runs, what it said to
# $work/said.
watched() { # id command ...
	local id=$1
	shift
	rm -rf "$work/log"
	mkdir "$work/log"
	: >"$work/log/runs"
	STAGE_LOG=$work/log/runs STAGE_PATH=$real STAGE_BREAK=$id \
		PATH=$work/path:$real TMPDIR=$work/tmp top=$top "$@" \
		>"$work/said" 2>"$work/err" </dev/null
}

remake() { # goal ...
	make -s -j1 -C "$top" BIN="$work/path" FIG="$work/state/fig" \
		OUT="$work/state/out" "$@"
}

# What to run for a target: `make NAME', or a line of the file of commands.
task() { # kind name
	case $1 in
	make) remake "$2" ;;
	command) (cd "$work/state" && bash -euo pipefail -c "$2") ;;
	esac
}

restore() { # kind name
	find "$work/state" -mindepth 1 -delete
	cp -a "$work/good/." "$work/state"
	[ "$1" != make ] || [ ! -f "$2" ] || rm -f "$2"
}

# Is all there as it should be?
same() { # said
	cmp -s "$1" "$work/said" || return 1
	diff -rq --no-dereference -x make "$work/good" "$work/state" \
		>"$work/differ" || ! grep -qv "^Only in $work/state" \
		"$work/differ"
}

runs=0 silent=0 seen=0 harmless=0 missed=0
judge() { # status words
	runs=$((runs + 1))
	if [ "$1" -ne 0 ]; then
		seen=$((seen + 1))
	elif same "$said"; then
		harmless=$((harmless + 1))
	else
		silent=$((silent + 1))
		echo "SILENT: $2"
	fi
}

status_of() { # command ...
	local status=0
	"$@" || status=$?
	echo "$status" >"$work/status"
}

# The good state of all goals.
good_state() {
	watched - remake "${goals[@]}" || {
		cat "$work/err" >&2
		exit 1
	}
	mkdir -p "$work/good"
	cp -a "$work/state/." "$work/good"
}

# Each task once as it should be: what runs in it, and what it says.
list_runs() { # kind name number
	local kind=$1 name=$2 n=$3
	restore "$kind" "$name"
	if ! watched - task "$kind" "$name"; then
		echo "fails by itself: $name" >&2
		cat "$work/err" >&2
		exit 1
	fi
	cp "$work/said" "$work/said.$n"
	same "$work/said.$n" || {
		echo "not the same twice: $name" >&2
		cat "$work/differ" >&2
		exit 1
	}
	sort "$work/log/runs" >"$work/here"
	if [ "$kind" = make ]; then
		# What make does whatever it is asked for is broken once.
		[ "$n" -eq 1 ] || sort "$work/always" |
			comm -13 - "$work/here" >"$work/here.new"
		[ "$n" -eq 1 ] || mv "$work/here.new" "$work/here"
	fi
	awk -v n="$n" -v OFS='\t' '{ print n, $0 }' "$work/here" \
		>>"$work/all"
}

# Names of the tasks, a line each: kind TAB name.
tasks() {
	local goal
	find "$work/good" -type f ! -name '.*' |
		sed "s,^$work/good,make\t$work/state," | sort
	for goal in "${goals[@]}"; do
		printf 'make\t%s\n' "$goal"
	done
	sed '/^#/d; /^$/d; s/^/command\t/' "$commands"
}

disk_leaves() { # folder bytes
	local free block
	read -r free block < <(stat -f -c '%a %S' "$1")
	head -c $((free * block - $2)) /dev/zero >"$1/filler" || true
}

good_state
find "$work/good" -type f -exec du -ch {} + | tail -n 1 | cut -f 1 |
	sed 's/^/good state: /'
: >"$work/all"
# What make runs when there is nothing to do.
watched - remake "${goals[0]}"
cp "$work/log/runs" "$work/always"
mapfile -t list < <(tasks)
[ "${#list[@]}" -gt "${#goals[@]}" ]
n=0
for line in "${list[@]}"; do
	n=$((n + 1))
	list_runs "${line%%	*}" "${line#*	}" "$n"
done
total=$(wc -l <"$work/all")
echo "tasks: ${#list[@]}, invocations: $total"
step=1
[ "$most" -eq 0 ] || [ "$total" -le "$most" ] || step=$((total / most))
awk -v step="$step" 'NR % step == 0' "$work/all" >"$work/chosen"

while IFS=$'\t' read -r n id words; do
	line=${list[n - 1]}
	kind=${line%%	*} name=${line#*	} said=$work/said.$n
	restore "$kind" "$name"
	status_of watched "$id" task "$kind" "$name"
	cut -f 1 "$work/log/runs" | grep -qxF "$id" || missed=$((missed + 1))
	judge "$(<"$work/status")" "${name#"$work/state/"}: $words"
done <"$work/chosen"
echo "broken: $runs, seen: $seen, harmless: $harmless, silent: $silent," \
	"not met again: $missed"

# Full disks: nothing, a page, some pages are left.
full() { # folder words bytes ...
	local at=$1 words=$2 bytes kind name line n=0
	shift 2
	for line in "${list[@]}"; do
		n=$((n + 1))
		[ $((n % every)) -eq 0 ] || continue
		kind=${line%%	*} name=${line#*	} said=$work/said.$n
		for bytes; do
			restore "$kind" "$name"
			disk_leaves "$at" "$bytes"
			status_of watched - task "$kind" "$name"
			rm -f "$at/filler"
			judge "$(<"$work/status")" \
				"$words, $bytes left: ${name#"$work/state/"}"
		done
	done
}
limited() { # words bytes ...
	local words=$1 bytes kind name line n=0
	shift
	for line in "${list[@]}"; do
		n=$((n + 1))
		[ $((n % every)) -eq 0 ] || continue
		kind=${line%%	*} name=${line#*	} said=$work/said.$n
		for bytes; do
			restore "$kind" "$name"
			status_of at_most "$bytes" "$kind" "$name"
			judge "$(<"$work/status")" \
				"$words, $bytes: ${name#"$work/state/"}"
		done
	done
}
at_most() ( # bytes kind name
	trap '' XFSZ
	ulimit -f $(($1 / 1024))
	watched - task "$2" "$3"
)
every=1
[ "$most" -eq 0 ] || every=$((1 + 3 * ${#list[@]} / most))
runs=0 seen=0 harmless=0
if [ "$STAGE_DISK" = own ]; then
	full "$work/state" 'full disk' 0 4096 16384
	full "$work/tmp" 'full TMPDIR' 0 4096 65536
else
	limited 'files of at most' 0 4096 16384
fi
echo "full disks: $runs, seen: $seen, harmless: $harmless, silent in all: $silent"
[ "$silent" -eq 0 ]
