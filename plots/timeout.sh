#!/bin/sh
# timeout: Table I and the share of one-packet flows for several idle
# timeouts, for table.awk.
# Usage: timeout.sh timeouts.tsv

. "${0%/*}/lib.sh"

$AWK -f "$plots/timeout-rows.awk" "$1"
