#!/bin/sh
# values: the numbers of the paper's prose as `name TAB value`.
# endpoints.tsv, fig1.tsv, fig3.tsv, gaps.tsv and popularity.tsv lie in the
# folder of flows.tsv.
# Usage: values.sh flows.tsv

. "${0%/*}/lib.sh"

flows=$1
at=${flows%/*}
reduce eu.awk -f "$plots/listed.awk" -f "$plots/text.awk" \
	"$at/endpoints.tsv" "$flows" "$flows" || failed
$AWK -f "$plots/growth.awk" "$at/fig3.tsv" || failed
reduce super.awk "$at/popularity.tsv" || failed
$AWK -f "$plots/mean.awk" "$at/fig1.tsv" || failed
cat "$at/gaps.tsv" || failed
finish
