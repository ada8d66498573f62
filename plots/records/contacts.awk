# contacts.awk: of each client the signaling bitrate, and the signaling flows that
# it sent to.  Stands behind listed-endpoints.awk.  Writes, in no order,
#	bitrate CLIENT BIT/S
# and, for client-contacts.awk, to the file `firsts' when its first signaling packet
# was, to the file `sent' by flow the first and the last packet that it sent in
# it, and whether it began the flow, 1 or 0:
#	CLIENT FIRST
#	CLIENT FROM TO PEER BEGUN
#
# A client is an internal endpoint, listed as Skype, that sent at least one
# signaling packet.
# Its bitrate is the signaling payload it sent over its lifetime, the time
# from its first flow's start to its last flow's end, at least 300 s; calls
# count for the lifetime only.
#
# Flows of one cid mostly stand together: what follows from their ends is found
# once, and what a client did in them is added to the client behind the last.
# Times are compared as text, which is their order, made by `""': mawk would make
# numbers of fields first.

function columns()
{
	if (pass == 1)
		return listed_columns()
	CID = col("cid")
	flow_columns()
	STOP = col("end")
	BYTES = col("bytes"); RBYTES = col("rbytes")
	LAST = col("last"); RLAST = col("rlast"); REPLY = col("reply")
}

pass == 1 { listed(); next }

$CLASS == "-" || ($PROTOCOL != PROTO && PROTO != "any") { next }

{ find_clients() }

a_is_client {
	live(a)
	if ($PKTS > 0 && $CLASS == "sig") {
		speak($START "", $BYTES)
		print a, $START, $LAST, b, 1 >sent
	}
}

b_is_client {
	live(b)
	if ($RPKTS > 0 && $CLASS == "sig") {
		from = $REPLY ""
		if (from == "-")
			from = $START ""
		speak(from, $RBYTES)
		print b, from, $RLAST, a, 0 >sent
	}
}

END {
	another("")
	printf "" >sent
	printf "" >firsts
	for (c in first_sent) {
		print c, first_sent[c] >firsts
		life = us(stop[c]) - us(start[c])
		if (life < 300000000)
			life = 300000000
		printf "bitrate\t%s\t%.6f\n", c, octets[c] * 8000000 / life
	}
}

function live(client,   t)
{
	if (client != mine)
		another(client)
	t = $START ""
	if (begun == "" || t < begun)
		begun = t
	t = $STOP ""
	if (t > ended)
		ended = t
}

function speak(from, bytes)
{
	if (spoke == "" || from < spoke)
		spoke = from
	said += bytes
}

# Adds up what the client in hand did, and takes another.
function another(client)
{
	if (begun != "") {
		if (!(mine in start) || begun < start[mine])
			start[mine] = begun
		if (ended > stop[mine])
			stop[mine] = ended
	}
	if (spoke != "") {
		if (!(mine in first_sent) || spoke < first_sent[mine])
			first_sent[mine] = spoke
		octets[mine] += said
	}
	mine = client
	begun = ended = spoke = ""
	said = 0
}
