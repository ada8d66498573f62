# notices.awk: says when no flow has an end inside the internal networks: then
# there is no client, and figures of clients are empty.  INSIDE names them.

BEGIN {
	FS = "\t"
}

FNR == 1 || /^#/ {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		if ($i == "dir")
			DIR = i
	if (!DIR) {
		print "notices.awk: no column \"dir\"" >"/dev/stderr"
		bad = 1
		exit 1
	}
	headers++
	next
}

{ flows++ }

$DIR != "ext" { inside = 1 }

END {
	if (bad || !headers)
		exit 1
	if (!flows)
		print "The capture holds no flow."
	else if (!inside)
		print "No host of the capture is inside " ENVIRON["INSIDE"] ": none counts" \
			" as a client."
}
