#!/bin/sh
# pcap2flows on crafted packets: what is expected is worked out by hand.
. "${0%/*}/lib.sh"

plan 39

# Packets in words, raw IP: `TIME A B LAYER ...` with the hosts' last bytes.
make() {
	while read -r t a b rest; do
		echo "$t ip(10.0.0.$a,10.0.0.$b) $rest"
	done | perl "$top/t/mkpcap.pl" -l 101 "$@"
}

# col NAME ...: these columns of the records on stdin, without header.
col() {
	awk -F '\t' -v want="$*" '
	NR == 1 { sub(/^#/, ""); n = split(want, name, " ")
		for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ s = $at[name[1]]; for (i = 2; i <= n; i++) s = s " " $at[name[i]]
	  print s }'
}

flows() { # packets in $1, then options; then columns behind `:`
	printf '%s\n' "$1" | make >x.pcap
	shift
	set -- "$@" :
	options=''
	while [ "$1" != : ]; do options="$options $1"; shift; done
	shift
	columns=$*
	# shellcheck disable=SC2086  # options are words
	pcap2flows $options x.pcap | col ${columns% :}
}

is 'a gap of 200 s continues, more does not' "$(flows '1000 1 2 udp(1,2)
1200 2 1 udp(2,1)
1400.000001 2 1 udp(2,1)' : start end src why)" \
'0000001000.000000 0000001200.000000 10.0.0.1 idle
0000001400.000001 0000001400.000001 10.0.0.2 eof'

is '-t' "$(flows '1000 1 2 udp(1,2)
1000.5 2 1 udp(2,1)
1001.000001 2 1 udp(2,1)' -t 0.5 : start pkts rpkts)" \
'0000001000.000000 1 1
0000001001.000001 1 0'

is '-t inf' "$(flows '1000 1 2 udp(1,2)
2000000000 2 1 udp(2,1)' -t inf : start end pkts rpkts why)" \
'0000001000.000000 2000000000.000000 1 1 eof'

is 'who spoke when' "$(flows '1000 1 2 udp(1,2)
1001 1 2 udp(1,2)
1002 2 1 udp(2,1)
1003 2 1 udp(2,1)
1004 1 2 udp(1,2)
1005 1 2 udp(1,2)
1006 2 1 udp(2,1)' : ask reply ask2 turn last rlast | sed 's/000000100//g
s/\.000000//g')" '1 2 3 4 5 6'

is 'one way only' "$(flows '1000 1 2 udp(1,2)
1001 1 2 udp(1,2)' : ask reply ask2 turn rlast pkts rpkts)" '- - - - - 2 0'

is 'an answer and no turn' "$(flows '1000 1 2 udp(1,2)
1001 2 1 udp(2,1)' : ask reply ask2 turn)" \
'0000001000.000000 0000001001.000000 - -'

is 'payload bytes' "$(flows '1000 1 2 udp(1,2) data(10)
1001 2 1 udp(2,1) data(7)
1002 1 2 udp(1,2)
1003 1 2 tcp(1,2) data(5)' : proto bytes rbytes size rsize)" \
'udp 10 7 0:1,10:1 7:1
tcp 5 0 5:1 -'

is 'the tuple: ports and protocol part flows' "$(flows '1 1 2 udp(1,2)
2 1 2 udp(1,3)
3 1 2 tcp(1,2)
4 2 1 udp(2,1)' : proto sport dport pkts rpkts)" \
'udp 1 3 1 0
tcp 1 2 1 0
udp 1 2 1 1'

is 'both ends alike' "$(flows '1 1 1 udp(5,5)
2 1 1 udp(5,5)' : src dst pkts rpkts)" '10.0.0.1 10.0.0.1 2 0'

for n in 10.0.0.1 10.0.0.2/32 10.0.0.0/30 192.0.2.0/24 ; do
	flows '1 1 2 udp(1,2)' -n $n : dir
done >dirs
is '-n and dir' "$(cat dirs)" 'out
in
int
ext'
is '-n again adds' "$(flows '1 1 2 udp(1,2)' -n 10.0.0.1 -n 10.0.0.2 : dir)" int
is 'of other programs, too' "$(printf \
	'#proto\tsrc\tsport\tdst\tdport\nudp\t192.0.2.1\t1\t198.51.100.1\t2\n' |
	flowid -n 192.0.2.0/24 -n 198.51.100.1 | sed 1d | cut -f 7)" int
is 'no network is internal' "$(flows '1 1 2 udp(1,2)' -n , : dir)" ext
is 'private networks are internal' "$(flows '1 1 2 udp(1,2)' : dir)" int

