#!/usr/bin/env bash
# records: flow records, flow(5), out of another tool's log.
# Usage: records.sh zeek | suricata | nfdump | argus | silk | ndpi | tshark
#	[file ...]
# The form of each file is recognised, and may be compressed; README.md and
# flowfrom(1) tell what is read of each tool.  Binary files of nfdump and
# argus are read through nfdump and ra.
# NETS: the internal networks (default: what the log says, else the private
# ranges).  IDLE: the silence that ends a flow, where the log has pieces of
# flows (200; 5m, 1h).
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

# kind FILE: its first bytes, and those where argus has its cookie.
kind() {
	local first cookie
	first=$(magic "$1" 0 4) || :
	cookie=$(magic "$1" 8 4) || :
	echo "$first-$cookie"
}

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

# binary KIND: does the tool's own program read such a file?
binary() {
	case $tool:$1 in
	nfdump:0ca5* | nfdump:a50c*) ;;
	argus:*-e5712dcb | argus:*-e57150cb) ;;		# versions 3, 5
	*) return 1 ;;
	esac
}

# operand FILE PLAIN: PLAIN is what it is when it is not compressed.
operand() {
	if ! binary "$(kind "$2")"; then
		operands+=("$1")
	elif [ "$tool" = nfdump ]; then
		text_of "$1" nfdump -r "$2" -q -N -6 \
			-o 'fmt:%tsr,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%flg'
	else
		text_of "$1" ra -r "$2" -nn -c , -u -p 6 -s stime ltime \
			proto saddr sport daddr dport spkts dpkts sappbytes \
			dappbytes state synack ackdat - tcp or udp
	fi
}

operands=()
for file; do
	plain=$file packer=
	if [ ! -f "$file" ]; then
		operands+=("$file")
		continue
	fi
	case $tool:$(kind "$file") in
	nfdump:1f8b* | argus:1f8b*) packer=gzip ;;
	nfdump:28b52ffd* | argus:28b52ffd*) packer=zstd ;;
	nfdump:fd377a58* | argus:fd377a58*) packer=xz ;;
	esac
	# What is text flowfrom unpacks itself.
	if [ -n "$packer" ]; then
		{ "$packer" -dc <"$file" 2>"$tmp/said" || :; } |
			head -c 16 >"$tmp/head"
		if binary "$(kind "$tmp/head")"; then
			plain=$tmp/plain
			"$packer" -dc <"$file" >"$plain" ||
				die "$file: $packer cannot read it"
		fi
	fi
	operand "$file" "$plain"
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
