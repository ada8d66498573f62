# Random flow records of a small world, in which pairs meet often, for
# comparing a filter with its model: awk -v seed=1 -v rows=300 -f gen.awk
# Its own generator (Park and Miller 1988), so that every awk agrees.

function rnd(n)
{
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

function pick(list,    a, n)
{
	n = split(list, a, " ")
	return a[rnd(n) + 1]
}

function inside()
{
	return pick("10.0.0.1 10.0.0.1 192.168.1.34 fd00::1")
}

function outside()
{
	return pick("198.51.100.7 198.51.100.7 240.1.2.3 2001:db8::5")
}

function port()
{
	return pick("13021 13021 13021 13021 443 65535")
}

# Microseconds since the first record's time, as a time of the stream.
function stamp(us)
{
	return sprintf("%010d.%06d", 1177200000 + int(us / 1000000),
	    us % 1000000)
}

# A time near us, now and then none at all.
function near(us)
{
	if (rnd(4) == 0)
		return "-"
	return stamp(us + rnd(12) * 997000 + rnd(1000))
}

function ends()
{
	dir = pick("out out out in in int ext")
	src = dir == "out" || dir == "int" ? inside() : outside()
	dst = dir == "in" || dir == "int" ? inside() : outside()
}

# In place of a Community ID: the 5-tuple, alike for both directions.
function cid(proto, a, b)
{
	return "1:" proto "," (a < b ? a "," b : b "," a)
}

# Usually a whole number of polls of 20 s later, sometimes the same moment;
# rows come a little out of order besides.
function later()
{
	return pick("0 20000000 20000000 20000000 20000001") * rnd(3) \
	    + rnd(2) * rnd(5) * 1234
}

function row(t,    proto, sport, dport)
{
	ends()
	proto = pick("udp udp udp tcp")
	sport = port()
	dport = port()
	print cid(proto, src "," sport, dst "," dport),
	    stamp(t + rnd(3) * 20000000), pick("sig sig sig sig - voice video"),
	    proto, src, sport, dst, dport, dir, rnd(3), rnd(3), near(t),
	    near(t), near(t), near(t),
	    pick("probe probe heartbeat dialog mix -"), "n" rnd(9)
}

BEGIN {
	OFS = "\t"
	seed = seed % 2147483646 + 1
	for (i = 0; i < 20; i++)
		rnd(2)
	print "#cid", "start", "class", "proto", "src", "sport", "dst",
	    "dport", "dir", "pkts", "rpkts", "ask", "reply", "ask2", "turn",
	    "pair", "note"
	for (i = 1; i <= rows; i++) {
		t += later()
		row(t)
	}
}
