#!/bin/sh
# sigtag by hand: tables of rows with the tag, pair, period and jitter that
# its page demands, in the last four columns.
. "${0%/*}/lib.sh"

plan 46

# A table into want, and its first ten columns into in.
table() {
	{
		echo '#start proto src sport dst dport dir pkts rpkts class' \
			'tag pair period jitter'
		cat
	} | grep -v '^$' | tr -s ' ' '\t' >want
	cut -f 1-10 want >in
}

one_by_one() { # each row of in as if it were the only one
	sed 1d in >rows
	while read -r row; do
		{ head -n 1 in; echo "$row" | tr ' ' '\t'; } | sigtag | sed 1d
	done <rows
}

# One flow in each pair.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig probe probe - -
1001.0 udp 10.0.0.1 5000 20.0.0.2 6000 out 1 0 sig probe probe - -
1002.0 udp 10.0.0.1 5000 20.0.0.3 6000 out 1 3 sig probe probe - -
1003.0 udp 10.0.0.1 5000 20.0.0.4 6000 out 2 0 sig dialog dialog - -
1004.0 udp 10.0.0.1 5000 20.0.0.5 6000 out 900 1 sig dialog dialog - -

1005.0 udp 20.0.0.6 6000 10.0.0.1 5000 in 1 0 sig probe probe - -
1006.0 udp 20.0.0.7 6000 10.0.0.1 5000 in 7 0 sig probe probe - -
1007.0 udp 20.0.0.8 6000 10.0.0.1 5000 in 1 1 sig probe probe - -
1008.0 udp 20.0.0.9 6000 10.0.0.1 5000 in 1 2 sig dialog dialog - -

1009.0 udp 10.0.0.1 5000 10.0.0.2 5000 int 1 7 sig probe probe - -
1010.0 udp 10.0.0.1 5000 10.0.0.3 5000 int 2 0 sig dialog dialog - -
1011.0 udp 20.0.0.1 6000 20.0.0.2 6000 ext 1 7 sig probe probe - -
1012.0 udp 20.0.0.1 6000 20.0.0.3 6000 ext 2 0 sig dialog dialog - -
END
check 'one flow: probe or dialog, by the packets of its side' -o want -- \
	sigtag in
one_by_one >got
sed 1d want >wanted
ok 'the same when each is alone' cmp wanted got

# Several flows in a pair; the pairs are told apart by the outside address.
# The last but one has gaps 1 and 2.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat - -
1001.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 0 sig heartbeat heartbeat - -

1002.0 udp 10.0.0.1 5000 20.0.0.2 6000 out 1 1 sig heartbeat heartbeat - -
1003.0 udp 20.0.0.2 6000 10.0.0.1 5000 in 3 0 sig heartbeat heartbeat - -

1004.0 udp 20.0.0.3 6000 10.0.0.1 5000 in 3 0 sig heartbeat heartbeat - -
1005.0 udp 20.0.0.3 6000 10.0.0.1 5000 in 3 0 sig heartbeat heartbeat - -

1006.0 udp 10.0.0.1 5000 20.0.0.4 6000 out 2 1 sig dialog dialog - -
1007.0 udp 20.0.0.4 6000 10.0.0.1 5000 in 1 2 sig dialog dialog - -

1008.0 udp 10.0.0.1 5000 20.0.0.5 6000 out 2 1 sig dialog mix - -
1009.0 udp 20.0.0.5 6000 10.0.0.1 5000 in 9 1 sig heartbeat mix - -

1010.0 udp 10.0.0.1 5000 20.0.0.6 6000 out 1 1 sig heartbeat mix 1.500 0.3333
1011.0 udp 10.0.0.1 5000 20.0.0.6 6000 out 0 1 sig heartbeat mix 1.500 0.3333
1012.0 udp 10.0.0.1 5000 20.0.0.7 6000 out 1 1 sig probe probe - -
1013.0 udp 10.0.0.1 5000 20.0.0.6 6000 out 5 1 sig dialog mix 1.500 0.3333
END
check 'several flows: heartbeat, dialog, mix' -o want -- sigtag in

# What makes a pair.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig probe probe - -
1001.0 udp 10.0.0.1 5001 20.0.0.1 6000 out 1 1 sig probe probe - -
1002.0 udp 10.0.0.1 5000 20.0.0.1 6001 out 1 1 sig probe probe - -
1003.0 udp 10.0.0.1 6000 20.0.0.1 5000 out 1 1 sig probe probe - -
1004.0 tcp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig probe probe - -

