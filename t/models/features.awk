# features.awk: the slow way from tshark's fields of each frame, outermost
# headers first (t/0873-features-all.t has the list), to the features of each
# flow, after flow(5) and examples/features/README.md.  Writes to the file
# `told` a line "flow column value" for what is known at once, and to standard
# output a line "flow kind value" for each value of which the seven numbers are
# to be worked out.  A flow is "proto src sport dst dport start".

BEGIN {
	FS = OFS = "\t"
	idle = 200e9
	straggle = 60e9
	slack = 1e9
	told_of_both = "pkts bytes full ttlmin ttlmax vlan smac dmac mss " \
	    "wscale window ent"
	letters = "SHAFRPUEC"
	word[17] = "udp"
	word[6] = "tcp"
}

# Nanoseconds from b to a, both seconds with nine decimals: exact in a double
# where that of a time itself is not.
function span(a, b) {
	return (substr(a, 1, length(a) - 10) - \
	    substr(b, 1, length(b) - 10)) * 1e9 + \
	    (substr(a, length(a) - 8) - substr(b, length(b) - 8))
}

function hex(text,    i, v) {
	sub(/^0x/, "", text)
	for (i = 1; i <= length(text); i++)
		v = v * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
	return v + 0
}

function bit(v, b) {
	return int(v / b) % 2
}

# UDP or TCP, also behind extension headers.
function behind_ip6(    s) {
	# What a later fragment says is behind it does not count, RFC 8200.
	if ($35 > 0)
		return proto_of[src, dst, $34]
	if ($36 != "")
		return proto_of[src, dst, $34] = word[$36]
	s = substr($2, index($2, ":ipv6:") + 6)
	gsub(/ipv6\.[a-z]*:|ah:/, "", s)
	sub(/:.*/, "", s)
	return s == "udp" || s == "tcp" ? s : ""
}

# Ports of a later fragment are those of its first.
function read_ports(    id) {
	sport = proto == "udp" ? $11 : $14
	dport = proto == "udp" ? $12 : $15
	later = $10 + $35 > 0
	id = proto " " src " " dst " " $9 $34
	if (later) {
		if (!(id in first_sport))
			return 0
		sport = first_sport[id]
		dport = first_dport[id]
	} else if (sport != "") {
		first_sport[id] = sport
		first_dport[id] = dport
	}
	return sport != ""
}

# The clock by which flows expire, flow(5): the latest time that two frames in
# succession have reached; and the longest step back behind it, of more than a
# minute when two frames are so far back.
{
	if (NR == 1)
		clock = last = $1
	lesser = span($1, last) < 0 ? $1 : last
	later_one = span($1, last) < 0 ? last : $1
	if (span(lesser, clock) > 0)
		clock = lesser
	back = span(clock, $1)
	if (back > slack && (back <= 60e9 || span(clock, later_one) > 60e9)) {
		# The last frame's flow was there after the clock was looked at.
		for (k in current)
			if (current[k] != f)
				gone[current[k]] = is_gone(current[k])
		slack = back
	}
	last = $1
}

{
	is4 = match($2, /:ip:/) && (!match($2, /:ipv6:/) || \
	    index($2, ":ip:") < index($2, ":ipv6:"))
	src = is4 ? $3 : $5
	dst = is4 ? $4 : $6
	proto = is4 ? word[$7] : behind_ip6()
	if (proto == "" || src == "" || !read_ports())
		next
	t = $1
	bits = proto == "tcp" && !later ? hex($17) : 0
	fin = bit(bits, 1)
	syn = bit(bits, 2)
	rst = bit(bits, 4)
	ack = bit(bits, 16)
	me = src " " sport
	other = dst " " dport
	key = proto " " (me < other ? me " " other : other " " me)
	f = flow_of(key)
	side = initiator[f] == me ? "" : "r"
	count()
	close_it()
}

function is_gone(f) {
	return gone[f] || span(clock, end[f]) > idle + slack
}

function flow_of(key,    f, gap) {
	f = current[key]
	gap = f != "" ? span(t, end[f]) : 0
	if (f != "" && !(syn && !ack && gap > 1e9 && is_next(f)) &&
	    gap <= idle && !(closed[f] && (syn && !ack || gap > straggle)) &&
	    !is_gone(f))
		return f
	f = current[key] = ++flows
	start[f] = end[f] = t
	initiator[f] = syn && ack ? other : me
	name[f] = proto " " (syn && ack ? other " " me : me " " other)
	return f
}

# Is the SYN of another flow than this?
function is_next(f) {
	return !(f in isn) || initiator[f] != me || isn[f] != $18
}

