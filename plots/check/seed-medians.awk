# seed-medians.awk: of each name's numbers in lines `name TAB number` the median.

BEGIN {
	FS = OFS = "\t"
}

!($1 in n) { name[++names] = $1 }

{ number[$1, ++n[$1]] = $2 }

END {
	for (i = 1; i <= names; i++)
		print name[i], median(name[i])
}

# Numbers are few: each is put in its place among those before.
function median(s,   i, k, v)
{
	for (i = 1; i <= n[s]; i++) {
		if (number[s, i] == "-")
			return "-"
		v = number[s, i] + 0
		for (k = i; k > 1 && number[s, k - 1] > v; k--)
			number[s, k] = number[s, k - 1]
		number[s, k] = v
	}
	k = int((n[s] + 1) / 2)
	return n[s] % 2 ? number[s, k] : (number[s, k] + number[s, k + 1]) / 2
}
