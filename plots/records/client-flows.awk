# client-flows.awk: each flow of each UDP client, for choosing the two of fig3:
#	CLIENT START END PEER SENT ALL RELAYED KIND
# with the packets that it sent and those of both directions, the packets of the
# direction that has most if the flow is signaling, else 0, and sig or call.

function columns()
{
	class_columns()
	end_columns()
	START = col("start"); STOP = col("end")
	DIR = col("dir"); PKTS = col("pkts"); RPKTS = col("rpkts")
}

$CLASS == "-" || $PROTOCOL != "udp" { next }

$DIR == "out" || $DIR == "int" {
	flow_of(initiator(), responder(), $PKTS)
}

$DIR == "in" || $DIR == "int" {
	flow_of(responder(), initiator(), $RPKTS)
}

function flow_of(client, peer, sent)
{
	if ($CLASS == "sig")
		print client, $START, $STOP, peer, sent, $PKTS + $RPKTS, \
			($PKTS > $RPKTS ? $PKTS : $RPKTS), "sig"
	else
		print client, $START, $STOP, peer, sent, $PKTS + $RPKTS, 0, "call"
}
