# truth.awk: every figure and table from tracegen's truth file alone, in the
# form in which the reducers give them from measured records.  It shares no
# code with the reducers and no program with the pipeline; what a country is
# called it takes from eu-2007.awk.  Reads the truth twice.  Command line: dir, the
# folder to write to; PROTO, as for the reducers; changes, a file of flows whose
# class and kind of pair are to be others than the truth's (cid, start, class,
# pair).
#
# Counts for distributions.awk go to dir/fig1, fig2, …; rows of tables to dir/kinds,
# places, fig5; dir/contacts has client, interval and peer, for fig1's inset;
# dir/values has the numbers of the prose.

BEGIN {
	FS = OFS = "\t"
	if (PROTO == "")
		PROTO = "udp"
	for (k = -100; k <= 201; k++) {
		corner[k] = sprintf("%.6g", 10 ^ (k / 50))
		corner_us[k] = corner[k] * 1000000
	}
	contacts_file = dir "/contacts"
	for (k = 0; k <= 80; k++)
		edge[k] = sprintf("%.6g", 10 ^ (1 + k / 40)) + 0
	edge[-1] = 0
	split("contacts fig1 fig2 fig4 fig5 fig6 fig7 kinds places values", \
		name, " ")
	for (k in name)
		printf "" > (dir "/" name[k])
	got = 0
	while (changes != "" && (got = (getline <changes)) > 0) {
		new_class[$1, $2] = $3
		new_pair[$1, $2] = $4
	}
	if (got < 0)
		exit 1
}

FNR == 1 {
	pass++
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		c[$i] = i
	columns()
	next
}

changes != "" && ($CID, $START) in new_class {
	$CLASS = new_class[$CID, $START]
	$PAIR = new_pair[$CID, $START]
}

$CLASS == "-" { next }

pass == 1 && $CLASS != "sig" { call() }

PROTO != "any" && $PROTOCOL != PROTO { next }

{
	src = $SRC ":" $SPORT
	dst = $DST ":" $DPORT
	from_inside = inside($SRC)
	to_inside = inside($DST)
	signaling = $CLASS == "sig"
	start = us($START)
}

pass == 1 {
	stop = us($STOP)
	if (from_inside)
		one_client(src, $PKTS, $BYTES, start)
	if (to_inside)
		one_client(dst, $RPKTS, $RBYTES, us($REPLY))
	here = from_inside ? src : dst
	octets[here] += $BYTES + $RBYTES
	if (signaling)
		sig_octets[here] += $BYTES + $RBYTES
	early(begun, here, start)
	late(ended, here, stop)
	next
}

signaling {
	last = $LAST "" == $START "" ? start : us($LAST)
	reply = us($REPLY)
	rlast = $RLAST "" == $REPLY "" ? reply : us($RLAST)
	if (from_inside && $PKTS > 0)
		spoke(src, dst, start, last)
	if (to_inside && $RPKTS > 0)
		spoke(dst, src, reply, rlast)
	source_flow($PKTS, $BYTES, last - start)
	source_flow($RPKTS, $RBYTES, rlast - reply)
	kind = $PAIR == "probe" ? "probe" : "nonprobe"
	payload($SIZE)
	payload($RSIZE)
	if ($RTT != "-")
		rtt[kind, rtt_bin($RTT + 0)]++
	count_pair()
	if (from_inside != to_inside)
		outside()
	if (from_inside && (u = start - begun[src]) >= 3540000000) {
		contacts++
		u -= 3600000000 * int(u / 3600000000)
		hourly += u <= 60000000 || u >= 3540000000
	}
}

END {
	bitrates()
	flows_out()
	places_out()
	popularity_out()
	clients_out()
}

# Where each column stands, since rows ask for them by name too often.
function columns()
{
	BYTES = c["bytes"]; CID = c["cid"]; CITY = c["city"]
	CLASS = c["class"]; CONTINENT = c["continent"]
	COUNTRY = c["country"]; DPORT = c["dport"]; DST = c["dst"]
	STOP = c["end"]; LAST = c["last"]; LAT = c["lat"]; LON = c["lon"]
	PAIR = c["pair"]; PKTS = c["pkts"]; PROTOCOL = c["proto"]
	RBYTES = c["rbytes"]; REPLY = c["reply"]; RLAST = c["rlast"]
	RPKTS = c["rpkts"]; RSIZE = c["rsize"]; RTT = c["rtt"]
	SIZE = c["size"]; SPORT = c["sport"]; SRC = c["src"]
	START = c["start"]
}

function inside(address)
{
	return substr(address, 1, 3) == "10."
}

