# features.awk: one CSV line a flow out of pcap2flows -e ip,tcp,time,ent.
# README.md has what each column means.  Memory: one flow.

BEGIN {
	FS = "\t"
	statistics = split("min q1 median q3 max mean sd", statistic, " ")
	letters = "SHAFRPUEC"
	split("ttlmin rttlmin ttlmax rttlmax mss rmss wscale rwscale " \
	    "window rwindow retx rretx ooo rooo dupack rdupack lost rlost " \
	    "zwin rzwin synretx rsynretx hsrtt rhsrtt drttn rdrttn " \
	    "drttmin rdrttmin drttmed rdrttmed ent rent", more, " ")
	for (n_more = 0; (n_more + 1) in more; n_more++)
		continue
}

NR == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		at[$i] = i
	for (i = 1; i <= n_more; i++)
		need(more[i])
	need("size")
	need("gaps")
	print header()
	next
}

{
	print row()
	fflush()
}

END {
	if (failed)
		exit 1
	if (NR == 0) {
		print "features.awk: no flow records" >"/dev/stderr"
		exit 1
	}
}

function need(name)
{
	if (name in at)
		return
	print "features.awk: no column " name >"/dev/stderr"
	failed = 1
	exit 1
}

function col(name)
{
	return $at[name]
}

# "-" is an empty field.
function known(v)
{
	return v == "-" ? "" : v
}

# Microseconds: exact in a double.  With a 1 before it no awk takes 021000 for an
# octal number.
function us(t)
{
	return substr(t, 1, 11) * 1000000 + (1 substr(t, 12, 6)) - 1000000
}

function seconds(t)
{
	return sprintf("%.6f", t / 1000000)
}

# A histogram: key[1 ... bins] and count[]; returns the number of values.
function spread(text, key, count,    i, part, pair, n)
{
	bins = text == "-" ? 0 : split(text, part, ",")
	for (i = 1; i <= bins; i++) {
		split(part[i], pair, ":")
		key[i] = pair[1] + 0
		count[i] = pair[2] + 0
		n += count[i]
	}
	return n + 0
}

# The k-th value of a histogram, from 0.
function ranked(key, count, k,    i)
{
	for (i = 1; k >= count[i]; i++)
		k -= count[i]
	return key[i]
}

# At q of the way from the least to the greatest, between neighbours in
# proportion.
function quantile(key, count, n, q,    k, low)
{
	k = int((n - 1) * q)
	q = (n - 1) * q - k
	low = ranked(key, count, k)
	if (q == 0)
		return low
	return low * (1 - q) + ranked(key, count, k + 1) * q
}

# Not every awk has sqrt.  Newton's steps, until they stand still.
function root(x,    r, last)
{
	if (x <= 0)
		return 0
	for (r = x > 1 ? x : 1; r != last && (last == "" || r < last); )  {
		last = r
		r = (r + x / r) / 2
	}
	return r
}

# The seven numbers of payload lengths.
function sizes(text,    key, count, n, i, sum, square)
{
	n = spread(text, key, count)
	if (n == 0)
		return ",,,,,,"
	for (i = 1; i <= bins; i++)
		sum += key[i] * count[i]
	sum /= n
	for (i = 1; i <= bins; i++)
		square += (key[i] - sum) * (key[i] - sum) * count[i]
	return sprintf("%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f", key[1],
	    quantile(key, count, n, 0.25), quantile(key, count, n, 0.5),
	    quantile(key, count, n, 0.75), key[bins], sum, root(square / n))
}

# The seven numbers of gaps; quantiles from their histogram.
function gaps(side,    key, count, n)
{
	n = spread(col(side "gaps"), key, count)
	if (n == 0)
		return ",,,,,,"
	return sprintf("%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f",
	    col(side "gapmin"), quantile(key, count, n, 0.25) / 1000000,
	    quantile(key, count, n, 0.5) / 1000000,
	    quantile(key, count, n, 0.75) / 1000000, col(side "gapmax"),
	    col(side "gapmean"), col(side "gapsd"))
}

# Packets with payload.
function full(text,    key, count, n)
{
	n = spread(text, key, count)
	return n > 0 && key[1] == 0 ? n - count[1] : n
}

# A TCP side that sent nothing has set no flag.
function flags(text,    s, i)
{
	for (i = 1; i <= 9; i++)
		s = s "," (col("proto") != "tcp" ? "" : \
		    index(text, substr(letters, i, 1)) > 0)
	return s
}

function header(    s, i, j, group)
{
	s = "cid,start,proto,src,sport,dst,dport,dir,why,duration," \
	    "pkts,rpkts,bytes,rbytes,full,rfull,wait"
	split("size rsize gap fgap rgap", group, " ")
	for (i = 1; i <= 5; i++)
		for (j = 1; j <= statistics; j++)
			s = s "," group[i] "_" statistic[j]
	for (i = 1; i <= 2; i++)
		for (j = 1; j <= 9; j++)
			s = s "," (i > 1 ? "r" : "") "flag_" \
			    substr(letters, j, 1)
	for (i = 1; i <= n_more; i++)
		s = s "," more[i]
	return s
}

function row(    s, i)
{
	s = col("cid") "," col("start") "," col("proto") "," col("src") "," \
	    col("sport") "," col("dst") "," col("dport") "," col("dir") "," \
	    col("why") "," seconds(us(col("end")) - us(col("start"))) "," \
	    col("pkts") "," col("rpkts") "," col("bytes") "," \
	    col("rbytes") "," full(col("size")) "," full(col("rsize")) "," \
	    (col("reply") == "-" ? "" : \
	    seconds(us(col("reply")) - us(col("start")))) "," \
	    sizes(col("size")) "," sizes(col("rsize")) "," gaps("b") "," \
	    gaps("") "," gaps("r") flags(col("flags")) flags(col("rflags"))
	for (i = 1; i <= n_more; i++)
		s = s "," known(col(more[i]))
	return s
}
