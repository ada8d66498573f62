# columns.awk: what all reducers share; it stands before them:
#
#	awk -f plots/lib/columns.awk -f plots/fig2.awk flows.tsv
#
# Columns are found by name.  A reducer defines columns(), which looks its
# columns up with col(); it is called at the first line and at each that begins
# with #.  A column that is absent ends the run, status 2; empty input, 1.
# PROTO: the protocol whose rows count, "any" for all; udp if not given.
# pass: 1 for the first operand, 2 for the second.

BEGIN {
	FS = OFS = "\t"
	PROTO = PROTO == "" ? "udp" : PROTO ""
}

/^#/ || FNR == 1 {
	pass += FNR == 1
	sub(/^#/, "")
	split("", at)
	for (i = NF; i > 0; i--)
		at[$i] = i
	columns()
	next
}

END {
	if (!pass && !bad) {
		print "columns.awk: empty input" >"/dev/stderr"
		bad = 1
	}
	if (bad)
		exit bad
}

function col(name)
{
	if (!(name in at)) {
		printf "columns.awk: %s: no column \"%s\"\n", \
			FILENAME == "" ? "<stdin>" : FILENAME, name >"/dev/stderr"
		bad = 2
		exit bad
	}
	return at[name]
}

# The columns of the rows that figures and tables are over.
function class_columns()
{
	CLASS = col("class")
	PROTOCOL = col("proto")
}

# Is this a row that figures and tables are over?
function counts()
{
	return $CLASS == "sig" && ($PROTOCOL == PROTO || PROTO == "any")
}

# A record's time as a whole number of microseconds: exact in a double, until
# 2106; nanoseconds are cut off.
function us(t)
{
	return int((length(t) > 17 ? substr(t, 1, 17) : t) * 1000000 + 0.5)
}

# Microseconds from one time to another, which mostly is the same.
function lasts(from, to)
{
	return from "" == to "" ? 0 : us(to) - us(from)
}

# The two ends of a row: their columns, and as endpoints.
function end_columns()
{
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
}

function initiator()
{
	return $SRC ":" $SPORT
}

function responder()
{
	return $DST ":" $DPORT
}
