#!/bin/bash
# gaps: the longest regular gap between packets of one flow, `name TAB value`.
# Of more than two million packets it looks at a part, whole flows chosen by
# pcap2flows -S.
# Usage: prose/gaps.sh flows.tsv
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

part=$(reduce prose/gap-pairs.awk -v pairs="$tmp/pairs" "$1")
packets -p -f udp ${part:+-S "$part"} |
reduce prose/gaps.awk -v IDLE=200 "$tmp/pairs" -
