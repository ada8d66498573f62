#!/bin/sh
# Each reducer on a handful of records, against values worked out by hand, in
# every awk at hand.
#
# One client, 10.0.0.1:100, and what it has, in seconds since the first flow:
#	A   0       out  probe, answered after 50 ms
#	B   100     out  probe, not answered
#	C   299.5   in   dialog of five packets each way: the peer's until
#	                 604.5, the client's from 299.6 until 610
#	D   700     in   probe, not answered
#	E   900     out  a call until 1200
# and a row of TCP signaling, and one that is not Skype.
. "${0%/*}/lib.sh"

every_awk
# shellcheck disable=SC2086
set -- $awks
plan $(($# * 40))

# Times are given as what follows 1000000000.
row() { echo "$*" | tr ' _' '\t ' | sed 's/@\([0-9.]*\)/100000\1/g'; }
{
	row proto src sport dst dport dir start end last reply rlast \
		pkts rpkts bytes rbytes size rsize class pair rtt \
		continent country city lat lon
	row udp 10.0.0.1 100 9.0.0.1 1 out @0000.000000 @0000.050000 \
		@0000.000000 @0000.050000 @0000.050000 1 1 30 18 30:1 18:1 \
		sig probe 50.000 Europe Italy Torino 45.07 7.68
	row udp 10.0.0.1 100 9.0.0.2 2 out @0100.000000 @0100.000000 \
		@0100.000000 - - 1 0 30 0 30:1 - \
		sig probe - Europe UNKNOWN - - -
	row udp 9.0.0.3 3 10.0.0.1 100 in @0299.500000 @0610.000000 \
		@0604.500000 @0299.600000 @0610.000000 5 5 90 100 \
		0:1,18:4 20:5 sig dialog 100.000 \
		America_NO United_States - 40.00 -74.00
	row udp 9.0.0.4 4 10.0.0.1 100 in @0700.000000 @0700.000000 \
		@0700.000000 - - 1 0 10 0 10:1 - \
		sig probe - UNKNOWN UNKNOWN - - -
	row udp 10.0.0.1 100 9.0.0.5 5 out @0900.000000 @1200.000000 \
		@1200.000000 @0900.100000 @1200.000000 900 100 800 40 \
		1:900 1:100 voice - - Europe France Paris 48.86 2.35
	row tcp 10.0.0.1 999 9.0.0.6 443 out @0000.000000 @0001.000000 \
		@0001.000000 @0000.500000 @0001.000000 2 2 4 4 2:2 2:2 \
		sig dialog 20.000 Europe France Paris 48.86 2.35
	row udp 10.0.0.9 53 9.0.0.7 53 out @0000.000000 @0001.000000 \
		@0001.000000 @0000.500000 @0001.000000 2 2 4 4 2:2 2:2 \
		- - 20.000 Europe France Paris 48.86 2.35
} | awk '{print (NR == 1 ? "#cid" : $2 "-" $4) "\t" $0}' >flows
head -n 1 flows >header

# One listed client, and one whose score is too low.
{
	row '#ip' port proto flows score
	row 10.0.0.1 100 udp 6 11.0
	row 10.0.0.9 53 udp 9 10.9
} >endpoints.tsv

# Bitrate: 30 + 30 + 100 bytes in 1200 s.  C(p,i): three peers in the first
# five minutes, for C is answered in its last 0.4 s, then C's peer alone.
tr ' ' '\t' <<'EOF' | sed 's/^#\t/# /; s/\(# [a-z0-9-]*\)\t/\1 /' >fig1
# bitrate 1
1.066667 1.000000000


# cpi 3
1 0.666666667
3 1.000000000
EOF

# Source flows A 1, A's reply 1, B 1, C 5 and 5, D 1; two last 305 and 310.4 s,
# which the point 10^2.5 is the first not to be below.
tr ' ' '\t' <<'EOF' | sed 's/^#\t/# /; s/\(# [a-z0-9-]*\)\t/\1 /' >fig2
# length 6
1 0.333333333
5 0.000000000


# duration 6
0.01 0.333333333
316.228 0.000000000
EOF

# Probes: 30 twice, 18, 10; other: 18 four times, 20 five.
tr ' ' '\t' <<'EOF' | sed 's/^#\t/# /; s/\(# [a-z0-9-]*\)\t/\1 /' >fig4
# probe 4
10 0.250000000
18 0.500000000
30 1.000000000


# nonprobe 9
18 0.444444444
20 1.000000000


# bin-probe 4
10 0.500000000
30 0.500000000


# bin-nonprobe 9
10 0.444444444
20 0.555555556
EOF

printf '# peers\n-74.00\t40.00\t1\n7.68\t45.07\t1\n' >fig5

# 50 ms lie in bin 27 of 80, 10^(1 + 27/40) and on; 100 ms open bin 40.
printf '47.3151\t1.000000000\n100\t1.000000000\n' >fig6

{
	row '#endpoint' where kind popularity
	row 9.0.0.1:1 external probe 1
	row 9.0.0.2:2 external probe 1
	row 9.0.0.8:8 external probe 3
	row 9.0.0.8:8 external nonprobe 2
	row 10.0.0.1:100 internal probe 60
	row 10.0.0.1:100 internal nonprobe 40
	row 10.0.0.2:100 internal nonprobe 99
} >popularity.tsv
tr ' ' '\t' <<'EOF' | sed 's/^#\t/# /; s/\(# [a-z0-9-]*\)\t/\1 /' >fig7
# external-probe 3
1 0.666666667
3 1.000000000


# external-nonprobe 1
2 1.000000000


# internal-probe 1
60 1.000000000


# internal-nonprobe 2
40 0.500000000
99 1.000000000
EOF

# The side sent one packet in A and in B, none in D, five in C.
{
	row probe 3 3 2
	row heartbeat 0 0 0
	row dialog 1 1 5
	row mix 0 0 0
	row single 4 6
} >tab1

{
	row nonprobe continent America_NO 1
	row probe city Torino 1
	row probe continent Europe 2
	row probe continent UNKNOWN 1
	row probe country Italy 1
	row probe country UNKNOWN 1
} >tab2

# Of the client's 1118 bytes 278 are signaling.  No contact is an hour old.
# All single source flows: 30 + 18 + 30 + 10 of 278 bytes.
cat >values <<'EOF'
clients	1
mostly signaling	0.0
mostly calls	0.0
short lives	100.0
hourly	-
calls	1
call packets	1000
calls 1	0.0
calls 5	100.0
calls 30	100.0
flows	4
packets	14
pairs	4
probe pairs	3
source flows	6
single flows	66.7
short flows	100.0
single bytes	31.7
most bytes	100
most packets	5
longest	0.09
answered	33.3
quick eu	100.0
quick far	0.0
endpoints	4
addresses	4
probe addresses	3
located addresses	2
located	50.0
europe probe	-
europe nonprobe	0.00
EOF

# Packets of the client: to peer 1, to 2, from 2, to 1 half an hour later.
{
	row '#time' proto src sport dst dport dir bytes
	row @0000.000000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0009.000000 udp 10.0.0.1 100 9.0.0.2 2 out 9
	row @0018.000000 udp 9.0.0.2 2 10.0.0.1 100 in 9
	row @0018.000000 udp 9.0.0.2 2 10.0.0.1 101 in 9
	row @1818.000000 udp 10.0.0.1 100 9.0.0.1 1 out 9
} >packets
{
	echo '# left'
	row 0.000000 1
	row 0.002500 2
	row 0.005000 -1
	row 0.505000 1
} >fig3

# Gaps within flows of A's pair: 20 s twice, 20.4 s, 190 s; 200.1 s parts two
# flows; E's pair has a call.  One gap of 4 is more than one in a thousand.
{
	row '#time' proto src sport dst dport dir bytes
	row @0000.000000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0020.000000 udp 9.0.0.1 1 10.0.0.1 100 in 9
	row @0040.000000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0060.400000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0250.400000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0450.500000 udp 10.0.0.1 100 9.0.0.1 1 out 9
	row @0500.000000 udp 10.0.0.1 100 9.0.0.5 5 out 9
	row @0695.000000 udp 10.0.0.1 100 9.0.0.5 5 out 9
} >gaps

# The same in pieces of 20 s; for their cid stands the responder's address.
# Then two pieces that overlap, and another 30 s behind the later end: that is
# one gap of 4,000.
{
	row '#cid' start end pkts rpkts
	row 9.0.0.1 @0000.000000 @0040.000000 2 1
	row 9.0.0.1 @0060.400000 @0060.400000 1 0
	row 9.0.0.1 @0250.400000 @0250.400000 1 0
	row 9.0.0.1 @0450.500000 @0450.500000 1 0
	row 9.0.0.5 @0500.000000 @0500.000000 1 0
	row 9.0.0.5 @0695.000000 @0695.000000 1 0
} >silences
{
	row '#cid' start end pkts rpkts
	row 10.0.0.1 @0000.000000 @0100.000000 2000 0
	row 10.0.0.1 @0050.000000 @0060.000000 2000 0
	row 10.0.0.1 @0130.000000 @0130.000000 1 0
} >first

# First contacts: x 0 1 3, k 1 2 3.  n sum xx - (sum x)^2 = 14, for k 6, mixed
# 9: R^2 = 81/84.
printf '# left\n0\t1\n0.5\t-1\n1\t2\n2\t1\n3\t3\n\n\n# right\nNaN\tNaN\n' >dots

none='# right
NaN	NaN'

# Timeouts of 20, 50 and inf.  A probe in two pieces that 50 joins; two
# heartbeats, a minute apart, inf joins them to a dialog; a dialog and a single
# packet back, of which the client sent none: mix until inf.  A call does not
# count.  Over TCP two flows to one server.
{
	row '#cid' proto src sport dst dport dir pkts rpkts class idle joins
	row a udp 10.0.0.1 1 9.0.0.1 1 out 1 0 sig - 50
	row a udp 10.0.0.1 1 9.0.0.1 1 out 0 1 sig - 50
	row a udp 10.0.0.1 1 9.0.0.1 1 out 1 1 sig 50 -
	row b udp 9.0.0.2 2 10.0.0.1 1 in 1 1 sig - inf
	row b udp 10.0.0.1 1 9.0.0.2 2 out 1 3 sig - inf
	row b udp 9.0.0.2 2 10.0.0.1 1 in 4 2 sig inf -
	row c udp 10.0.0.1 1 9.0.0.3 3 out 6 2 sig - inf
	row c udp 9.0.0.3 3 10.0.0.1 1 in 1 0 sig - inf
	row c udp 10.0.0.1 1 9.0.0.3 3 out 6 3 voice inf -
	row d tcp 10.0.0.1 7 9.0.0.4 443 out 3 3 sig - -
	row e tcp 10.0.0.1 8 9.0.0.4 443 out 1 1 sig - -
} >by-timeout

p=$top/plots
geojoin -l >countries
# Figures 2 and 6 have bins by logarithm; what is said of bad input.
with_log() {
	check "$awk: fig2" -o fig2 -- "$p/fig2.sh" flows
	"$p/fig6.sh" flows >fig6.out
	is "$awk: fig6" "$(awk '!/^#/ && NF && $2 > 0 && ++n <= 2' fig6.out)" \
		"$(cat fig6)"
	is "$awk: fig6 has all bins" "$(awk '/^#/ {b = $2} NF == 2 && !/^#/ \
		{n[b]++} END {print n["probe"], n["nonprobe"], n["paper_probe"]}' \
		fig6.out)" "82 82 80"
	check "$awk: no rows" -O "# length 0
NaN	NaN


# duration 0
NaN	NaN" -- "$p/fig2.sh" header
	check "$awk: no input" -s 1 -M 'empty input' -- "$p/fig2.sh" /dev/null
	sed '1s/proto/protocol/' flows >other
	# shellcheck disable=SC2086
	check "$awk: no column" -s 2 -M 'other: no column "proto"' -- \
		$base -f "$p/fig2.awk" other
	sed 1d flows >bare
	# shellcheck disable=SC2086
	check "$awk: no header" -s 2 -M 'bare: no column "class"' -- \
		$base -f "$p/fig2.awk" bare
}

for awk in $awks; do
	AWK=$awk
	export AWK
	base="$awk -f $p/lib/columns.awk"
	"$p/records/contacts.sh" endpoints.tsv flows >contacts.tsv
	check "$awk: fig1" -o fig1 -- "$p/fig1.sh" contacts.tsv
	check "$awk: fig4" -o fig4 -- "$p/fig4.sh" flows
	check "$awk: fig5" -o fig5 -- "$p/fig5.sh" flows
	check "$awk: fig7" -o fig7 -- "$p/fig7.sh" popularity.tsv
	if has_math "$awk"; then
		with_log
	else
		for i in 1 2 3 4 5 6 7; do skip "$awk: $i" 'no log'; done
	fi
	printf 'left\t10.0.0.1\t100\t4\n' >clients
	# shellcheck disable=SC2086
	check "$awk: fig3" -o fig3 -- $base -f "$p/fig3.awk" \
		-v clients=clients -v right=right packets
	is "$awk: fig3 without a right client" "$(cat right)" "$none"
	printf 'right\t10.0.0.1\t100\t4\n' >clients
	# shellcheck disable=SC2086
	$base -f "$p/fig3.awk" -v clients=clients -v right=right packets >left
	is "$awk: fig3's right client" "$(cat right)" \
		"$(sed 's/left/right/' fig3)"
	is "$awk: fig3 without a left client" "$(sed 's/left/right/' left)" \
		"$none"
	printf 'left\t10.0.0.1\t100\t5\n' >clients
	# shellcheck disable=SC2086
	$base -f "$p/fig3.awk" -v clients=clients -v right=right packets >left
	is "$awk: fig3 misses packets" $? 3
	check "$awk: fig3's clients" -O "right	10.0.0.1	100	1014	4	0.3333	relay" \
		-- "$p/records/two-clients.sh" flows
	grep -v voice flows >quiet
	check "$awk: fig3's client without calls" -O "left	10.0.0.1	100	14	3	0.1944	relay" \
		-- "$p/records/two-clients.sh" quiet

	# shellcheck disable=SC2086
	check "$awk: tab1" -o tab1 -- $base -f "$p/records/kinds.awk" flows
	# shellcheck disable=SC2086
	is "$awk: tab1 with TCP" "$($base -f "$p/records/kinds.awk" -v PROTO=any flows |
		grep dialog)" "dialog	2	2	7"
	# shellcheck disable=SC2086
	is "$awk: tab2" "$($base -f "$p/places/eu-2007.awk" -v countries=countries -f "$p/places/places.awk" flows |
		sort)" "$(cat tab2)"
	check "$awk: kinds" -o tab1 -- "$p/records/kinds.sh" flows
	ok "$awk: tab1 laid out" "$p/tab1.sh" tab1
	"$p/places/places.sh" flows >places
	is "$awk: places" "$(sort places)" "$(cat tab2)"
	ok "$awk: tab2 laid out" "$p/tab2.sh" places
	check "$awk: text" -o values -- "$p/prose/prose.sh" endpoints.tsv flows
	awk -v FS='\t' -v OFS='\t' 'NR > 1 {$1 = $5} {print}' flows >named
	# shellcheck disable=SC2086
	$base -f "$p/prose/gap-pairs.awk" named >pairs
	for n in 1999999 2000000; do
		printf '#proto\tpkts\trpkts\nudp\t%d\t2\ntcp\t9\t0\n' \
			$((n - 2))
	done >many
	is "$awk: gaps of all packets" "$(head -n 3 many |
		$base -f "$p/prose/gap-part.awk")" ''
	is "$awk: gaps of a part" "$(tail -n 3 many |
		$base -f "$p/prose/gap-part.awk")" 1/2
	# shellcheck disable=SC2086
	check "$awk: gaps" -O "regular gap	190" -- $base \
		-f "$p/prose/gaps.awk" -v IDLE=200 pairs gaps
	# shellcheck disable=SC2086
	check "$awk: gaps between pieces" -O "regular gap	190
