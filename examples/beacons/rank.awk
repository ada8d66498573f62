# rank.awk: one line for each client and what it calls, with what speaks for
# a beacon and a score; README.md explains the columns.  Reads what
# contacts.awk wrote, sorted by destination, client and, unless the group is
# "service", time; with "service" protocol and port come before time.
# Memory: the contacts of one client with one destination, and the lines of
# one destination.
#
# facts: file of contacts.awk
# group: as there
# least: calls it takes (default 5)

BEGIN {
	FS = OFS = "\t"
	if (least == "")
		least = 5
	while ((status = (getline fact <facts)) > 0) {
		split(fact, f, FS)
		if (f[1] == "range") {
			from = f[2]
			to = f[3]
		} else if (f[1] == "clocks")
			clocks[f[2]] = f[4]
		else
			share_of_asks[f[2] OFS f[3]] = f[4]
	}
	if (status < 0) {
		print "beacons.sh: " facts ": cannot read" >"/dev/stderr"
		exit failed = 1
	}
	print "#score", "proto", "src", "dst", "dport", "answered", \
	    "contacts", "period", "jitter", "sizes", "cover", "span", \
	    "share", "period2", "calls", "bytes", "rbytes", "rsizes", \
	    "longest", "addresses", "hosts", "role", "hours"
}

{
	pair = $1 OFS $2 (group == "service" ? OFS $3 OFS $4 : "")
	if (pair != last_pair) {
		end_pair()
		last_pair = pair
	}
	if ($1 != last_dst) {
		end_dst()
		last_dst = $1
	}
	if ($2 != last_src || !hosts) {
		if (!(($2) in seen)) {
			seen[$2]
			hosts++
		}
		last_src = $2
	}
	add()
}

function add()
{
	n++
	start[n] = $5 + 0
	if ($6 > longest)
		longest = $6 + 0
	up[n] = $7
	down[n] = $8
	yes += $9
	ok[n] = $9
	alike += $11 != "-"
	if (n == 1) {
		src = $2
		dst = $1
		server = $10
		proto = $3
		dport = $4
		addresses = 0
		split("", address)
	}
	if ($3 != proto)
		proto = "*"
	if ($4 != dport)
		dport = "*"
	if (!($10 in address)) {
		address[$10]
		addresses++
	}
	hour[int($5 / 3600) % 24]++
}

