# shellcheck shell=sh
# Test helper, sourced by every t/*.t: TAP, a scratch directory, one strict
# check.  A command's status, stdout and stderr are all compared; what a test
# does not mention is 0 and empty (stdout: not looked at).
#
#	check NAME [-s STATUS] [-i STDIN] [-o FILE | -O TEXT]
#	      [-e FILE | -E TEXT | -M REGEX] -- COMMAND ...
#	ok NAME COMMAND ...		passes when the command exits 0
#	is NAME GOT WANTED		compares two texts
#	plan N, skip_all REASON, skip NAME REASON
#	every_awk		sets $awks: mawk, gawk, busybox-awk, if there
#	has_math AWK		it has log, exp and sqrt (busybox may not)
#	need TOOL ...			skips all where one is missing
#	own_network SHELL		goes on in a network of its own that has
#					the pair of interfaces w0 and w1, or skips

top=$(cd "${0%/*}/.." && pwd) || exit 1
# make builds in no folder whose name has a blank.
case ${TMPDIR-} in *[[:space:]]*) TMPDIR=/tmp ;; esac
scratch=$(mktemp -d) || exit 1
TMPDIR=$scratch
export TMPDIR
# A folder whose name has blanks is met through a link that has none, since
# tests put its name into command lines.
up=${top%/*}
case $top in
*[!A-Za-z0-9/._-]*)
	ln -s "$top" "$scratch/.top" && ln -s "$up" "$scratch/.up" || exit 1
	up=$scratch/.up
	for name in BIN BUILD; do
		value=
		eval "value=\${$name-}"
		case $value in
		"$top"/*) export "$name=$scratch/.top/${value#"$top"/}" ;;
		esac
	done
	top=$scratch/.top
	;;
esac
export top
# Real captures are in the folder $TRACES, or `make traces` has found them.
# shellcheck disable=SC2034  # both are used by tests
traces=$top/build/traces paper=$up/shared/paper
[ -d "$traces" ] || traces=$up/shared/traces
traces=${TRACES:-$traces}
PATH=${BIN:-$top/bin}:$PATH
export PATH LC_ALL=C TZ=UTC
# A make within a test takes no part in the jobs of the one around it, and does
# not tell its folder since that one (with -C) does; what was set on that one's
# command line holds for it, too.
MAKEFLAGS=$(printf '%s\n' "${MAKEFLAGS-}" |
	sed 's/ *-j[0-9]*\( \|$\)/\1/; s/ *--jobserver-[^ ]*//
		s/^\([[:alpha:]]*\)w\([[:alpha:]]*\)\( \|$\)/\1\2\3/')
export MAKEFLAGS
# The make around it exports the figures' settings; a test has its own.
unset PCAP NETS GEODB PROTO SEED SCALE CAMPUS OUT SELECT NAME GROUP OTHER SPOOLED
trap 'cd / && rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 1
# Numbers the tests, also those in a subshell behind a pipe.
count() {
	echo >>"$scratch/.count"
	tests=$(($(wc -l <"$scratch/.count")))
}

plan() { echo "1..$1"; }
need() {
	for tool; do
		command -v "$tool" >/dev/null ||
			skip_all "no $tool here: make deps check"
	done
}
skip_all() { echo "1..0 # SKIP $*"; exit 0; }
skip() { count; echo "ok $tests - $1 # SKIP $2"; }

# verdict NAME: complaints stand in ./.why, none if all is well.  They go with
# $scratch.
verdict() {
	case $PWD in
	"$scratch"*) ;;
	*) echo "Bail out! a test stands in $PWD"; exit 1 ;;
	esac
	count
	if [ -s .why ]; then
		echo "not ok $tests - $1"
		sed 's/^/# /' .why >&2
	else
		echo "ok $tests - $1"
	fi
	rm -f .why
}

ok() {
	name=$1
	shift
	: >.why
	if ! "$@" >.out 2>&1 </dev/null; then
		{ echo "failed: $*"; cat .out; } >.why
	fi
	verdict "$name"
}

is() {
	printf '%s\n' "$2" >.got
	printf '%s\n' "$3" >.wanted
	diff -u .wanted .got >.why || :
	verdict "$1"
}

compare() { # what wanted got
	diff -u "$2" "$3" >.diff || { echo "$1 differs:"; cat .diff; } >>.why
}

check() {
	name=$1
	shift
	status=0 in=/dev/null err=.none out='' regex=''
	: >.none
	OPTIND=1
	while getopts s:i:o:O:e:E:M: c; do
		case $c in
		s) status=$OPTARG ;;
		i) in=$OPTARG ;;
		o) out=$OPTARG ;;
		O) printf '%s\n' "$OPTARG" >.wout; out=.wout ;;
		e) err=$OPTARG ;;
		E) printf '%s\n' "$OPTARG" >.werr; err=.werr ;;
		M) regex=$OPTARG ;;
		*) echo "Bail out! check: bad option"; exit 1 ;;
		esac
	done
	shift $((OPTIND - 1))
	got=0
	"$@" <"$in" >.out 2>.err || got=$?
	: >.why
	# A signal or a missing command is never what a test expects.
	if [ $got -ge 126 ] || [ $got -ne "$status" ]; then
		echo "status $got, wanted $status: $*" >>.why
		cat .err >>.why
	fi
	[ -z "$out" ] || compare stdout "$out" .out
	if [ -z "$regex" ]; then
		compare stderr "$err" .err
	elif ! grep -Eq -- "$regex" .err; then
		{ echo "stderr lacks: $regex"; cat .err; } >>.why
	fi
	verdict "$name"
}

every_awk() {
	awks=
	mkdir -p "$scratch/.awks"
	printf '#!/bin/sh\nexec busybox awk "$@"\n' >"$scratch/.awks/busybox-awk"
	chmod +x "$scratch/.awks/busybox-awk"
	PATH=$PATH:$scratch/.awks
	for awk in mawk gawk busybox-awk; do
		! "$awk" 'BEGIN {exit}' 2>/dev/null || awks="$awks $awk"
	done
}

has_math() { "$1" 'BEGIN {exit log(1)}' 2>/dev/null; }

link_up() {
	ip link add w0 type veth peer name w1 && ip link set w0 up &&
		ip link set w1 up
}

own_network() { # the shell that the test is of
	[ "$(uname)" = Linux ] || skip_all 'no Linux'
	[ "$(id -u)" = 0 ] || skip_all "for root: sudo make check TESTS=t/${0##*/}"
	need ip tcpreplay unshare perl
	if [ -z "${LIVE_NET-}" ]; then
		unshare -n -m true 2>/dev/null ||
			skip_all 'no network of its own'
		# Not exec: what is named through a link in $scratch has to stay.
		status=0
		env -u TMPDIR LIVE_NET=1 unshare -n -m "$1" \
			"$top/t/${0##*/}" || status=$?
		exit $status
	fi
	mount -t sysfs sysfs /sys 2>/dev/null || :
	# The sandbox forbids what finds leaks.
	export ASAN_OPTIONS=detect_leaks=0
	sysctl -qw net.ipv6.conf.all.disable_ipv6=1 2>/dev/null || :
	link_up 2>/dev/null || skip_all 'no veth'
}
