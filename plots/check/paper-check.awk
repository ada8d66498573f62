# paper-check.awk: sets our numbers beside the paper's, for table.awk.  Reads
# check.tsv (what, how to get ours, the paper's, bound and, for some, why it may
# be missed), `name TAB value`
# (from values), and blocks of distributions; of those the file's name
# without .tsv and the block's make a curve, as fig1/bitrate.
# How to get ours:
#	NAME			that value
#	at CURVE X		the curve's y at x
#	step CURVE X		how far it rises there, in percent
#	mode BLOCK FROM TO	where fig6's block is highest
#	max CURVE		its last x
#	quantile CURVE P	the lowest x where the curve reaches P
#	ks CURVE FILE [round]	largest distance to the paper's points; round:
#				x is a whole number
#	ks CURVE FILE within N	the same, x known to lie in [x, x + N]
#	ks places KIND		the same over the continents as printed
#	tail CURVE FILE LOW HIGH
#				largest distance in decades where x is above 10
#				and the paper's y from LOW to HIGH
#	emergent		how many distances above are at most 0.05
# Bounds: `2 %`, `1 point`, `0.15 decade`, `most 0.02`, `least 15`, `from 3 to 16`;
# `3 sd`, so many standard deviations of a share of as many as there are: of
# addresses of the kind that the row begins with, else of clients; `least` alone
# is the paper's number; `-` where none is set; `total` before it: the paper's number is for 1,700 clients and
# shrinks with the campus; `emergent` is `most`, counted for the last row.
# Command line: scale, our campus' part of the paper's; judge=0: a capture of
# another network, of which nothing is required; dir: folder of the points;
# raw=1: prints ours only, HOW TAB NUMBER, and given: a file of such lines, which
# then are ours, seed-medians.awk.

#
# check.tsv begins with how many rows it has, and each of ours must be there, if
# only as "-", which says that a capture has none: one that is absent, a
# distribution that does not end, or points that cannot be read end the run.

BEGIN {
	FS = OFS = "\t"
	if (given != "")
		read_given()
}

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
	sub(/\.tsv$/, "", file)
	name = ""
}

file == "check" && !rows_read && /^# [0-9]+ values$/ {
	split($0, word, " ")
	wanted = word[2]
	next
}

file == "check" && !rows_read {
	row[++rows] = $0
	next
}

file == "values" { value[$1] = $2; next }

/^#/ {
	split($0, word, " ")
	name = file "/" word[2]
	began[name]
	values[name] = word[3]
	next
}

NF == 2 && $1 != "NaN" {
	x[name, ++points[name]] = $1 + 0
	y[name, points[name]] = $2 + 0
}

END {
	if (stopped)
		exit 1
	check_ends()
	value["short flows"] = points["fig2/length"] ? \
		100 * (1 - height("fig2/length", 5)) : "-"
	for (i = 1; i <= rows; i++) {
		split(row[i], f, FS)
		if (raw && f[1] == "") {
			print f[3], measured(f[3])
			lines++
		}
		else if (raw)
			continue
		else if (f[1] != "")
			heading(row[i])
		else
			line(f[2], f[3], f[4], f[5], f[6])
	}
	if (lines != wanted)
		stop(lines + 0 " values compared where there should be " \
			wanted + 0)
	if (stopped)
		exit 1
	if (raw)
		exit
	print "= In all"
	print "#", "", "number"
	print "", "within their bounds", passed + 0
	print "", "missed", missed + 0
	print_reasons()
	if (!judge)
		print "> A capture of another network: nothing is required of it."
	else if (scale < 0.999)
		print "> The bounds are those of the whole campus, SCALE=1; " \
			"totals of the paper are taken times " scale "."
}

function heading(text)
{
	title = substr(text, 3)
	sub(/:.*/, "", title)
	print text
	print "#", "", "paper", "ours", "difference", "bound", ""
}

function line(what, how, paper, bound, why,   ours, shrunk, before)
{
	lines++
	shrunk = sub(/^total /, "", bound)
	if (shrunk)
		paper *= scale
	before = missed
	ours = measured(how)
	if (sub(/^emergent /, "most ", bound) && ours != "-")
		value["emergent"] += ours <= 0.05
	print "", what, shown(paper, paper), \
		nothing(ours, bound, how) ? "none" : shown(ours, paper), \
		difference(ours, paper, bound, how), \
		judge ? bound : "-", verdict(ours, paper, bound, how)
	if (missed > before)
		reason[missed] = title ": " what ": " (why != "" ? why : \
			scale < 0.999 ? "few clients, for a bound of the" \
			" whole campus" : "no reason is known")
}