function abs(x)
{
	return x < 0 ? -x : x
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

# Median deviation from the median, over the median; "-" if not all values
# are known.  The median is in middle.
function spread(value, n,    v, i)
{
	middle = "-"
	for (i = 1; i <= n; i++) {
		if (value[i] == "-")
			return "-"
		v[i] = value[i] + 0
	}
	middle = median(v, n)
	for (i = 1; i <= n; i++)
		v[i] = abs(value[i] - middle)
	return middle > 0 ? median(v, n) / middle : 0
}

# 1 at 0, 0 from `none' on.
function falling(x, none)
{
	return x < none ? 1 - x / none : 0
}

# Contacts that follow another within a second, or within three where nobody
# answered, are one call: parallel connections, retries.  Sets calls, call[],
# gaps, gap[].
function count_calls(    i, wait)
{
	calls = gaps = 0
	for (i = 1; i <= n; i++) {
		wait = i > 1 ? start[i] - start[i - 1] : 0
		if (i > 1 && wait < (ok[i] && ok[i - 1] ? 1 : 3))
			continue
		call[++calls] = start[i]
		if (calls > 1)
			gap[++gaps] = call[calls] - call[calls - 1]
	}
}

# Not every awk has sqrt and powers.
function root(k,    x, i)
{
	x = k > 1 ? k / 2 : 1
	for (i = 0; i < 20 && k > 1; i++)
		x = (x + k / x) / 2
	return x
}

# How well the gaps keep multiples of p, 0 to 1.  Sets mean_p, the period
# that the kept gaps tell, and covered.  A gap of k periods may stray by the
# root of k as much as one.  At random moments about .4 is reached.
function kept(p,    i, k, d, sum, sum_g, sum_k, periods)
{
	for (i = 1; i <= gaps; i++) {
		k = int(gap[i] / p + 0.5)
		if (k == 0) {
			periods++
			continue
		}
		periods += k
		d = abs(gap[i] - k * p) / (p * root(k))
		if (d >= 0.35)
			continue
		sum += 1 - (d / 0.35) * (d / 0.35)
		sum_g += gap[i]
		sum_k += k
	}
	mean_p = sum_k ? sum_g / sum_k : p
	covered = gaps / periods
	sum = (sum / gaps - 0.4) / 0.6
	return sum > 0 ? sum : 0
}

# The same for gaps that are near p or near q, each a quarter at least.  At
# random moments .3 is hardly reached.  Sets mean_p and mean_q.
function kept_two(p, q,    i, d, e, sum, n_p, n_q, sum_p, sum_q)
{
	for (i = 1; i <= gaps; i++) {
		d = abs(gap[i] - p) / p
		e = abs(gap[i] - q) / q
		if (d < e) {
			n_p++
			if (d < 0.2)
				sum += 1 - (d / 0.2) * (d / 0.2)
			sum_p += gap[i]
		} else {
			n_q++
			if (e < 0.2)
				sum += 1 - (e / 0.2) * (e / 0.2)
			sum_q += gap[i]
		}
	}
	if (n_p < gaps / 4 || n_q < gaps / 4)
		return 0
	mean_p = sum_p / n_p
	mean_q = sum_q / n_q
	sum = (sum / gaps - 0.3) / 0.7
	return sum > 0 ? sum : 0
}

# Tries the periods that the gaps suggest.  Sets regular, period, period2
# and cover.
function find_period(    share, quantile, i, j, p, r, v)
{
	regular = -1
	for (i = 1; i <= gaps; i++)
		v[i] = gap[i]
	split("0.1 0.25 0.5 0.75 0.9", share, " ")
	for (i = 1; i <= 5; i++) {
		quantile[i] = kth(v, gaps, 1 + int(share[i] * (gaps - 1) + 0.5))
		p = quantile[i]
		if (p <= 0)
			continue
		# Once more with what the first try says.
		kept(p)
		p = mean_p
		r = kept(p)
		if (r * (0.4 + 0.6 * covered) > regular * (0.4 + 0.6 * cover) || \
		    regular < 0) {
			regular = r
			period = p
			cover = covered
			period2 = "-"
		}
	}
	for (i = 1; i <= 2; i++)
		for (j = 4; j <= 5; j++) {
			if (quantile[i] <= 0 || quantile[j] < 1.5 * quantile[i])
				continue
			if (kept_two(quantile[i], quantile[j]) <= 0)
				continue
			p = mean_p
			r = kept_two(p, mean_q)
			if (r <= regular * (0.4 + 0.6 * cover))
				continue
			regular = r
			period = mean_p
			period2 = sprintf("%.3f", mean_q)
			cover = 1
		}
	return find_jitter()
}

# Median distance of the gaps from what they should be, over the period.
function find_jitter(    i, k, v, d)
{
	for (i = 1; i <= gaps; i++) {
		k = int(gap[i] / period + 0.5)
		v[i] = abs(gap[i] - (k ? k : 1) * period) / period
		if (period2 == "-")
			continue
		v[i] = abs(gap[i] - period) / period
		d = abs(gap[i] - period2) / period2
		if (d < v[i])
			v[i] = d
	}
	return median(v, gaps)
}

# A digit an hour of the day (UTC), 9 the busiest; "." where there was none.
function hours(    i, most, s)
{
	for (i = 0; i < 24; i++)
		if (hour[i] > most)
			most = hour[i]
	for (i = 0; i < 24; i++)
		s = s (hour[i] ? 1 + int(8 * hour[i] / most) : ".")
	return s
}

# Infrastructure by what it does, not by its port alone: nearly all messages
# could be NTP's or DNS', and most are answered.  Time: one of few servers,
# asked every 64 to 2,048 s (RFC 5905, RFC 8633; Linux' own client goes beyond
# 1,024).  A resolver: it gets a good part of the client's questions, and they
# and their answers are of several lengths, being of several names.
function role(jitter, sizes, rsizes)
{
	if (alike < 0.9 * n || yes * 2 < n)
		return "-"
	if (dport == 123)
		return clocks[src] <= 16 && jitter < 0.2 && \
		    period > 62 && period < 2100 ? "time" : "-"
	return share_of_asks[src OFS server] >= 0.2 && \
	    sizes >= 0.08 && rsizes >= 0.08 ? "resolver" : "-"
}

function end_pair(    sizes, rsizes, bytes, rbytes, span, share, jitter, score)
{
	if (n)
		count_calls()
	if (n && calls >= least) {
		jitter = find_period()
		sizes = spread(up, n)
		bytes = middle
		rsizes = spread(down, n)
		rbytes = middle
		span = call[calls] - call[1]
		share = to > from ? span / (to - from) : 0
		score = 100 * regular * (0.4 + 0.6 * cover) * \
		    calls / (calls + 5) * \
		    (0.85 + 0.15 * yes / n) * (0.7 + 0.3 * share) * \
		    (0.7 + 0.3 * (sizes == "-" ? 0.5 : falling(sizes, 0.5)))
		line[++lines] = sprintf("%.1f\t%s\t%s\t%s\t%s\t%s\t%d\t%.3f" \
		    "\t%.4f\t%s\t%.2f\t%.0f\t%.2f\t%s\t%d\t%s\t%s\t%s\t%.0f" \
		    "\t%d", score, proto, src, dst, dport, \
		    yes * 2 >= n ? "yes" : "no", n, period, jitter, \
		    sizes == "-" ? "-" : sprintf("%.4f", sizes), cover, span, \
		    share, period2, calls, bytes, rbytes, \
		    rsizes == "-" ? "-" : sprintf("%.4f", rsizes), longest, \
		    addresses)
		tail[lines] = role(jitter, sizes, rsizes) OFS hours()
	}
	n = yes = alike = longest = 0
	split("", hour)
}

function end_dst(    i)
{
	for (i = 1; i <= lines; i++)
		print line[i], hosts, tail[i]
	lines = hosts = 0
	split("", seen)
}

END {
	if (!failed) {
		end_pair()
		end_dst()
	}
}