# Order: last packet, first packet, tuple.
is 'order of expiry' "$(flows '1000 1 9 udp(1,9)
1001 1 2 udp(3,9)
1001 1 2 udp(2,9)
1001 1 3 udp(1,9)
1002 1 9 udp(1,9)
1000.5 1 4 udp(1,9)
1002 1 4 udp(1,9)
1003 1 2 tcp(1,2,R)
1004 1 2 udp(1,2)' : end start proto dst sport | sed 's/0000001//g
s/\.\([0-9]\)00000/.\1/g')" \
'001.0 001.0 udp 10.0.0.3 1
001.0 001.0 udp 10.0.0.2 2
001.0 001.0 udp 10.0.0.2 3
002.0 000.0 udp 10.0.0.9 1
002.0 000.5 udp 10.0.0.4 1
003.0 003.0 tcp 10.0.0.2 1
004.0 004.0 udp 10.0.0.2 1'

#
# TCP.
#
is 'handshake, data, tear-down' "$(flows '10 1 2 tcp(1,2,S)
11 2 1 tcp(2,1,SA)
12 1 2 tcp(1,2,A)
13 1 2 tcp(1,2,PA) data(9)
14 2 1 tcp(2,1,FA)
15 1 2 tcp(1,2,FA)
16 2 1 tcp(2,1,A)' : flags rflags why pkts rpkts)" 'SAFP HAF fin 4 3'

is 'the other flags' "$(flows '10 1 2 tcp(1,2,P)
11 2 1 tcp(2,1,UEC)' : flags rflags why)" 'P UEC eof'

is 'RST ends a flow, stragglers belong to it' "$(flows '10 1 2 tcp(1,2,S)
11 2 1 tcp(2,1,RA)
71 1 2 tcp(1,2,A)
131 2 1 tcp(2,1,SA)
191.000001 1 2 tcp(1,2,A)' : start end flags rflags why | sed 's/0000000//g')" \
'010.000000 131.000000 SA HAR rst
191.000001 191.000001 A - eof'

is 'a new S opens the next flow' "$(flows '10 1 2 tcp(1,2,S)
11 2 1 tcp(2,1,FA)
12 1 2 tcp(1,2,FA)
13 2 1 tcp(2,1,A)
14 2 1 tcp(2,1,S)
15 1 2 tcp(1,2,S)' : start src pkts rpkts why | sed 's/0000000//g')" \
'010.000000 10.0.0.1 2 2 fin
014.000000 10.0.0.2 1 1 eof'

is 'an open flow keeps a second S' "$(flows '10 1 2 tcp(1,2,S)
13 1 2 tcp(1,2,S)
14 2 1 tcp(2,1,SA)' : pkts rpkts flags why)" '2 1 S eof'

is 'a shorter timeout holds for stragglers' "$(flows '10 1 2 tcp(1,2,R)
31 1 2 tcp(1,2,A)' -t 20 : start why | sed 's/0000000//g')" \
'010.000000 rst
031.000000 eof'

#
# Pieces.
#
is '-A cuts' "$(flows '10 1 2 udp(1,2)
14 2 1 udp(2,1)
14.000001 2 1 udp(2,1)
15 1 2 udp(1,2)
99 1 3 udp(1,2)' -A 4 : start src pkts rpkts why | sed 's/0000000//g')" \
'010.000000 10.0.0.1 1 1 active
014.000001 10.0.0.2 1 1 eof
099.000000 10.0.0.1 1 0 eof'

is '-A keeps in mind what closed a flow' "$(flows '10 1 2 tcp(1,2,FA)
14 2 1 tcp(2,1,A)
15 2 1 tcp(2,1,FA)
21 1 2 tcp(1,2,A)
22 1 2 tcp(1,2,S)' -A 4 : start src why | sed 's/0000000//g')" \
'010.000000 10.0.0.1 active
015.000000 10.0.0.2 fin
021.000000 10.0.0.1 fin
022.000000 10.0.0.1 eof'

is '-m: the longest silent goes' "$(flows '10 1 2 udp(1,2)
11 1 3 udp(1,2)
12 2 1 udp(2,1)
13 1 4 udp(1,2)
300 1 5 udp(1,2)
301 1 6 udp(1,2)
302 1 7 udp(1,2)' -m 2 : dst why)" \
'10.0.0.3 evict
10.0.0.2 idle
10.0.0.4 idle
10.0.0.5 evict
10.0.0.6 eof
10.0.0.7 eof'

#
# Time that runs backward.
#
is 'steps back lose nothing' "$(flows '1000 1 2 udp(1,2)
999.5 2 1 udp(2,1)
1500 1 3 udp(1,2)
1300 1 2 udp(1,2)
1200 1 2 udp(1,2)' : start end dst pkts rpkts why)" \
'0000000999.500000 0000001000.000000 10.0.0.2 1 1 idle
0000001200.000000 0000001300.000000 10.0.0.2 2 0 eof
0000001500.000000 0000001500.000000 10.0.0.3 1 0 eof'

