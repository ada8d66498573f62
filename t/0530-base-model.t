#!/bin/sh
# geojoin on random tables and addresses, against a model in awk that walks
# all ranges.  The seed is printed; MODEL_SEED=... repeats a run.
. "${0%/*}/lib.sh"
plan 8
seed=${MODEL_SEED:-$(awk 'BEGIN {srand(); print srand() % 100000}')}
echo "# MODEL_SEED=$seed"

# Ranges without overlap: cut points in rising order, some between two of
# them, some just the one address, some side by side.  How addresses are
# written is told by "form".  The queries are the ends of ranges, their
# neighbours and random addresses.
cat >make.awk <<'EOF'
function whole(n) { return int(rand() * n) }
function text(v) {
	if (form == "number")
		return sprintf("%d", v)
	if (form == "six")
		return sprintf("2001:db8:%04x:%04x:0:%x::", int(v / 65536),
		    v % 65536, v % 7)
	return int(v / 16777216) "." int(v / 65536) % 256 "." \
	    int(v / 256) % 256 "." v % 256
}
# Special purpose: UNKNOWN whatever the base says.
function special(v,    o) {
	o = int(v / 16777216)
	return form != "six" && (o == 0 || o == 10 || o == 127 || \
	    (o == 100 && int(v / 4194304) % 4 == 1))
}
function query(v) {
	if (v >= 0 && v <= top && !special(v))
		printf "%.0f\t%s\n", v, asked(v) >"queries"
}
function asked(v,    f, s) {
	f = form
	if (form == "number")
		form = "dotted"
	s = text(v)
	form = f
	return s
}
function place(    c) {
	c = substr("ITFRDEUSBRJPAUZAEUAQ", whole(10) * 2 + 1, 2)
	return c "," (whole(3) ? "city " whole(50) : "") "," \
	    whole(179) - 89 "." whole(10) "," whole(359) - 179 "." whole(10)
}
BEGIN {
	srand(seed)
	top = 2147483647
	for (v = whole(1000); v < top && n < 400; v = last + 1) {
		last = v + (whole(4) ? whole(10000000) : 0)
		if (last > top)
			last = top
		if (whole(3)) {
			p = place()
			printf "%s,%s,%s\n", text(v), text(last), p >"base.csv"
			printf "%.0f,%.0f,%s\n", v, last, p >"model.csv"
			n++
			query(v - 1)
			query(v)
			query(last)
			query(last + 1)
		}
	}
	for (i = 0; i < 1000; i++)
		query(whole(top))
}
EOF
cat >model.awk <<'EOF'
function degrees(v) { return sprintf("%.4f", v) }
BEGIN { FS = "," }
FILENAME == "model.csv" {
	first[++n] = $1
	last[n] = $2
	out[n] = $3 "\t" ($4 == "" ? "UNKNOWN" : $4) "\t" degrees($5) "\t" \
	    degrees($6)
	next
}
{
	split($0, q, "\t")
	found = "UNKNOWN\tUNKNOWN\t-\t-"
	for (i = 1; i <= n; i++)
		if (first[i] + 0 <= q[1] + 0 && q[1] + 0 <= last[i] + 0)
			found = out[i]
	print q[2] "\t" found
}
EOF

round() { # form order
	rm -f base.csv model.csv queries
	awk -v form="$1" -v seed="$seed" -f make.awk
	[ "$2" = sorted ] || awk -v seed="$seed" 'BEGIN {srand(seed)}
		{print rand() "\t" $0}' base.csv | sort | cut -f 2- >mixed.csv
	[ "$2" = sorted ] || mv mixed.csv base.csv
	# -0.0 degrees is 0 to us.
	awk -f model.awk model.csv queries |
		sed 's/	-0\.0000/	0.0000/g' >wanted
	cut -f 2 queries >ip
	geojoin -d base.csv -H ip -c ip ip | cut -f 1,3- >got
	ok "$1, $2" cmp wanted got
	# shellcheck disable=SC2016  # awk's $
	ok "$1, $2: places are found" awk -F '\t' '
		$2 != "UNKNOWN" {n++} END {exit !(n > NR / 3 && n < NR)}' got
}
round dotted sorted
round number mixed
round six sorted
round six mixed
