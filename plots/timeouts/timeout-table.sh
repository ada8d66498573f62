#!/bin/bash
# timeout-table: Table I and the share of one-packet flows for several idle
# timeouts, for lib/table.awk.
# Usage: timeouts/timeout-table.sh timeouts.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

$AWK -f "$plots/timeouts/timeout-table.awk" "$1"
