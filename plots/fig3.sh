#!/bin/sh
# fig3: activity of two clients, all their packets: hours, signed peer number.
# The packets come from a second pass, with a filter first; where that finds
# fewer packets than the flows have (tags or tunnels that the filter does not
# look behind), without.
# Usage: CAMPUS='tracegen …' fig3.sh fig3-clients.tsv (or CAPTURES='capture …')

. "${0%/*}/lib.sh"

clients=$1

# Dots of one side out of $tmp/packets; status 3 if some are missing.
dots() {
	if row=$(grep "^$1" "$clients"); then
		# shellcheck disable=SC2086 # words are wanted
		set -- $row
		reduce fig3.awk -v name="$1" -v ip="$2" -v port="$3" \
			-v expected="$4" "$tmp/packets"
	else
		printf '# %s\nNaN\tNaN\n' "$1"
	fi
}

both() {
	dots left || return
	printf '\n\n'
	dots right
}

# In brackets: to libpcap `and' binds no closer than `or'.
# shellcheck disable=SC2016 # awk
only=$($AWK '{ printf "%s(host %s and udp port %s)", (NR > 1 ? " or " : ""), $2, $3 }
	END { if (!NR) print "less 1" }' "$clients") || exit
for filter in "$only" udp ''; do
	packets -p ${filter:+-f "$filter"} >"$tmp/packets"
	finish || exit
	both >"$tmp/dots" && break
done
cat "$tmp/dots"
