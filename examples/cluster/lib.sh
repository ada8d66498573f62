# shellcheck shell=bash
# lib.sh: what map, reduce and the launchers share.  The working directory is
# the job's folder, where `job` has put:
#
#	kit/settings	parts, options: see job
#	list/K		the captures of map task K, one a line
#	kit/base/N	the geolocation bases, in order
#	kit/		map, reduce and this file
#
# Every file that a task leaves has an end mark as its last line, and was
# given its name when it was whole.

set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# shellcheck disable=SC2034  # by map and reduce
parts=0 captures=0 options="" class="" idle=0 proto="" programs=""
# shellcheck source=/dev/null
. ./kit/settings
[ -z "$programs" ] || PATH=$programs:$PATH
export PATH
tab=$'\t'

# Beyond this sort writes to TMPDIR.
sort() {
	command sort -S "${SORT_MEMORY:-256M}" "$@"
}

complain() {
	echo "${0##*/}: $*" >&2
	return 1
}

die() {
	complain "$@"
	exit 1
}

# Where the tasks of a step leave what; a step with several the last one.
output() { # step task
	case $1 in
	map) echo "run/$2" ;;
	*.part | popular) echo "$1/$2" ;;
	flows) echo "ask/$2" ;;
	sums) echo "answer/$2" ;;
	tags) echo "to/$2" ;;
	results) echo results ;;
	esac
}

# The tasks of a step.  Numbers have one width: byte order is their order.
tasks() { # step
	case $1 in
	map | run) ls list ;;
	results) echo - ;;
	*) seq -w 0 $((parts - 1)) ;;
	esac
}

# Has the file its end mark?
whole() { # file
	local mark
	[ -f "$1" ] || return 1
	mark=$(tail -n 1 "$1") || return 1
	[[ $mark == "~end$tab"* ]]
}

# Those of the step that are still to be done.
todo() { # step
	tasks "$1" | while read -r task; do
		whole "$(output "$1" "$task")" || echo "$task"
	done
}

# The file without its mark; fails if it is not whole.
body() { # file
	whole "$1" || complain "$1: absent, or not whole" || return
	sed '$d' "$1"
}

# Gives a finished file its name.
keep() { # file name
	local lines
	lines=$(wc -l <"$1")
	{ printf '~end\t%d\n' "$lines" >>"$1" && mkdir -p "${2%/*}" &&
		mv "$1" "$2"; } || die "$2: cannot be written"
}

# The header of an empty table of flows.
flow_header() {
	pcap2flows -h | awk '/^columns/ {on = /made/; next}
		on && $2 !~ /^-.:$/ {printf "%s%s", n++ ? "\t" : "#", $1}
		END {print ""}'
}

# A folder for what is not finished, in $tmp.  A stage that fails ends the task,
# and that is said.
begin() { # what is begun
	doing=$*
	mkdir -p tmp
	tmp=$(mktemp -d tmp/XXXXXX)
	trap '[ $? -eq 0 ] || echo "${0##*/}: $doing failed" >&2
		rm -rf "$tmp"' EXIT
	trap 'exit 1' HUP INT TERM
}

# The lines of a sorted file that begin so; none is no failure.  `look' says
# that there is none by the status of one that fails: grep has the last word.
lines_of() { # beginning file
	local status=0
	look "$1" "$2" || status=$?
	[ "$status" -eq 1 ] || return "$status"
	status=0
	grep -q -m 1 "^$1" "$2" || status=$?
	[ "$status" -eq 1 ]
}

# The sorted rows of a part with its number in front, out of all runs in a
# folder, or out of the one file that shuffling has made of them.
pieces() { # folder part
	local shuffled=$1.part/$2 run header=
	if whole "$shuffled"; then
		head -n 1 "$shuffled"
		lines_of "$2$tab" "$shuffled"
		return
	fi
	mkdir "$tmp/pieces"
	tasks "$1" >"$tmp/runs"
	while read -r run; do
		whole "$1/$run" || die "$1/$run: absent, or not whole"
		lines_of "$2$tab" "$1/$run" >"$tmp/pieces/$run"
		header=$1/$run
	done <"$tmp/runs"
	head -n 1 "$header"
	find "$tmp/pieces" -type f -print0 |
		sort -m --batch-size=256 --files0-from=-
}
