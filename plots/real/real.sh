#!/bin/bash
# real: the two clients of 2006 of Fig. 3, whose packets are known as dots, through
# the pipe, and what the figures' packets give, side by side, for table.awk.  Of
# their packets only time, direction and peer are known: no payload, so that who
# is Skype is given.
# Usage: real/real.sh build/fig
# The folder has timeouts.tsv and values.tsv.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

fig=$1
timeouts='20 50 100 200 400 1000 inf'

# How often the figure draws a dot below 0, and one above (paper/README.md).
capture() { # client below above
	local dots=$plots/paper/fig3_p$1_dots_hours_id.csv
	$AWK -f "$plots/real/dot-pairs.awk" "$dots" |
		sort -t $'\t' -k 1,1gr -k 2,2gr -k 3,3g -k 4,4g -k 5,5g \
		>"$tmp/pairs"
	sort -t , -k 1,1g -s "$dots" >"$tmp/dots"
	$AWK -v below="$2" -v above="$3" -f "$plots/real/dot-packets.awk" \
		"$tmp/pairs" "$tmp/dots" >"$tmp/p$1.pcap"
}

# Fig. 3's data of a client, as `left' or `right'.
dots() { # client side
	sort -t , -k 1,1g -s "$plots/paper/fig3_p$1_dots_hours_id.csv" |
		$AWK -v side="$2" -f "$plots/real/dot-ranks.awk"
}

capture 1 2 1
capture 2 3 3
printf '10.0.0.1\t20000\n' >"$tmp/client"
for i in 1 2; do
	for t in $timeouts; do
		pcap2flows -t "$t" "$tmp/p$i.pcap" |
			skypeclass -l "$tmp/client" | sigtag >"$tmp/flows"
		# shellcheck disable=SC2016 # awk
		reduce records/kinds.awk "$tmp/flows" |
			$AWK -v client="p$i" -v t="$t" \
			'{ print client "\t" t "\t" $0 }'
	done
done >"$tmp/counts"
sed 's/^/campus\t/' "$fig/timeouts.tsv" >>"$tmp/counts"
dots 1 left >"$tmp/fig3"
dots 2 right >>"$tmp/fig3"
$AWK -f "$plots/prose/peer-growth.awk" "$tmp/fig3" | sed 's/^/real\t/' \
	>"$tmp/growth"
sed -n 's/^growth/campus\t&/p' "$fig/values.tsv" >>"$tmp/growth"
$AWK -f "$plots/real/real-table.awk" "$tmp/counts" "$tmp/growth"
