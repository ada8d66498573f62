#!/bin/bash
# prose-table: the numbers of the paper's prose, the paper's beside ours, for
# lib/table.awk.
# Usage: prose/prose-table.sh values.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

$AWK -f "$plots/prose/prose-table.awk" "$plots/paper/text.tsv" "$1"
