# features.awk: one CSV line a flow, out of flows and their packets in one
# stream, as features.sh sorts it: each flow, then its packets.  README.md has
# what each column means.
#
#	cid start 0 proto src sport dst dport dir why end pkts rpkts bytes
#	    rbytes reply flags rflags
#	cid time 1 src sport bytes
#
# Memory: one flow.

BEGIN {
	FS = "\t"
	split("min q1 median q3 max mean sd", statistic, " ")
	letters = "SHAFRPUEC"
	bytes = "%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f"
	times = "%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f"
	print header()
}

$3 == 0 {
	if (NR > 1)
		print row()
	split($0, flow, "\t")
	n = nf = nr = 0
	next
}

# gap, fgap, rgap: times since the packet before, of the flow and of its
# directions; size, rsize: payload.
{
	if ($1 != flow[1])
		fail($1 ": a packet of no flow")
	t = us($2)
	if (++n > 1)
		gap[n - 1] = later(t, last)
	last = t
	if ($4 == flow[5] && $5 == flow[6]) {
		if (++nf > 1)
			fgap[nf - 1] = later(t, flast)
		size[nf] = $6
		flast = t
	} else {
		if (++nr > 1)
			rgap[nr - 1] = later(t, rlast)
		rsize[nr] = $6
		rlast = t
	}
}

END {
	if (NR && !failed)
		print row()
}

function fail(what)
{
	print "features.awk: " what | "cat 1>&2"
	close("cat 1>&2")
	failed = 1
	exit 1
}

# Microseconds: exact in a double.
function us(t)
{
	return substr(t, 1, 10) * 1000000 + substr(t, 12, 6)
}

function later(t, before)
{
	return t > before ? t - before : 0
}

# Insertion sort for few, else heap sort.
function sort(v, n,    i, j, x)
{
	if (n > 32) {
		for (i = int(n / 2); i > 0; i--)
			sift(v, i, n)
		for (i = n; i > 1; i--) {
			x = v[1]
			v[1] = v[i]
			v[i] = x
			sift(v, 1, i - 1)
		}
		return
	}
	for (i = 2; i <= n; i++) {
		x = v[i]
		for (j = i - 1; j > 0 && v[j] > x; j--)
			v[j + 1] = v[j]
		v[j + 1] = x
	}
}

function sift(v, i, n,    j, x)
{
	x = v[i]
	while ((j = 2 * i) <= n) {
		if (j < n && v[j + 1] > v[j])
			j++
		if (v[j] <= x)
			break
		v[i] = v[j]
		i = j
	}
	v[i] = x
}

# At q of the way from the least to the greatest, between neighbours in
# proportion.
function quantile(v, n, q,    k)
{
	k = int((n - 1) * q)
	q = (n - 1) * q - k
	return k + 1 < n ? v[k + 1] * (1 - q) + v[k + 2] * q : v[n]
}

# The seven numbers of n values, over unit, or seven empty ones.
function numbers(a, n, unit, form,    i, v, mean, square)
{
	if (n < 1)
		return ",,,,,,"
	for (i = 1; i <= n; i++) {
		v[i] = a[i] + 0
		mean += v[i] / n
	}
	for (i = 1; i <= n; i++)
		square += (v[i] - mean) * (v[i] - mean)
	sort(v, n)
	return sprintf(form, v[1] / unit, quantile(v, n, 0.25) / unit, \
	    quantile(v, n, 0.5) / unit, quantile(v, n, 0.75) / unit, \
	    v[n] / unit, mean / unit, sqrt(square / n) / unit)
}

function header(    s, i, j, group)
{
	s = "cid,start,proto,src,sport,dst,dport,dir,why,duration," \
	    "pkts,rpkts,bytes,rbytes,full,rfull,wait"
	split("size rsize gap fgap rgap", group, " ")
	for (i = 1; i <= 5; i++)
		for (j = 1; j <= 7; j++)
			s = s "," group[i] "_" statistic[j]
	for (i = 1; i <= 2; i++)
		for (j = 1; j <= 9; j++)
			s = s "," (i > 1 ? "r" : "") "flag_" \
			    substr(letters, j, 1)
	return s
}

# Packets with payload, of n.
function full(a, n,    i, some)
{
	for (i = 1; i <= n; i++)
		some += a[i] > 0
	return some + 0
}

function flags(text,    s, i)
{
	for (i = 1; i <= 9; i++)
		s = s "," (text == "-" ? "" : \
		    index(text, substr(letters, i, 1)) > 0)
	return s
}

function seconds(t)
{
	return sprintf("%.6f", t / 1000000)
}

function row(    s, i)
{
	if (nf != flow[12] || nr != flow[13])
		fail(flow[1] ": packets missing")
	s = flow[1] "," flow[2]
	for (i = 4; i <= 10; i++)
		s = s "," flow[i]
	s = s "," seconds(us(flow[11]) - us(flow[2]))
	for (i = 12; i <= 15; i++)
		s = s "," flow[i]
	s = s "," full(size, nf) "," full(rsize, nr) "," (flow[16] == "-" ? \
	    "" : seconds(us(flow[16]) - us(flow[2])))
	return s "," numbers(size, nf, 1, bytes) "," \
	    numbers(rsize, nr, 1, bytes) "," \
	    numbers(gap, n - 1, 1000000, times) "," \
	    numbers(fgap, nf - 1, 1000000, times) "," \
	    numbers(rgap, nr - 1, 1000000, times) \
	    flags(flow[17]) flags(flow[18])
}
