#!/bin/sh
# values: the numbers of the paper's prose as `name TAB value`.
# endpoints.tsv, fig1.tsv, fig3.tsv and popularity.tsv lie in the folder of
# flows.tsv.
# Usage: PCAP2FLOWS='pcap2flows -n NETS' values.sh flows.tsv capture …

. "${0%/*}/lib.sh"

flows=$1
shift
at=${flows%/*}
reduce eu.awk -f "$plots/listed.awk" -f "$plots/text.awk" \
	"$at/endpoints.tsv" "$flows" "$flows" || failed
$AWK -f "$plots/growth.awk" "$at/fig3.tsv" || failed
reduce super.awk "$at/popularity.tsv" || failed
$AWK -f "$plots/mean.awk" "$at/fig1.tsv" || failed
{ ${PCAP2FLOWS:-pcap2flows} -p -f udp "$@" || failed; } |
reduce gaps.awk -v IDLE=200 "$flows" - || failed
finish
