# callers.awk: flow records of a day in which six kinds of beacons call among
# pairs that are none.
#
# A client of each kind of beacon, `each' times: "minute", 60 s +- 10 %;
# "skips", 300 s of which 20 % are skipped; "hour", 1 h +- 5 min; "two", 45 s
# and 10 min in turn, +- 5 %; "refused", 120 s +- 10 % and nobody listens;
# "spread", 60 s +- 10 %, each time one of five addresses of one name.
# None: calls at random moments, at several rates; sessions of a browser;
# a client that tries a dead server each second for a minute, now and then;
# working hours only; each of these as often as all beacons together.
#
# seed, each; truth: file for the beacons: kind, client, name

BEGIN {
	srand(seed)
	OFS = "\t"
	t0 = 1600041600
	end = t0 + 86400
	print "#start", "end", "proto", "src", "sport", "dst", "dport", \
	    "dir", "pkts", "rpkts", "bytes", "rbytes", "flags", "rflags", \
	    "name"
	for (e = 0; e < each; e++) {
		regular("minute", 60, 0.1, 0, 1, 1)
		regular("skips", 300, 0.1, 0.2, 1, 1)
		regular("hour", 3600, 1 / 12, 0, 1, 1)
		two()
		regular("refused", 120, 0.1, 0, 0, 1)
		regular("spread", 60, 0.1, 0, 1, 5)
	}
	for (e = 0; e < 6 * each; e++) {
		random(30 * exp(5 * rand()))
		sessions()
		dead()
		office()
	}
}

function somebody(is_beacon)
{
	client = "10." int(++pairs / 250) ".0." pairs % 250 + 1
	place = "203.0." 1 + int(pairs / 40) "." pairs % 40 * 6
	server = "n" pairs ".example"
	size = 50 + int(2000 * rand())
	give = is_beacon ? 0.1 : 2
	if (is_beacon)
		print is_beacon, client, server >truth
}

function contact(t, answered, addresses,    dst, n)
{
	if (t >= end)
		return
	dst = place
	sub(/[0-9]*$/, "", dst)
	dst = dst place_last() + int(addresses * rand())
	n = int(size * (1 + give * (rand() - 0.5)))
	n = n < 1 ? 1 : n
	printf "%.6f\t%.6f\ttcp\t%s\t%d\t%s\t443\tout\t%d\t%d\t%d\t%d\t%s\t%s\t%s\n", \
	    t, t + rand(), client, 1024 + int(60000 * rand()), dst, \
	    answered ? 5 : 1, answered ? 5 : 1, answered ? n : 0, \
	    answered ? 300 : 0, answered ? "SAFP" : "S", \
	    answered ? "HAFP" : "AR", server
}

function place_last(    part)
{
	split(place, part, ".")
	return part[4]
}

function regular(kind, period, jitter, skip, answered, addresses,    t)
{
	somebody(kind)
	for (t = t0 + period * rand(); t < end; \
	    t += period * (1 + jitter * (2 * rand() - 1)))
		if (rand() >= skip)
			contact(t, answered, addresses)
}

function two(    t, long)
{
	somebody("two")
	for (t = t0 + 60 * rand(); t < end; long = !long) {
		contact(t, 1, 1)
		t += (long ? 600 : 45) * (0.95 + 0.1 * rand())
	}
}

function random(mean,    t)
{
	somebody("")
	for (t = t0; t < end; t -= mean * log(1 - rand()))
		contact(t, 1, 1)
}

function sessions(    t, i, n)
{
	somebody("")
	for (t = t0 + 7200 * rand(); t < end; t += 600 + 7200 * rand()) {
		n = 3 + 30 * rand()
		for (i = 0; i < n; i++)
			contact(t += 20 * rand() * rand() * rand(), 1, 3)
	}
}

function dead(    t, i)
{
	somebody("")
	for (t = t0 + 7200 * rand(); t < end; t += 600 + 7200 * rand())
		for (i = 0; i < 60; i++)
			contact(t++, 0, 1)
}

function office(    t)
{
	somebody("")
	for (t = t0 + 8 * 3600 * rand(); t < t0 + 57600 + 3600 * rand(); )
		contact(t += 5 - 200 * log(1 - rand()), 1, 1)
}
