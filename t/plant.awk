# plant.awk: the frames, in mkpcap.pl's words, of 40 beacons and of 80 pairs
# that are none, over hours of the tracegen campus.  A beacon calls every 60 s
# give or take a tenth, with sizes that vary a little, and one in four misses
# a tenth of its calls.  What is none: contacts at random moments, as many;
# bursts of connections, as of browsing; connections tried every second that
# nobody answers, for a minute at a time.  A quarter of these pairs are tried
# every ten seconds all the time: beacons whose master is dead.
#
# seed, hours; truth: file for the beacons' pairs; give: 0.1, a tenth

BEGIN {
	if (give == "")
		give = 0.1
	srand(seed)
	t0 = 1177192800 + 1
	end = t0 + hours * 3600
	for (b = 0; b < 40; b++)
		beacon()
	for (b = 40; b < 120; b++)
		if (b % 4 == 0)
			poisson()
		else if (b % 4 == 1)
			bursts(1)
		else if (b % 4 == 2)
			bursts(0)
		else
			dead()
}

function somewhere()
{
	client = "10.99." int(b / 8) "." b % 8 + 1
	server = "240.0." b + 1 "." int(1 + 250 * rand())
	proto = b % 3 ? "tcp" : "udp"
	dport = b % 2 ? 443 : 8000 + b
	fixed = b % 6 == 0 ? 30000 + b : 0
	size = 20 + int(400 * rand())
}

function frame(t, out, layer)
{
	printf "%.6f eth ip(%s,%s) %s\n", t, out ? client : server, \
	    out ? server : client, layer
}

function contact(t, answered,    sport, n, up, down, rtt)
{
	rtt = 0.02 + 0.2 * rand()
	sport = fixed ? fixed : 1024 + int(60000 * rand())
	n = int(size * (0.95 + 0.1 * rand()))
	up = proto "(" sport "," dport
	down = proto "(" dport "," sport
	if (proto == "udp") {
		frame(t, 1, up ") data(" n ")")
		if (answered)
			frame(t + rtt, 0, down ") data(64)")
		return
	}
	frame(t, 1, up ",S)")
	if (!answered) {
		frame(t + rtt, 0, down ",RA)")
		return
	}
	frame(t + rtt, 0, down ",SA)")
	frame(t + rtt + 0.001, 1, up ",PA) data(" n ")")
	frame(t + 2 * rtt, 0, down ",PA) data(200)")
	frame(t + 2 * rtt + 0.001, 1, up ",FA)")
	frame(t + 3 * rtt, 0, down ",FA)")
	frame(t + 3 * rtt + 0.001, 1, up ",A)")
}

function beacon(    t)
{
	somewhere()
	print proto "\t" client "\t" server "\t" dport >truth
	for (t = t0 + 60 * rand(); t < end; 
	    t += 60 * (1 - give + 2 * give * rand()))
		if (b % 4 || rand() > 0.1)
			contact(t, 1)
}

function poisson(    t)
{
	somewhere()
	for (t = t0; t < end; t -= 60 * log(1 - rand()))
		contact(t, 1)
}

function bursts(answered,    t, i)
{
	somewhere()
	for (t = t0 + 600 * rand(); t < end - 100; t += 300 + 1500 * rand())
		for (i = 0; i < 20; i++)
			contact(t += answered ? 3 * rand() * rand() : 1, \
			    answered)
}

function dead(    t)
{
	somewhere()
	print proto "\t" client "\t" server "\t" dport >truth
	for (t = t0 + 60 * rand(); t < end; t += 10 + rand() / 10)
		contact(t, 0)
}
