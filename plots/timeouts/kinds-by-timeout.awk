# kinds-by-timeout.awk: what kinds.awk counts, for several idle timeouts, in the
# order of kinds.awk, each line behind its timeout.  Input: flows as those of
# flowmerge -t, each with the timeouts between which it is one; of UDP those of
# a cid stand together.  Command line: timeouts, the first is that of the pieces.
#
# A pair is that of kinds.awk; its kind is that of its flows by sigtag(1).  All
# sums are kept as differences from one timeout to the next, those of all flows
# by the timeouts between which they lie; the first flow of a cid is held until
# there is a second.

BEGIN {
	n = split(timeouts, timeout, " ")
	for (t = 1; t <= n; t++)
		begins[timeout[t]] = ends[timeout[t]] = t
	begins["-"] = 1
	ends["-"] = n + 1
	width = n + 2
	split("probe heartbeat dialog mix", kind, " ")
}

function columns()
{
	class_columns()
	CID = col("cid")
	if (PROTO != "udp")
		end_columns()
	DIR = col("dir")
	PKTS = col("pkts"); RPKTS = col("rpkts")
	IDLE = col("idle"); JOINS = col("joins")
}

$CLASS != "sig" || ($PROTOCOL != PROTO && PROTO != "any") { next }

{
	from = begins[$IDLE]
	until = ends[$JOINS]
	pkts = $PKTS + 0
	rpkts = $RPKTS + 0
	side = $DIR == "in" ? rpkts : pkts
	between = from * width + until
	sources_of[between] += (pkts > 0) + (rpkts > 0)
	singles_of[between] += (pkts == 1) + (rpkts == 1)
}

PROTO != "udp" && $PROTOCOL == "tcp" {
	add(tcp_pair() * width, from, until, side)
	next
}

$CID != cid {
	close_cid()
	cid = $CID ""
	held = 1
	held_from = from
	held_until = until
	held_side = side
	next
}

{
	if (held)
		add(0, held_from, held_until, held_side)
	held = 0
	add(0, from, until, side)
}

END {
	if (bad)
		exit bad
	close_cid()
	for (p = tcp_pairs + 0; p > 0; p--)
		settle(p * width)
	for (t = 1; t <= n; t++) {
		for (k = 1; k <= 4; k++)
			print timeout[t], kind[k], pairs_of[t, k] + alone[k], \
				flows_of[t, k] + alone[k], \
				packets_of[t, k] + alone_packets[k]
		print timeout[t], "single", sum_at(singles_of, t), \
			sum_at(sources_of, t)
	}
}

# The sum over what there is with a timeout.
function sum_at(of, t,   b, from, sum)
{
	for (b in of) {
		from = int(b / width)
		if (from <= t && b - from * width > t)
			sum += of[b]
	}
	return sum + 0
}

# Adds a flow of the pair at this place.
function add(here, from, until, side)
{
	flows[here + from]++
	flows[here + until]--
	packets[here + from] += side
	packets[here + until] -= side
	if (side > 1) {
		dialogs[here + from]++
		dialogs[here + until]--
	}
}

# Counts the pair in hand: of one flow, which is the same with all timeouts, or
# what add() put at place 0.
function close_cid(   k)
{
	if (held && held_from == 1 && held_until > n) {
		k = held_side > 1 ? 3 : 1
		alone[k]++
		alone_packets[k] += held_side
		return
	}
	if (held)
		add(0, held_from, held_until, held_side)
	settle(0)
}

function tcp_pair(   name)
{
	name = $SRC " " responder()
	if (!(name in number))
		number[name] = ++tcp_pairs
	return number[name]
}

# Counts the pair at this place, which is empty then.
function settle(here,   t, f, d, p, k)
{
	for (t = 1; t <= n; t++) {
		f += flows[here + t]
		d += dialogs[here + t]
		p += packets[here + t]
		flows[here + t] = dialogs[here + t] = packets[here + t] = 0
		if (!f)
			continue
		k = d == f ? 3 : (d ? 4 : (f == 1 ? 1 : 2))
		pairs_of[t, k]++
		flows_of[t, k] += f
		packets_of[t, k] += p
	}
}