is 'packets behind a step back find their flows' "$(flows '1000 1 2 udp(1,2)
1200.5 1 3 udp(1,2)
1200 1 2 udp(1,2)' : start end dst)" \
'0000001000.000000 0000001200.000000 10.0.0.2
0000001200.500000 0000001200.500000 10.0.0.3'

#
# Options.
#
printf '%s\n' '1.5 1 2 udp(1,2) data(3)' '2.123456789 2 1 udp(2,1)' >words
make -n <words >nano.pcap
# shellcheck disable=SC2016  # awk's fields
check '9 decimals for nanoseconds' -O '0000000001.500000000 0000000002.123456789' \
	-- sh -c 'pcap2flows nano.pcap | awk "NR == 2 {print \$2, \$3}"'
make <words >x.pcap
check '-p' -O '#time	proto	src	sport	dst	dport	dir	bytes
0000000001.500000	udp	10.0.0.1	1	10.0.0.2	2	out	3
0000000002.123456	udp	10.0.0.2	2	10.0.0.1	1	in	0' -- \
	pcap2flows -p -n 10.0.0.1 x.pcap
check '-b: no features' -O 23 -- \
	sh -c 'pcap2flows -b x.pcap | awk -F "\t" "NR == 2 {print NF}"'
check '-f' -O 1 -- sh -c 'pcap2flows -p -f "src port 2" x.pcap | grep -c udp'
printf 'x.pcap\nnano.pcap\n' >list
check '-L' -i list -O 4 -- sh -c 'pcap2flows -p -L | grep -c udp'
check 'stdin' -i x.pcap -O 2 -- sh -c 'pcap2flows -p - | grep -c udp'

# -S: each flow in one part, its packets all in the same one.
for i in 1 2 3 4 5 6 7 8 9; do
	for j in 11 12 13; do
		echo "$i$j $i $j udp($i,$j)"
		echo "$i$j $j $i udp($j,$i)"
	done
done | make >x.pcap
pcap2flows x.pcap | LC_ALL=C sort >all
for k in 1 2 3; do pcap2flows -S $k/3 x.pcap >part$k; done
cat part? | LC_ALL=C sort -u >parts
ok '-S: parts make the whole' cmp all parts
ok '-S: no part is all' awk 'FNR > 20 {exit 1}' part1 part2 part3

# -D and the account: 8 packets of which all kinds are one or two.
{
	echo '1 ip(10.0.0.1,10.0.0.2,id=1) udp(1,2,sum=5) data(9)'
	echo '1.004 ip(10.0.0.1,10.0.0.2,id=1) udp(1,2,sum=5) data(9)'
	echo '1.005 ip(10.0.0.1,10.0.0.2,id=2) udp(1,2,sum=5) data(9)'
	echo '2 ip(10.0.0.1,10.0.0.2,id=3) icmp(8,0)'
	echo '3 ip(10.0.0.1,10.0.0.2,id=4,off=2,proto=17) data(9)'
	echo '4 ip(10.0.0.1,10.0.0.2,id=5) icmp(3,3) ip(10.0.0.2,10.0.0.1) udp(2,1)'
	echo '5 ip(10.0.0.1,10.0.0.2) hex(0001)'
	echo '6 hex(00)'
} | perl "$top/t/mkpcap.pl" -l 101 >x.pcap
pcap2flows -v -D 4 x.pcap 2>account >/dev/null
# What has no IP version and what is too short depend on the decoder.
is 'account' "$(head -n 1 account)" 'pcap2flows: packets 8 = in flows 2 + '\
'not IP 1 + other transport 3 + fragments without a first 1 + duplicates 1 + '\
'other shard 0 + malformed 0'
is 'unreachable ports are told' "$(sed -n 2p account)" \
'pcap2flows: of other transport 1 tell of a UDP port that is unreachable'
is '-D: not beyond its time' "$(pcap2flows -D 3.9 x.pcap | col pkts)" 3
is '-v suspects mirrored packets' "$(pcap2flows -v x.pcap 2>&1 >/dev/null |
	grep repeat)" 'pcap2flows: 1 packets repeat another within 5 ms: '\
'mirrored twice? (-D 5)'

for bad in '-S 0/2' '-S 3/2' '-S 2' '-n 10.0.0.0/33' '-t x' '-A -1' '-m 0' \
    '-D x' '-L x.pcap' '-i lo x.pcap' '-L -i lo' '-f x.y(' '-q'; do
	# shellcheck disable=SC2086  # options are words
	pcap2flows $bad x.pcap >out 2>err </dev/null
	[ $? -eq 2 ] && [ ! -s out ] && [ -s err ] || echo "not refused: $bad"
done >.why
verdict 'bad options'
