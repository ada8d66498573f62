# fig7.awk: how many endpoints have each popularity, as counts for distributions.awk.

function columns()
{
	WHERE = col("where"); KIND = col("kind"); POPULARITY = col("popularity")
}

{
	n[$WHERE "-" $KIND, $POPULARITY]++
}

END {
	for (i in n) {
		split(i, key, SUBSEP)
		print key[1], key[2], n[i]
	}
}
