#!/bin/bash
# Tables made of what flowcut -T tells, filled by the databases' own import:
# SQLite, and a PostgreSQL server that is started here.
# shellcheck disable=SC2016  # awk
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

to=$top/examples/to
# Quotes, backslashes, unknown values, a time with nanoseconds, names that are
# words of SQL.
{
	printf '#start\tend\tsrc\tpkts\tperiod\tsize\tname\n'
	printf '1177192800.123456789\t-\t2001:db8::1\t9007199254740992\t'
	printf '1.500\t20:1,40:2\t"quoted", \\n\n'
	printf '1177192801.000000001\t1177192802.000000000\t10.0.0.1\t0\t-\t'
	printf -- '-\t-\n'
} >flows.tsv
flowcut -p flows.tsv >flows.plain
flowcut -T flows.tsv >types
make_table() { awk -f "$to/ddl.awk" -v sql="$1" types; }
plan 10

is 'duckdb: types' "$(make_table duckdb)" 'CREATE TABLE "flows" (
	"start" DECIMAL(19,9),
	"end" DECIMAL(19,9),
	"src" VARCHAR,
	"pkts" BIGINT,
	"period" DOUBLE,
	"size" VARCHAR,
	"name" VARCHAR
);'
is 'clickhouse: engine' "$(make_table clickhouse | tail -n 1)" \
	') ENGINE = MergeTree ORDER BY tuple();'
is 'arrow: a schema' "$(make_table arrow)" 'import pyarrow

flows = pyarrow.schema([
	("start", pyarrow.decimal128(19,9)),
	("end", pyarrow.decimal128(19,9)),
	("src", pyarrow.string()),
	("pkts", pyarrow.int64()),
	("period", pyarrow.float64()),
	("size", pyarrow.string()),
	("name", pyarrow.string())
])'
check 'no such database' -s 2 -M 'sql= is none of' -- \
	awk -f "$to/ddl.awk" -v sql=oracle types
check 'not of flowcut -T' -s 1 -M 'not from flowcut -T' -- \
	awk -f "$to/ddl.awk" -v sql=sqlite flows.tsv

if command -v sqlite3 >/dev/null; then
	make_table sqlite >create.sql
	make_table sqlite-nulls >nulls.sql
	sqlite3 x.db '.read create.sql' '.mode ascii' '.separator "\t" "\n"' \
		'.import --skip 1 flows.plain flows' '.read nulls.sql'
	is 'sqlite: values' "$(sqlite3 x.db '.nullvalue NULL' \
		'SELECT "end", src, pkts, period, size, name FROM flows')" \
		'NULL|2001:db8::1|9007199254740992|1.5|20:1,40:2|"quoted", \n
1177192802.0|10.0.0.1|0|NULL|NULL|NULL'
	is 'sqlite: types' "$(sqlite3 x.db 'SELECT typeof(start), typeof(pkts),
		typeof(period), typeof(src), typeof(size) FROM flows')" \
		'real|integer|real|text|text
real|integer|null|text|null'
else
	skip 'sqlite: values' 'no sqlite3'
	skip 'sqlite: types' 'no sqlite3'
fi

skip_postgresql() {
	for name in values types back; do
		skip "postgresql: $name" "$1"
	done
	exit 0
}
bin=
for dir in /usr/lib/postgresql/*/bin; do
	[ ! -x "$dir/initdb" ] || bin=$dir
done
[ -n "$bin" ] || skip_postgresql 'no initdb'
as=()
if [ "$(id -u)" = 0 ]; then		# the server refuses root
	id postgres >/dev/null 2>&1 || skip_postgresql 'no user postgres'
	as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
	chmod 755 .
fi
mkdir pg
[ "$(id -u)" != 0 ] || chown postgres pg
stop_server() {
	"${as[@]}" "$bin/pg_ctl" -D "$scratch/pg/data" -m immediate stop \
		>/dev/null 2>&1 || :
	cd / && rm -rf "$scratch"
}
trap stop_server EXIT
export HOME=$scratch/pg TMPDIR=$scratch/pg
cd pg
"${as[@]}" "$bin/initdb" -N -A trust -U flows -E UTF8 --locale=C data \
	>log 2>&1 || { sed 's/^/# /' log; skip_postgresql 'initdb fails'; }
"${as[@]}" "$bin/pg_ctl" -D data -w -l server -o \
	"-c listen_addresses= -c unix_socket_directories=$scratch/pg -F" \
	start >started 2>&1 ||
	{ sed 's/^/# /' server; skip_postgresql 'no server starts'; }
cd ..
sql() {
	"$bin/psql" -qAt -v ON_ERROR_STOP=1 -X -h "$scratch/pg" -U flows \
		-d postgres "$@"
}
copy="(FORMAT csv, HEADER, DELIMITER E'\t', NULL '-', QUOTE E'\b')"
make_table postgresql | sql
sql -c "COPY flows FROM STDIN $copy" <flows.plain
is 'postgresql: values' "$(sql -P null=NULL -c \
	'SELECT start, "end", src, pkts, period, size, name FROM flows')" \
	'1177192800.123456789|NULL|2001:db8::1|9007199254740992|1.5|20:1,40:2|"quoted", \n
1177192801.000000001|1177192802.000000000|10.0.0.1|0|NULL|NULL|NULL'
is 'postgresql: types' "$(sql -c 'SELECT pg_typeof(start), family(src),
	pg_typeof(period) FROM flows' -c "SET timezone = 'UTC'" \
	-c 'SELECT to_timestamp(start) FROM flows LIMIT 1')" \
	'numeric|6|double precision
numeric|4|double precision
2007-04-21 22:00:00.123457+00'
sql -c "COPY (SELECT start, \"end\", src, pkts, size, name FROM flows)
	TO STDOUT $copy" >back
is 'postgresql: back' "$(cat back)" \
	"$(flowcut -x -c period flows.tsv | flowcut -p)"
