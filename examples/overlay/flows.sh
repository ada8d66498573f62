#!/bin/sh
# flows: the records that an overlay's figures are made from: what SELECT
# chooses, tagged, with round-trip times and places, as plots/records/flows.sh makes
# them for Skype.
# Usage: flows.sh all.tsv base ...
# SELECT: operands of examples/select.awk; also ndpi=REGEX, flows that nDPI
# gives such a name in CAPTURES.  GROUP=host: a client is an internal host,
# not an endpoint, for protocols that draw a port for each flow.

set -eu
LC_ALL=C
export LC_ALL
: "${AWK:=awk}" "${SELECT:=}" "${GROUP:=}" "${CAPTURES:=}"
examples=$(dirname "$0")/..
all=$1
shift
for base; do
	shift
	set -- "$@" -d "$base"
done
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
failed() { : >"$tmp/failed"; }

# Community IDs of flows whose name matches.
label() {
	[ -n "$CAPTURES" ] || {
		echo "flows.sh: ndpi= needs captures (PCAP)" >&2
		return 1
	}
	for capture in $CAPTURES; do
		rm -f "$tmp/csv"
		ndpiReader -i "$capture" -C "$tmp/csv" -q >/dev/null
		sh "$examples/from/records.sh" ndpi "$tmp/csv" |
			$AWK -f "$examples/select.awk" app="$1" | flowcut -c cid
	done
}

words=
for word in $SELECT; do
	case $word in
	ndpi=*)
		label "${word#ndpi=}" >"$tmp/cids"
		word=cids=$tmp/cids
		;;
	esac
	words="$words $word"
done

hosts() {
	if [ "$GROUP" = host ]; then
		$AWK -f "$(dirname "$0")/hosts.awk"
	else
		cat
	fi
}

# shellcheck disable=SC2086  # words
{ $AWK -f "$examples/select.awk" $words "$all" || failed; } |
{ hosts || failed; } | { sigtag || failed; } | { rttcalc || failed; } |
{ geojoin "$@" || failed; }
[ ! -e "$tmp/failed" ]
