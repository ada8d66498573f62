#!/bin/bash
# fig3: activity of two clients, all their packets: hours, signed peer number.
# The packets come from a second pass, with a filter first; where that finds
# fewer packets than the flows have (tags or tunnels that the filter does not
# look behind), without.
# Usage: fig3.sh fig3-clients.tsv
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

clients=$1

# fig3.awk's status, 3 for too few packets; any other that fails ends the run.
dots() { # filter
	local status
	set +e
	(set -e; packets -p ${1:+-f "$1"}) |
		reduce fig3.awk -v clients="$clients" -v right="$tmp/right" \
		>"$tmp/left"
	status=("${PIPESTATUS[@]}")
	set -e
	[ "${status[0]}" -eq 0 ] || exit 1
	few=${status[1]}
	[ "$few" -eq 0 ] || [ "$few" -eq 3 ] || exit 1
}

# Hosts first: of most packets nothing else is looked at.  In brackets: to libpcap
# `and' binds no closer than `or'.
# shellcheck disable=SC2016 # awk
only=$($AWK '{ hosts = hosts " or host " $2; ports = ports " or " $3 }
	END {
		if (NR)
			printf "(%s) and udp port (%s)", \
				substr(hosts, 5), substr(ports, 5)
		else
			print "less 1"
	}' "$clients")
for filter in "$only" udp ''; do
	dots "$filter"
	[ "$few" -eq 3 ] || break
done
[ "$few" -eq 0 ] ||
	echo "fig3: fewer packets of the two clients than their flows have" >&2
cat "$tmp/left"
printf '\n\n'
cat "$tmp/right"
