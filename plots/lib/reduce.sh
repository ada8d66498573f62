# shellcheck shell=bash disable=SC2119,SC2120,SC2154
# reduce.sh: what the scripts behind the figures share.  A script sets `plots'
# and sources this; from then on a stage that fails ends it.
#
# From the environment, all of it data and never read as code:
#	PCAP	captures, see named(); none: the synthetic campus
#	NETS	internal networks, parted by blanks
#	SCALE	the synthetic campus' size, 1 for the paper's 1,700 clients
#	SEED	what it is drawn from
#	CAMPUS	what makes the synthetic packets in place of tracegen
#	PROTO	the protocol whose rows count, or any
#	AWK	the awk to use; mawk where it is, since it is the fastest (it needs
#		log and exp, which Debian's busybox lacks)

set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# shellcheck source=plots/lib/usage.sh
. "$plots/lib/usage.sh"
: "${AWK:=$(command -v mawk || echo awk)}" "${PROTO:=udp}" "${SEED:=1}"
: "${SCALE:=0.05}" "${PCAP:=}" "${NETS:=}" "${CAMPUS:=}" "${SPOOLED:=}"

# Of a script that fails nothing stays, here or in the parts of its targets.
parts=()
tmp=$(mktemp -d)
trap 'rm -rf -- "$tmp" ${parts[@]+"${parts[@]}"}' EXIT
trap 'exit 1' HUP INT TERM

die() {
	echo "${0##*/}: $*" >&2
	exit 1
}

# awk with the shared functions and one script of ours.
reduce() { # script operand ...
	local script=$1
	shift
	$AWK -f "$plots/lib/columns.awk" -f "$plots/$script" \
		-v PROTO="$PROTO" "$@"
}

# Of rows of skypeclass -e the columns of lib/listed-endpoints.awk; awk splits all
# there are.
listed() { # listed.tsv
	flowcut -c ip,port,score "$1"
}

# Counts `name x n` from stdin, in any order, to distributions.
dist() {
	sort -t $'\t' -k 1,1 -k 2,2g |
		$AWK -f "$plots/lib/distributions.awk" "$@"
}

# The files of a setting, to the array `names'.  A setting that is the name of
# a file is that file, blanks and all.  Else blanks part names, a backslash
# keeps the character behind it, and a name that no file has is a pattern.
named() { # setting
	local words word found
	names=()
	if [ -e "$1" ]; then
		words=("$1")
	else
		# shellcheck disable=SC2162 # backslashes count
		read -a words <<<"$1"
	fi
	for word in "${words[@]+"${words[@]}"}"; do
		if [ "$word" = - ]; then
			names+=("${SPOOLED:--}")
			continue
		fi
		found=$word
		if [ ! -e "$word" ]; then
			found=$(compgen -G "$word") ||
				die "no such file: \"$word\""
		fi
		while read -r word; do
			case $word in
			-*) names+=("./$word") ;;
			*) names+=("$word") ;;
			esac
		done <<<"$found"
	done
}

# Text that a page, a picture or a terminal can show.  What is not UTF-8, or
# controls a terminal, is told as a shell reads it; no XML may hold it.
printable() {
	local LC_ALL=C.UTF-8 shell
	printf -v shell %q "$1"
	case $shell in
	"$'"*) printf '%s' "$shell" ;;
	*) printf '%s' "$1" ;;
	esac
}

# The same in HTML or XML.
escaped() {
	local text
	text=$(printable "$1")
	text=${text//&/"&amp;"}
	text=${text//</"&lt;"}
	printf '%s' "${text//>/"&gt;"}"
}

# What a picture or table is made of, in a line: the settings that make it again.
made_of() {
	local of base chosen
	base=$(printable "${GEODB:-}")
	chosen=$(printable "${CHOSEN:-}")
	if [ -n "$PCAP" ]; then
		of=$(printable "$PCAP")
		printf 'PCAP=%s NETS=%s' "$of" "${NETS:-private}"
	else
		printf 'a synthetic campus, SCALE=%s SEED=%s' "$SCALE" "$SEED"
	fi
	printf ' GEODB=%s PROTO=%s%s\n' "$base" "$PROTO" \
		"${chosen:+ SELECT=$chosen}"
}

# How many clients the synthetic campus has.
clients() {
	$AWK -v scale="$SCALE" 'BEGIN {
		n = int(1700 * scale + 0.5)
		print (n > 1 ? n : 1)
	}'
}

# The synthetic campus' packets, cut at what flows' columns are made of: the
# first eight bytes of a payload.
campus() { # option of tracegen ...
	local command number
	if [ -n "$CAMPUS" ]; then
		read -ra command <<<"$CAMPUS"
	else
		number=$(clients)
		command=(tracegen -c "$number" -d 7d -w 64 -s "$SEED")
	fi
	"${command[@]}" "$@"
}

# pcap2flows with these options and the internal networks.
flows_of() { # option ... -- file ...
	local net internal options=()
	read -ra internal <<<"$NETS"
	for net in "${internal[@]+"${internal[@]}"}"; do
		options+=(-n "$net")
	done
	pcap2flows "${options[@]+"${options[@]}"}" "$@"
}

# The same over the packets that the figures are of; of synthetic ones over
# times, addresses, ports and lengths, which is what -p takes.
packets() { # option ...
	if [ -n "$PCAP" ]; then
		named "$PCAP"
		flows_of "$@" -- "${names[@]}"
	else
		campus -w 40 | flows_of "$@" -
	fi
}
