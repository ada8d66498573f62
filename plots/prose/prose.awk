# prose.awk: the numbers of the paper's prose that come from flow records,
# `name TAB value`.  Stands behind eu-2007.awk and listed-endpoints.awk.  A client
# is an internal endpoint, listed, that sent signaling.  Command line:
# contacts_file, for when clients began flows, until it is known when each began
# to live.
#
# Flows of one cid mostly stand together: what follows from their ends is found
# once, and what they add to an endpoint is added behind the last.  Times are
# compared as text, which is their order, made by `""': mawk would make numbers
# of fields first.

BEGIN {
	most_packets = 1
}

function columns()
{
	if (pass == 1)
		return listed_columns()
	CID = col("cid")
	flow_columns()
	PAIR = col("pair"); RTT = col("rtt")
	STOP = col("end"); REPLY = col("reply")
	LAST = col("last"); RLAST = col("rlast")
	BYTES = col("bytes"); RBYTES = col("rbytes")
	CONTINENT = col("continent"); COUNTRY = col("country")
	LAT = col("lat")
}

pass == 1 { listed(); next }

{
	is_signaling = $CLASS == "sig"
	pkts = $PKTS + 0
	rpkts = $RPKTS + 0
}

!is_signaling {
	if ($CLASS == "-")
		next
	call()
}

$PROTOCOL != PROTO && PROTO != "any" { next }

$CID != cid || $DIR != dir || dir == "int" {
	add_life()
	cid = $CID ""
	dir = $DIR ""
	protocol = $PROTOCOL ""
	mine = dir == "in" ? responder() : initiator()
	theirs = dir == "in" ? initiator() : responder()
	is_client = dir != "ext" && mine in is_listed
	fresh = 1
}

{
	bytes = $BYTES + 0
	rbytes = $RBYTES + 0
}

dir != "ext" { life() }

is_signaling { signaling() }

END {
	add_life()
	printf "" >contacts_file
	close(contacts_file)
	count_contacts()
	clients_out()
	flows_out()
	rtt_out()
	places_out()
}

function call(   s)
{
	s = lasts($START, $STOP) / 1000000
	calls++
	call_packets += pkts + rpkts
	shorter[1] += s <= 60
	shorter[5] += s <= 300
	shorter[30] += s <= 1800
}

function life(   t)
{
	all_octets += bytes + rbytes
	t = $START ""
	if (begun == "" || t < begun)
		begun = t
	t = $STOP ""
	if (t > ended)
		ended = t
	if (!is_signaling)
		return
	signaled += bytes + rbytes
	sent += dir == "in" ? rpkts : pkts
}

function add_life()
{
	if (begun == "")
		return
	octets[mine] += all_octets
	sig_octets[mine] += signaled
	if (!(mine in first) || begun < first[mine])
		first[mine] = begun
	if (ended > end[mine])
		end[mine] = ended
	if (is_client && sent > 0)
		client[mine]
	begun = ended = ""
	all_octets = signaled = sent = 0
}

function signaling()
{
	if (fresh)
		ends()
	flows++
	packets += pkts + rpkts
	if (pkts > 0)
		source_flow(pkts, bytes, START, LAST)
	if (rpkts > 0)
		source_flow(rpkts, rbytes, REPLY, RLAST)
	if ($PAIR == "probe") {
		probes++
		answered += rpkts > 0
	}
	if (where != "" && $RTT != "-") {
		answers[where]++
		quick[where] += $RTT < 100
	}
	if (dir != "in" && dir != "ext") {
		if (mine != told) {
			told = mine
			print "of", told >contacts_file
		}
		print $START >contacts_file
	}
}

# What the ends of flows say, of those that are signaling.
function ends(   pair)
{
	fresh = 0
	pair = protocol == "tcp" ? $SRC FS responder() : \
		(mine < theirs ? mine FS theirs : theirs FS mine)
	if (!paired[pair, protocol]++) {
		pairs++
		probe_pairs += $PAIR == "probe"
	}
	where = eu($CONTINENT, $COUNTRY) != "" ? "eu" : \
		(unknown($CONTINENT) ? "" : "far")
	if (dir != "int")
		peer(dir == "in" ? $SRC : $DST)
}

