#!/bin/bash
# flows: the records that an overlay's figures are made from: what SELECT
# chooses, tagged, with round-trip times and places, as records/flows.sh makes
# them for Skype.
# Usage: flows.sh all.tsv
# SELECT: operands of examples/select.awk, parted by blanks (a backslash keeps
# the character behind it); also ndpi=REGEX, flows that nDPI gives such a name
# in PCAP.  GROUP=host: a client is an internal host, not an endpoint, for
# protocols that draw a port for each flow.  PCAP, GEODB: as for figures.

examples=${0%/*}/..
plots=$examples/../plots
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"
: "${SELECT:=}" "${GROUP:=}"

# Community IDs of flows whose name matches.
label() { # regex
	local capture
	[ -n "$PCAP" ] || die 'ndpi= needs captures (PCAP)'
	named "$PCAP"
	for capture in "${names[@]}"; do
		rm -f "$tmp/csv"
		ndpiReader -i "$capture" -C "$tmp/csv" -q >/dev/null
		bash "$examples/from/records.sh" ndpi "$tmp/csv" |
			$AWK -f "$examples/select.awk" app="$1" | flowcut -c cid
	done
}

hosts() {
	if [ "$GROUP" = host ]; then
		$AWK -f "$examples/overlay/hosts.awk"
	else
		cat
	fi
}

# shellcheck disable=SC2162 # backslashes count
read -a chosen <<<"$SELECT"
words=()
for word in "${chosen[@]+"${chosen[@]}"}"; do
	case $word in
	ndpi=*)
		label "${word#ndpi=}" >"$tmp/cids"
		word=cids=$tmp/cids
		;;
	esac
	words+=("$word")
done
bases=()
named "$GEODB"
for name in "${names[@]}"; do
	bases+=(-d "$name")
done
# By itself first: what is wrong with SELECT is said once.
$AWK -f "$examples/select.awk" -- "${words[@]+"${words[@]}"}" "$1" \
	>"$tmp/chosen"
hosts <"$tmp/chosen" | sigtag | rttcalc | geojoin "${bases[@]}"
