#!/bin/sh
# fig3: activity of two clients, all their packets: hours, signed peer number.
# The packets come from a second pass over the captures, with a filter first;
# where that finds fewer packets than the flows have (tags or tunnels that the
# filter does not look behind), without.
# Usage: PCAP2FLOWS='pcap2flows -n NETS' SEED=1 fig3.sh flows.tsv capture …

. "${0%/*}/lib.sh"

flows=$1
shift

# client NAME IP PORT PACKETS capture …
client() {
	who="-v name=$1 -v ip=$2 -v port=$3"
	expected=$4
	for filter in "host $2 and udp port $3" udp ''; do
		shift 4
		${PCAP2FLOWS:-pcap2flows} -p ${filter:+-f "$filter"} "$@" \
			>"$tmp/packets" || return
		# shellcheck disable=SC2086 # words are wanted
		reduce fig3.awk $who -v expected="$expected" "$tmp/packets" \
			>"$tmp/dots" && break
		set -- - - - - "$@"
	done
	cat "$tmp/dots"
}

"$plots/fig3-pick.sh" "$flows" >"$tmp/clients" || exit
for side in left right; do
	[ $side = left ] || printf '\n\n'
	if row=$(grep "^$side" "$tmp/clients"); then
		# shellcheck disable=SC2086 # words are wanted
		client $row "$@" || failed
	else
		printf '# %s\nNaN\tNaN\n' $side
	fi
done
finish
