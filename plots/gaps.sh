#!/bin/sh
# gaps: the longest regular gap between packets of one flow, `name TAB value`.
# Of more than two million packets it looks at a part, whole flows chosen by
# pcap2flows -S.
# Usage: CAMPUS='tracegen …' gaps.sh flows.tsv (or CAPTURES='capture …')

. "${0%/*}/lib.sh"

part=$(reduce gap-pairs.awk -v pairs="$tmp/pairs" "$1") || exit
{ packets -p -f udp ${part:+-S "$part"}; } |
{ reduce gaps.awk -v IDLE=200 "$tmp/pairs" - || failed; }
finish
