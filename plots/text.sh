#!/bin/sh
# text: the numbers of the paper's prose, the paper's beside ours, for
# table.awk.
# Usage: text.sh values.tsv

. "${0%/*}/lib.sh"

$AWK -f "$plots/text-rows.awk" "$plots/paper/text.tsv" "$1"
