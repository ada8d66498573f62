# kinds-by-timeout.awk: what kinds.awk counts, for several idle timeouts, in the
# order of kinds.awk, each line behind its timeout.  Input: flows as those of
# flowmerge -t, each with the timeouts between which it is one; of UDP those of
# a cid stand together.  Command line: timeouts, the first is that of the pieces.
#
# A pair is that of kinds.awk; its kind is that of its flows by sigtag(1).  All
# sums are kept as differences from one timeout to the next.

BEGIN {
	n = split(timeouts, timeout, " ")
	for (t = 1; t <= n; t++)
		place[timeout[t]] = t
	place["-"] = n + 1
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

!counts() { next }

{
	from = $IDLE == "-" ? 1 : place[$IDLE]
	until = place[$JOINS]
	sources = ($PKTS > 0) + ($RPKTS > 0)
	all[from] += sources
	all[until] -= sources
	lone = ($PKTS == 1) + ($RPKTS == 1)
	single[from] += lone
	single[until] -= lone
	here = 0
	if ($PROTOCOL == "tcp")
		here = tcp_pair() * width
	else if ($CID != cid) {
		settle(0)
		cid = $CID
	}
	side = $DIR == "in" ? $RPKTS : $PKTS
	flows[here + from]++
	flows[here + until]--
	packets[here + from] += side
	packets[here + until] -= side
	if (side > 1) {
		dialogs[here + from]++
		dialogs[here + until]--
	}
}

END {
	if (bad)
		exit bad
	for (p = tcp_pairs + 0; p >= 0; p--)
		settle(p * width)
	for (t = 1; t <= n; t++) {
		for (k = 1; k <= 4; k++)
			print timeout[t], kind[k], pairs_of[t, k] + 0, \
				flows_of[t, k] + 0, packets_of[t, k] + 0
		lone_sum += single[t]
		all_sum += all[t]
		print timeout[t], "single", lone_sum + 0, all_sum + 0
	}
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
