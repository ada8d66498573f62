# part-pieces.awk: parts pieces of flows by the timeout from which on joining changes
# them.  Command line: longer, timeouts in seconds, the last one `inf'; to, the
# first part of the names of the files to write: to.TIMEOUT, and to.never for
# UDP pairs of a single piece; a column `joins' says the same.  A gap counts as a second shorter than it is, so
# that only flowmerge(1) judges.  A TCP pair is several flows: all have the
# first timeout.  Input: sorted by cid and start.

function columns(   i)
{
	CID = col("cid"); START = col("start"); END_ = col("end")
	PROTOCOL = col("proto")
	n = split(longer, timeout, " ")
	timeout[0] = "never"
	for (i = 0; i <= n; i++) {
		file[i] = to "." timeout[i]
		print "#" $0, "joins" >file[i]
	}
}

$CID != cid {
	flush_flow()
	cid = $CID
	pieces = 0
}

$PROTOCOL != "udp" {
	if (PROTO == "any")
		print $0, timeout[1] >file[1]
	next
}

# Seconds as they are read: what is lost of a microsecond is less than the
# second that a gap may be off.
pieces {
	gap = $START - until
	if (pieces == 1 || gap < least)
		least = gap
}

{
	piece[++pieces] = $0
	if (pieces == 1 || $END_ > until)
		until = $END_
}

END { flush_flow() }

function flush_flow(   i, k)
{
	if (!pieces)
		return
	if (pieces > 1)
		for (k = 1; k < n && least > timeout[k] + 1; )
			k++
	for (i = 1; i <= pieces; i++)
		print piece[i], timeout[k + 0] >file[k + 0]
}