regular gap above 100	190" -- $base \
		-f "$p/prose/piece-gaps.awk" -v IDLE=200 -v PIECE=20 pairs silences
	# shellcheck disable=SC2086
	check "$awk: and none" -O "regular gap above 100	-" -- $base -f \
		"$p/prose/piece-gaps.awk" -v IDLE=200 -v PIECE=20 pairs first
	# Kinds, each with pairs, flows and packets of the side; single, all.
	# shellcheck disable=SC2086
	is "$awk: timeouts" "$($base -v timeouts='20 50 inf' \
		-f "$p/timeouts/kinds-by-timeout.awk" by-timeout |
		tr '\t\n' ' ,')" "20 probe 0 0 0,20 heartbeat 2 4 3,\
20 dialog 0 0 0,20 mix 1 2 6,20 single 6 9,\
50 probe 1 1 1,50 heartbeat 1 2 2,50 dialog 0 0 0,50 mix 1 2 6,50 single 6 9,\
inf probe 1 1 1,inf heartbeat 0 0 0,inf dialog 1 1 2,inf mix 0 0 0,\
inf single 2 4,"
	# shellcheck disable=SC2086
	is "$awk: timeouts with TCP" "$($base -v timeouts='20 50 inf' \
		-v PROTO=any -f "$p/timeouts/kinds-by-timeout.awk" by-timeout |
		sed -n 's/^inf	//p' | tr '\t' ' ')" "probe 1 1 1
