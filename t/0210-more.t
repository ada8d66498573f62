#!/bin/bash
# pcap2flows -e and -K on crafted packets: what is expected is worked out by
# hand from flow(5).
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 35

# Packets in words, raw IP unless -l says otherwise.
capture() { "$top/t/mkpcap.pl" "$@" >x.pcap; }
hosts() { # TIME A B LAYER ...: the hosts' last bytes
	while read -r t a b rest; do
		echo "$t ip(10.0.0.$a,10.0.0.$b) $rest"
	done | capture -l 101
}
# The flows of x.pcap: options, then columns.
columns() {
	local list=$1
	shift
	pcap2flows "$@" x.pcap | flowcut -c "$list" | sed 1d | tr '\t' ' '
}

# link
capture <<'.'
1 eth vlan(7) ip(10.0.0.1,10.0.0.2) udp(1,2) data(3)
2 eth vlan(9,type=8100) vlan(8) ip(10.0.0.1,10.0.0.2) udp(1,2) data(3)
3 eth ip(10.0.0.2,10.0.0.1) udp(2,1) data(3)
.
is 'link: of each direction the first' \
	"$(columns vlan,smac,dmac,rvlan,rsmac,rdmac -e link)" \
	'7 04:04:04:04:04:04 02:02:02:02:02:02 - 04:04:04:04:04:04 02:02:02:02:02:02'
is '-K vlan: three flows' "$(columns pkts,rpkts,vlan -e link -K vlan)" \
	'1 0 7
1 0 9.8
1 0 -'
is '-K vlan alone' "$(columns pkts,rpkts -b -K vlan)" '1 0
1 0
1 0'
capture <<'.'
1 eth(type=9200) vlan(5) ip(10.0.0.1,10.0.0.2) udp(1,2) data(3)
2 eth(type=9300) vlan(6,type=9100) vlan(7) ip(10.0.0.2,10.0.0.1) udp(2,1) data(3)
.
is 'link: tags of every type' "$(columns vlan,rvlan -e link)" '5 6.7'
capture -l 113 <<'.'
1 sll vlan(3) ip(10.0.0.1,10.0.0.2) udp(1,2) data(3)
.
is 'link: Linux cooked' "$(columns vlan,smac,dmac,rsmac -e link)" \
	'3 02:02:02:02:02:02 - -'

# ip
capture -l 101 <<'.'
1 ip(10.0.0.1,10.0.0.2,ttl=64,tos=b8) udp(1,2) data(3)
2 ip(10.0.0.1,10.0.0.2,ttl=60,mf=1,id=9) udp(1,2,len=24) data(8)
3 ip(10.0.0.1,10.0.0.2,ttl=255,id=9,off=2,proto=17) data(8)
4 ip(10.0.0.2,10.0.0.1,ttl=1) udp(2,1) data(3)
.
is 'ip' "$(columns ttlmin,ttlmax,tos,frags,rttlmin,rttlmax,rtos,rfrags -e ip)" \
	'60 255 00:2,b8:1 2 1 1 00:1 0'
capture -l 101 <<'.'
1 ip6(2001:db8::1,2001:db8::2,tos=28) udp(1,2) data(3)
.
is 'ip: version 6' "$(columns ttlmin,tos,frags,rttlmin -e ip)" '64 28:1 0 -'

# tcp: options.  MSS 1460, NOP, shift 7.
hosts <<'.'
1.0 1 2 tcp(1,2,S,seq=100,ack=0,win=5000,opt=020405b401030307)
1.02 2 1 tcp(2,1,SA,seq=300,ack=101,win=6000,opt=02040218)
1.05 1 2 tcp(1,2,A,seq=101,ack=301,win=200)
.
is 'tcp: options and window' \
	"$(columns mss,wscale,window,rmss,rwscale,rwindow -e tcp)" \
	'1460 7 5000 536 - 6000'
is 'tcp: handshake, both halves' "$(columns hsrtt,rhsrtt,drttn -e tcp)" \
	'20.000 30.000 0'
