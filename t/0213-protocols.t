#!/bin/sh
# All protocols (-a), errors that quote a flow, who began, when the next flow
# begins, IPv4-mapped packets.  Expected values are counted by hand from what is
# put in; Community IDs are tshark's.
. "${0%/*}/lib.sh"
plan 12

cat >spec <<E
1.0 eth ip(10.0.0.1,10.0.0.2) icmp(8,0) data(48)
1.1 eth ip(10.0.0.2,10.0.0.1) icmp(0,0) data(48)
1.2 eth ip(10.0.0.2,10.0.0.1) icmp(3,3) ip(10.0.0.1,10.0.0.2) udp(9,53)
1.3 eth ip(10.0.0.1,10.0.0.2) icmp(3,3) ip(10.0.0.2,10.0.0.1) udp(9,53)
1.4 eth ip6(fe80::1,ff02::1) icmp6(134,0) data(8)
1.5 eth ip(10.0.0.1,10.0.0.2,proto=132) hex(00050006) data(20)
1.6 eth ip(10.0.0.1,10.0.0.2) gre data(20)
1.7 eth ip(10.0.0.1,10.0.0.2,proto=50) data(20)
1.8 eth ip(10.0.0.1,224.0.0.5,proto=89) data(20)
1.9 eth ip(10.0.0.1,10.0.0.2,proto=253) data(20)
2.0 eth ip6(::ffff:a00:1,::ffff:a00:2) udp(1,2) data(10)
2.1 eth ip(10.0.0.1,10.0.0.2) udp(1,2) data(10)
E
perl "$top/t/mkpcap.pl" <spec >x.pcap
column() { # names: of the records, after start
	flowcut -c "start,$1" | sed 1d | sort | cut -f 2- | tr '\t' ' '
}
pcap2flows -a -b x.pcap >rows
is 'protocols, ports and bytes' "$(column proto,sport,dport,pkts,rpkts,bytes,rbytes <rows)" \
'icmp 8 0 1 1 48 48
icmp 3 3 1 0 28 0
icmp 3 3 1 0 28 0
ipv6-icmp 134 133 1 0 8 0
sctp 5 6 1 0 12 0
gre 0 0 1 0 24 0
esp 0 0 1 0 20 0
ospfigp 0 0 1 0 20 0
253 0 0 1 0 20 0
udp 1 2 1 0 10 0
udp 1 2 1 0 10 0'
is 'without -a only UDP' "$(pcap2flows -b x.pcap | column proto | uniq -c |
	sed 's/^ *//')" '2 udp'
is 'the round trip of a ping' "$(rttcalc rows | column proto,rtt | head -n 1)" \
	'icmp 100.000'
if command -v tshark >/dev/null; then
	tshark -n -r x.pcap --enable-protocol communityid -T fields \
	    -e communityid 2>/dev/null | sort -u >wanted
	column cid <rows | sort -u >got
	is 'Community IDs are those of tshark' "$(cat got)" "$(cat wanted)"
else
	skip 'Community IDs are those of tshark' 'no tshark'
fi
is 'flowid makes them, but for mapped addresses' "$(flowid rows |
	column cid | sort -u | comm -23 - got 2>/dev/null | wc -l | tr -d ' ')" 0
sort rows >sorted
for filter in 'skypeclass -a' 'flowmerge' 'flowsort -c start' \
    'flowanon -K key'; do
	printf %032d 0 >key
	pcap2flows -a x.pcap | sort | $filter >out 2>err
	is "$filter takes all protocols" "$? $(wc -l <out | tr -d ' ')" '0 12'
done

u='eth ip(10.0.0.1,10.0.0.2)' r='eth ip(10.0.0.2,10.0.0.1)'
q='ip(10.0.0.1,10.0.0.2)'
is 'refused, or silent' "$(printf '%s\n' "1.0 $u udp(1,53) data(3)" \
	"1.0 $u udp(2,53) data(3)" "1.0 $u tcp(3,80,S)" \
	"1.1 $r icmp(3,3) $q udp(1,53)" "1.2 $r icmp(3,13) $q tcp(3,80)" \
	"1.3 eth ip(10.0.0.9,10.0.0.1) icmp(11,0) $q tcp(3,80)" \
	"1.4 $r icmp(3,4) $q udp(2,53)" | perl "$top/t/mkpcap.pl" |
	pcap2flows - | flowcut -c sport,unreach | sed 1d | sort | tr '\t' ' ')" \
'1 1
2 0
3 2'
# 5: SYN, answer, data; later another's SYN, sent twice.  6: the answer comes
# first.  7: nothing else.  8: SYN behind the answer.  9: no SYN, then one.
is 'who began, and which flow it is' "$(printf '%s\n' "1.0 $u tcp(5,80,S)" \
	"1.1 $r tcp(80,5,SA)" "1.2 $u tcp(5,80,A) data(10)" \
	"100.0 $u tcp(5,80,S,seq=77)" "103.0 $u tcp(5,80,S,seq=77)" \
	"1.0 $r tcp(80,6,SA)" "1.2 $u tcp(6,80,A) data(10)" \
	"1.0 $r tcp(80,7,SA)" "1.0 $r tcp(80,8,SA)" "1.1 $u tcp(8,80,S)" \
	"1.0 $r tcp(80,9,A)" "1.1 $u tcp(9,80,A)" "9.0 $u tcp(9,80,S)" |
	perl "$top/t/mkpcap.pl" | pcap2flows -b - |
	flowcut -c src,sport,dport,pkts,rpkts,ask,flags,rflags,why |
	sed 1d | sort | tr '\t' ' ' | sed 's/ 00000000/ /')" \
'10.0.0.1 5 80 2 0 - S - eof
10.0.0.1 5 80 2 1 01.000000 SA HA syn
10.0.0.1 6 80 1 1 - A HA eof
10.0.0.1 7 80 0 1 - - HA eof
10.0.0.1 8 80 1 1 - S HA eof
10.0.0.1 9 80 1 0 - S - eof
10.0.0.2 80 9 1 1 01.000000 A A syn'
is 'a packet cut before its ports: told when most are' "$(printf '%s\n' \
	"1.0 $u udp(1,2) data(3) snap=36" "1.0 $u udp(1,2) data(3) snap=38" |
	perl "$top/t/mkpcap.pl" | pcap2flows -b - 2>&1 >out)" \
'pcap2flows: 1 of 2 packets are cut before their ports: the snap length is too short'
