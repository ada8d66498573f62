# shellcheck shell=sh
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

LC_ALL=C
export LC_ALL
# shellcheck disable=SC2034  # by map and reduce
parts=0 captures=0 options="" class="" idle=0 proto="" programs=""
# shellcheck source=/dev/null
. ./kit/settings || exit 1
[ -z "$programs" ] || PATH=$programs:$PATH
export PATH
tab=$(printf '\t')

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
	case $(tail -n 1 "$1" 2>/dev/null) in "~end$tab"*) ;; *) false ;; esac
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
	{ printf "~end\t%d\n" "$(wc -l <"$1")" >>"$1" && mkdir -p "${2%/*}" &&
		mv "$1" "$2"; } || die "$2: cannot be written"
}

# The header of an empty table of flows.
flow_header() {
	pcap2flows -h | awk '/^columns/ {on = /made/; next}
		on {printf "%s%s", n++ ? "\t" : "#", $1} END {print ""}'
}

# A folder for what is not finished, in $tmp; the file `failed` in it tells
# that some command of a pipe has failed, whose status would be lost:
#	{ command || failed; } | command; finish
begin() {
	mkdir -p tmp && tmp=$(mktemp -d tmp/XXXXXX) || exit 1
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 1' HUP INT TERM
}

failed() {
	: >"$tmp/failed"
}

finish() {
	[ ! -e "$tmp/failed" ] || die "$* failed"
}

# The sorted rows of a part with its number in front, out of all runs in a
# folder, or out of the one file that shuffling has made of them.
pieces() { # folder part
	set -- "$1" "$2" "$1.part/$2"
	if whole "$3"; then
		head -n 1 "$3"
		look "$2$tab" "$3" || [ $? -eq 1 ]
		return
	fi
	mkdir "$tmp/pieces"
	for run in $(tasks "$1"); do
		whole "$1/$run" ||
			complain "$1/$run: absent, or not whole" || return
		look "$2$tab" "$1/$run" >"$tmp/pieces/$run" ||
			[ $? -eq 1 ] || return
		header=$1/$run
	done
	head -n 1 "$header"
	find "$tmp/pieces" -type f -print0 | sort -m --batch-size=256 --files0-from=-
}
