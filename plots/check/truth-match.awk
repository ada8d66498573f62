# truth-match.awk: flow by flow, what was measured beside the truth.  Input:
# sorted lines CID START 1|2 CLASS PAIR APP PACKETS ALL, 1 from the truth, 2 from
# the measured records (APP -); ALL is everything else both have of the flow.
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
	class[$3] = $4
	pair[$3] = $5
	if ($3 == 1) {
		app = $6
		packets = $7
	} else if (!(1 in class)) {
		app = "?"
		packets = $7
	}
	rest[$3] = $8
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
