#!/bin/bash
# timeouts: what Table I counts for several idle timeouts, each line after its
# timeout.  The packets are read once, with 20 s; flowmerge joins the pieces for
# all longer ones.  Which endpoints are Skype is the same fixed list for all.
# Usage: timeouts/timeouts.sh listed.tsv pieces.tsv
# pieces.tsv: what pcap2flows -t 20 writes, sorted by cid and start.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

longer="50 100 200 400 1000 inf"

# Ends are asked for where there may be TCP.
counted=cid,proto,dir,pkts,rpkts,class,idle,joins
[ "$PROTO" = udp ] || counted=$counted,src,sport,dst,dport

flowmerge -t "${longer// /,}" "$2" | skypeclass -E "$1" |
flowcut -c "$counted" |
reduce timeouts/kinds-by-timeout.awk -v timeouts="20 $longer"