# n packets, with the columns of the first one's time and the last one's.
function source_flow(n, bytes, from, to,   time)
{
	sources++
	source_bytes += bytes
	if (bytes > most_bytes)
		most_bytes = bytes
	if (n == 1) {
		singles++
		single_bytes += bytes
		if (protocol == "udp")
			return
	} else {
		below_6 += n < 6
		if (n > most_packets)
			most_packets = n
	}
	time = lasts($from == "-" ? $START : $from, $to)
	if (time > longest)
		longest = time
}

function peer(address)
{
	endpoint[theirs]
	if (!(address in continent)) {
		continent[address] = $CONTINENT
		located += $LAT != "-"
	}
	if ($PAIR != "probe")
		nonprobe[address]
}

# Contacts after the first hour less a minute, and those of them within a
# minute of a full hour since the client's first flow.
function count_contacts(   c, got, s)
{
	for (c in first)
		from[c] = us(first[c])
	while ((got = (getline <contacts_file)) > 0) {
		if ($1 == "of") {
			born = from[$2]
			continue
		}
		s = (us($1) - born) / 1000000
		if (s < 3540)
			continue
		contacts++
		s -= 3600 * int(s / 3600)
		hourly += s <= 60 || s >= 3540
	}
	if (got < 0) {
		print "prose.awk: cannot read " contacts_file >"/dev/stderr"
		exit 1
	}
}

function clients_out(   c, n, most, few, short)
{
	for (c in client) {
		n++
		if (octets[c] > 0) {
			most += sig_octets[c] > 0.99 * octets[c]
			few += sig_octets[c] <= 0.05 * octets[c]
		}
		short += us(end[c]) - from[c] < 36000000000
	}
	print "clients", n + 0
	percent("mostly signaling", most, n)
	percent("mostly calls", few, n)
	percent("short lives", short, n)
	percent("hourly", hourly, contacts)
	print "calls", calls + 0
	print "call packets", call_packets + 0
	percent("calls 1", shorter[1], calls)
	percent("calls 5", shorter[5], calls)
	percent("calls 30", shorter[30], calls)
}

function flows_out()
{
	print "flows", flows + 0
	print "packets", packets + 0
	print "pairs", pairs + 0
	print "probe pairs", probe_pairs + 0
	print "source flows", sources + 0
	percent("single flows", singles, sources)
	percent("short flows", singles + below_6, sources)
	percent("single bytes", single_bytes, source_bytes)
	print "most bytes", sources ? most_bytes : "-"
	print "most packets", sources ? most_packets : "-"
	print "longest", sources ? sprintf("%.2f", longest / 3600000000) : "-"
	percent("answered", answered, probes)
}

function rtt_out()
{
	percent("quick eu", quick["eu"], answers["eu"])
	percent("quick far", quick["far"], answers["far"])
}

function places_out(   a, n, e, kind, on)
{
	for (e in endpoint)
		n++
	print "endpoints", n + 0
	n = 0
	for (a in continent) {
		n++
		kind = a in nonprobe ? "nonprobe" : "probe"
		only_probed += kind == "probe"
		europe[kind] += (on = continent[a]) == "Europe"
		america[kind] += on == "America NO"
	}
	print "addresses", n + 0
	print "probe addresses", only_probed + 0
	print "located addresses", located + 0
	percent("located", located, n)
	ratio("europe probe", europe["probe"], america["probe"])
	ratio("europe nonprobe", europe["nonprobe"], america["nonprobe"])
}

function percent(name, part, whole)
{
	print name, whole ? sprintf("%.1f", 100 * part / whole) : "-"
}

function ratio(name, a, b)
{
	print name, b ? sprintf("%.2f", a / b) : "-"
}
