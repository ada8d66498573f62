#!/bin/sh
# records: flow records, flow(5), out of another tool's log.
# Usage: records.sh zeek | suricata | nfdump | argus | silk | ndpi | tshark
#	[file ...]
# What each wants to read stands at the top of its script here, and with the
# command that makes it in README.md.
# NETS: the internal networks (default: the private ranges); IDLE: seconds
# that end a flow, where the log has pieces of flows (200).

set -eu
LC_ALL=C
export LC_ALL
: "${AWK:=awk}" "${NETS:=}" "${IDLE:=200}"
here=$(dirname "$0")
tool=${1:-none}
[ $# -eq 0 ] || shift

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# A pipe shows its last status only; the file tells of the others.
adapt() {
	if [ "$tool" = suricata ]; then
		jq -nrf "$here/$tool.jq" "$@"
	else
		$AWK -f "$here/record.awk" -f "$here/$tool.awk" "$@"
	fi || : >"$tmp/failed"
}

identify() {
	adapt "$@" | flowid ${NETS:+-n "$NETS"} || : >"$tmp/failed"
}

case $tool in
zeek | suricata | argus | ndpi)
	identify "$@" ;;
nfdump | silk | tshark)
	# One direction each, or pieces: joined to flows.
	identify "$@" | sort | flowmerge -t "$IDLE" ;;
*)
	sed -n 's/^# Usage/usage/p; 4s/^#//p' "$0" >&2
	exit 2 ;;
esac
[ ! -e "$tmp/failed" ]
