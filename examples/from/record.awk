# record.awk: what the adapters share; it stands before them.
#
# An adapter names the record's columns, layout("cid start ..."), in its
# BEGIN; then for each flow it sets v[name] and calls record().  What is not
# set is "-".

function layout(names,    i, line)
{
	OFS = "\t"
	columns = split(names, column, " ")
	for (i = 1; i <= columns; i++)
		line = line (i > 1 ? OFS : "#") column[i]
	print line
}

function record(    i, line)
{
	for (i = 1; i <= columns; i++)
		line = line (i > 1 ? OFS : "") \
		    (column[i] in v ? v[column[i]] : "-")
	print line
	split("", v)
}

# Columns of a log by name: header(first, last field) at its header, then
# field(name).
function header(from, to,    i)
{
	split("", at)
	for (i = from; i <= to; i++)
		at[trim($i)] = i - from + 1
}

function field(name)
{
	if (!(name in at))
		fail("no field \"" name "\"")
	return trim($at[name])
}

function has(name)
{
	return name in at
}

function trim(s)
{
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

function fail(what)
{
	printf "%s:%d: %s\n", FILENAME == "" || FILENAME == "-" ? \
	    "<stdin>" : FILENAME, FNR, what | "cat 1>&2"
	close("cat 1>&2")
	exit 1
}

# udp or tcp, of a name or number; "" for what no record is written of.
function transport(p)
{
	p = tolower(p)
	if (p == "17" || p == "udp")
		return "udp"
	return p == "6" || p == "tcp" ? "tcp" : ""
}

# Seconds since the epoch as records have them, out of text with or without
# decimals; plus: seconds to add.
function time(text, plus)
{
	if (text !~ /^[0-9]+(\.[0-9]*)?$/)
		fail("not a time: \"" text "\"")
	return sprintf("%017.6f", text + plus)
}

# Seconds since the epoch of a date and time of day in UTC, which consist of
# numbers with something between them.
function utc(text,    d, y, m)
{
	gsub(/[^0-9.]/, " ", text)
	if (split(text, d, " ") < 6)
		fail("not a date: " text)
	y = d[1] - (d[2] < 3)
	m = d[2] + (d[2] < 3 ? 12 : 0)
	return sprintf("%.3f", (365 * y + int(y / 4) - int(y / 100) + int(y / 400) + \
	    int((153 * m - 457) / 5) + d[3] - 719469) * 86400 + \
	    d[4] * 3600 + d[5] * 60 + d[6])
}

# Payload bytes out of bytes with headers: what the least headers leave, so
# exact for UDP unless there are IP options, and for TCP too much by the TCP
# options.  link: bytes of the link layer's header, if these are counted.
function payload(bytes, pkts, proto, addr, link)
{
	bytes -= pkts * (link + (addr ~ /:/ ? 40 : 20) + \
	    (proto == "udp" ? 8 : 20))
	return bytes > 0 ? bytes : 0
}

# TCP flags of one direction in the record's letters and order.  A log that
# has only their union cannot tell SYN from SYN and ACK: who speaks from the
# higher port is taken for the one who opened.
function flags(letters, opens,    i, c, s)
{
	for (i = 1; i <= 9; i++) {
		c = substr("SHAFRPUEC", i, 1)
		if (c == "S" ? letters ~ /S/ && (opens || letters !~ /A/) : \
		    c == "H" ? letters ~ /S/ && letters ~ /A/ && !opens : \
		    index(letters, c))
			s = s c
	}
	return s == "" ? "-" : s
}

# A piece of a flow, in one direction only, for flowmerge.
function piece()
{
	v["end"] = v["last"]
	v["rpkts"] = v["rbytes"] = 0
	v["why"] = "idle"
	record()
}

function piece_layout(more)
{
	layout("cid start end proto src sport dst dport dir pkts rpkts " \
	    "bytes rbytes last rlast ask reply ask2 turn flags rflags why" \
	    more)
}

function flow_layout(more)
{
	layout("cid start end proto src sport dst dport dir pkts rpkts " \
	    "bytes rbytes" more)
}
