#!/bin/sh
# beacons: who contacts whom regularly, the most regular first.
# Usage: beacons.sh [flows.tsv ...]
# Reads flow records made with `pcap2flows -t 20', or another tool's.
# LEAST: contacts a beacon has at least (5); BOTH=1: flows begun outside and
# between internal addresses count, too.

set -eu
LC_ALL=C
export LC_ALL
: "${AWK:=awk}" "${LEAST:=5}" "${BOTH:=}"
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
failed() { : >"$tmp/failed"; }

# Contacts that nobody answered are judged apart: a client that tries a dead
# server every second is no beacon of one second.
$AWK -v both="$BOTH" -v yes="$tmp/yes" -v no="$tmp/no" \
	-f "$here/contacts.awk" "$@"
[ -e "$tmp/yes" ] || { echo "beacons.sh: no records" >&2; exit 1; }

# First and last start, of both.
# shellcheck disable=SC2016  # awk
range=$($AWK -F '\t' '
/^#/ { for (i = 1; i <= NF; i++) if ($i ~ /^#?start$/) start = i; next }
{
	t = $start + 0
	if (!n++ || t < from)
		from = t
	if (t > to)
		to = t
}
END { printf "%.6f %.6f\n", from, to }' "$tmp/yes" "$tmp/no")

for answered in yes no; do
	{ sigtag "$tmp/$answered" || failed; } |
	{ $AWK -v answered=$answered -v least="$LEAST" -v from="${range% *}" \
		-v to="${range#* }" -f "$here/rank.awk" || failed; }
done | { flowsort -c answered:r,score:nr,src,dst,dport || failed; }
[ ! -e "$tmp/failed" ]
