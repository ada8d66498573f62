#!/bin/bash
# settings: what the figures were made of, so that none is of other packets
# than the next.  build/fig/source says it of the packets, build/fig/settings
# of the figures, .settings beside the pictures of what lies there; made-of says
# it to people, in a line that ends each table.
# Usage:
#	settings.sh compare build/fig [PID]
#		prints the folder of the pictures and the names of what is no
#		longer right; or `busy', if another make than this one works
#		there
#	settings.sh source build/fig	writes build/fig/source,
#	settings.sh settings build/fig	build/fig/settings
#	settings.sh pictures build/fig folder name ...
#		the folder is there, and of the files named none of other
#		settings
# Environment: as in reduce.sh, and OUT and GEODB.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"
: "${OUT:=out}" "${GEODB:=}"
fig=$2

wrong() {
	echo "figures: $*" >&2
	exit 2
}

valid() {
	[[ $SCALE =~ ^([0-9]+[.]?[0-9]*|[.][0-9]+)$ && $SCALE =~ [1-9] ]] ||
		wrong "SCALE: not a number above 0: \"$SCALE\""
	[[ $SCALE =~ ^0*[0-9]{0,2}([.][0-9]*)?$ ]] ||
		wrong "SCALE: 100 or more: \"$SCALE\""
	[[ $PROTO =~ ^(udp|tcp|any)$ ]] ||
		wrong "PROTO: not udp, tcp or any: \"$PROTO\""
	[[ $SEED =~ ^[0-9]{1,9}$ ]] ||
		wrong "SEED: not a whole number of at most 9 digits: \"$SEED\""
	[ -n "$OUT" ] || wrong 'OUT: empty'
	[ -n "$GEODB" ] || wrong 'GEODB: no base named'
	case $PCAP$NETS$GEODB$OUT in
	*$'\n'*) wrong 'a line feed in PCAP, NETS, GEODB or OUT' ;;
	esac
}

# The files of a setting with what tells whether they are the same as before.
files() { # word setting
	local name facts
	named "$2"
	for name in "${names[@]+"${names[@]}"}"; do
		if [ "$name" = - ]; then
			facts=
		elif [ -p "$name" ]; then
			wrong "a pipe is read but once: \"$name\" (PCAP=- keeps" \
				"what comes on standard input)"
		else
			facts=$(stat -L -c '%s %.Y %.Z' -- "$name")
		fi
		echo "$1 $facts $name"
	done
}

source_now() {
	echo "nets $NETS"
	if [ -n "$PCAP" ]; then
		SPOOLED='' files pcap "$PCAP"
	else
		echo "scale $SCALE"
		echo "seed $SEED"
		echo "campus $CAMPUS"
	fi
}

settings_now() {
	source_now
	files base "$GEODB"
	echo "proto $PROTO"
}

# make knows no names with blanks and the like: those go through a link.
folder() {
	local sum
	if [[ $OUT =~ ^[A-Za-z0-9/._][A-Za-z0-9/._+-]*$ ]]; then
		echo "$OUT"
	else
		sum=$(cksum <<<"$OUT")
		echo "$fig/out-${sum%% *}"
	fi
}

same() { # text file
	[ -f "$2" ] && [ "$1" = "$(<"$2")" ]
}

# One make at a time works in a folder.  A link says which did last; it may have
# ended, and its number be that of another program.  Where nothing can be written
# nothing is mixed up.
alone() { # build/fig PID
	local other name=make
	if mkdir -p -- "$1" && ln -s "$2" "$1/make"; then return 0; fi 2>/dev/null
	other=$(readlink "$1/make") || return 0
	if [ "$other" != "$2" ] && kill -0 "$other" 2>/dev/null; then
		[ ! -r "/proc/$other/comm" ] || read -r name <"/proc/$other/comm"
		[[ $name != *make* ]] || return 1
	fi
	ln -sfn "$2" "$1/make" 2>/dev/null || :
}

compare() {
	local at from all
	if [ -n "$1" ] && ! alone "$fig" "$1"; then
		echo busy
		return
	fi
	at=$(folder)
	from=$(source_now)
	all=$(settings_now)
	echo "$at"
	same "$from" "$fig/source" || echo source
	same "$all" "$fig/settings" || echo settings
	same "$all" "$at/.settings" || echo pictures
}

# A file that says this, renewed as a whole.
say() { # text file
	parts+=("$2.part")
	printf '%s\n' "$1" >"$2.part"
	mv -f -- "$2.part" "$2"
}

valid
case $1 in
compare)
	compare "${3-}"
	;;
source)
	mkdir -p -- "$fig"
	text=$(source_now)
	say "$text" "$fig/source"
	;;
settings)
	mkdir -p -- "$fig"
	text=$(settings_now)
	say "$text" "$fig/settings"
	text=$(made_of)
	say "Made of $text" "$fig/made-of"
	;;
pictures)
	at=$3
	shift 3
	case $OUT in
	/*) to=$OUT ;;
	*) to=$PWD/$OUT ;;
	esac
	mkdir -p -- "$to"
	[ "$at" = "$OUT" ] || ln -sfn -- "$to" "$at"
	text=$(settings_now)
	if ! same "$text" "$at/.settings"; then
		for name; do
			rm -f -- "$at/$name"
		done
	fi
	say "$text" "$at/.settings"
	;;
esac