# Whole microseconds, -1 for none.
function us(text)
{
	if (text == "-")
		return -1
	return int(text * 1000000 + 0.5)
}

function early(a, i, t)
{
	if (!(i in a) || t < a[i])
		a[i] = t
}

function late(a, i, t)
{
	if (!(i in a) || t > a[i])
		a[i] = t
}

function call(   s)
{
	s = us($STOP) - us($START)
	calls++
	call_packets += $PKTS + $RPKTS
	for (m = 1; m <= 30; m += m < 5 ? 4 : 25)
		shorter[m] += s <= m * 60000000
}

function one_client(who, packets, bytes, first)
{
	early(life_from, who, start)
	late(life_to, who, stop)
	if (!signaling || packets == 0)
		return
	if ($PROTOCOL == "udp")
		client[who]
	early(first_sent, who, first)
	sent_octets[who] += bytes
}

function spoke(who, peer, from, to,   i)
{
	if (!(who in client))
		return
	from = int((from - first_sent[who]) / 300000000)
	to = int((to - first_sent[who]) / 300000000)
	for (i = from; i <= to; i++)
		print who, i, peer >contacts_file
}

function source_flow(packets, bytes, lasts)
{
	if (packets == 0)
		return
	sources++
	length_of[packets]++
	lasting[lasts <= corner_us[-100] ? -100 : corner_of(lasts)]++
	source_bytes += bytes
	if (packets == 1)
		single_bytes += bytes
	if (packets > most_packets)
		most_packets = packets + 0
	if (bytes > most_bytes)
		most_bytes = bytes + 0
	if (lasts > longest)
		longest = lasts
}

# The lowest corner not below u microseconds, above the first, found by halving.
function corner_of(u,   low, high, k)
{
	low = -100
	high = 201
	while (high - low > 1) {
		k = int((low + high + 400) / 2) - 200
		if (corner_us[k] < u)
			low = k
		else
			high = k
	}
	return high
}

function payload(text,   n, i, part)
{
	n = text == "-" ? 0 : split(text, part, /[,:]/)
	for (i = 1; i < n; i += 2)
		size[kind, part[i]] += part[i + 1]
}

# The highest edge not above ms, found by halving.
function rtt_bin(ms,   low, high, k)
{
	low = -1
	high = 81
	while (high - low > 1) {
		k = int((low + high) / 2)
		if (ms >= edge[k])
			low = k
		else
			high = k
	}
	return low
}

function count_pair(   a, b, who)
{
	a = $PROTOCOL == "tcp" ? $SRC : src
	b = dst
	if ($PROTOCOL != "tcp" && b < a) {
		who = a
		a = b
		b = who
	}
	flows++
	flows_of[$PAIR]++
	packets += $PKTS + $RPKTS
	side_packets[$PAIR] += to_inside && !from_inside ? \
		$RPKTS : $PKTS
	if (!(($PROTOCOL, a, b) in pair)) {
		pair[$PROTOCOL, a, b]
		pairs_of[$PAIR]++
	}
	if (kind == "probe") {
		probes++
		answered += $RPKTS > 0
	}
}

# What the outside end and the contact are.
function outside(   address, end, where, who)
{
	address = from_inside ? $DST : $SRC
	end = from_inside ? dst : src
	endpoint[end]
	if (!(address in place)) {
		place[address] = $CONTINENT OFS $COUNTRY OFS $CITY
		if ($LAT != "-") {
			located++
			spot[$LON OFS $LAT]++
		}
	}
	if (kind != "probe")
		nonprobe[address]
	if ($RTT != "-")
		near()
	where = to_inside ? "internal" : "external"
	who = $PROTOCOL == "tcp" ? $SRC : src
	if (!((dst, where, kind, who) in met_by)) {
		met_by[dst, where, kind, who]
		popular[dst OFS where OFS kind]++
	}
}

function near(   where)
{
	if (eu($CONTINENT, $COUNTRY) != "")
		where = "eu"
	else if ($CONTINENT != "UNKNOWN")
		where = "far"
	else
		return
	answers[where]++
	quick[where] += $RTT < 100
}

function bitrates(   who, life)
{
	for (who in client) {
		life = life_to[who] - life_from[who]
		if (life < 300000000)
			life = 300000000
		print "bitrate", sprintf("%.6f", sent_octets[who] * 8000000 / life), \
			1 > (dir "/fig1")
	}
}

