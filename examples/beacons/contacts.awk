# contacts.awk: one line for each contact out of flow records, to be sorted
# and then ranked by rank.awk:
#
#	dst src proto dport start duration bytes rbytes answered address like
#
# A contact is a flow from inside to outside.  Multicast and broadcast
# addresses are left out: nobody is called there.
#
# both: flows of any direction
# group: "service" (proto, dst, dport), "host" (dst) or "name" (column name,
#	the address where it is unknown)
# like: "dns" or "ntp" if the messages could be such, else "-"
# facts: file for what rank.awk must know of all contacts: from, to; of each
#	client its contacts to resolvers, by server, and its number of time
#	servers

BEGIN {
	FS = OFS = "\t"
}

NR == 1 {		# the records come from a filter: this is the header
	sub(/^#(fields\t)?/, "")
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	if (group == "name" && !("name" in at)) {
		print "beacons.sh: no column \"name\" (flownames makes it)" \
		    >"/dev/stderr"
		exit failed = 1
	}
	next
}

# A TCP connection that was refused was not answered.  Where nobody counted
# the answer's packets, there was one.
function answered(    flags)
{
	if ($at["proto"] == "tcp" && "rflags" in at) {
		flags = $at["rflags"]
		if (flags != "-" || $at["flags"] != "-")
			return flags ~ /[HAFP]/ && flags !~ /^A?R$/
	}
	return $at["rpkts"] == "-" || $at["rpkts"] > 0
}

# Bytes of one message of a direction, the mean if there are several; 0:
# unknown or none.
function message(pkts, bytes)
{
	if (pkts == "-" || bytes == "-" || pkts + 0 == 0)
		return 0
	return bytes / pkts
}

# RFC 5905: 48 bytes, with a key's name and digest 20 or 24 more; or these with
# the headers of UDP and IPv4 or of Ethernet, which some tools count.  What
# comes back is as long as what was asked.
function like_ntp(ask, reply)
{
	return ask ~ /^(48|68|72|76|90)$/ && (reply == 0 || reply == ask)
}

# RFC 1035: a header, one name, and little else is asked; the answer repeats
# the question, but for what RFC 6891 and 7873 may add to it.
function like_dns(ask, reply)
{
	return ask >= 17 && ask <= 300 && (reply == 0 || reply >= ask - 35)
}

function like(    ask, reply)
{
	if (proto != "udp" || (dport != 53 && dport != 123) || !("pkts" in at))
		return "-"
	ask = message($at["pkts"], $at["bytes"])
	reply = message($at["rpkts"], "rbytes" in at ? $at["rbytes"] : "-")
	if (dport == 123)
		return like_ntp(ask, reply) ? "ntp" : "-"
	return like_dns(ask, reply) ? "dns" : "-"
}

function is_group(a)
{
	return a ~ /^(22[4-9]|23[0-9])\./ || a ~ /^[fF][fF]..:/ || \
	    a == "255.255.255.255" || a == "0.0.0.0" || a == "::"
}

{
	rows++
	if ($at["dir"] == "out")
		out++
	else if (!both)
		next
	dst = $at["dst"]
	if (is_group(dst))
		next
	start = $at["start"] + 0
	if (!contacts++ || start < from)
		from = start
	if (start > to)
		to = start
	proto = $at["proto"]
	dport = $at["dport"]
	if (dport == 53 && proto == "udp") {
		asked[$at["src"]]++
		asks[$at["src"] OFS dst]++
	} else if (dport == 123 && proto == "udp" && \
	    !(($at["src"] OFS dst) in clock)) {
		clock[$at["src"] OFS dst]
		clocks[$at["src"]]++
	}
	label = dst
	if (group == "name" && $at["name"] != "-")
		label = $at["name"]
	printf "%s\t%s\t%s\t%s\t%.6f\t%.6f\t%s\t%s\t%d\t%s\t%s\n", \
	    label, \
	    $at["src"], proto, dport, start, $at["end"] - start, \
	    $at["bytes"], "rbytes" in at ? $at["rbytes"] : "-", answered(), \
	    dst, like()
}

END {
	if (failed)
		exit 1
	printf "range\t%.6f\t%.6f\n", from, to >facts
	for (i in asks) {
		split(i, end, OFS)
		print "asks", i, asks[i] / asked[end[1]] >facts
	}
	for (i in clocks)
		print "clocks", i, "", clocks[i] >facts
	if (rows && !out && !both)
		print "beacons.sh: no flow goes from an internal to an " \
		    "external address; say which networks are internal " \
		    "(NETS=..., pcap2flows -n), or count all flows (BOTH=1)" \
		    >"/dev/stderr"
}