function close_it() {
	if (closed[f] || proto != "tcp")
		return
	if (fin)
		fin_of[f, side] = 1
	closed[f] = rst || (f, "") in fin_of && (f, "r") in fin_of
}

function value(kind, v) {
	print f, kind, v
}

function gap_of(kind,    gap) {
	if ((f, kind) in before) {
		gap = span(t, before[f, kind])
		value(kind "gap", sprintf("%.0f", gap > 0 ? gap : 0))
	}
	before[f, kind] = t
}

function least(name, v) {
	if (!((f, name) in of) || v + 0 < of[f, name])
		of[f, name] = v + 0
}

function largest(name, v) {
	if (!((f, name) in of) || v + 0 > of[f, name])
		of[f, name] = v + 0
}

function first(name, v) {
	if (!((f, name) in of))
		of[f, name] = v
}

# Bits a byte of the first 64.
function entropy(text,    n, i, c, h) {
	n = length(text) / 2
	if (n > 64)
		n = 64
	split("", seen)
	for (i = 0; i < n; i++)
		seen[substr(text, 2 * i + 1, 2)]++
	h = log(n)
	for (c in seen)
		h -= seen[c] * log(seen[c]) / n
	return h / log(2)
}

function count(    n, i, payload) {
	if (span(t, end[f]) > 0)
		end[f] = t
	if (span(t, start[f]) < 0)
		start[f] = t
	if (syn && !(f in isn))
		isn[f] = side == "" ? $18 : ($19 + 4294967295) % 4294967296
	of[f, side "pkts"]++
	gap_of("b")
	gap_of(side == "" ? "f" : "r")
	least(side "ttlmin", is4 ? $20 : $21)
	largest(side "ttlmax", is4 ? $20 : $21)
	first(side "vlan", $33 != "" ? $33 : $24)
	first(side "smac", $22 $32)
	first(side "dmac", $23)
	if (later)
		return
	for (i = 1; i <= 9; i++) {
		n = 2 ^ (i - 1)
		if (bit(bits, n) && n != 2)
			of[f, side "flag_" substr("F-RPAUEC", i, 1)] = 1
	}
	if (syn)
		of[f, side "flag_" (ack ? "H" : "S")] = 1
	if (proto == "tcp") {
		first(side "window", $27)
		if (syn && $25 != "")
			first(side "mss", $25)
		if (syn && $26 != "")
			first(side "wscale", $26)
	}
	n = proto == "udp" ? $13 - 8 : $16
	of[f, side "bytes"] += n
	of[f, side "full"] += n > 0
	value(side "size", n)
	payload = proto == "udp" ? $28 : $29
	if (n > 0 && payload != "") {
		entropies[f, side] += entropy(payload)
		messages[f, side]++
	}
	if (n > 0 && listed[f] < 5) {
		listed[f]++
		splt[f] = splt[f] (splt[f] == "" ? "" : ",") \
		    (side == "" ? "+" : "-") n "@" \
		    short(int(span(t, start[f]) / 1000) / 1000)
	}
	if (side == "r" && !(f in answer))
		answer[f] = t
}

function short(v) {
	v = sprintf("%.3f", v)
	sub(/\.?0+$/, "", v)
	return v
}

# Seconds between two times, each cut to microseconds.
function seconds(a, b) {
	return sprintf("%.6f", span(substr(a, 1, length(a) - 3) "000", \
	    substr(b, 1, length(b) - 3) "000") / 1e9)
}

function tell(f, column, v) {
	print f, column, v >told
}

END {
	n_both = split(told_of_both, both, " ")
	for (f = 1; f <= flows; f++)
		tell_flow(f)
}

function tell_flow(f,    i, s, side, c) {
	tell(f, "flow", name[f] " " substr(start[f], 1, length(start[f]) - 3))
	tell(f, "duration", seconds(end[f], start[f]))
	tell(f, "wait", f in answer ? seconds(answer[f], start[f]) : "")
	tell(f, "splt", splt[f])
	for (s = 0; s < 2; s++) {
		side = s ? "r" : ""
		if ((f, side) in messages)
			of[f, side "ent"] = sprintf("%.6f", \
			    entropies[f, side] / messages[f, side])
		of[f, side "pkts"] += 0
		of[f, side "bytes"] += 0
		of[f, side "full"] += 0
		for (i = 1; i <= n_both; i++)
			tell(f, side both[i], of[f, side both[i]])
		for (i = 1; i <= 9; i++) {
			c = side "flag_" substr(letters, i, 1)
			tell(f, c, name[f] ~ /^udp/ ? "" : of[f, c] + 0)
		}
	}
}
