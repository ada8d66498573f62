#!/bin/sh
# fig3: activity of two clients, all their packets: hours, signed peer number.
# The packets come from a second pass, with a filter first; where that finds
# fewer packets than the flows have (tags or tunnels that the filter does not
# look behind), without.
# Usage: CAMPUS='tracegen …' fig3.sh fig3-clients.tsv (or CAPTURES='capture …')

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

clients=$1

# In brackets: to libpcap `and' binds no closer than `or'.
# shellcheck disable=SC2016 # awk
only=$($AWK '{ printf "%s(host %s and udp port %s)", (NR > 1 ? " or " : ""), $2, $3 }
	END { if (!NR) print "less 1" }' "$clients") || exit
for filter in "$only" udp ''; do
	packets -p ${filter:+-f "$filter"} |
		reduce fig3.awk -v clients="$clients" -v right="$tmp/right" \
		>"$tmp/left"
	status=$?
	finish || exit
	[ "$status" -eq 3 ] || break
done
case $status in
0) ;;
3) echo "fig3: fewer packets of the two clients than their flows have" >&2 ;;
*) exit "$status" ;;
esac
cat "$tmp/left"
printf '\n\n'
cat "$tmp/right"
