# jsonl.awk: flow records as JSON lines: counts, ports, times and the like as
# numbers, unknown ones null, all else as strings.  Numbers keep every digit;
# a program that reads them as doubles keeps microseconds.

BEGIN {
	FS = "\t"
	split("start end last rlast ask reply ask2 turn time sport dport pkts " \
	    "rpkts bytes rbytes period jitter rtt lat lon popularity", name, " ")
	for (i in name)
		number[name[i]]
}

/^#/ {
	sub(/^#/, "")
	n = split($0, column, FS)
	next
}

function text(s)
{
	gsub(/\\/, "&&", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\""
}

function value(name, s)
{
	if (s == "-")
		return "null"
	if (!(name in number) || s !~ /^-?[0-9]+(\.[0-9]+)?$/)
		return text(s)
	sub(/^0+/, "", s)
	return s ~ /^[0-9-]/ ? s : "0" s
}

{
	line = "{"
	for (i = 1; i <= n; i++)
		line = line (i > 1 ? "," : "") text(column[i]) ":" \
		    value(column[i], $i)
	print line "}"
}
