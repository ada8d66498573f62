# truth-match.awk: flow by flow, what was measured beside the truth.  Input:
# sorted lines CID START CLASS PAIR PKTS RPKTS and everything else both have of
# the flow, 25 columns, and from the truth APP.
# Output: how many `lines' came, `count TRUTH's CLASS, MEASURED CLASS, FLOWS, PACKETS, APPS`, and
# `change CID START CLASS PAIR` for each flow whose class or pair differs.

BEGIN {
	FS = OFS = "\t"
}

{
	if ($1 != cid || $2 != start) {
		settle()
		cid = $1
		start = $2
		split("", class)
		rest[1] = rest[2] = ""
	}
	side = NF > 25 ? 1 : 2
	class[side] = $3
	pair[side] = $4
	if (side == 1) {
		app = $NF
		packets = $5 + $6
	} else if (!(1 in class)) {
		app = "?"
		packets = $5 + $6
	}
	rest[side] = substr($0, length($1 $2 $3 $4) + 5)
	if (side == 1)
		rest[1] = substr(rest[1], 1, length(rest[1]) - length(app) - 1)
}

END {
	settle()
	for (k in flows) {
		split(k, c, SUBSEP)
		print "count", c[1], c[2], flows[k], many[k], apps[k]
	}
	print "other", other + 0
	print "pairs", pairs + 0
	print "all", all + 0
	print "lines", NR
}

function settle(   a, b, k)
{
	if (cid == "")
		return
	a = 1 in class ? class[1] : "none"
	b = 2 in class ? class[2] : (a == "none" ? "none" : "-")
	if (a == "-" && b == "-")
		return
	all++
	if (a != b) {
		k = a SUBSEP b
		flows[k]++
		many[k] += packets
		if (!((k, app) in named)) {
			named[k, app]
			apps[k] = apps[k] (apps[k] == "" ? "" : ", ") app
		}
	}
	if (a == b && rest[1] != rest[2])
		other++
	if (a == b && pair[1] != pair[2])
		pairs++
	if (a != b || pair[1] != pair[2])
		print "change", cid, start, b, b == "sig" ? pair[2] : "-"
}