# What is missed, and why.
function print_reasons(   k)
{
	for (k = 1; k <= missed; k++)
		print "> Missed, " reason[k] "."
}

# Is there nothing of ours where the paper's curve still is: no distance on a
# logarithmic axis?
function nothing(ours, bound, how)
{
	return how ~ /^tail/ && ours >= 9 || bound ~ /decade$/ && ours == 0 && \
		ours != "-"
}

function measured(how,   w)
{
	split(how, w, " ")
	if (how in ours_is && how != "emergent")
		return ours_is[how]
	if (how in value)
		return value[how]
	if (w[1] == "ks" && w[2] == "places")
		return places(w[3])
	if (w[1] == "mode")
		return mode("fig6/" w[2], w[3], w[4])
	if (w[1] ~ /^(non)?probe$/ && value[w[1] " addresses"] > 0)
		return 0
	if (how == "emergent")
		return "-"
	if (w[1] !~ /^(at|step|max|ks|tail|quantile)$/)
		return absent(how)
	if (!(w[2] in began))
		return absent("distribution " w[2])
	if (!points[w[2]])
		return "-"
	if (w[1] == "at")
		return height(w[2], w[3])
	if (w[1] == "step")
		return 100 * (height(w[2], w[3]) - height(w[2], w[3] - 1))
	if (w[1] == "max")
		return x[w[2], points[w[2]]]
	if (w[1] == "quantile")
		return quantile(w[2], w[3])
	return distance(w)
}

function stop(why)
{
	print "paper-check: " why >"/dev/stderr"
	stopped = 1
}

function absent(what)
{
	# A client of fig3, or a kind's addresses, that is not there has no line.
	if (what !~ /^(left|right|probe|nonprobe) /)
		stop("absent: " what)
	return "-"
}

# A CDF ends at 1 and 1 - CDF at 0, a density adds up to 1.
function check_ends(   c, k, sum)
{
	for (c in began) {
		if (!(values[c] > 0) || c ~ /\/(bin-|paper_)/)
			continue
		sum = y[c, points[c]]
		if (c ~ /^fig6/)
			for (k = sum = 0; k++ < points[c]; )
				sum += y[c, k]
		if (c ~ /^fig2/)
			sum = 1 - sum
		if (!points[c] || sum < 0.999999 || sum > 1.000001)
			stop("not whole: distribution " c)
	}
}

function read_given(   got)
{
	while ((got = (getline <given)) > 0)
		ours_is[$1] = $2
	if (got < 0)
		stop("cannot read " given)
}

# A curve's y at v: it is a stair whose corners are its points.  Before the
# first, 0 or for 1 - CDF 1.
function height(c, v,   low, high, k)
{
	if (v < x[c, 1])
		return y[c, 1] > y[c, points[c]] || c ~ /^fig2/ ? 1 : 0
	low = 1
	high = points[c] + 1
	while (high - low > 1) {
		k = int((low + high) / 2)
		if (x[c, k] <= v)
			low = k
		else
			high = k
	}
	return y[c, low]
}

function quantile(c, p,   k)
{
	for (k = 1; k < points[c] && y[c, k] < p; k++)
		;
	return x[c, k]
}

# At the paper's points, whose x has an error of 0.2 % of the axis.
function distance(w,   text, p, d, far, v, points_file, got, read)
{
	points_file = dir "/" w[3] ".csv"
	while ((got = (getline text <points_file)) > 0) {
		read++
		split(text, p, ",")
		v = w[4] == "round" ? int(p[1] + 0.5) : p[1] * 1.002
		if (w[4] == "within")
			d = outside(p[2], height(w[2], v), \
				height(w[2], v + w[5]))
		else if (w[1] == "ks")
			d = height(w[2], v) - p[2]
		else if (p[1] > 10.5 && p[2] >= w[4] * 0.99 && \
		    p[2] < w[5] * 0.99)
			d = decades(height(w[2], int(p[1] + 0.5)), p[2])
		else
			continue
		if (d < 0)
			d = -d
		if (d > far)
			far = d
	}
	if (got < 0 || !read)
		stop("cannot read " points_file)
	close(points_file)
	return far + 0
}

