#!/bin/sh
# popularity by hand: who was contacted by how many.
. "${0%/*}/lib.sh"

plan 22

# A table of rows into in; lines that begin with = are what must come out.
table() {
	{ echo '#proto src sport dst dport dir pair'; cat; } |
		grep -v '^$' | tr -s ' ' '\t' >both
	grep -v '^=' both >in
	{
		printf '#endpoint\twhere\tkind\tpopularity\n'
		sed -n 's/^=\t//p' both
	} >want
}

# Two contacts of one peer, one twice; ports make endpoints.
table <<'END'
udp 10.0.0.1 5000 20.0.0.1 6000 out probe
udp 10.0.0.2 5000 20.0.0.1 6000 out probe
udp 10.0.0.1 5000 20.0.0.1 6000 out probe
udp 10.0.0.1 5001 20.0.0.1 6000 out probe
udp 10.0.0.1 5000 20.0.0.1 6001 out probe
= 20.0.0.1:6000 external probe 3
= 20.0.0.1:6001 external probe 1
END
check 'different endpoints, each once' -o want -- popularity in

# Order of first contact; probe before nonprobe.
table <<'END'
udp 10.0.0.1 5000 20.0.0.9 6000 out heartbeat
udp 10.0.0.2 5000 20.0.0.9 6000 out dialog
udp 10.0.0.3 5000 20.0.0.9 6000 out mix
udp 10.0.0.4 5000 20.0.0.9 6000 out probe
udp 20.0.0.5 6000 10.0.0.1 5000 in dialog
udp 10.0.0.1 5000 20.0.0.5 6000 out dialog
udp 20.0.0.6 6000 10.0.0.1 5000 in probe
udp 10.0.0.2 5000 20.0.0.9 6000 out dialog
= 20.0.0.9:6000 external probe 1
= 20.0.0.9:6000 external nonprobe 3
= 10.0.0.1:5000 internal probe 1
= 10.0.0.1:5000 internal nonprobe 1
= 20.0.0.5:6000 external nonprobe 1
END
check 'kinds and sides' -o want -- popularity in

# What does not count: no pair, both ends on one side.
table <<'END'
udp 10.0.0.1 5000 20.0.0.1 6000 out -
udp 10.0.0.1 5000 20.0.0.1 6000 in -
icmp here x there y up -
udp 10.0.0.1 5000 10.0.0.2 5000 int probe
udp 20.0.0.1 5000 20.0.0.2 5000 ext dialog
END
check 'rows that do not count' -o want -- popularity in

# TCP: the first port means nothing.  A host's UDP endpoint is another
# contact than the host by TCP; the endpoint contacted is one.
table <<'END'
tcp 10.0.0.1 5001 20.0.0.1 443 out dialog
tcp 10.0.0.1 5002 20.0.0.1 443 out dialog
tcp 10.0.0.2 5002 20.0.0.1 443 out dialog
tcp 10.0.0.2 5002 20.0.0.1 80 out dialog
udp 10.0.0.1 5000 20.0.0.1 443 out dialog
udp 10.0.0.1 0 20.0.0.1 443 out dialog
= 20.0.0.1:443 external nonprobe 4
= 20.0.0.1:80 external nonprobe 1
END
check 'TCP' -o want -- popularity in

table <<'END'
udp fd00::1 5000 2001:DB8:0::5 6000 out probe
udp fd00:0::1 5000 2001:db8::5 6000 out probe
udp 10.0.0.1 5000 2001:db8::5 6000 out probe
udp ::ffff:10.0.0.1 5000 2001:db8::5 6000 out probe
udp fd00::1 5000 ::ffff:20.0.0.1 65535 out probe
udp fd00::2 5000 20.0.0.1 65535 out probe
= [2001:db8::5]:6000 external probe 2
= 20.0.0.1:65535 external probe 2
END
check 'IPv6' -o want -- popularity in

table <<'END'
udp fd00::1 5000 2001:DB8::5 6000 out probe
udp fd00::1 5001 2001:db8::5 6001 out probe
tcp fd00::1 5001 2001:db8::5 6001 out probe
icmp fd00::1 - 2001:db8::5 - out dialog
udp 10.0.0.1 5000 20.0.0.1 6000 out probe
udp 10.0.0.2 5000 20.0.0.1 6001 out probe
= 2001:db8::5 external probe 1
= 2001:db8::5 external nonprobe 1
= 20.0.0.1 external probe 2
END
check '-g host' -o want -- popularity -g host in
check '-g host -s' -o want -- popularity -s -g host in
check '-g: nothing else' -s 2 -E 'popularity: -g: not host: "ip"' -- \
	popularity -g ip in

