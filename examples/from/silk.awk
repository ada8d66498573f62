# SiLK's flows as rwcut prints them, with or without padding:
#
#	rwcut --fields=sIP,dIP,sPort,dPort,protocol,packets,bytes,flags,\
#	    sTime,eTime FILE
#
# Times are UTC, or seconds with --timestamp-format=epoch.  Each line is one
# direction of a flow, or a piece of one.

BEGIN {
	FS = "|"
	piece_layout()
}

trim($1) == "sIP" || trim($1) == "dIP" || trim($1) == "sTime" {
	header(1, NF)
	next
}

function seconds(text)
{
	return text ~ /:/ ? utc(text) : text
}

{
	proto = transport(field("pro"))
}

proto {
	v["start"] = time(seconds(field("sTime")))
	v["last"] = time(seconds(field("eTime")))
	v["proto"] = proto
	v["src"] = field("sIP")
	v["sport"] = field("sPort")
	v["dst"] = field("dIP")
	v["dport"] = field("dPort")
	v["pkts"] = field("packets")
	v["bytes"] = payload(field("bytes"), v["pkts"], proto, v["src"], 0)
	if (proto == "tcp")
		v["flags"] = flags(field("flags"), v["sport"] > v["dport"])
	piece()
}
