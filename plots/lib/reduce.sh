# shellcheck shell=sh
# reduce.sh: what the reducer scripts share.  AWK: the awk to use, by default mawk
# where it is, since it is the fastest; PROTO: the protocol whose rows count.

LC_ALL=C
export LC_ALL
: "${AWK:=$(command -v mawk || echo awk)}" "${PROTO:=udp}" "${PCAP2FLOWS:=pcap2flows}"

# awk with the shared functions and one script of ours.
reduce() {
	script=$1
	shift
	$AWK -f "$plots/lib/columns.awk" -f "$plots/$script" -v PROTO="$PROTO" "$@"
}

# Counts `name x n` from stdin, in any order, to distributions.
dist() {
	sort -t '	' -k 1,1 -k 2,2g | $AWK -f "$plots/lib/distributions.awk" "$@"
}

# Ends the run when a reducer failed: a pipe shows its last status only.
# Use: { reduce … || failed; } | dist …; finish
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

failed() {
	: >"$tmp/failed"
}

finish() {
	[ ! -e "$tmp/failed" ]
}

# Runs pcap2flows with these options over the packets that the figures are of:
# those of the files CAPTURES, or if CAMPUS is a command those it writes.
packets() {
	if [ -n "$CAMPUS" ]; then
		{ $CAMPUS || failed; } | $PCAP2FLOWS "$@" - || failed
	else
		# shellcheck disable=SC2086 # a list
		$PCAP2FLOWS "$@" $CAPTURES || failed
	fi
}
