# table-shares.awk: the shares and totals of Tables I and II as `name TAB value`.
# Input: kinds.tsv (KIND PAIRS FLOWS PACKETS) and places.tsv (KIND WHAT NAME
# ADDRESSES).

BEGIN {
	FS = OFS = "\t"
	split("pairs flows side_packets", word, " ")
	sub(/_/, " ", word[3])
}

NF != 4 || $1 == "#" { next }

$2 ~ /^[0-9]+$/ {
	for (i = 1; i <= 3; i++) {
		n[$1, i] = $(i + 1)
		total[i] += $(i + 1)
	}
	kinds[$1]
	next
}

{
	if ($2 == "continent")
		addresses[$1] += $4
	place[$1 SUBSEP ($2 == "country" ? "eu " : \
		($2 == "city" ? "city " : "")) $3] = $4
}

END {
	for (k in kinds) {
		for (i = 1; i <= 3; i++)
			put(k " " word[i], n[k, i] * 100, total[i])
		put(k " flows per pair", n[k, 2], n[k, 1])
		put(k " packets per flow", n[k, 3], n[k, 2])
	}
	for (i = 1; i <= 3; i++)
		print "all " word[i], total[i] + 0
	for (p in place) {
		split(p, key, SUBSEP)
		put(key[1] " " key[2], 100 * place[p], addresses[key[1]])
	}
	print "probe addresses", addresses["probe"] + 0
	print "nonprobe addresses", addresses["nonprobe"] + 0
}

function put(name, part, whole)
{
	print name, whole ? sprintf("%.3f", part / whole) : "-"
}