heartbeat 0 0 0
dialog 1 1 2
mix 1 2 4
single 4 8"
	# Three new peers in 37 times five minutes, one each: 1 - 3/37.
	check "$awk: growth" -O "growth left	0.964
growth left spread	0.9
growth left login	1
growth right	-
growth right spread	-
growth right login	-" -- "$awk" -f "$p/prose/peer-growth.awk" dots
	# 60 + 40 of all 206 contacts.
	# shellcheck disable=SC2086
	check "$awk: super-nodes" -O "super-nodes	1
super-node share	48.5
probe contacts	60
probed clients	1
probe popularity	60.0" -- $base -f "$p/prose/super-nodes.awk" popularity.tsv
	check "$awk: mean" -O "intervals	3
peers in 5 min	1.7
peers 30	100.0
peers above 75	0.0
bitrate 100	100.0" -- "$awk" -f "$p/prose/mean-contacts.awk" fig1

	# The client has 278 of 1118 bytes and 8 of 8 over TCP; 2 of 4 pairs are
	# begun outside, one is no probe; packets came back from 1 and 3; it began
	# flows to 1 and 2, in its first five minutes.
	mkdir -p of
	cp endpoints.tsv of/listed.tsv
	cp contacts.tsv of/
	cp flows of/flows.tsv
	printf '# probe 4\n50\t0.25\n100\t0.75\n\n\n# nonprobe 0\nNaN\tNaN\n' \
		>of/fig6.tsv
	printf '# external-probe 9\n1\t0.5\n2\t1\n\n\n# internal-probe 9\n2\t1\n' \
		>of/fig7.tsv
	check "$awk: readings" -O "mostly signaling, TCP too	0.0