# Grouped by dst, with the ports in any order, and rows that do not count
# anywhere.
table <<'END'
udp 10.0.0.1 5000 20.0.0.7 6000 out probe
udp 10.0.0.1 5000 20.0.0.7 6001 out probe
udp 10.0.0.1 5000 20.0.0.1 6001 out -
udp 10.0.0.2 5000 20.0.0.7 6000 out probe
udp 20.0.0.7 5000 20.0.0.1 6000 ext probe
udp 20.0.0.7 6000 10.0.0.1 5000 in dialog
udp 20.0.0.8 6000 10.0.0.1 5000 in dialog
udp 10.0.0.1 5000 20.0.0.1 6001 out mix
= 20.0.0.7:6000 external probe 2
= 20.0.0.7:6001 external probe 1
= 10.0.0.1:5000 internal nonprobe 2
= 20.0.0.1:6001 external nonprobe 1
END
check 'grouped rows, all at once' -o want -- popularity in
check '-s: the same' -o want -- popularity -s in
sed 1d in >in.rows
sed 1d want >rows
check '-H: no header' -o rows -- \
	popularity -H proto,src,sport,dst,dport,dir,pair in.rows
check '-s -H' -o rows -- \
	popularity -s -H proto,src,sport,dst,dport,dir,pair in.rows
{ cat in; sed -n 2p in; } >again
echo 'popularity: again:10: dst: comes again: -s needs rows grouped by it:' \
	'"20.0.0.7"' >message
check '-s: a dst that comes again' -s 1 -o want -e message -- \
	popularity -s again
check '-s -k: that is no bad row' -s 1 -o want -M '^popularity: again:10:' -- \
	popularity -sk again

# Crowds far beyond the tables' first size, small groups between them; each
# contact twice.
awk 'BEGIN {
	OFS = "\t"
	print "#proto", "src", "sport", "dst", "dport", "dir", "pair"
	for (d = 1; d <= 6; d++)
		for (i = 0; i < (d % 2 ? 1000 : 3); i++) {
			src = "10.0." int(i / 250) "." i % 250
			print "udp", src, 1, "20.0.0." d, 2, "out", "probe"
			print "udp", src, 1, "20.0.0." d, 2, "out", "probe"
		}
	}' >in
awk 'BEGIN { OFS = "\t"; print "#endpoint", "where", "kind", "popularity"
	for (d = 1; d <= 6; d++)
		print "20.0.0." d ":2", "external", "probe", d % 2 ? 1000 : 3
	}' >want
check 'crowds' -o want -- popularity in
check '-s: crowds' -o want -- popularity -s in

# Bad rows.
bad() { # row, message
	printf '#proto\tsrc\tsport\tdst\tdport\tdir\tpair\n%s\n%s\n' \
		'- - - - - - -' "$1" | tr ' ' '\t' >in
	check "bad row: $2" -s 1 -M "^popularity: in:3: $2" -- popularity in
}
bad 'udp 10.0.0.1 1 20.0.0.1 2 out sig' 'pair: not a kind of pair: "sig"'
bad 'udp 10.0.0.1 1 20.0.0.1 2 - probe' 'dir: not out, in, int or ext: "-"'
bad 'ip 10.0.0.1 1 20.0.0.1 2 in probe' 'proto: no protocol: "ip"'
bad 'udp 10.0.0.1 1 20.0.0 2 in probe' 'dst: not an address: "20.0.0"'
echo 'udp 10.0.0.1 1 20.0.0.1 2 in probe' | tr ' ' '\t' >>in
printf '#endpoint\twhere\tkind\tpopularity\n20.0.0.1:2\tinternal\tprobe\t1\n' \
	>want
check '-k' -s 1 -o want -M 'in:3: dst: ' -- popularity -k in
cut -f 1-6 in >short
check 'without column pair' -s 2 \
	-E 'popularity: short:1: no column "pair" (sigtag makes it); there are: proto, src, sport, dst, dport, dir' -- \
	popularity short
