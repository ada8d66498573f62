# super-nodes.awk: super-nodes, internal endpoints that 100 or more others contacted:
# how many, and how many contacts they have of all.  Input: popularity.tsv.
# And fig7's mean internal popularity of probes.

function columns()
{
	ENDPOINT = col("endpoint"); WHERE = col("where")
	KIND = col("kind"); POPULARITY = col("popularity")
}

{
	all += $POPULARITY
}

$WHERE == "internal" {
	of[$ENDPOINT] += $POPULARITY
	if ($KIND == "probe") {
		probed++
		probes += $POPULARITY
	}
}

END {
	for (e in of)
		if (of[e] >= 100) {
			n++
			part += of[e]
		}
	print "super-nodes", n + 0
	print "super-node share", all ? sprintf("%.1f", 100 * part / all) : "-"
	print "probe contacts", probes + 0
	print "probed clients", probed + 0
	print "probe popularity", probed ? sprintf("%.1f", probes / probed) : "-"
}