hosts <<'.'
1.0 1 2 tcp(1,2,S,seq=100,ack=0,win=5000,opt=020405b401030307) snap=44
.
is 'tcp: an option that is cut' "$(columns mss,wscale,window -e tcp)" \
	'1460 - 5000'
hosts <<'.'
1.0 1 2 tcp(1,2,S,seq=100,ack=0,win=5000,opt=020405b401030307) snap=34
.
is 'tcp: a header that is cut' "$(columns pkts,mss,window,retx -e tcp)" \
	'1 - - 0'
hosts <<'.'
1.0 1 2 tcp(1,2,S,seq=100,ack=0)
2.0 1 2 tcp(1,2,S,seq=100,ack=0)
4.0 1 2 tcp(1,2,S,seq=100,ack=0)
4.1 2 1 tcp(2,1,SA,seq=300,ack=101)
.
is 'tcp: a SYN sent three times' \
	"$(columns synretx,retx,hsrtt,rsynretx,lost -e tcp)" '2 2 - 0 0'

# Sequence numbers wrap: 4294967200 + 100 is 4.
hosts <<'.'
1.0 1 2 tcp(1,2,A,seq=4294967200,ack=1) data(100)
1.1 1 2 tcp(1,2,A,seq=4,ack=1) data(100)
1.2 1 2 tcp(1,2,A,seq=4294967200,ack=1) data(100)
1.3 1 2 tcp(1,2,A,seq=104,ack=1) data(100)
.
is 'tcp: numbers wrap' "$(columns retx,ooo,lost -e tcp)" '1 0 0'

# 101 is jumped over and comes 2 ms later; 301 comes 100 ms later.
hosts <<'.'
1.000 1 2 tcp(1,2,A,seq=1,ack=1) data(100)
1.001 1 2 tcp(1,2,A,seq=201,ack=1) data(100)
1.003 1 2 tcp(1,2,A,seq=101,ack=1) data(100)
1.004 1 2 tcp(1,2,A,seq=401,ack=1) data(100)
1.104 1 2 tcp(1,2,A,seq=301,ack=1) data(100)
.
is 'tcp: out of order within 3 ms, behind it sent again' \
	"$(columns retx,ooo,lost -e tcp)" '1 1 2'

# With a handshake of 50 ms that is the limit.
hosts <<'.'
1.00 1 2 tcp(1,2,S,seq=0,ack=0)
1.04 2 1 tcp(2,1,SA,seq=0,ack=1)
1.05 1 2 tcp(1,2,A,seq=1,ack=1)
1.06 1 2 tcp(1,2,A,seq=101,ack=1) data(100)
1.11 1 2 tcp(1,2,A,seq=1,ack=1) data(100)
1.12 1 2 tcp(1,2,A,seq=301,ack=1) data(100)
1.18 1 2 tcp(1,2,A,seq=201,ack=1) data(100)
.
is 'tcp: within the round trip' "$(columns retx,ooo,lost -e tcp)" '1 1 2'

# The fifth stretch pushes the first out of the four that are remembered.
hosts <<'.'
1.0000 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
1.0001 1 2 tcp(1,2,A,seq=21,ack=1) data(10)
1.0002 1 2 tcp(1,2,A,seq=41,ack=1) data(10)
1.0003 1 2 tcp(1,2,A,seq=61,ack=1) data(10)
1.0004 1 2 tcp(1,2,A,seq=81,ack=1) data(10)
1.0005 1 2 tcp(1,2,A,seq=101,ack=1) data(10)
1.0006 1 2 tcp(1,2,A,seq=11,ack=1) data(10)
1.0007 1 2 tcp(1,2,A,seq=31,ack=1) data(10)
.
is 'tcp: four stretches' "$(columns retx,ooo,lost -e tcp)" '1 1 5'

