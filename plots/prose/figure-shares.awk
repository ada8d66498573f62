# figure-shares.awk: out of the data of fig6 and fig7 the shares that the table of
# readings sets beside others: round-trip times below 100 ms, endpoints with a
# popularity of 1, in percent.

BEGIN {
	FS = OFS = "\t"
}

/^#/ {
	split($0, word, " ")
	block = word[2]
	next
}

NF != 2 || $1 == "NaN" || block ~ /^paper/ { next }

block ~ /-/ {
	if ($1 + 0 <= 1)
		one[block] = $2
	seen[block]
	next
}

{
	if ($1 < 99.9)
		quick[block] += $2
	seen[block]
}

END {
	put("quick probes", "probe", quick)
	put("quick others", "nonprobe", quick)
	put("external probe", "external-probe", one)
	put("external nonprobe", "external-nonprobe", one)
	put("internal probe", "internal-probe", one)
	put("internal nonprobe", "internal-nonprobe", one)
}

function put(name, block, share)
{
	print name, block in seen ? sprintf("%.1f", 100 * share[block]) : "-"
}
