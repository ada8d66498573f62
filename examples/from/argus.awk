# Records of argus as ra prints them with
#
#	ra -r FILE -nn -c , -u -p 6 -s stime ltime proto saddr sport daddr \
#	    dport spkts dpkts sappbytes dappbytes synack ackdat - tcp or udp
#
# argus -A counts sappbytes and dappbytes; without it they are 0.  Status
# records are pieces of flows: racluster joins them.
#
# TCP's set-up times (synack, ackdat) become ask, reply, ask2 and turn, so
# rttcalc works on TCP; for UDP argus does not note who spoke when.

BEGIN {
	FS = ","
	flow_layout(" ask reply ask2 turn")
}

$1 == "StartTime" {
	header(1, NF)
	next
}

function handshake(    start, synack, ackdat)
{
	start = field("StartTime")
	synack = field("SynAck")
	ackdat = field("AckDat")
	if (v["proto"] != "tcp" || synack <= 0)
		return
	v["ask"] = time(start)
	v["reply"] = v["ask2"] = time(start, synack)
	if (ackdat > 0)
		v["turn"] = time(start, synack + ackdat)
	else
		delete v["ask2"]
}

transport(field("Proto")) {
	turned = field("SrcPkts") == 0
	from = turned ? "Dst" : "Src"
	to = turned ? "Src" : "Dst"
	v["start"] = time(field("StartTime"))
	v["end"] = time(field("LastTime"))
	v["proto"] = transport(field("Proto"))
	v["src"] = field(from "Addr")
	v["sport"] = field(turned ? "Dport" : "Sport")
	v["dst"] = field(to "Addr")
	v["dport"] = field(turned ? "Sport" : "Dport")
	v["pkts"] = field(from "Pkts")
	v["rpkts"] = field(to "Pkts")
	v["bytes"] = field(turned ? "DAppBytes" : "SAppBytes")
	v["rbytes"] = field(turned ? "SAppBytes" : "DAppBytes")
	handshake()
	record()
}
