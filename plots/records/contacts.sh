#!/bin/bash
# contacts: of each client its average signaling bitrate, and the peers that it
# sent to in each of its five minutes: contacts.awk, sorted, each line once.
# Usage: records/contacts.sh endpoints.tsv flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,src,sport,dst,dport,dir,start,end,pkts,rpkts,\
bytes,rbytes,last,rlast,reply "$2" >"$tmp/flows"
reduce lib/listed-endpoints.awk -f "$plots/records/contacts.awk" \
	"$1" "$tmp/flows" "$tmp/flows" | sort -u
