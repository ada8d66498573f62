#!/bin/bash
# notices: what whoever asked for figures must know of their settings, a line
# each; nothing if all is well.
# Usage: records/notices.sh all.tsv flows.tsv [select]
# flows.tsv are those of the figures; with a third word, SELECT chose them.
# Environment: NETS, SELECT.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

none="No flow of the capture is Skype's, so figures are empty.  Those of another \
protocol: make overlay PCAP=... SELECT=port=53"
[ $# -lt 3 ] || none="SELECT=\"$SELECT\" chooses no flow of the capture."
# In the environment a backslash is one.
flowcut -c dir "$1" |
	INSIDE=${NETS:-the private networks (NETS names others)} NONE=$none \
	$AWK -f "$plots/records/notices.awk" - "$2"
