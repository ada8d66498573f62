# ddl.awk: CREATE TABLE out of what flowcut -T prints.
# -v sql=sqlite, postgresql, duckdb or clickhouse; -v table=name (flows).
# With -v sql=arrow: a schema of Arrow instead, as Python says it.
# With -v sql=sqlite-nulls: the statement that makes "-" NULL once SQLite, whose
# import knows no NULL, has read the rows.
#
# Times are decimals, exact to the nanosecond, but in SQLite, which has none:
# there they are floating-point numbers, good to the microsecond.

BEGIN {
	FS = "\t"
	if (table == "")
		table = "flows"
	types["sqlite"] = "TEXT TEXT INTEGER REAL REAL TEXT"
	types["sqlite-nulls"] = types["sqlite"]
	types["postgresql"] = "text inet bigint double_precision" \
	    " numeric(19,9) text"
	types["duckdb"] = "VARCHAR VARCHAR BIGINT DOUBLE DECIMAL(19,9) VARCHAR"
	types["clickhouse"] = "Nullable(String) Nullable(String)" \
	    " Nullable(UInt64) Nullable(Float64) Nullable(Decimal(19,9))" \
	    " Nullable(String)"
	types["arrow"] = "string() string() int64() float64()" \
	    " decimal128(19,9) string()"
	if (!(sql in types)) {
		print "ddl.awk: -v sql= is none of sqlite, sqlite-nulls," \
		    " postgresql, duckdb, clickhouse, arrow" >"/dev/stderr"
		failed = 2
		exit failed
	}
	n = split("text address integer real time histogram", name, " ")
	split(types[sql], type, " ")
	for (i = 1; i <= n; i++) {
		gsub(/_/, " ", type[i])
		of[name[i]] = type[i]
	}
}

function quoted(s)
{
	if (sql == "arrow") {
		gsub(/["\\]/, "\\\\&", s)
		return "\"" s "\""
	}
	gsub(/"/, "\"\"", s)
	return "\"" s "\""
}

NR == 1 {
	if ($1 !~ /^#?name$/ || $2 != "type") {
		print "ddl.awk: this is not from flowcut -T" >"/dev/stderr"
		failed = 1
		exit failed
	}
	next
}

{
	q = quoted($1)
	if (sql == "sqlite-nulls")
		line = q " = nullif(" q ", '-')"
	else if (sql == "arrow")
		line = "(" q ", pyarrow." of[$2] ")"
	else
		line = q " " of[$2]
	list = list (list == "" ? "" : ",\n") "\t" line
}

END {
	if (failed)
		exit failed
	if (sql == "sqlite-nulls")
		print "UPDATE " quoted(table) " SET\n" list ";"
	else if (sql == "arrow")
		print "import pyarrow\n\n" table " = pyarrow.schema([\n" \
		    list "\n])"
	else
		print "CREATE TABLE " quoted(table) " (\n" list "\n)" \
		    (sql == "clickhouse" ? \
		    " ENGINE = MergeTree ORDER BY tuple()" : "") ";"
}