# Three alike, the first is none; then another window; one with data.
hosts <<'.'
1.0 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
1.1 2 1 tcp(2,1,A,seq=1,ack=11,win=50)
1.2 2 1 tcp(2,1,A,seq=1,ack=11,win=50)
1.3 2 1 tcp(2,1,A,seq=1,ack=11,win=50)
1.4 2 1 tcp(2,1,A,seq=1,ack=11,win=60)
1.5 2 1 tcp(2,1,A,seq=1,ack=11,win=60) data(5)
1.6 2 1 tcp(2,1,A,seq=6,ack=11,win=0)
.
is 'tcp: duplicate acknowledgements' \
	"$(columns rdupack,dupack,rzwin,zwin -e tcp)" '2 0 1 0'

# A keep-alive and its answer are neither.
hosts <<'.'
1.0 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
1.1 2 1 tcp(2,1,A,seq=1,ack=11)
60.0 1 2 tcp(1,2,A,seq=10,ack=1)
60.1 2 1 tcp(2,1,A,seq=1,ack=11)
.
is 'tcp: keep-alive' "$(columns retx,rdupack,rretx -e tcp)" '0 0 0'
# A FIN again is.
hosts <<'.'
1.0 1 2 tcp(1,2,FA,seq=1,ack=1)
1.4 1 2 tcp(1,2,FA,seq=1,ack=1)
.
is 'tcp: FIN sent again' "$(columns retx,lost -e tcp)" '1 0'

# Round trips of 10 and 40 ms; the third segment was sent twice; the fourth
# is acknowledged together with the fifth, which came 5 ms before that.
hosts <<'.'
1.000 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
1.010 2 1 tcp(2,1,A,seq=1,ack=11)
1.100 1 2 tcp(1,2,A,seq=11,ack=1) data(10)
1.140 2 1 tcp(2,1,A,seq=1,ack=21)
1.200 1 2 tcp(1,2,A,seq=21,ack=1) data(10)
1.300 1 2 tcp(1,2,A,seq=21,ack=1) data(10)
1.301 2 1 tcp(2,1,A,seq=1,ack=31)
1.400 1 2 tcp(1,2,A,seq=31,ack=1) data(10)
1.420 1 2 tcp(1,2,A,seq=41,ack=1) data(10)
1.425 2 1 tcp(2,1,A,seq=1,ack=51)
.
# Of 5, 10, 40 ms 10 is in the middle: 10000 us lie in the bin of 9216.
is 'tcp: round trips of data' \
	"$(columns drttn,drttmin,drttmed,rdrttn,rdrttmin -e tcp)" \
	'3 5.000 9.216 0 -'

# An overlapping flood costs no memory: stretches and segments are bounded.
awk 'BEGIN {for (i = 0; i < 20000; i++)
	printf "%d.%06d 1 2 tcp(1,2,A,seq=%d,ack=1) data(3)\n", 1 + i / 1e6,
		i % 1000000, i * 2654435761 % 4294967296}' | hosts
is 'tcp: hostile numbers' "$(columns pkts -b -e tcp)" 20000

# time: gaps of 1, 3 and 2 s forward; of both 1, 1.5, 1.5, 2.
hosts <<'.'
10 1 2 udp(1,2) data(1)
11 1 2 udp(1,2) data(1)
12.5 2 1 udp(2,1) data(1)
14 1 2 udp(1,2) data(1)
16 1 2 udp(1,2) data(1)
.
is 'time: forward' "$(columns gapmin,gapmean,gapsd,gapmax,gaps -e time)" \
	'1.000000 2.000000 0.816497 3.000000 983040:1,1966080:1,2883584:1'
is 'time: one packet has none' "$(columns rgapmin,rgapsd,rgaps -e time)" \
	'- - -'
is 'time: whoever sent' "$(columns bgapmin,bgapmean,bgapsd,bgapmax,bgaps \
	-e time)" '1.000000 1.500000 0.353553 2.000000 983040:1,1441792:2,1966080:1'
hosts <<'.'
10 1 2 udp(1,2) data(1)
9.5 1 2 udp(1,2) data(1)
9.500007 1 2 udp(1,2) data(1)
9.500015 1 2 udp(1,2) data(1)
9.500032 1 2 udp(1,2) data(1)
.
is 'time: steps back are 0; the smallest bins' \
	"$(columns gapmin,gapmax,gaps -e time)" \
	'0.000000 0.000017 0:1,7:1,8:1,16:1'

