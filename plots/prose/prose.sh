#!/bin/bash
# prose: the numbers of the paper's prose that come from flow records alone, as
# `name TAB value`.
# Usage: prose/prose.sh listed.tsv flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

geojoin -l >"$tmp/countries"
listed "$1" >"$tmp/listed"
flowcut -c cid,class,proto,src,sport,dst,dport,dir,pair,rtt,start,end,reply,last,\
rlast,pkts,rpkts,bytes,rbytes,continent,country,lat "$2" |
reduce places/eu-2007.awk -v countries="$tmp/countries" \
	-v contacts_file="$tmp/contacts" -f "$plots/lib/listed-endpoints.awk" \
	-f "$plots/prose/prose.awk" "$tmp/listed" -
