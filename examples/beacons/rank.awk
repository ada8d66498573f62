# rank.awk: one line for each pair that sigtag gave a period, with what
# speaks for a beacon and a score; README.md explains the columns.
#
# answered: what to say in the column of that name
# least: contacts it takes (default 5)
# from, to: of the whole observation, in seconds

BEGIN {
	FS = OFS = "\t"
	if (least == "")
		least = 5
	print "#score", "proto", "src", "dst", "dport", "answered", \
	    "contacts", "period", "jitter", "sizes", "cover", "span", "share"
}

/^#/ {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

$at["jitter"] == "-" {
	next
}

{
	p = $at["proto"] OFS $at["src"] OFS $at["dst"] OFS $at["dport"]
	start = $at["start"] + 0
	if (!(p in n)) {
		begun[p] = ended[p] = start
		period[p] = $at["period"]
		jitter[p] = $at["jitter"]
	}
	if (start < begun[p])
		begun[p] = start
	if (start > ended[p])
		ended[p] = start
	bytes[p, ++n[p]] = $at["bytes"]
}

# The k-th smallest of v[1..n]: Hoare's choice.
function kth(v, n, k,    lo, hi, i, j, x, t)
{
	lo = 1
	hi = n
	while (lo < hi) {
		x = v[int((lo + hi) / 2)]
		i = lo
		j = hi
		while (i <= j) {
			while (v[i] < x)
				i++
			while (v[j] > x)
				j--
			if (i <= j) {
				t = v[i]
				v[i++] = v[j]
				v[j--] = t
			}
		}
		if (k <= j)
			hi = j
		else if (k >= i)
			lo = i
		else
			break
	}
	return v[k]
}

function median(v, n,    a)
{
	a = kth(v, n, int((n + 1) / 2))
	return n % 2 ? a : (a + kth(v, n, n / 2 + 1)) / 2
}

# Median deviation from the median, over the median.
function spread(p,    v, i, m)
{
	for (i = 1; i <= n[p]; i++)
		v[i] = bytes[p, i]
	m = median(v, n[p])
	for (i = 1; i <= n[p]; i++)
		v[i] = bytes[p, i] > m ? bytes[p, i] - m : m - bytes[p, i]
	return m > 0 ? median(v, n[p]) / m : 0
}

# 1 at 0, 0 from `none' on.
function falling(x, none)
{
	return x < none ? 1 - x / none : 0
}

function score(p, sizes, cover, share)
{
	return 100 * falling(jitter[p], 0.5) * cover * \
	    n[p] / (n[p] + 5) * (0.7 + 0.3 * falling(sizes, 0.5)) * \
	    (0.7 + 0.3 * share)
}

END {
	for (p in n) {
		if (n[p] < least)
			continue
		span = ended[p] - begun[p]
		cover = span > 0 ? (n[p] - 1) * period[p] / span : 0
		if (cover > 1)
			cover = 1 / cover
		share = to > from ? span / (to - from) : 0
		sizes = spread(p)
		printf "%.1f\t%s\t%s\t%d\t%s\t%s\t%.4f\t%.2f\t%.0f\t%.2f\n", \
		    score(p, sizes, cover, share), p, answered, n[p], \
		    period[p], jitter[p], sizes, cover, span, share
	}
}
