#!/bin/sh
# timeout: Table I and the share of one-packet flows for several idle
# timeouts, for table.awk.  The packets are read once, with 20 s; flowmerge
# joins the pieces for each longer timeout.  Which endpoints are Skype is the
# same fixed list for all.
# Usage: PCAP2FLOWS='pcap2flows -n NETS' timeout.sh endpoints.tsv capture …

. "${0%/*}/lib.sh"

endpoints=$1
shift
{ ${PCAP2FLOWS:-pcap2flows} -t 20 "$@" || failed; } | sort >"$tmp/pieces"
finish || exit

counted() {
	{ flowmerge -t "$1" "$tmp/pieces" || failed; } |
	{ skypeclass -E "$endpoints" || failed; } |
	{ sigtag || failed; } |
	{ reduce tab1.awk || failed; } |
	sed "s/^/$1	/"
}

for t in 20 50 100 200 400 1000 inf; do
	counted $t
done | $AWK -f "$plots/timeout-rows.awk"
finish
