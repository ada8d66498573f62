# What sigtag computes, the long way: every row is compared with every
# other.  awk -v hosts=1 pairs by address.  Rows must come from gen.awk:
# columns pair and the like are found by name, `pair` is replaced in place.

function us(time)
{
	sub(/\./, "", time)
	return time + 0
}

# Two endpoints in one string, the same for both directions.
function both(a, b)
{
	return a < b ? a "|" b : b "|" a
}

function pair_of(i)
{
	if (hosts)
		return both("@" v[i, "src"], "@" v[i, "dst"])
	if (v[i, "proto"] == "tcp")
		return "tcp " v[i, "src"] ">" v[i, "dst"] " " v[i, "dport"]
	return "udp " both(v[i, "src"] " " v[i, "sport"],
	    v[i, "dst"] " " v[i, "dport"])
}

function side(i)
{
	return v[i, "dir"] == "in" ? v[i, "rpkts"] : v[i, "pkts"]
}

# Half of the elements of a[1..n] are no greater: by selection.
function median(a, n,    i, j, low, m, x)
{
	for (i = 1; i <= int(n / 2) + 1; i++) {
		low = i
		for (j = i + 1; j <= n; j++)
			if (a[j] < a[low])
				low = j
		x = a[i]; a[i] = a[low]; a[low] = x
	}
	m = int((n + 1) / 2)
	return n % 2 ? a[m] : (a[m] + a[m + 1]) / 2
}

# The gap before flow i is the time to the nearest flow of the pair that is
# earlier, or as early and higher up.
function gap_before(i,    j, d, best)
{
	best = -1
	for (j = 1; j <= rows; j++) {
		if (j == i || key[j] != key[i])
			continue
		d = us(v[i, "start"]) - us(v[j, "start"])
		if ((d > 0 || (d == 0 && j < i)) && (best < 0 || d < best))
			best = d
	}
	return best
}

function rhythm(i,    j, n, g, gaps, off)
{
	n = 0
	for (j = 1; j <= rows; j++) {
		if (key[j] != key[i])
			continue
		g = gap_before(j)
		if (g >= 0)
			gaps[++n] = g
	}
	period = jitter = "-"
	if (n < 2)
		return
	mid = median(gaps, n)
	period = sprintf("%.3f", int(mid / 1000 + .5) / 1000)
	for (j = 1; j <= n; j++)
		off[j] = gaps[j] < mid ? mid - gaps[j] : gaps[j] - mid
	if (mid > 0)
		jitter = sprintf("%.4f",
		    int(median(off, n) * 10000 / mid + .5) / 10000)
}

function kind(i,    j, flows, single)
{
	for (j = 1; j <= rows; j++)
		if (key[j] == key[i]) {
			flows++
			single += side(j) < 2
		}
	tag = side(i) > 1 ? "dialog" : flows == 1 ? "probe" : "heartbeat"
	if (single == 0)
		return "dialog"
	if (single < flows)
		return "mix"
	return flows == 1 ? "probe" : "heartbeat"
}

BEGIN { FS = OFS = "\t" }

NR == 1 {
	line = $0
	sub(/^#/, "", line)
	width = split(line, name, "\t")
	for (k = 1; k <= width; k++)
		if (name[k] == "pair")
			place = k
	print $0, "tag", "period", "jitter"
	next
}

{
	rows++
	text[rows] = $0
	for (k = 1; k <= width; k++)
		v[rows, name[k]] = $k
	key[rows] = v[rows, "class"] == "sig" ? pair_of(rows) : "row " rows
}

END {
	for (i = 1; i <= rows; i++) {
		tag = period = jitter = $0 = "-"
		$0 = text[i]
		if (v[i, "class"] == "sig") {
			$place = kind(i)
			if (!(key[i] in period_of)) {
				rhythm(i)
				period_of[key[i]] = period
				jitter_of[key[i]] = jitter
			}
			period = period_of[key[i]]
			jitter = jitter_of[key[i]]
		} else
			$place = "-"
		print $0, tag, period, jitter
	}
}
