#!/bin/bash
# contacts: of each client its average signaling bitrate, and the peers that it
# sent to in each of its five minutes: contacts.awk and client-contacts.awk,
# sorted, each line once.
# Usage: records/contacts.sh listed.tsv flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

listed "$1" >"$tmp/listed"
flowcut -c cid,class,proto,src,sport,dst,dport,dir,start,end,pkts,rpkts,\
bytes,rbytes,last,rlast,reply "$2" |
reduce lib/listed-endpoints.awk -f "$plots/records/contacts.awk" \
	-v firsts="$tmp/firsts" -v sent="$tmp/sent" "$tmp/listed" - \
	>"$tmp/bitrates"
$AWK -f "$plots/records/client-contacts.awk" "$tmp/firsts" "$tmp/sent" |
sort -u "$tmp/bitrates" -
