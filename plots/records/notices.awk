# notices.awk: says when no flow has an end inside the internal networks: then
# there is no client, and figures of clients are empty.  Else, when of all flows
# none was chosen for the figures.  INSIDE names the networks, NONE says the
# latter; the file of those chosen comes second.

BEGIN {
	FS = "\t"
}

FNR == 1 {
	files++
}

/^#/ && files == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		if ($i == "dir")
			DIR = i
	if (!DIR) {
		print "notices.awk: no column \"dir\"" >"/dev/stderr"
		bad = 1
		exit 1
	}
	next
}

/^#/ {
	next
}

files == 1 {
	flows++
	if ($DIR != "ext")
		inside = 1
}

files == 2 {
	chosen = 1
	exit
}

END {
	if (bad || files != 2)
		exit 1
	if (!flows)
		print "The capture holds no flow."
	else if (!inside)
		print "No host of the capture is inside " ENVIRON["INSIDE"] ": none counts" \
			" as a client."
	else if (!chosen)
		print ENVIRON["NONE"]
}
