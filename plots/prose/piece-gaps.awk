# piece-gaps.awk: the longest regular gap between packets of one flow, from the
# pieces that an idle timeout of PIECE seconds makes of it: the longest whole
# number of seconds that, rounded, at least one in a thousand gaps has.  It is
# told if it is longer than PIECE, since shorter ones lie within pieces; then,
# of those above 100 s, the most frequent.
# Input: the pairs that count, of gap-pairs.awk, then the pieces, sorted by cid
# and start; a gap above IDLE seconds parts two flows.

function columns()
{
	CID = col("cid")
	if (pass == 1)
		return
	START = col("start"); STOP = col("end")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

pass == 1 { counted[$CID]; next }

$CID != cid {
	cid = $CID ""
	wanted = cid in counted
	first = 1
}

!wanted { next }

{
	more = $PKTS + $RPKTS - 1
	gaps += more
	from = us($START)
	to = more > 0 ? us($STOP) : from
	if (first) {
		first = 0
		until = to
		next
	}
	gap = from - until
	if (gap <= IDLE * 1000000) {
		seen[int(gap / 1000000 + 0.5)]++
		gaps++
	}
	if (to > until)
		until = to
}

END {
	for (s = IDLE; s > PIECE && gaps; s--)
		if (seen[s] >= gaps / 1000) {
			print "regular gap", s
			break
		}
	for (s = 101; s <= IDLE; s++)
		if (seen[s] > most) {
			most = seen[s]
			peak = s
		}
	print "regular gap above 100", most ? peak : "-"
}