function outside(y, low, high)
{
	return y < low ? low - y : (y > high ? y - high : 0)
}

function decades(a, b)
{
	return a > 0 ? log(a / b) / log(10) : 9
}

function places(kind,   n, c, k, sum, far)
{
	n = split("Africa,America NO,America SO,Asia,Europe,Oceania,UNKNOWN", \
		c, ",")
	if (value[kind " addresses"] + 0 == 0)
		return "-"
	for (k = 1; k <= n; k++) {
		sum += (value[kind " " c[k]] - printed(kind, c[k])) / 100
		if (sum > far)
			far = sum
		if (-sum > far)
			far = -sum
	}
	return far + 0
}

function printed(kind, name,   k, f)
{
	for (k = 1; k <= rows; k++) {
		split(row[k], f, FS)
		if (f[3] == kind " " name)
			return f[4]
	}
}

function mode(c, from, to,   k, most, at)
{
	at = "-"
	for (k = 1; k <= points[c]; k++)
		if (x[c, k] >= from && x[c, k] < to && y[c, k] > most) {
			most = y[c, k]
			at = x[c, k] * exp(log(10) / 80)
		}
	return at
}

# A number with as many digits as the paper's has.
function shown(v, like,   n)
{
	if (v == "-")
		return "-"
	if (like == "-")
		return sprintf("%.3f", v)
	if (like >= 1000)
		return sprintf("%.0f", v)
	if (like < 0.01)
		return sprintf("%.1e", v)
	if (length(like) > 6)
		return sprintf("%.1f", v)
	n = index(like, ".") ? length(like) - index(like, ".") : 0
	if (like == int(like) && v != int(v))
		n = 1
	return sprintf("%." n "f", v)
}

function relative(ours, paper)
{
	return 100 * (ours / paper - 1)
}

# No sign where it rounds to nothing.
function signed(format, d, unit,   s)
{
	s = sprintf(format, d)
	if (s ~ /^[-+][0.]*$/)
		s = substr(s, 2)
	return s unit
}

function difference(ours, paper, bound, how)
{
	if (ours == "-" || paper == "-" || paper == 0)
		return "-"
	if (bound ~ /point|most|least|from|sd/)
		return signed("%+.2f", ours - paper)
	if (bound ~ /decade/ || bound == "-" && how ~ /^at fig2/)
		return ours > 0 ? signed("%+.2f", decades(ours, paper), " dec") : "-"
	if (bound == "-" && how ~ /^at/)
		return signed("%+.3f", ours - paper)
	if (ours >= 10 * paper)
		return sprintf("× %.0f", ours / paper)
	return signed("%+.1f", relative(ours, paper), " %")
}

function verdict(ours, paper, bound, how,   b, d)
{
	if (!judge || bound == "-")
		return ""
	if (ours == "-")
		return failed("no data")
	if (nothing(ours, bound, how))
		return failed("missed, there is none")
	split(bound, b, " ")
	if (bound ~ /^most/)
		d = ours - (b[2] == "" ? paper : b[2])
	else if (bound ~ /^least/)
		d = (b[2] == "" ? paper : b[2]) - ours
	else if (bound ~ /^from/)
		d = ours < b[2] ? b[2] - ours : ours - b[4]
	else if (bound ~ /sd$/)
		d = distance_of(ours, paper) - b[1] * deviation(how, paper)
	else {
		d = b[2] == "%" ? relative(ours, paper) : \
			(b[2] == "point" ? ours - paper : \
			decades(ours, paper))
		d = (d < 0 ? -d : d) - b[1]
	}
	if (d <= 1e-9)
		return passing()
	return failed(sprintf("missed by %.3g%s", d, \
		b[2] == "%" ? " %" : (b[2] == "decade" ? " dec" : "")))
}

function distance_of(a, b)
{
	return a < b ? b - a : a - b
}

# Of a share in percent.
function deviation(how, share,   n)
{
	n = how ~ /^(non)?probe / ? value[substr(how, 1, index(how, " ")) \
		"addresses"] : value["clients"]
	return n > 0 ? sqrt(share * (100 - share) / n) : 0
}

function passing()
{
	passed++
	return "PASS"
}

function failed(why)
{
	missed++
	return why
}
