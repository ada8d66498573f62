#!/bin/bash
# parquet: flow records as a Parquet file, by DuckDB.  Unknown is NULL; times
# are DECIMAL(19,9), exact to the nanosecond; the other types are DuckDB's
# guess from all rows.
# Usage: parquet.sh flows.tsv out.parquet

set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
# shellcheck source=plots/lib/usage.sh
. "${0%/*}/../../plots/lib/usage.sh"
[ $# -eq 2 ] || { echo "usage: parquet.sh flows.tsv out.parquet" >&2; exit 2; }
command -v duckdb >/dev/null || { echo "parquet.sh: no duckdb" >&2; exit 1; }
quote=\'
types=$(flowcut -T "$1" | awk -F '\t' '$2 == "time" {
	printf "%s\047%s\047: \047DECIMAL(19,9)\047", sep, $1
	sep = ", "
}')
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
sed '1s/^#//' "$1" >"$tmp"
duckdb -c "COPY (SELECT * FROM read_csv('${tmp//$quote/$quote$quote}', delim = '\t', header = true,
    quote = '', nullstr = '-', sample_size = -1, types = {$types}))
    TO '${2//$quote/$quote$quote}' (FORMAT parquet, COMPRESSION zstd)" >/dev/null
