# truth-pieces.awk: the truth's Skype flows for truth-timeouts.awk.  PROTO and
# changes: as for truth.awk.

BEGIN {
	FS = OFS = "\t"
	if (PROTO == "")
		PROTO = "udp"
	got = 0
	while (changes != "" && (got = (getline <changes)) > 0)
		new_class[$1, $2] = $3
	if (got < 0)
		exit 1
}

FNR == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		c[$i] = i
	CID = c["cid"]; CLASS = c["class"]; DPORT = c["dport"]
	DST = c["dst"]; STOP = c["end"]; PKTS = c["pkts"]
	PROTOCOL = c["proto"]; RPKTS = c["rpkts"]; SPORT = c["sport"]
	SRC = c["src"]; START = c["start"]
	next
}

changes != "" && ($CID, $START) in new_class {
	$CLASS = new_class[$CID, $START]
}

$CLASS != "-" && (PROTO == "any" || $PROTOCOL == PROTO) {
	a = $SRC ":" $SPORT
	b = $DST ":" $DPORT
	side = substr($SRC, 1, 3) == "10." ? $PKTS : $RPKTS
	if ($PROTOCOL == "tcp")
		put("tcp " $SRC " " b, side, $PKTS, $RPKTS, 1)
	else if (a > b)
		put(b " " a, side, $RPKTS, $PKTS, 0)
	else
		put(a " " b, side, $PKTS, $RPKTS, 0)
}

# A connection is one flow, whatever the timeout.
function put(pair, side, one, other, connection)
{
	print pair, time($START), time($STOP), side, one, other, \
		$CLASS != "sig", connection
}

function time(text)
{
	return substr(text, 1, 10) substr(text, 12)
}