1005.0 tcp 10.0.0.1 5000 20.0.0.2 443 out 1 1 sig heartbeat heartbeat - -
1006.0 tcp 10.0.0.1 5001 20.0.0.2 443 out 1 1 sig heartbeat heartbeat - -
1007.0 tcp 10.0.0.1 5000 20.0.0.2 444 out 1 1 sig probe probe - -
1008.0 tcp 20.0.0.2 443 10.0.0.1 5000 in 1 1 sig probe probe - -
1009.0 tcp 20.0.0.3 0 10.0.0.1 0 in 1 1 sig probe probe - -
1010.0 tcp 10.0.0.1 0 20.0.0.3 0 out 1 1 sig probe probe - -

1011.0 udp 10.0.0.4 7 10.0.0.4 7 int 1 1 sig probe probe - -
1012.0 udp 10.0.0.4 7 10.0.0.4 8 int 1 1 sig heartbeat heartbeat - -
1013.0 udp 10.0.0.4 8 10.0.0.4 7 int 1 1 sig heartbeat heartbeat - -
END
check 'a pair is protocol and endpoints, TCP without the first port' \
	-o want -- sigtag in

table <<'END'
1000.0 udp fd00::1 5000 2001:db8::5 6000 out 1 1 sig heartbeat heartbeat - -
1001.0 udp 2001:DB8:0:0::5 6000 fd00:0::1 5000 in 1 1 sig heartbeat heartbeat - -
1002.0 udp fd00::1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat - -
1003.0 udp fd00::1 5000 ::ffff:20.0.0.1 6000 out 1 1 sig heartbeat heartbeat - -
1004.0 udp fd00::1 5000 ::20.0.0.1 6000 out 1 1 sig probe probe - -
1004.0 udp fd01::1 5000 20.0.0.1 6000 out 1 1 sig probe probe - -
1005.0 udp ::ffff:10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat - -
1006.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat - -
END
check 'IPv6, however it is spelled' -o want -- sigtag in

# Other classes neither count nor need sense.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig probe probe - -
1001.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 voice - - - -
1002.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 - - - - -
1003.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 sigh - - - -
1003.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 media - - - -
1003.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 sip - - - -
1003.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 SIG - - - -
1003.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 si - - - -
1004.0 icmp here x there y up -1 1e9 video - - - -
1005.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 50 50 skypeout - - - -
END
check 'only class sig counts' -o want -- sigtag in

# Periods.  Gaps 10 and 10.5: median 10.25, distances .25, .25/10.25 = .02439.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat 10.250 0.0244
1010.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat 10.250 0.0244
1020.5 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat heartbeat 10.250 0.0244
END
check 'period and jitter of two gaps' -o want -- sigtag in

# Gaps 60, 60, 180: median 60, distances 0, 0, 120; a gap is no matter.
# Gaps 20, 21, 24, 40: median 22.5, distances 1.5, 1.5, 2.5, 17.5: 2/22.5.
table <<'END'
1000.000000 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 60.000 0.0000
1300.000000 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 60.000 0.0000
1105.000000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 22.500 0.0889
1060.000000 udp 20.0.0.1 6 10.0.0.1 5 in 1 1 sig heartbeat heartbeat 60.000 0.0000
1000.000000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 22.500 0.0889
1020.000000 udp 10.0.0.1 5 20.0.0.2 6 out 4 1 sig dialog mix 22.500 0.0889
1120.000000 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 60.000 0.0000
1041.000000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 22.500 0.0889
1065.000000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 22.500 0.0889
1066.000000 udp 10.0.0.1 5 20.0.0.2 6 out 9 1 voice - - - -
END
check 'out of order, with a gap and a call between' -o want -- sigtag in