function flows_out(   k, i, word)
{
	print "length", 1, 0 > (dir "/fig2")
	for (k in length_of)
		print "length", k, length_of[k] > (dir "/fig2")
	for (k = -100; k <= 201; k++)
		if (k == -100 || lasting[k])
			print "duration", corner[k], lasting[k] + 0 > (dir "/fig2")
	for (k in size) {
		split(k, word, SUBSEP)
		if (word[2] == 0)
			continue
		print word[1], word[2], size[k] > (dir "/fig4")
		print "bin-" word[1], 10 * int(word[2] / 10), size[k] > (dir "/fig4")
	}
	for (k = -1; k <= 80; k++) {
		print "probe", edge[k], rtt["probe", k] + 0 > (dir "/fig6")
		print "nonprobe", edge[k], rtt["nonprobe", k] + 0 > (dir "/fig6")
	}
	split("probe heartbeat dialog mix", word, " ")
	for (i = 1; i <= 4; i++) {
		k = word[i]
		print k, pairs_of[k] + 0, flows_of[k] + 0, side_packets[k] + 0 \
			> (dir "/kinds")
		pairs += pairs_of[k]
	}
	print "single", length_of[1] + 0, sources + 0 > (dir "/kinds")
	value("flows", flows)
	value("packets", packets)
	value("pairs", pairs)
	value("probe pairs", pairs_of["probe"])
	value("source flows", sources)
	percent("single flows", length_of[1], sources)
	percent("short flows", length_of[1] + length_of[2] + length_of[3] + \
		length_of[4] + length_of[5], sources)
	percent("single bytes", single_bytes, source_bytes)
	print "most bytes", sources ? most_bytes : "-" > (dir "/values")
	print "most packets", sources ? most_packets : "-" > (dir "/values")
	print "longest", sources ? sprintf("%.2f", longest / 3600000000) : \
		"-" > (dir "/values")
	percent("answered", answered, probes)
	percent("quick eu", quick["eu"], answers["eu"])
	percent("quick far", quick["far"], answers["far"])
}

function places_out(   a, part, what, kind, counted, europe, america, n, in_eu)
{
	for (a in place) {
		split(place[a], part, OFS)
		kind = a in nonprobe ? "nonprobe" : "probe"
		n++
		only += kind == "probe"
		europe[kind] += part[1] == "Europe"
		america[kind] += part[1] == "America NO"
		counted[kind OFS "continent" OFS part[1]]++
		in_eu = eu(part[1], part[2])
		if (in_eu != "")
			counted[kind OFS "country" OFS in_eu]++
		if (in_eu == "Italy")
			counted[kind OFS "city" OFS part[3]]++
	}
	for (what in counted)
		print what, counted[what] > (dir "/places")
	for (what in spot)
		print what, spot[what] > (dir "/fig5")
	value("addresses", n)
	value("probe addresses", only)
	value("located addresses", located)
	percent("located", located, n)
	ratio("europe probe", europe["probe"], america["probe"])
	ratio("europe nonprobe", europe["nonprobe"], america["nonprobe"])
	n = 0
	for (a in endpoint)
		n++
	value("endpoints", n)
}

function popularity_out(   i, part, all, of, probed, n, share)
{
	for (i in popular) {
		split(i, part, OFS)
		print part[2] "-" part[3], popular[i], 1 > (dir "/fig7")
		all += popular[i]
		if (part[2] != "internal")
			continue
		of[part[1]] += popular[i]
		if (part[3] == "probe") {
			probed++
			n += popular[i]
		}
	}
	value("probe contacts", n)
	value("probed clients", probed)
	print "probe popularity", probed ? sprintf("%.1f", n / probed) : "-" \
		> (dir "/values")
	n = 0
	for (i in of)
		if (of[i] >= 100) {
			n++
			share += of[i]
		}
	value("super-nodes", n)
	percent("super-node share", share, all)
}

function clients_out(   who, n, most, few, short)
{
	for (who in client) {
		n++
		if (octets[who] > 0) {
			most += sig_octets[who] > 0.99 * octets[who]
			few += sig_octets[who] <= 0.05 * octets[who]
		}
		short += ended[who] - begun[who] < 36000000000
	}
	value("clients", n)
	percent("mostly signaling", most, n)
	percent("mostly calls", few, n)
	percent("short lives", short, n)
	percent("hourly", hourly, contacts)
	value("calls", calls)
	value("call packets", call_packets)
	percent("calls 1", shorter[1], calls)
	percent("calls 5", shorter[5], calls)
	percent("calls 30", shorter[30], calls)
}

function value(name, n)
{
	print name, n + 0 > (dir "/values")
}

function percent(name, part, all)
{
	print name, all ? sprintf("%.1f", 100 * part / all) : "-" \
		> (dir "/values")
}

function ratio(name, a, b)
{
	print name, b ? sprintf("%.2f", a / b) : "-" > (dir "/values")
}
