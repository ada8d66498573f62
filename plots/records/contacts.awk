# contacts.awk: of each client the signaling bitrate and whom it contacted when.
# Stands behind listed-endpoints.awk; reads the flows twice.  Writes, in no order,
#	bitrate CLIENT BIT/S
#	contact CLIENT INTERVAL PEER BEGUN	(each at least once)
# where BEGUN is 1 if the client began the flow, else 0.
#
# A client is an internal endpoint, listed as Skype, that sent at least one
# signaling packet.
# Its bitrate is the signaling payload it sent over its lifetime, the time
# from its first flow's start to its last flow's end, at least 300 s; calls
# count for the lifetime only.  Interval i is the i-th 300 s since the first
# signaling packet it sent; a flow counts in each interval from the first
# packet the client sent in it to the last.

function columns()
{
	if (pass == 1)
		return listed_columns()
	flow_columns()
	STOP = col("end")
	BYTES = col("bytes"); RBYTES = col("rbytes")
	LAST = col("last"); RLAST = col("rlast"); REPLY = col("reply")
}

pass == 1 { listed(); next }

$CLASS == "-" || (PROTO != "any" && $PROTOCOL != PROTO) { next }

$DIR == "out" || $DIR == "int" {
	sent(1, initiator(), responder(), $PKTS, $BYTES, $START, $LAST)
}

$DIR == "in" || $DIR == "int" {
	sent(0, responder(), initiator(), $RPKTS, $RBYTES,
		$REPLY == "-" ? $START : $REPLY, $RLAST)
}

END {
	for (c in first_sent) {
		life = end[c] - start[c]
		if (life < 300000000)
			life = 300000000
		printf "bitrate\t%s\t%.6f\n", c, octets[c] * 8000000 / life
	}
}

function sent(begun, client, peer, packets, bytes, first, last)
{
	if (!(client in is_listed))
		return
	if (pass == 2) {
		from = us($START)
		live(client, from, from + lasts($START, $STOP))
		if ($CLASS == "sig" && packets > 0)
			speak(client, from + lasts($START, first), bytes)
	} else if ($CLASS == "sig" && packets > 0) {
		from = us(first)
		contact(client, peer OFS begun, from, \
			from + lasts(first, last))
	}
}

function live(client, from, to)
{
	if (!(client in start) || from < start[client])
		start[client] = from
	if (!(client in end) || to > end[client])
		end[client] = to
}

function speak(client, first, bytes)
{
	if (!(client in first_sent) || first < first_sent[client])
		first_sent[client] = first
	octets[client] += bytes
}

function contact(client, peer, first, last,   i, n)
{
	n = int((last - first_sent[client]) / 300000000)
	for (i = int((first - first_sent[client]) / 300000000); i <= n; i++)
		print "contact", client, i + 1, peer
}