# All at once: no jitter.  Half a millisecond rounds up.  Nanoseconds: gaps
# .0004999 and .0005001, median .0005, distances 100 ns: 1/5000.
table <<'END'
1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 0.000 -
1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 0.000 -
1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 0.000 -
1000.0000000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat heartbeat 0.001 0.0002
1000.0004999 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat heartbeat 0.001 0.0002
1000.0010000 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat heartbeat 0.001 0.0002
1000.0000000 udp 10.0.0.1 5 20.0.0.3 6 out 1 1 sig heartbeat heartbeat 0.000 0.0000
1000.0004990 udp 10.0.0.1 5 20.0.0.3 6 out 1 1 sig heartbeat heartbeat 0.000 0.0000
1000.0009980 udp 10.0.0.1 5 20.0.0.3 6 out 1 1 sig heartbeat heartbeat 0.000 0.0000
END
check 'short periods' -o want -- sigtag in

table <<'END'
0.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 4611686018.000 1.0000
0.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 4611686018.000 1.0000
9223372036.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig heartbeat heartbeat 4611686018.000 1.0000
1.0 udp 10.0.0.1 5 20.0.0.2 6 out 18446744073709551615 1 sig dialog dialog - -
END
check 'numbers as large as they come' -o want -- sigtag in

# -g host: 10.0.0.1 with 20.0.0.1 has six flows, with 20.0.0.2 one.
table <<'END'
1000.0 udp 10.0.0.1 5000 20.0.0.1 6000 out 1 1 sig heartbeat mix 1.000 0.0000
1001.0 udp 10.0.0.1 5001 20.0.0.1 6000 out 1 1 sig heartbeat mix 1.000 0.0000
1002.0 udp 10.0.0.1 5000 20.0.0.1 6001 out 1 1 sig heartbeat mix 1.000 0.0000
1003.0 tcp 20.0.0.1 443 10.0.0.1 5000 in 1 1 sig heartbeat mix 1.000 0.0000
1004.0 icmp 20.0.0.1 - 10.0.0.1 - in 9 2 sig dialog mix 1.000 0.0000
1005.0 tcp 10.0.0.1 9 20.0.0.1 5000 out 1 1 sig heartbeat mix 1.000 0.0000
1006.0 udp 10.0.0.1 5000 20.0.0.2 6000 out 1 1 sig probe probe - -
END
check '-g host: addresses only' -o want -- sigtag -g host in
check '-g: nothing else' -s 2 -E 'sigtag: -g: not host: "port"' -- \
	sigtag -g port in

# Grouped input: pairs in no order, other classes in and between the groups.
table <<'END'
1000.0 udp 10.0.0.9 5 20.0.0.9 6 out 1 1 voice - - - -
1020.0 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 20.000 0.0000
1000.0 udp 10.0.0.1 5 20.0.0.2 6 out 8 1 voice - - - -
1040.0 udp 20.0.0.2 6 10.0.0.1 5 in 1 5 sig dialog mix 20.000 0.0000
1000.0 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig heartbeat mix 20.000 0.0000
1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig probe probe - -
1000.0 icmp here x there y up -1 1e9 video - - - -
1001.0 udp 10.0.0.1 7 20.0.0.1 6 out 8 1 voice - - - -
1000.0 udp 10.0.0.1 7 20.0.0.1 6 out 8 1 sig dialog dialog - -
1000.0 tcp 10.0.0.1 7 20.0.0.1 6 out 1 1 sig heartbeat heartbeat - -
1010.0 tcp 10.0.0.1 8 20.0.0.1 6 out 0 1 sig heartbeat heartbeat - -
END
check 'grouped rows, all at once' -o want -- sigtag in
check '-s: the same in one pass' -o want -- sigtag -s in
sed 1d want >rows
columns=start,proto,src,sport,dst,dport,dir,pkts,rpkts,class
sed 1d in >in.rows
check '-H' -o rows -i in.rows -- sigtag -H $columns
check '-s -H' -o rows -i in.rows -- sigtag -sH $columns
check '-s on a pipe' -o want -- sh -c 'cat in | sigtag -s'

