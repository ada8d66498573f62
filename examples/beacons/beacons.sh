#!/usr/bin/env bash
# beacons: who calls whom regularly, the most regular first.
# Usage: beacons.sh [-g service | host | name] [flows.tsv ...]
# Reads flow records made with `pcap2flows -t 20', or another tool's.  -g:
# what is called: a service (the default; protocol, address, port), an
# address, or a name (column name, which flownames makes).
# NETS: the internal networks; LEAST: calls a beacon has at least (5);
# BOTH=1: flows begun outside and between internal addresses count, too.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
: "${AWK:=awk}" "${LEAST:=5}" "${BOTH:=}" "${NETS:=}"
case $LEAST in
*[!0-9]* | ??????????* | 0)
	echo "beacons.sh: LEAST: not a number of calls: \"$LEAST\"" >&2
	exit 2
	;;
esac
here=$(dirname "$0")
# shellcheck source=plots/lib/usage.sh
. "$here/../../plots/lib/usage.sh"

usage() {
	sed -n 's/^# Usage/usage/p' "$0" >&2
	exit 2
}

group=service
while getopts g: option; do
	[ "$option" = g ] || usage
	group=$OPTARG
done
shift $((OPTIND - 1))
# Which lines belong together, in order of time.
case $group in
service) order='-k1,1 -k2,2 -k3,3 -k4,4 -k5,5' ;;
host | name) order='-k1,1 -k2,2 -k5,5' ;;
*) usage ;;
esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

# Every column that counts is there, and what has to be a number is one; what is
# wrong is told by file, line and column.
sound() {
	local column expression='start >= 0 and end >= 0'
	for column in proto src dst dport dir; do
		expression+=" and ($column = - or not $column = -)"
	done
	for column in rpkts bytes; do
		expression+=" and ($column >= 0 or not $column >= 0)"
	done
	flowgrep -- "$expression" "$@"
}

if [ -n "$NETS" ]; then
	flowid -n "$NETS" -- "$@" | sound
else
	sound "$@"
fi | $AWK -v both="$BOTH" -v group="$group" -v facts="$tmp/facts" \
	-f "$here/contacts.awk" >"$tmp/contacts"
# shellcheck disable=SC2086  # keys are words
sort -S 256M -T "$tmp" -t $'\t' $order "$tmp/contacts" |
	$AWK -v facts="$tmp/facts" -v group="$group" -v least="$LEAST" \
		-f "$here/rank.awk" |
	flowsort -c score:nr,src,dst,dport
