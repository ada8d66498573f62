# fig3.awk: a client's activity out of packet records: hours since its first
# packet, and the peer: +k if it is the k-th the client sent to and the
# packet is to it, -k if it is the k-th that sent to the client.
# Command line: name, ip and port of the client.

function columns()
{
	TIME = col("time"); PROTO_ = col("proto")
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
}

$PROTO_ != "udp" { next }

$SRC == ip && $SPORT == port { dot(1, responder()) }

$DST == ip && $DPORT == port { dot(-1, initiator()) }

END {
	if (packets < expected)
		exit 3
}

function dot(sign, peer)
{
	if (!packets++) {
		print "# " name
		first = us($TIME)
	}
	if (!((sign, peer) in id))
		id[sign, peer] = ++peers[sign]
	printf "%.6f\t%d\n", (us($TIME) - first) / 3600000000, \
		sign * id[sign, peer]
}