# A second header in another order: rows that wait are in the first layout.
{ sed 4q in; awk -F '\t' -v OFS='\t' 'NR == 1 || NR > 4 {
	sub(/^#/, ""); print (NR == 1 ? "#" : "") $10, $9, $8, $7, $6, $5, $4,
	$3, $2, $1 }' in; } >turned
check 'a header in another order' -o want -- sigtag turned
check '-s: a header in another order' -o want -- sigtag -s turned

check 'over its own output: columns in place' -o want -- sigtag want
check '-s over its own output' -o want -- sigtag -s want
awk -F '\t' -v OFS='\t' '{ pair = NR == 1 ? "#pair" : "old"
	if (NR == 1) sub(/^#/, ""); print pair, $0 }' in >front
awk -F '\t' -v OFS='\t' '{ if (NR == 1) sub(/^#/, "")
	print (NR == 1 ? "#" : "") $12, $1, $2, $3, $4, $5, $6, $7, $8, $9,
	$10, $11, $13, $14 }' want >front.want
check 'column pair in front' -o front.want -- sigtag front
check '-s: column pair in front' -o front.want -- sigtag -s front

# A pair that comes again: the groups before it are written.
table <<'END'
1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig probe probe - -
1001.0 udp 10.0.0.1 5 20.0.0.2 6 out 1 1 sig probe probe - -
END
{ cat in; sed -n 2p in | sed s/^1000/1002/; } >again
echo 'sigtag: again:4: src: pair comes again: -s needs rows grouped by' \
	'pair: "10.0.0.1"' >message
check '-s: a pair that comes again' -s 1 -o want -e message -- \
	sigtag -s again
check '-s -k: that is no bad row' -s 1 -o want -M '^sigtag: again:4: src' -- \
	sigtag -sk again
{ sed 2q in; sed -n 3p in | sed 's/sig$/voice/'; sed -n 2p in; } >again
check '-s: also when another class lies between' -s 1 -M 'again:4: src' -- \
	sigtag -s again

# Bad rows: what is wrong and where.
row='1000.0 udp 10.0.0.1 5 20.0.0.1 6 out 1 1 sig'
bad() { # column value message
	{
		echo '#start proto src sport dst dport dir pkts rpkts class'
		echo "$row" | sed 's/\.1 5/.2 5/'
		echo "$row" | awk -v k="$1" -v v="$2" '{$k = v; print}'
		echo "$row"
	} | tr ' ' '\t' >in
	check "bad row: $3" -s 1 -E "sigtag: in:3: $3: \"$2\"" -- sigtag in
}
bad 1 1e3 'start: not a time'
bad 1 - 'start: flow without a start'
bad 2 icmpx 'proto: no protocol'
bad 3 10.0.0 'src: not an address'
bad 4 65536 'sport: not a port'
bad 5 - 'dst: not an address'
bad 6 -1 'dport: not a port'
bad 7 - 'dir: not out, in, int or ext'
bad 8 -1 'pkts: not a count'
sed 's/\tout\t/\tin\t/' in >in2
check 'rpkts does not matter for out' -s 1 -M 'in:3: pkts: not a count' -- \
	sigtag in
sed 's/\t1\t1\tsig/\t1\t?\tsig/' in2 >in
check 'rpkts matters for in' -s 1 -M 'in:2: rpkts: not a count' -- sigtag in

bad 8 '?' 'pkts: not a count'
printf '%s\t%s\t%s\t%s\t%s\n' "$(sed -n 2p in)" probe probe - - >left
printf '%s\t%s\t%s\t%s\t%s\n' "$(sed -n 4p in)" probe probe - - >>left
sigtag -k in 2>err >out
is '-k: status' $? 1
sed 1d out >out.rows
ok '-k: the other rows' cmp left out.rows
ok '-k: one row dropped' grep -q '1 bad row dropped' err
ok '-s -k: the same' sh -c 'sigtag -sk in 2>err2 >out2;
	cmp out out2 && cmp err err2'

# One of 100 packets: no tag holds, and only rows that get one are looked at.
{
	printf '#start\tproto\tsrc\tsport\tdst\tdport\tdir\tpkts\trpkts\t'
	printf 'class\tsampled\n'
} >head.tsv
row() { # class sampled
	printf '1.0\tudp\t10.0.0.1\t5\t20.0.0.1\t6\tout\t1\t1\t%s\t%s\n' \
		"$@"
}
{ cat head.tsv; row sig 1; row sig -; row - 100; } >in
is 'not sampled, not known, not signaling' "$(sigtag in | cut -f 12)" 'tag
heartbeat
heartbeat
-'
row sig 100 >>in
check 'sampled' -s 1 -M 'in:5: sampled: no tag holds on sampled packets' -- \
	sigtag in
check 'sampled, -s' -s 1 -M 'no tag holds on sampled packets' -- \
	sigtag -s in
check 'sampled, -k' -s 1 -M '1 bad row dropped' -- sigtag -k in
