# interval-peers.awk: in how many intervals a client has how many different peers,
# for distributions.awk.  Input: what contacts.awk writes, sorted, each line once.
# Command line: begun=1, for those only to whom the client began a flow.

BEGIN {
	FS = OFS = "\t"
}

$1 == "bitrate" {
	print $1, $3, 1
	next
}

begun && !$5 { next }

$2 != client || $3 != interval {
	put()
	client = $2 ""
	interval = $3 ""
	peer = ""
}

$4 != peer {
	peers++
	peer = $4 ""
}

END {
	put()
	for (peers in intervals)
		print "cpi", peers, intervals[peers]
}

function put()
{
	if (peers)
		intervals[peers]++
	peers = 0
}
