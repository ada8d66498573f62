# truth-compare.awk: how many values of each figure and table are what the truth
# says.  Input: keyed values, sorted; the fourth column is 1 for the truth's, 2
# for measured ones, 3 for what the truth says with the classes that were
# measured.  Before it an operand that says how many values of each there are,
# `WHAT TAB SIDE TAB VALUES': one that has not come ends the run, status 1.
# Output: WHAT VALUES DIFFERENT EXPLAINED LARGEST, where explained
# are those of the different that agree with the third, largest the largest
# difference.

BEGIN {
	FS = OFS = "\t"
}

NR == FNR {
	expected[$1, $2] = $3
	told[$2]++
	next
}

$1 != what || $2 != key {
	settle()
	what = $1
	key = $2
	split("", v)
}

{
	v[$4] = $3
	came[$1, $4]++
	third += $4 == 3
}

END {
	settle()
	if (told[1] != told[2] || !told[1])
		missing("figures and tables", told[2], told[1])
	for (i in expected)
		if (came[i] != expected[i]) {
			split(i, part, SUBSEP)
			missing("values of " part[1], came[i], expected[i])
		}
	if (bad)
		exit 1
	for (i = 1; i <= n; i++)
		print name[i], values[name[i]], different[name[i]] + 0, \
			explained[name[i]] + 0, largest[name[i]] + 0
}

function missing(of, came, expected)
{
	printf "truth-check: %d %s where there should be %d\n", came, of, \
		expected >"/dev/stderr"
	bad = 1
}

function settle(   d)
{
	if (key == "")
		return
	if (!(what in values))
		name[++n] = what
	if ((1 in v) || (2 in v))
		values[what]++
	if ((1 in v) == (2 in v) && v[1] == v[2])
		return
	different[what]++
	explained[what] += (2 in v) == (3 in v) && v[2] == v[3]
	d = v[1] - v[2]
	if (d < 0)
		d = -d
	if (d > largest[what])
		largest[what] = d
}
