# interval-peers.awk: counts the different peers of each client and interval, for
# distributions.awk.  Input: what fig1.awk writes, sorted, each line once.

BEGIN {
	FS = OFS = "\t"
}

$1 == "bitrate" {
	print $1, $3, 1
	next
}

$2 != client || $3 != interval {
	put()
	client = $2
	interval = $3
}

{
	peers++
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
