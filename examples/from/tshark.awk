# Packets as tshark prints them:
#
#	tshark -r FILE -o ip.defragment:FALSE \
#	    -Y '(udp or tcp) and not icmp and not icmpv6' \
#	    -T fields -E header=y -E occurrence=f -e frame.time_epoch \
#	    -e ip.src -e ipv6.src -e ip.dst -e ipv6.dst -e udp.srcport \
#	    -e udp.dstport -e tcp.srcport -e tcp.dstport -e udp.length \
#	    -e tcp.len -e tcp.flags.str -e udp.payload -e tcp.payload
#
# Each packet is a piece of a flow, of which flowmerge makes all that
# pcap2flows would but win, with times to the microsecond: what Wireshark's
# filters select can be counted as flows.

BEGIN {
	FS = "\t"
	piece_layout(" size rsize fun rfun nib rnib win rwin")
}

/^frame\.time_epoch/ {
	header(1, NF)
	next
}

# By text: nine decimals are more than a number holds.
function microseconds(text,    part)
{
	split(text, part, ".")
	return sprintf("%010d.%s", part[1], substr(part[2] "000000", 1, 6))
}

# Byte 3 without the bits that differ from packet to packet.
function function_byte(hex,    high)
{
	high = index("0123456789abcdef", substr(hex, 5, 1)) > 8 ? 8 : 0
	return high substr(hex, 6, 1)
}

function message(n, hex)
{
	v["bytes"] = n
	v["size"] = n ":1"
	if (hex != "")
		v["nib"] = "=" substr(hex, 1, 16)
	if (length(hex) >= 6 && v["proto"] == "udp")
		v["fun"] = function_byte(hex) ":1"
}

{
	udp = field("udp.srcport") != ""
	ip = field("ip.src") != "" ? "ip" : "ipv6"
	proto = udp ? "udp" : "tcp"
	v["proto"] = proto
	v["start"] = v["last"] = microseconds(field("frame.time_epoch"))
	v["src"] = field(ip ".src")
	v["sport"] = field(proto ".srcport")
	v["dst"] = field(ip ".dst")
	v["dport"] = field(proto ".dstport")
	v["pkts"] = 1
	message(udp ? field("udp.length") - 8 : field("tcp.len"),
	    field(proto ".payload"))
	if (!udp)
		v["flags"] = flags(field("tcp.flags.str"), 0)
	piece()
}