# splt
hosts <<'.'
10 1 2 udp(1,2) data(91)
10.063466 2 1 udp(2,1) data(120)
10.1 1 2 udp(1,2)
10.2 1 2 udp(1,2) data(5)
.
is 'splt' "$(columns splt -e splt)" '+91@0,-120@63.466,+5@200'
is 'splt=2' "$(columns splt -e splt=2)" '+91@0,-120@63.466'
is 'splt: the flow says nothing else' "$(columns splt -b -e splt=1)" '+91@0'

# ent: 64 different bytes have 6 bits, two halves of equal bytes 1, the mean
# of 6 and 0 is 3.  data(n) is 1, 2, ... n.
hosts <<'.'
1 1 2 udp(1,2) data(64)
2 1 2 udp(1,2) zero(40)
3 2 1 udp(2,1) hex(00ff00ff)
4 3 4 udp(1,2) data(200)
5 5 6 udp(1,2) hex(000001)
6 7 8 udp(1,2)
.
# log2 3 - 2/3 = 0.918
is 'ent' "$(columns ent,rent -e ent)" '3.000 1.000
6.000 -
0.918 -
- -'

# tunnel
capture <<'.'
1 eth ip(192.0.2.1,192.0.2.2) gre(flags=2000,type=0800) hex(00000011) ip(10.0.0.1,10.0.0.2) udp(1,2) data(3)
2 eth ip(192.0.2.1,192.0.2.2) udp(9,4789) vxlan eth ip(10.0.0.3,10.0.0.4) udp(1,2) data(3)
3 eth ip(192.0.2.1,192.0.2.2) udp(2152,2152) gtpu ip(10.0.0.5,10.0.0.6) udp(1,2) data(3)
4 eth ip(192.0.2.1,192.0.2.2) ip(10.0.0.7,10.0.0.8) udp(1,2) data(3)
5 eth ip6(2001:db8::1,2001:db8::2) ip(10.0.0.9,10.0.0.10) udp(1,2) data(3)
6 eth ip(10.0.0.11,10.0.0.12) udp(1,2) data(3)
.
is 'tunnel' "$(columns dst,tunnel,tsrc,tdst,tid,rtunnel -T -e tunnel |
	sed 's/^10\.0\.0\.//')" '2 gre 192.0.2.1 192.0.2.2 17 -
4 vxlan 192.0.2.1 192.0.2.2 5 -
6 gtpu 192.0.2.1 192.0.2.2 9 -
8 ipip 192.0.2.1 192.0.2.2 - -
10 ipip 2001:db8::1 2001:db8::2 - -
12 - - - - -'

# The groups together, and what -e changes: nothing else.
pcap2flows x.pcap >plain.tsv
pcap2flows -e link,ip,tcp,time,splt,ent,tunnel x.pcap |
	cut -f "1-$(head -n 1 plain.tsv | awk -F '\t' '{print NF}')" >cut.tsv
ok 'the other columns are as without' cmp plain.tsv cut.tsv
# Pieces of the active timeout: what was sent again is seen across the cut.
hosts <<'.'
1 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
9 2 1 tcp(2,1,A,seq=5,ack=11) data(10)
10 1 2 tcp(1,2,A,seq=1,ack=1) data(10)
10.1 2 1 tcp(2,1,A,seq=5,ack=11) data(10)
.
is 'pieces know the numbers before' "$(columns src,retx,rretx -A 5 -e tcp)" \
	'10.0.0.1 0 0
10.0.0.2 1 1'

set +e
check 'no group' -s 2 -M 'none of link, ip, .*: "tpc,ip"' -- \
	pcap2flows -e ent,tpc,ip x.pcap
check 'splt of 0' -s 2 -M 'none of' -- pcap2flows -e splt=0 x.pcap
check 'another key' -s 2 -M '-K: not vlan: "mac"' -- pcap2flows -K mac x.pcap
