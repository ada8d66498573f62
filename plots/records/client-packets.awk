# client-packets.awk: UDP clients and what they sent, for choosing two:
#	CLIENT PACKETS SIGNALING CALLS IP PORT ALL
# with the packets it sent, how many of them signaling, the number of calls,
# and the packets of both directions.

function columns()
{
	class_columns()
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
	DIR = col("dir"); PKTS = col("pkts"); RPKTS = col("rpkts")
}

$CLASS == "-" || $PROTOCOL != "udp" { next }

$DIR == "out" || $DIR == "int" { add(initiator(), $SRC, $SPORT, $PKTS) }

$DIR == "in" || $DIR == "int" { add(responder(), $DST, $DPORT, $RPKTS) }

END {
	for (c in sent)
		print c, sent[c], signaling[c] + 0, calls[c] + 0, \
			ip[c], port[c], all[c]
}

function add(client, address, number, packets)
{
	ip[client] = address
	port[client] = number
	sent[client] += packets
	all[client] += $PKTS + $RPKTS
	if ($CLASS == "sig")
		signaling[client] += packets
	else
		calls[client]++
}
