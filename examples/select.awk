# select.awk: takes flow records, flow(5), of one application by a simple
# test, in place of skypeclass: adds class = sig and via = select to those it
# finds and drops the others, so that sigtag and all behind it go on.
#
#	awk -f examples/select.awk [name=value ...] [flows.tsv ...]
#
#	proto=udp	only this protocol
#	port=6881,123	either end has one of these ports
#	dport=53	the responder has one of these ports
#	app=REGEX	the column app (nDPI's, Zeek's or Suricata's name of
#			the protocol) matches, as ERE, letters' case alike
#	list=FILE	either end stands in FILE, `ip port' a line ("*" for
#			any port)
#	cids=FILE	the flow's cid stands in FILE, first column
#
# One of port, dport, app, list, cids is enough; none of them takes every
# record (of that protocol).  Operands are looked at before the first record.

function fail(what)
{
	print "select.awk: " what | "cat 1>&2"
	close("cat 1>&2")
	failed = 1
	exit 2
}

function words(text, set,    part, i)
{
	for (i = split(text, part, /[, ]+/); i > 0; i--)
		set[part[i]]
}

function read(file, set, two,    line, part, n, got)
{
	while ((got = (getline line <file)) > 0) {
		n = split(line, part, /[ \t,]+/)
		if (n > 0 && part[1] !~ /^#/)
			set[two ? part[1] " " part[2] : part[1]]
	}
	if (got < 0)
		fail(file ": cannot be read")
	close(file)
}

function begin()
{
	begun = 1
	words(port, ports)
	words(dport, dports)
	if (list != "")
		read(list, listed, 1)
	if (cids != "")
		read(cids, known, 0)
	app = tolower(app)
	all = port dport app list cids == ""
}

function column(name)
{
	if (!(name in at))
		fail("no column \"" name "\"; there are: " columns)
	return $at[name]
}

function taken()
{
	if (proto != "" && column("proto") != proto)
		return 0
	if (all)
		return 1
	return column("sport") in ports || column("dport") in ports || \
	    column("dport") in dports || \
	    app != "" && tolower(column("app")) ~ app || \
	    list != "" && (end("src", "sport") || end("dst", "dport")) || \
	    cids != "" && column("cid") in known
}

function end(ip, port)
{
	return (column(ip) " " column(port)) in listed || \
	    (column(ip) " *") in listed
}

BEGIN {
	FS = OFS = "\t"
	settings = "proto port dport app list cids"
	words(settings, setting)
	for (i = 1; i < ARGC; i++) {
		name = ARGV[i]
		if (name !~ /^[A-Za-z_]+=/)
			continue
		sub(/=.*/, "", name)
		if (!(name in setting))
			fail("no setting \"" name "\"; there are: " settings)
	}
}

!begun {
	begin()
}

/^#/ {
	sub(/^#/, "")
	columns = $0
	gsub(FS, ", ", columns)
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	if ("class" in at)
		fail("there is a column \"class\" already")
	if (!headers++)
		print "#" $0, "class", "via"
	next
}

taken() {
	print $0, "sig", "select"
}

END {
	if (!headers && !failed)
		fail("no header")
}
