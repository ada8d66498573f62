#!/bin/bash
# readings: numbers by the other readings of the paper's words, beside those that
# the figures use, as `name TAB value`.
# Usage: prose/readings.sh FOLDER
# The folder has listed.tsv, flows.tsv, contacts.tsv, fig6.tsv and fig7.tsv.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

at=$1
listed "$at/listed.tsv" >"$tmp/listed"
flowcut -c class,proto,src,sport,dst,dport,dir,pair,rtt,pkts,rpkts,\
bytes,rbytes,start "$at/flows.tsv" |
reduce lib/listed-endpoints.awk -f "$plots/prose/readings.awk" \
	-v exchanged="$tmp/exchanged" "$tmp/listed" -

# Popularity by who exchanged packets.
sort -u "$tmp/exchanged" |
	$AWK -f "$plots/prose/exchanged-popularity.awk"

# C(p,i) over peers to whom the client began a flow.
$AWK -f "$plots/lib/interval-peers.awk" -v begun=1 "$at/contacts.tsv" |
	dist -v cdf="bitrate cpi" >"$tmp/fig1"
$AWK -f "$plots/prose/mean-contacts.awk" "$tmp/fig1" |
	sed -n 's/^peers in 5 min/&, begun/p'

# What the figures say.
$AWK -f "$plots/prose/figure-shares.awk" "$at/fig6.tsv" "$at/fig7.tsv"
