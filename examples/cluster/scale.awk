# scale.awk: tables in Markdown from what scale.sh has measured: its files
# captures.n, sizes, shapes, keys, fullest, times.  Exits 1 if the line misses
# by more than a tenth.

BEGIN {
	n = split("map flows sums tags popular results", step, " ")
	gib = 1024 * 1024 * 1024
}

FNR == 1 {
	file = FILENAME
	sub(/.*\//, "", file)
}

# Captures of the first n tenths.
file == "captures.n" {
	for (k = $1; k <= 8; k++) {
		bytes[k] += $2
		packets[k] += $3
	}
}

file == "sizes" {
	rows[$1, $2] = $3
	size[$1, $2] = $4
}

file == "shapes" {
	of_shape[$1] = $0
}

file == "keys" {
	share[$1] = $2
}

file == "fullest" {
	fullest[$1] = $2
}

file == "times" && $1 == "map" {
	for (k = $2; k <= 8; k++)
		note(k)
}

file == "times" && $1 != "map" && $2 + 0 {
	note($2)
}

file == "times" && !($2 + 0) {
	cost[$1, $2] = $4
}

END {
	steps()
	line()
	single()
	spread()
	days()
	exit missed
}

function note(k)
{
	cpu[$1, k] += $4
	if ($5 > rss[$1, k])
		rss[$1, k] = $5
}

function x(s, k)
{
	return s == "map" ? packets[k] : rows[k, "run"]
}

function steps(   i, s)
{
	print "### Steps, eight tenths of the week\n"
	printf "%.0f M packets in captures of %.1f GiB; %.2f M pieces of" \
		" flows, %.2f M flows; 8 parts.\n\n", packets[8] / 1e6,
		bytes[8] / gib, rows[8, "run"] / 1e6, rows[8, "flows"] / 1e6
	print "| step | CPU s | per | µs | largest task MiB | leaves MiB |"
	print "| --- | ---: | --- | ---: | ---: | --- |"
	for (i = 1; i <= n; i++) {
		s = step[i]
		printf "| %s | %.1f | %s | %.2f | %.0f | %s |\n", s, cpu[s, 8], \
			s == "map" ? "packet" : "piece", \
			cpu[s, 8] * 1e6 / x(s, 8), rss[s, 8] / 1024, left(s)
	}
	print ""
}

function left(s)
{
	if (s == "map")
		return mib("run")
	if (s == "flows")
		return mib("flows") ", " mib("end") ", " mib("ask")
	if (s == "sums")
		return mib("sums") ", " mib("answer")
	if (s == "tags")
		return mib("tags") ", " mib("to")
	return s == "popular" ? mib("popular") : "all of these, sorted"
}

function mib(name)
{
	return name " " sprintf("%.0f", size[8, name] / 1048576)
}

# Least squares through 1, 2 and 4.
function fit(s,   k, sx, sy, sxx, sxy, m)
{
	for (k = 1; k <= 4; k *= 2) {
		sx += x(s, k)
		sy += cpu[s, k]
		sxx += x(s, k) * x(s, k)
		sxy += x(s, k) * cpu[s, k]
		m++
	}
	slope = (m * sxy - sx * sy) / (m * sxx - sx * sx)
	return (sy - slope * sx) / m + slope * x(s, 8)
}

function line(   i, s, told, all, k, off)
{
	print "### The line\n"
	print "CPU seconds; the line through 1, 2 and 4 tenths, over packets" \
		" for map and pieces of flows for the others.\n"
	print "| step | 1 | 2 | 4 | 8 | line at 8 | off by |"
	print "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
	for (i = 1; i <= n; i++) {
		s = step[i]
		told = fit(s)
		all += told
		printf "| %s", s
		for (k = 1; k <= 8; k *= 2) {
			printf " | %.2f", cpu[s, k]
			sum[k] += cpu[s, k]
		}
		printf " | %.2f | %+.1f %% |\n", told, \
			100 * (told / cpu[s, 8] - 1)
	}
	off = 100 * (all / sum[8] - 1)
	printf "| all | %.2f | %.2f | %.2f | %.2f | %.2f | %+.1f %% |\n\n", \
		sum[1], sum[2], sum[4], sum[8], all, off
	missed = off > 10 || off < -10
}

# Two shapes, two unknowns: a packet's cost and a record's.
function single(   a, b, p, f, t)
{
	split(of_shape["campus"], a, " ")
	split(of_shape["flood"], b, " ")
	p = a[2] * b[3] - b[2] * a[3]
	a_packet = (cost["pcap2flows", "campus"] * b[3] - \
		cost["pcap2flows", "flood"] * a[3]) / p
	a_record = (a[2] * cost["pcap2flows", "flood"] - \
		b[2] * cost["pcap2flows", "campus"]) / p
	parting = (cost["flowpart", "flood"] + cost["sort", "flood"]) / b[3]
	record_bytes = a[5] / a[3]
	packet_bytes = a[4] / a[2]
	small_bytes = b[5] / b[3]
	print "### Packets and records\n"
	print "| | campus tenth | flood |"
	print "| --- | ---: | ---: |"
	printf "| packets, M | %.2f | %.2f |\n", a[2] / 1e6, b[2] / 1e6
	printf "| records, M | %.3f | %.3f |\n", a[3] / 1e6, b[3] / 1e6
	printf "| bytes of a packet in the capture | %.0f | %.0f |\n", \
		packet_bytes, b[4] / b[2]
	printf "| bytes of a record | %.0f | %.0f |\n", record_bytes, \
		small_bytes
	for (f = 1; f <= 3; f++) {
		t = f == 1 ? "pcap2flows" : f == 2 ? "flowpart" : "sort"
		printf "| %s, CPU s | %.2f | %.2f |\n", t, \
			cost[t, "campus"], cost[t, "flood"]
	}
	printf "\nHence %.2f µs a packet, and %.2f µs a record written, parted" \
		" and sorted.\n\n", a_packet * 1e6, \
		(a_record + parting) * 1e6
}

function spread()
{
	print "### Keys\n"
	print "| key | records of its largest | fullest of 64 parts / mean |"
	print "| --- | ---: | ---: |"
	printf "| one address | %.2f %% | - |\n", share["address"]
	printf "| src,dst | %.2f %% | %.2f |\n", share["src,dst"], \
		fullest["src,dst"]
	printf "| cid | %.2f %% | %.2f |\n\n", share["cid"], fullest["cid"]
}

# 700 bytes a packet on the wire, 30 packets a record, 1 % of records tagged.
function days(   g, p, r, map, reduce, tagged, part, m)
{
	reduce = (cpu["flows", 8] + cpu["sums", 8]) / rows[8, "run"]
	tagged = (cpu["tags", 8] + cpu["popular", 8] + cpu["results", 8]) / \
		rows[8, "tags"]
	print "### A day\n"
	print "| | 10 Gb/s | 100 Gb/s | 1000 Gb/s |"
	print "| --- | ---: | ---: | ---: |"
	for (g = 10; g <= 1000; g *= 10) {
		p[g] = g * 1e9 / 8 / 700 * 86400
		r[g] = p[g] / 30
	}
	row("packets", p, 1e9, "G")
	row("captures cut at 96 bytes", p, 1e12 / packet_bytes, "TB")
	row("records", r, 1e9, "G")
	row("runs, written and read once", r, 1e12 / record_bytes, "TB")
	for (g = 10; g <= 1000; g *= 10) {
		map[g] = p[g] * a_packet + r[g] * (a_record + parting)
		m[g] = r[g] * reduce + r[g] / 100 * tagged
		part[g] = map[g] + m[g]
	}
	row("map, CPU hours", map, 3600, "")
	row("reduce, CPU hours", m, 3600, "")
	row("cores that keep up", part, 86400, "")
	row("hours on 64 cores", part, 3600 * 64, "")
	# What a part's largest step holds grows with its records.
	each = rss["sums", 8] * 1024 * 8 / rows[8, "run"]
	if (rss["tags", 8] * 1024 * 8 / rows[8, "run"] > each)
		each = rss["tags", 8] * 1024 * 8 / rows[8, "run"]
	row("parts, so that none takes 4 GiB", r, 4 * gib / each, "")
	printf "\nA reduce task holds %.0f bytes a piece of flow in its part.\n", \
		each
}

function row(text, v, unit, name,   g)
{
	printf "| %s", text
	for (g = 10; g <= 1000; g *= 10)
		printf " | %s%s", figures(v[g] / unit), name == "" ? "" : " " name
	print " |"
}

function figures(v)
{
	return sprintf(v < 10 ? "%.1f" : "%.0f", v)
}