mostly calls, TCP too	0.0
quick probes, a pair once	100.0
quick others, a pair once	0.0
begun outside	50.0
nonprobe endpoints	1
nonprobe addresses	1
external probe, exchanged	100.0
external nonprobe, exchanged	100.0
internal probe, exchanged	100.0
internal nonprobe, exchanged	100.0
probe popularity, exchanged	1.0
peers in 5 min, begun	2.0
quick probes	25.0
quick others	-
external probe	50.0
external nonprobe	-
internal probe	0.0
internal nonprobe	-" -- "$p/prose/readings.sh" of

	is "$awk: table" "$(printf '%s\n' '= T' '#	a	b' '	x	12345' '> n' |
		"$awk" -f "$p/lib/table.awk")" 'T

a       b
---------
x  12,345

n'
	is "$awk: medians" "$(printf '%s\n' 'a	9' 'b	1' 'a	10' 'c	-' 'a	1' \
		'b	2' 'c	5' | "$awk" -f "$p/check/seed-medians.awk")" 'a	9
b	1.5
c	-'

	# Of a is one session of 4 h 1 s and two peers; b was silent for an hour
	# and a second; c relays; d, of 3 h, and e, which calls, met most.
	is "$awk: fig3's rules" "$(printf '%s\n' \
		'A:1 2 0 3 2 1' 'B:2 3 0 3 3 1' 'C:3 3 0 3 3 1001' \
		'D:4 3 0 3 3 1' 'E:5 1 1 2001 2 1' \
		'A:1 0 7200' 'A:1 10800 14401' \
		'B:2 0 7200' 'B:2 10801 14401' 'B:2 14401 14401' \
		'C:3 0 20000' 'C:3 1 20000' 'C:3 2 20000' \
		'D:4 0 10800' 'D:4 0 10800' 'D:4 0 10800' \
		'E:5 0 9' 'E:5 0 9' |
		awk -v OFS='\t' '{ $1 = $1 }
			NF == 3 { $2 = sprintf("%.6f", 1e9 + $2)
			$3 = sprintf("%.6f", 1e9 + $3) } { print }' |
		"$awk" -f "$p/records/two-clients.awk")" \
		'left	A	1	3	2	4.0003	session
right	E	5	2001	2	0.0025	relay'
done
