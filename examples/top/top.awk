# top.awk: a table on the terminal that is renewed as flow records come in:
# the internal hosts with most peers, and of what kind their pairs are so far.
# Its clock is that of the records, so a file of records is replayed.
#
# every: time between two tables (5, 90s, 5m); rows: hosts shown (20); plain=1: no
# control codes, tables one below the other.  In the environment PNG, a picture
# renewed each minute, drawn by TOP_GP from the notes in PNG.tsv.

BEGIN {
	png = ENVIRON["PNG"]
	draw = "bash -euo pipefail -c 'gnuplot \"$TOP_GP\" |" \
	    " cat >\"$PNG.part\"; mv -f -- \"$PNG.part\" \"$PNG\"'"
	FS = "\t"
	every = every == "" ? 5 : seconds(every)
	if (!rows)
		rows = 20
}

/^#/ {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

function seconds(text,    unit)
{
	unit = index("smhd", substr(text, length(text)))
	if (text !~ /^[0-9]+([.][0-9]+)?[smhd]?$/ || text + 0 == 0) {
		print "top.awk: every: not a time: \"" text "\"" >"/dev/stderr"
		exit failed = 2
	}
	return text * (unit == 2 ? 60 : unit == 3 ? 3600 : \
	    unit == 4 ? 86400 : 1)
}

function value(name)
{
	if (!(name in at)) {
		print "top.awk: no column \"" name "\"" >"/dev/stderr"
		exit failed = 2
	}
	return $at[name]
}

{
	now = value("end") + 0
	if (!next_table) {
		next_table = now + every
		next_plot = now + 60
	}
	if (now >= next_table) {
		table()
		next_table = now + every
	}
	if (now >= next_plot)
		plot()
	if (value("dir") == "in")
		count($at["dst"], $at["src"] ":" $at["sport"], $at["rpkts"], \
		    $at["rbytes"], $at["bytes"])
	else
		count($at["src"], $at["dst"] ":" $at["dport"], $at["pkts"], \
		    $at["bytes"], $at["rbytes"])
	packets += $at["pkts"] + $at["rpkts"]
}

END {
	if (!failed && next_table)
		table()
	if (!failed && png != "" && next_table)
		plot()
	if (undrawn)
		exit 1
}

# Does the record go on with the flow of the one before it?  So behind the
# active timeout, and behind a tear-down if it is only stragglers.
function goes_on(cid,    why)
{
	why = ended[cid]
	return why == "active" || (why == "fin" || why == "rst") && \
	    value("start") - ended_at[cid] <= 60 && \
	    value("flags") value("rflags") !~ /S/
}

# n: packets of the side.
function count(host, peer, n, sent, got,    pair, cid, more)
{
	cid = value("cid")
	more = cid in ended && goes_on(cid)
	ended[cid] = value("why")
	ended_at[cid] = now
	pair = host SUBSEP $at["proto"] SUBSEP peer
	if (!(host in peers))
		hosts++
	if (!(pair in flows)) {
		peers[host]++
		pairs++
	}
	if (pair in flows)
		kinds[host, kind(pair)]--
	if (!more) {
		flows[pair]++
		all[host]++
		total++
	}
	if (more && was[cid] <= 1 && was[cid] + n > 1 || !more && n > 1)
		many[pair]++
	was[cid] = (more ? was[cid] : 0) + n
	kinds[host, kind(pair)]++
	out[host] += sent
	in_[host] += got
	seen[host] = now
}

# As sigtag has it, of what has been seen.
function kind(pair)
{
	if (many[pair] + 0 == 0)
		return flows[pair] > 1 ? "heartbeat" : "probe"
	return many[pair] == flows[pair] ? "dialog" : "mix"
}

function clock(t,    s)
{
	s = int(t) % 86400
	return sprintf("%02d:%02d:%02d", s / 3600, s % 3600 / 60, s % 60)
}

function amount(bytes)
{
	if (bytes < 10000)
		return bytes + 0
	if (bytes < 10000000)
		return int(bytes / 1000) "k"
	return bytes < 10000000000 ? int(bytes / 1000000) "M" : \
	    int(bytes / 1000000000) "G"
}

# Does a come before b?
function before(a, b)
{
	if (peers[a] != peers[b])
		return peers[a] > peers[b]
	if (all[a] != all[b])
		return all[a] > all[b]
	return a < b
}

# The hosts with most peers, best first, in top[1..n].
function pick(    h, i, n)
{
	n = 0
	for (h in peers) {
		if (n == rows && !before(h, top[n]))
			continue
		if (n < rows)
			n++
		for (i = n; i > 1 && before(h, top[i - 1]); i--)
			top[i] = top[i - 1]
		top[i] = h
	}
	return n
}

function table(    i, n, h)
{
	n = pick()
	printf "%s%s UTC  %d hosts  %d pairs  %d flows  %d packets\n", \
	    plain ? "" : "\033[H\033[J", clock(now), hosts, pairs, total, \
	    packets
	printf "%-28s %6s %7s %6s %9s %6s %5s %7s %7s  %s\n", "host", \
	    "peers", "flows", "probe", "heartbeat", "dialog", "mix", "sent", \
	    "got", "seen"
	for (i = 1; i <= n; i++) {
		h = top[i]
		printf "%-28s %6d %7d %6d %9d %6d %5d %7s %7s  %s\n", h, \
		    peers[h], all[h], kinds[h, "probe"], \
		    kinds[h, "heartbeat"], kinds[h, "dialog"], \
		    kinds[h, "mix"], amount(out[h]), amount(in_[h]), \
		    clock(seen[h])
	}
	fflush()
}

# One line a minute: time, hosts, pairs and flows so far, packets since.
function plot()
{
	next_plot = now + 60
	if (png == "")
		return
	printf "%.0f\t%d\t%d\t%d\t%d\n", now, hosts, pairs, total, \
	    packets - drawn >(png ".tsv")
	fflush(png ".tsv")
	drawn = packets
	if (minutes++ && system(draw) != 0) {
		print "top.awk: no picture: gnuplot fails" >"/dev/stderr"
		undrawn = 1
	}
}
