# client-flows.awk: when each UDP client had flows, for choosing the two of fig3:
#	CLIENT START END
# where flows with a peer that lie less than an hour apart, one behind the other,
# are one: longer silences count.
# and, to the file `sums', what it did in all of them:
#	CLIENT SENT CALLS PACKETS PEERS RELAYED
# with the packets that it sent in signaling flows, its calls, the packets of both
# directions, how many peers it sent to, and the packets of the direction that has
# most in a signaling flow.
#
# Flows of one cid mostly stand together: what a client did in them is added to the
# client behind the last.

function columns()
{
	class_columns()
	end_columns()
	START = col("start"); STOP = col("end")
	DIR = col("dir"); PKTS = col("pkts"); RPKTS = col("rpkts")
}

$CLASS == "-" || $PROTOCOL != "udp" { next }

{
	pkts = $PKTS + 0
	rpkts = $RPKTS + 0
	dir = $DIR ""
}

dir == "out" || dir == "int" {
	flow_of(initiator(), responder(), pkts)
}

dir == "in" || dir == "int" {
	flow_of(responder(), initiator(), rpkts)
}

END {
	pair_of("", "")
	printf "" >sums
	for (c in packets)
		print c, signals[c], calls[c], packets[c], peers[c] + 0, \
			relayed[c] >sums
}

function flow_of(client, peer, sent)
{
	if (client != mine || peer != other)
		pair_of(client, peer)
	time()
	n_packets += pkts + rpkts
	if ($CLASS == "sig") {
		n_signals += sent
		if (pkts > most)
			most = pkts
		if (rpkts > most)
			most = rpkts
	} else
		n_calls++
	if (sent > 0 && peer != known) {
		known = peer
		if (!met[client, peer]++)
			peers[client]++
	}
}

# Takes the row's flow to those in hand, or tells of these.
function time(   start, stop)
{
	start = $START ""
	stop = $STOP ""
	if (from != "" && start >= from &&
	    substr(start, 1, 10) - until < 3600) {
		if (stop > to) {
			to = stop
			until = substr(stop, 1, 10)
		}
		return
	}
	put_times()
	from = start
	to = stop
	until = substr(stop, 1, 10)
}

function put_times()
{
	if (from != "")
		print mine, from, to
	from = ""
}

function pair_of(client, peer)
{
	put_times()
	if (client != mine)
		another(client)
	other = peer
}

# Adds up what the client in hand did, and takes another.
function another(client)
{
	if (mine != "") {
		packets[mine] += n_packets
		signals[mine] += n_signals
		calls[mine] += n_calls
		if (most >= relayed[mine] + 0)
			relayed[mine] = most
	}
	mine = client
	known = ""
	n_packets = n_signals = n_calls = most = 0
}
