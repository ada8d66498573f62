#!/usr/bin/env bash
# records: flow records, flow(5), out of another tool's log.
# Usage: records.sh zeek | suricata | nfdump | argus | silk | ndpi | tshark
#	[file ...]
# The form of each file is recognised, and may be compressed; README.md and
# flowfrom(1) tell what is read of each tool.  Binary files of nfdump and
# argus are read through nfdump and ra.
# NETS: the internal networks (default: what the log says, else the private
# ranges); IDLE: seconds that end a flow, where the log has pieces (200).
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# shellcheck source=plots/lib/usage.sh
. "${0%/*}/../../plots/lib/usage.sh"
: "${NETS:=}" "${IDLE:=200}"

die() { echo "records.sh: $*" >&2; exit 1; }

tool=${1:-none}
[ $# -eq 0 ] || shift
case $tool in
zeek | suricata | argus | ndpi | nfdump | silk | tshark) ;;
*)
	sed -n 's/^# Usage/usage/p; 4s/^#//p' "$0" >&2
	exit 2
	;;
esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# magic FILE FROM N: so many of its bytes in hex.
magic() { od -An -v -tx1 -j "$2" -N "$3" "$1" 2>/dev/null | tr -d ' \n'; }

# text_of FILE COMMAND ...: what the command makes of a binary file.  nfdump
# says on standard error what is wrong, and ends with 0.
text_of() {
	local file=$1 text=$tmp/text.${#operands[@]}
	shift
	command -v "$1" >/dev/null ||
		die "$file: a binary file of $tool, and $1 is not there"
	"$@" >"$text" 2>"$tmp/said" ||
		die "$file: no text of $tool; $1 cannot read it:" \
			"$(head -n 1 "$tmp/said")"
	[ ! -s "$tmp/said" ] || die "$file: no text of $tool; $1 says:" \
		"$(head -n 1 "$tmp/said")"
	operands+=("$text")
}

operands=()
for file; do
	kind=
	if [ -f "$file" ]; then
		kind=$(magic "$file" 0 2 || :)-$(magic "$file" 8 4 || :)
	fi
	case $tool:$kind in
	nfdump:0ca5-* | nfdump:a50c-*)
		text_of "$file" nfdump -r "$file" -q -N -6 \
			-o 'fmt:%tsr,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%flg' ;;
	argus:*-e5712dcb | argus:*-e57150cb)	# 3, 5
		text_of "$file" ra -r "$file" -nn -c , -u -p 6 -s stime ltime \
			proto saddr sport daddr dport spkts dpkts sappbytes \
			dappbytes state synack ackdat - tcp or udp ;;
	*)
		operands+=("$file") ;;
	esac
done

from() {
	flowfrom ${NETS:+-n "$NETS"} "$tool" ${operands[@]+"${operands[@]}"}
}

case $tool in
nfdump | silk | tshark)
	# One direction each, or pieces: joined to flows.  What is malformed
	# fails behind what is good.
	status=0
	from >"$tmp/pieces" || status=$?
	sort "$tmp/pieces" | flowmerge -t "$IDLE"
	exit $status
	;;
*)
	from
	;;
esac
