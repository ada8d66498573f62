# pieces.awk: parts pieces of flows by what joining them can change.  Command
# line: three files to write,
#	one	UDP pairs of a single piece: nothing
#	apart	UDP pairs whose pieces all lie more than `most' seconds (and one)
#		apart: only a longer timeout
#	join	all others; TCP, since a pair there is several flows
# Input: sorted by cid and start.

function columns()
{
	CID = col("cid"); START = col("start"); END_ = col("end")
	PROTOCOL = col("proto")
	print "#" $0 >one
	print "#" $0 >apart
	print "#" $0 >join
}

$CID != cid {
	flush_pair()
	cid = $CID
	pieces = until = near = 0
}

$PROTOCOL != "udp" {
	if (PROTO == "any")
		print >join
	next
}

{
	if (pieces && us($START) - until <= (most + 1) * 1000000)
		near = 1
	piece[++pieces] = $0
	if (us($END_) > until)
		until = us($END_)
}

END { flush_pair() }

function flush_pair(   i, file)
{
	file = pieces == 1 ? one : near ? join : apart
	for (i = 1; i <= pieces; i++)
		print piece[i] >file
}
