#!/bin/bash
# fig7: CDF of popularity by where the endpoint is and kind of the pair.
# Usage: fig7.sh popularity.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

reduce fig7.awk "$1" |
dist -v cdf="external-probe external-nonprobe internal-probe internal-nonprobe"
