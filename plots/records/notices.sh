#!/bin/bash
# notices: what whoever asked for figures must know of their settings, a line
# each; nothing if all is well.
# Usage: records/notices.sh all.tsv
# Environment: NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

# In the environment a backslash is one.
INSIDE=${NETS:-the private networks (NETS names others)} \
	$AWK -f "$plots/records/notices.awk" "$1"
