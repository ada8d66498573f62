# Zeek's conn.log, TAB-separated as it comes.  Zeek turns some connections
# round after a look at their ports ("^" in the history): records have who
# spoke first as src.
#
# Not in the log: ask, reply, ask2, turn, hence no rttcalc.

BEGIN {
	FS = "\t"
	flow_layout(" app")
}

/^#fields/ {
	header(2, NF)
}

/^#/ {
	next
}

transport(field("proto")) {
	turned = field("history") ~ /^\^/ || \
	    field("orig_pkts") == 0 && field("resp_pkts") > 0
	from = turned ? "resp" : "orig"
	to = turned ? "orig" : "resp"
	v["start"] = time(field("ts"))
	v["end"] = time(field("ts"), field("duration"))
	v["proto"] = transport(field("proto"))
	v["src"] = field("id." from "_h")
	v["sport"] = field("id." from "_p")
	v["dst"] = field("id." to "_h")
	v["dport"] = field("id." to "_p")
	v["pkts"] = field(from "_pkts")
	v["rpkts"] = field(to "_pkts")
	v["bytes"] = field(from "_bytes")
	v["rbytes"] = field(to "_bytes")
	v["app"] = field("service")
	record()
}
