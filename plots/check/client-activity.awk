# client-activity.awk: numbers of the companion papers that come from flow records,
# `name TAB value`: clients active in each five minutes of the clock (nights
# and weekdays after Central European summer time, UTC+2), clients that live all
# week, sessions (parted by silences of an hour), kinds of calls, and pairs polled
# every 20 s.  Stands behind listed-endpoints.awk.  Flows of one cid mostly stand
# together: what follows from their ends is found once, and what a client did is
# added up behind the last.  Seconds are whole, and compared as text, which is their
# order.

function columns()
{
	if (pass == 1)
		return listed_columns()
	CID = col("cid")
	flow_columns()
	STOP = col("end"); PAIR = col("pair")
	LAST = col("last"); RLAST = col("rlast"); REPLY = col("reply")
}

pass == 1 { listed(); next }

{
	begun = substr($START, 1, 10)
	ended = substr($STOP, 1, 10)
	if (start == "" || begun < start)
		start = begun
	if (ended > stop)
		stop = ended
}

$CLASS != "sig" {
	if ($CLASS != "-")
		call()
	next
}

$PROTOCOL != PROTO && PROTO != "any" { next }

{ find_clients() }

a_is_client && (packets = $PKTS + 0) > 0 {
	sent(a, b, packets, begun, substr($LAST, 1, 10))
}

b_is_client && (packets = $RPKTS + 0) > 0 {
	sent(b, a, packets, $REPLY == "-" ? begun : substr($REPLY, 1, 10),
		substr($RLAST, 1, 10))
}

END {
	another("")
	activity()
	for (c in first) {
		clients++
		week += last[c] - first[c] >= 0.98 * (stop - start)
	}
	percent("whole week", week, clients)
	for (c in first)
		count_sessions(c, int(first[c] / 300), int(last[c] / 300))
	percent("short sessions", short, sessions)
	percent("udp calls", udp_calls, calls)
	percent("phone calls", phone_calls, calls - phone_calls)
	percent("polled 20", polled, dialogs)
}

function call()
{
	calls++
	udp_calls += $PROTOCOL == "udp"
	phone_calls += $CLASS == "skypeout"
}

function sent(client, peer, packets, from, to,   i, n)
{
	if (client != mine)
		another(client)
	if (since == "" || from < since)
		since = from
	if (to > until)
		until = to
	i = int(from / 300)
	n = to == from ? i : int(to / 300)
	for (; i <= n; i++)
		if (i != marked) {
			marked = i
			active[i] += !seen[client, i]++
		}
	if ($PAIR == "dialog" || $PAIR == "mix")
		poll(client, peer, packets, from, to)
}

# Adds up when the client in hand sent, and takes another.
function another(client)
{
	if (since != "") {
		if (!(mine in first) || since < first[mine])
			first[mine] = since
		if (until > last[mine])
			last[mine] = until
	}
	mine = client
	since = until = marked = ""
}

function poll(client, peer, packets, from, to,   gap)
{
	if (client != polling || peer != asked) {
		polling = client
		asked = peer
		pair = client FS peer
		dialogs += !known[pair]++
	}
	if (packets <= 3 || pair in every20)
		return
	gap = (to - from) / (packets - 0.999)
	if (gap > 19 && gap < 21) {
		every20[pair]
		polled++
	}
}

# The mean, the mean from 2 to 6 h, the busiest hour of a weekday.
function activity(   i, n, m, day, hour, sum, night, here, most)
{
	for (i = int(start / 300); i <= int(stop / 300); i++) {
		n++
		sum += active[i]
		hour = int((i * 300 + 7200) / 3600) % 24
		if (hour >= 2 && hour < 6) {
			m++
			night += active[i]
		}
		day = (int((i * 300 + 7200) / 86400) + 4) % 7
		if (day > 0 && day < 6) {
			here[int(i / 12)] += active[i] / 12
			if (here[int(i / 12)] > most)
				most = here[int(i / 12)]
		}
	}
	print "active", (n ? sprintf("%.1f", sum / n) : "-")
	print "active night", (m ? sprintf("%.1f", night / m) : "-")
	print "active peak", (most ? sprintf("%.1f", most) : "-")
}

# Twelve intervals without a packet end a session.
function count_sessions(c, from, to,   i, begun, quiet)
{
	begun = from
	for (i = from; i <= to + 13; i++) {
		if (i <= to && (c, i) in seen) {
			if (quiet > 12)
				begun = i
			quiet = 0
		} else if (++quiet == 12 && begun <= to) {
			sessions++
			short += i - 12 - begun < 120
			begun = to + 1
			quiet = 13
		}
	}
}

function percent(name, part, whole)
{
	print name, whole ? sprintf("%.1f", 100 * part / whole) : "-"
}
