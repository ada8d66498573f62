# fig3.awk: activity of two clients out of packet records: hours since a
# client's first packet, and the peer: +k if it is the k-th the client sent to
# and the packet is to it, -k if it is the k-th that sent to the client.
# Command line: clients, what two-clients.sh writes; right, the file for the dots
# of the right one; those of the left one go to standard output.  Status 3 if a
# client has fewer packets than its flows.

BEGIN {
	while ((got = (getline line < clients)) > 0) {
		split(line, word, "\t")
		client[word[2], word[3]] = word[1]
		expected[word[1]] = word[4]
	}
	if (got < 0) {
		print "fig3.awk: cannot read " clients >"/dev/stderr"
		bad = 1
		exit 1
	}
	begin("left", "/dev/stdout")
	begin("right", right)
}

function columns()
{
	TIME = col("time"); PROTO_ = col("proto")
	end_columns()
}

$PROTO_ != "udp" { next }

($SRC, $SPORT) in client { dot(client[$SRC, $SPORT], 1, responder()) }

($DST, $DPORT) in client { dot(client[$DST, $DPORT], -1, initiator()) }

END {
	if (bad)
		exit bad
	for (name in expected)
		if (packets[name] < expected[name])
			exit 3
}

function begin(name, out)
{
	file[name] = out
	print "# " name >out
	if (!(name in expected))
		print "NaN", "NaN" >out
}

function dot(name, sign, peer,   t, side)
{
	t = us($TIME)
	if (!packets[name]++)
		first[name] = t
	side = name sign
	if (!((side, peer) in id))
		id[side, peer] = ++peers[side]
	printf "%.6f\t%d\n", (t - first[name]) / 3600000000, \
		sign * id[side, peer] >file[name]
}
