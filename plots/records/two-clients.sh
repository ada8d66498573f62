#!/bin/bash
# two-clients: the two clients of fig3, a line each: two-clients.awk.
# Usage: records/two-clients.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

reduce records/client-flows.awk "$1" | sort |
	$AWK -f "$plots/records/two-clients.awk"
