# interval-peers.awk: counts the different peers of each client and interval, for
# distributions.awk.  Input: what contacts.awk writes, sorted, each line once.
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
	client = $2
	interval = $3
	peer = ""
}

$4 != peer {
	peers++
	peer = $4
}

END {
	put()
}

function put()
{
	if (peers)
		print "cpi", peers, 1
	peers = 0
}
