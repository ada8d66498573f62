# NetFlow or IPFIX as nfdump prints it: by
#
#	nfdump -r FILE -q -N -6 -o 'fmt:%tsr,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%flg'
#
# or by -o csv, whose times are whole seconds (TZ=UTC before nfdump, then).
# (%ter would be the end, but nfdump 1.7.1 misprints it.)  Each line is one
# direction of a flow, or a piece of one.

BEGIN {
	FS = ","
	piece_layout()
	split("tsr td pr sa sp da dp ipkt ibyt flg", name, " ")
	for (i in name)
		at[name[i]] = i
}

$1 == "ts" {
	header(1, NF)
	next
}

# 12.345, or 01:02:03.456, or with days before it.
function seconds(text,    part, n, s)
{
	n = split(text, part, /[:d ]+/)
	if (n < 3)
		return text
	s = part[n - 2] * 3600 + part[n - 1] * 60 + part[n]
	return n > 3 ? s + part[1] * 86400 : s
}

NF < 10 || !transport(field("pr")) {
	next		# totals, other protocols
}

{
	start = has("tsr") ? field("tsr") : utc(field("ts"))
	proto = transport(field("pr"))
	v["start"] = time(start)
	v["last"] = time(start, seconds(field("td")))
	v["proto"] = proto
	v["src"] = field("sa")
	v["sport"] = field("sp")
	v["dst"] = field("da")
	v["dport"] = field("dp")
	v["pkts"] = field("ipkt")
	v["bytes"] = payload(field("ibyt"), v["pkts"], proto, v["src"], 0)
	if (proto == "tcp")
		v["flags"] = flags(field("flg"), v["sport"] > v["dport"])
	piece()
}
