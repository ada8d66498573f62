# shellcheck shell=sh
# lib.sh: what the reducer scripts share.  AWK: the awk to use; PROTO: the
# protocol whose rows count.

LC_ALL=C
export LC_ALL
: "${AWK:=awk}" "${PROTO:=udp}"
plots=${0%/*}

# awk with the shared functions and one script of ours.
reduce() {
	script=$1
	shift
	$AWK -f "$plots/cols.awk" -f "$plots/$script" -v PROTO="$PROTO" "$@"
}

# Counts `name x n` from stdin, in any order, to distributions.
dist() {
	sort -t '	' -k 1,1 -k 2,2g | $AWK -f "$plots/dist.awk" "$@"
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
