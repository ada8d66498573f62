# What ndpiReader -C FILE writes: flows with nDPI's name of the protocol, as
# column app.  Times are milliseconds; who spoke when is not in it.

BEGIN {
	FS = ","
	flow_layout(" app")
}

/^#/ {
	header(1, NF)
	next
}

transport(field("protocol")) {
	if (field("c_to_s_pkts") !~ /^[0-9]+$/)
		fail("a comma inside of a field")
	v["start"] = time(field("first_seen"))
	v["end"] = time(field("last_seen"))
	v["proto"] = transport(field("protocol"))
	v["src"] = field("src_ip")
	v["sport"] = field("src_port")
	v["dst"] = field("dst_ip")
	v["dport"] = field("dst_port")
	v["pkts"] = field("c_to_s_pkts")
	v["rpkts"] = field("s_to_c_pkts")
	v["bytes"] = field("c_to_s_goodput_bytes")
	v["rbytes"] = field("s_to_c_goodput_bytes")
	v["app"] = field("ndpi_proto")
	record()
}
