#!/bin/sh
# CSV and JSON lines out of records, read back by mlr and jq.
# shellcheck disable=SC2016  # awk, jq
. "${0%/*}/lib.sh"
plan 8

tracegen -c 4 -d 1h -s 1 | pcap2flows >flows.tsv
to="$top/examples/to"
awk -f "$to/csv.awk" flows.tsv >flows.csv
awk -f "$to/jsonl.awk" flows.tsv >flows.jsonl
printf '#a\tstart\tlat\n"q", x\t-\t-7.5\nb\\s\t0000000000.500000\t0.25\n' >odd.tsv
is 'csv: quotes' "$(awk -f "$to/csv.awk" odd.tsv)" 'a,start,lat
"""q"", x",,-7.5
b\s,0000000000.500000,0.25'
is 'jsonl: quotes' "$(awk -f "$to/jsonl.awk" odd.tsv)" \
	'{"a":"\"q\", x","start":null,"lat":-7.5}
{"a":"b\\s","start":0.500000,"lat":0.25}'
printf '%s\n' '1.5 eth ip(10.0.0.1,10.0.0.2,ttl=60) udp(1,2) data(9)' |
	perl "$top/t/mkpcap.pl" | pcap2flows -e ip |
	flowcut -c src,ttlmin,fun >more.tsv
is 'jsonl: more columns have their types, a histogram is text' \
	"$(awk -f "$to/jsonl.awk" more.tsv)" \
	'{"src":"10.0.0.1","ttlmin":60,"fun":"03:1"}'
is 'jsonl: a plain header' "$(sed '1s/^#//' more.tsv |
	awk -f "$to/jsonl.awk")" '{"src":"10.0.0.1","ttlmin":60,"fun":"03:1"}'
if command -v mlr >/dev/null; then
	mlr --icsv --otsv -S cat flows.csv | awk -F '\t' -v OFS='\t' '{
		for (i = 1; i <= NF; i++)
			if ($i == "")
				$i = "-"
		print (NR == 1 ? "#" : "") $0}' >back.tsv
	check 'csv: there and back by mlr' -o flows.tsv -- cat back.tsv
else
	skip 'csv: there and back by mlr' 'no mlr'
fi
if command -v jq >/dev/null; then
	jq -r '[.cid, .pkts, .src, .size // "-"] | map(tostring) | join("\t")' \
		flows.jsonl >got
	flowcut -c cid,pkts,src,size flows.tsv | sed 1d >wanted
	check 'jsonl: read by jq' -o wanted -- cat got
	is 'jsonl: numbers' "$(jq -r '.start | type' flows.jsonl | sort -u)" number
else
	skip 'jsonl: read by jq' 'no jq'
	skip 'jsonl: numbers' 'no jq'
fi
if command -v duckdb >/dev/null; then
	ok 'parquet' sh -c 'bash "$top/examples/to/parquet.sh" flows.tsv x.parquet &&
		[ "$(duckdb -noheader -list -c "SELECT count(*) FROM \"x.parquet\"")" \
		-eq "$(grep -vc "^#" flows.tsv)" ]'
else
	skip 'parquet' 'no duckdb'
fi
