#!/bin/sh
# Every kind of link, header, tunnel and fragment, crafted; what is expected
# is worked out by hand from what was put in.  Each frame is decoded whole
# and then cut at every length: a cut one is the same packet with less of its
# payload captured, or malformed, or what else the test allows.
. "${0%/*}/lib.sh"

# shellcheck source=t/frames.sh
. "$top/t/frames.sh"

t='ip(10.0.0.1,10.0.0.2) tcp(5,6,SE) data(7)'
tt='flow tcp 10.0.0.1:5 10.0.0.2:6 7 7 42'

plan 115

# Links

frames 'Ethernet' 1 "1 eth $u
1 eth $v
1 eth $t" "$uu
$vv
$tt"
frames '802.1Q' 1 "1 eth vlan $u" "$uu"
frames 'QinQ 88a8' 1 "1 eth(type=88a8) vlan vlan $u" "$uu"
frames 'QinQ 9100' 1 "1 eth(type=9100) vlan vlan vlan $v" "$vv"
frames 'MPLS' 1 "1 eth mpls $u" "$uu"
frames 'a stack of MPLS, multicast' 1 "1 eth(type=8848) mpls mpls mpls $v" \
    "$vv"
frames 'MPLS, Ethernet pseudowire' 1 -a not-ip \
    "1 eth mpls hex(00000000) eth $u" "$uu"
frames 'PPPoE' 1 "1 eth pppoe ppp $u
1 eth vlan pppoe ppp $v
1 eth pppoe ppp(short=1) $u" "$uu
$vv
$uu"
frames 'PPPoE discovery' 1 -a not-ip '1 eth(type=8863) data(20)' not-ip
frames '802.3, LLC and SNAP' 1 -a not-ip "1 len llc $u
1 len llc(aaaa030000f80800) $u
1 len llc(060603) $u" "$uu
$uu
$uu"
frames 'spanning tree' 1 -a not-ip '1 len llc(424203) data(35)' not-ip
frames 'SNAP of another organisation' 1 -a not-ip \
    '1 len llc(aaaa0300000c2000) data(35)' not-ip
frames 'ARP' 1 -a not-ip '1 eth(type=0806) data(28)' not-ip
frames 'Linux cooked v1' 113 "1 sll $u
1 sll vlan $v" "$uu
$vv"
frames 'Linux cooked v1, 802.2' 113 -a not-ip "1 sll(type=4) llc $u" "$uu"
frames 'Linux cooked v1, no Ethernet type' 113 -a not-ip \
    '1 sll(type=1) data(30)' not-ip
frames 'Linux cooked v2' 276 "1 sll2 $u
1 sll2 vlan $v" "$uu
$vv"
frames 'raw IP' 101 "1 $u
1 $v" "$uu
$vv"
frames 'raw IPv4' 228 "1 $u" "$uu"
frames 'raw IPv6' 229 "1 $v" "$vv"
frames 'raw, but no IP' 101 -a not-ip '1 hex(50) data(40)' not-ip
frames 'null' 0 "1 null(2) $u
1 null(2,big=1) $u
1 null(10) $v
1 null(24,big=1) $v
1 null(28) $v
1 null(30,big=1) $v" "$uu
$uu
$vv
$vv
$vv
$vv"
frames 'null, another family' 0 -a not-ip '1 null(7) data(30)' not-ip
frames 'loop' 108 "1 null(2,big=1) $u" "$uu"
frames 'PPP' 9 -a not-ip "1 ppp $u
1 hex(ff03) ppp $v" "$uu
$vv"
frames 'PPP, link control' 9 -a not-ip '1 hex(c021) data(8)' not-ip
frames 'PPP in HDLC framing, and Cisco HDLC' 50 -a not-ip \
    "1 hex(ff03) ppp $u
1 chdlc $v" "$uu
$vv"
frames 'Cisco HDLC' 104 "1 chdlc $u" "$uu"
frames 'MPLS alone' 219 "1 mpls $u" "$uu"
frames '802.11 data' 105 -a not-ip "1 wlan llc $u" "$uu"
frames '802.11 data, QoS' 105 -a not-ip "1 wlan(type=88,qos=0000) llc $v" \
    "$vv"
frames '802.11 four addresses' 105 -a not-ip \
    "1 wlan(type=88,flags=03,qos=0000) llc $u" "$uu"
frames '802.11 QoS with HT control' 105 -a not-ip \
    "1 wlan(type=88,flags=81,qos=000000000000) llc $u" "$uu"
frames '802.11 aggregate: its first part' 105 -a not-ip \
    "1 wlan(type=88,qos=8000) len llc $u" "$uu"
frames '802.11 without data' 105 -a not-ip '1 wlan(type=48)
1 wlan(type=c8,qos=0000)
1 wlan(type=80) data(40)
1 hex(d4000000020202020202)' 'not-ip
not-ip
not-ip
not-ip'
frames '802.11 encrypted' 105 -a not-ip \
    '1 wlan(flags=41) data(60)' not-ip
frames '802.11 later fragment' 105 -a not-ip \
    '1 wlan(part=1) data(60)' not-ip
frames 'radiotap' 127 -a not-ip "1 radiotap wlan llc $u" "$uu"
frames 'radiotap: padded header' 127 -a not-ip \
    "1 hex(0000090002000000_20) wlan(type=88,qos=00000000) llc $u" "$uu"
frames 'radiotap: flags behind two words and a timestamp' 127 -a not-ip \
    "1 hex(0000190003000080_00000000_00000000_0102030405060708_20) \
wlan(type=88,qos=00000000) llc $u" "$uu"

# IPv4

frames 'Ethernet padding is no payload' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2) udp(1,2) pad=18
1 eth ip(10.0.0.1,10.0.0.2) tcp(5,6,A) pad=6' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 10'
frames 'IPv4 options' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,opt=0101010101010100) udp(1,2) data(10)' "$uu"
frames 'TCP options and all flags' 101 \
    '1 ip(10.0.0.1,10.0.0.2) tcp(5,6,FSRPAUEC,opt=01010100) data(3)' \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 3 3 ff'
frames 'IPv4 length 0: offload' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=0) tcp(5,6,A) data(3000)' \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 3000 3000 10'
frames 'IPv4 length 0, cut: the wire length' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=0) tcp(5,6,A) data(100) wire=5054' \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 5000 100 10'
frames 'IPv4 length beyond the frame' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=128) udp(1,2,len=108) data(10)' "$uu"
frames 'IPv6 length beyond the frame' 1 \
    '1 eth ip6(2001:db8::1,2001:db8::2,len=108) udp(3,4,len=108) data(5)' \
    "$vv"
frames 'IPv4 length as long as the frame was on the wire' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=128) udp(1,2,len=108) data(10) wire=142' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 100 10 00'
frames 'IPv4 length 0: the longest segment' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=0) tcp(5,6,A) data(10) wire=524322' \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 524268 10 10'
frames 'IPv4 length 0: no segment is so long' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2,len=0) tcp(5,6,A) data(10) wire=524323' \
    malformed
frames 'IPv4 length beyond the frame, in a tunnel' 101 -T \
    '1 ip(192.0.2.1,192.0.2.2) gre ip(10.0.0.1,10.0.0.2,len=128) udp(1,2,len=108) data(10)' \
    "$uu"
frames 'a tunnel in fragments holds more than the first' 101 -T \
    '1 ip(192.0.2.1,192.0.2.2,mf=1,id=9) gre ip(10.0.0.1,10.0.0.2,len=128) udp(1,2,len=108) data(10)' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 100 10 00'
frames 'snap length' 1 \
    '1 eth ip(10.0.0.1,10.0.0.2) udp(1,2) data(100) snap=50' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 100 8 00'
frames 'AH' 101 '1 ip(10.0.0.1,10.0.0.2) ah udp(1,2) data(10)
1 ip(10.0.0.1,10.0.0.2) ah(28) tcp(5,6,A) data(1)' "$uu
flow tcp 10.0.0.1:5 10.0.0.2:6 1 1 10"
frames 'header length below 20' 101 '1 hex(44000030) data(60)' malformed
frames 'header length beyond the packet' 101 '1 hex(4f000030) data(44)' \
    malformed
frames 'total length below the header' 101 \
    '1 ip(10.0.0.1,10.0.0.2,len=19) udp(1,2) data(10)' malformed
frames 'IPv4 by type, not by version' 1 '1 eth(type=0800) hex(55) data(60)' \
    malformed
frames 'other transports' 101 -a other \
    '1 ip(10.0.0.1,10.0.0.2,proto=132) data(20)
1 ip(10.0.0.1,10.0.0.2) icmp(8,0) data(20)
1 ip(10.0.0.1,10.0.0.2,proto=50) data(20)
1 ip(10.0.0.1,10.0.0.2,proto=0) data(20)' 'other
other
other
other'
frames 'empty frame' 1 '1 eth snap=0' malformed

# UDP and TCP

frames 'UDP length shorter than the IP payload' 101 \
    '1 ip(10.0.0.1,10.0.0.2) udp(1,2,len=12) data(10)' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 4 4 00'
frames 'UDP length longer than the IP payload' 101 \
    '1 ip(10.0.0.1,10.0.0.2) udp(1,2,len=900) data(10)' "$uu"
frames 'UDP length below 8' 101 \
    '1 ip(10.0.0.1,10.0.0.2) udp(1,2,len=0) data(10)
1 ip(10.0.0.1,10.0.0.2) udp(1,2,len=7) data(10)' "$uu
$uu"
frames 'UDP header beyond the IP length' 101 \
    '1 ip(10.0.0.1,10.0.0.2,len=27) udp(1,2) data(10)' malformed
frames 'UDP cut behind its ports: the length is that of IP' 101 \
    '1 ip(10.0.0.1,10.0.0.2) udp(1,2) data(10) snap=24
1 ip(10.0.0.1,10.0.0.2) udp(1,2) data(10) snap=23' \
    'flow udp 10.0.0.1:1 10.0.0.2:2 10 0 00
malformed'
frames 'TCP cut behind its ports: flags are unknown' 101 \
    '1 ip(10.0.0.1,10.0.0.2) tcp(5,6,SE) data(7) snap=34
1 ip(10.0.0.1,10.0.0.2) tcp(5,6,SE) data(7) snap=33
1 ip(10.0.0.1,10.0.0.2) tcp(5,6,SE) data(7) snap=24
1 ip(10.0.0.1,10.0.0.2) tcp(5,6,SE) data(7) snap=23' \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 7 0 42
flow tcp 10.0.0.1:5 10.0.0.2:6 7 0 00
flow tcp 10.0.0.1:5 10.0.0.2:6 7 0 00
malformed'
frames 'TCP header length below 20' 101 -a 'tcp.* 0 00$' \
    '1 ip(10.0.0.1,10.0.0.2) tcp(5,6,A,off=4) data(10)' malformed
frames 'TCP header length beyond the packet' 101 -a 'tcp.* 0 00$' \
    '1 ip(10.0.0.1,10.0.0.2) tcp(5,6,A,off=15) data(10)' malformed

# IPv6

a=2001:db8::1,2001:db8::2
frames 'IPv6 extension headers' 101 -a other \
    "1 ip6($a) hop route(24) opts(16) udp(3,4) data(5)
1 ip6($a) ah udp(3,4) data(5)
1 ip6($a) opts hop opts tcp(3,4,A) data(5)" "$vv
$vv
flow tcp [2001:db8::1]:3 [2001:db8::2]:4 5 5 10"
frames 'IPv6 TCP and padding' 1 "1 eth ip6($a) tcp(3,4,S) pad=20" \
    'flow tcp [2001:db8::1]:3 [2001:db8::2]:4 0 0 02'
frames 'IPv4-mapped addresses are IPv4' 101 \
    '1 ip6(::ffff:a00:1,::ffff:a00:2) udp(1,2) data(10)' "$uu"
frames 'IPv6 length 0: offload' 1 \
    "1 eth ip6($a,len=0) tcp(3,4,A) data(3000)" \
    'flow tcp [2001:db8::1]:3 [2001:db8::2]:4 3000 3000 10'
frames 'IPv6 without next header' 101 -a other "1 ip6($a)" other
frames 'IPv6 other transport behind options' 101 -a other \
    "1 ip6($a) opts(8,proto=132) data(20)" other
frames 'IPv6 extension beyond the packet' 101 \
    "1 ip6($a,len=20) route(24) udp(3,4)" malformed
frames 'IPv6 by type, not by version' 1 '1 eth(type=86dd) hex(45) data(60)' \
    malformed
frames 'IPv6 atomic fragment' 101 "1 ip6($a) frag udp(3,4) data(5)" "$vv"

# ICMP that quotes a UDP packet

frames 'port unreachable' 101 -a other \
    "1 ip(10.0.0.2,10.0.0.1) icmp(3,3) $u" \
    'unreachable udp 10.0.0.1:1 10.0.0.2:2 0 0 00'
frames 'port unreachable, IPv6' 101 -a other \
    "1 ip6($a) icmp6(1,4) ip6($a) opts udp(3,4) data(5)" \
    'unreachable udp [2001:db8::1]:3 [2001:db8::2]:4 0 0 00'
frames 'port unreachable, only the first eight bytes quoted' 101 -a other \
    '1 ip(10.0.0.2,10.0.0.1) icmp(3,3) ip(10.0.0.1,10.0.0.2,len=528) udp(1,2)' \
    'unreachable udp 10.0.0.1:1 10.0.0.2:2 0 0 00'
q='ip(10.0.0.1,10.0.0.2) udp(1,2) data(10)'
uq='unreachable udp 10.0.0.1:1 10.0.0.2:2 0 0 00'
frames 'other ICMP errors that quote' 101 -a other \
    "1 ip(10.0.0.2,10.0.0.1) icmp(3,1) $q
1 ip(10.0.0.9,10.0.0.1) icmp(11,0) $q
1 ip(10.0.0.9,10.0.0.1) icmp(3,13) $q
1 ip(10.0.0.2,10.0.0.1) icmp(3,3) ip(10.0.0.1,10.0.0.2) tcp(1,2)
1 ip6($a) icmp6(3,0) ip6($a) tcp(3,4,S)" "$uq
$uq
$uq
unreachable tcp 10.0.0.1:1 10.0.0.2:2 0 0 00
unreachable tcp [2001:db8::1]:3 [2001:db8::2]:4 0 0 00"
frames 'ICMP that tells of no flow: too big, redirect, fragment, no quote' 101 \
    -a other "1 ip(10.0.0.9,10.0.0.1) icmp(3,4) $q
1 ip(10.0.0.9,10.0.0.1) icmp(5,0) $q
1 ip6($a) icmp6(2,0) ip6($a) tcp(3,4,S)
1 ip(10.0.0.2,10.0.0.1) icmp(3,3) ip(10.0.0.1,10.0.0.2,proto=17,off=1) data(8)
1 ip(10.0.0.2,10.0.0.1) icmp(3,3) data(4)" 'other
other
other
other
other'

# All protocols

frames 'other protocols as flows' 101 -A \
    "1 ip(10.0.0.1,10.0.0.2) icmp(8,0) data(20)
1 ip(10.0.0.2,10.0.0.1) icmp(0,0) data(20)
1 ip(10.0.0.1,10.0.0.2) icmp(3,1) data(4)
1 ip6($a) icmp6(129,0) data(20)
1 ip(10.0.0.1,10.0.0.2,proto=132) hex(00050006) data(20)
1 ip(10.0.0.1,10.0.0.2,proto=50) data(20)
1 ip(10.0.0.1,10.0.0.2) gre data(20)
1 ip6($a,proto=59)" 'flow 1 10.0.0.1:8 10.0.0.2:0 20 20 00
flow 1 10.0.0.2:0 10.0.0.1:8 20 20 00
flow 1 10.0.0.1:3 10.0.0.2:1 4 4 00
flow 58 [2001:db8::1]:129 [2001:db8::2]:128 20 20 00
flow 132 10.0.0.1:5 10.0.0.2:6 12 12 00
flow 50 10.0.0.1:0 10.0.0.2:0 20 20 00
flow 47 10.0.0.1:0 10.0.0.2:0 24 24 00
flow 59 [2001:db8::1]:0 [2001:db8::2]:0 0 0 00'
frames 'and what an ICMP error quotes' 101 -A -a '^flow 1' \
    "1 ip(10.0.0.2,10.0.0.1) icmp(3,3) $q" \
    'flow 1 10.0.0.2:3 10.0.0.1:3 38 38 00
quote udp 10.0.0.1:1 10.0.0.2:2 0 0 00'

# Fragments.  200 bytes of UDP in pieces of 104, 96 and 8 bytes.

f='ip(10.0.0.1,10.0.0.2,id=9'
frames 'fragments: the length comes once' 1 -a 'orphan|earlier' \
    "1 eth $f,mf=1) udp(1,2,len=208) data(96)
1 eth $f,mf=1,off=13,proto=17) zero(96)
1 eth $f,off=25,proto=17) zero(8) pad=10" \
    'flow udp 10.0.0.1:1 10.0.0.2:2 200 96 00
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later'
frames 'fragments without a first' 101 -a 'orphan' \
    "1 $f,off=25,proto=17) zero(8)
1 $f,off=25,proto=6) zero(8)
1 $f,off=25,proto=1) zero(8)" 'orphan
orphan
other'
frames 'fragments: another id, protocol, source' 101 -a 'orphan' \
    "1 $f,mf=1) udp(1,2,len=208) data(96)
1 ip(10.0.0.1,10.0.0.2,id=8,off=13,proto=17) zero(8)
1 $f,off=13,proto=6) zero(8)
1 ip(10.0.0.2,10.0.0.1,id=9,off=13,proto=17) zero(8)
1 $f,off=13,proto=17) zero(8)" \
    'flow udp 10.0.0.1:1 10.0.0.2:2 200 96 00
orphan
orphan
orphan
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later'
frames 'fragments: remembered 30 s, either way' 101 -a 'orphan' \
    "100 $f,mf=1) udp(1,2,len=208) data(96)
130 $f,off=13,proto=17) zero(8)
70 $f,off=13,proto=17) zero(8)
130.000001 $f,off=13,proto=17) zero(8)
69 $f,off=13,proto=17) zero(8)" \
    'flow udp 10.0.0.1:1 10.0.0.2:2 200 96 00
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
orphan
orphan'
frames 'fragments: an id used again' 101 \
    "1 $f,mf=1) udp(1,2,len=208) data(96)
2 $f,mf=1) udp(3,4,len=208) data(96)
3 $f,off=13,proto=17) zero(8)" \
    'flow udp 10.0.0.1:1 10.0.0.2:2 200 96 00
flow udp 10.0.0.1:3 10.0.0.2:4 200 96 00
flow udp 10.0.0.1:3 10.0.0.2:4 0 0 00 later'
frames 'fragments of TCP have the length they carry' 101 \
    "1 $f,mf=1) tcp(5,6,A) data(28)
1 $f,mf=1,off=6,proto=6) zero(48)
1 $f,off=12,proto=6) zero(5)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 28 28 10
flow tcp 10.0.0.1:5 10.0.0.2:6 48 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 5 0 00 later'
frames 'fragments of IPv6' 101 -a 'orphan|other' \
    "1 ip6($a) hop frag(mf=1,id=70000) udp(3,4,len=208) data(96)
1 ip6($a) frag(off=13,id=70000,proto=11) zero(96)
1 ip6($a) frag(off=25,id=70000,proto=3c) zero(8)
1 ip6($a) frag(off=25,id=4464,proto=11) zero(8)" \
    'flow udp [2001:db8::1]:3 [2001:db8::2]:4 200 96 00
flow udp [2001:db8::1]:3 [2001:db8::2]:4 0 0 00 later
flow udp [2001:db8::1]:3 [2001:db8::2]:4 0 0 00 later
orphan'
frames 'a TCP header in three fragments: flags come with the second' 101 \
    -a orphan "1 $f,mf=1,proto=6) hex(0005000600000001)
1 $f,mf=1,off=1,proto=6) hex(0000000050020064)
1 $f,off=2,proto=6) hex(00000000_0102030405)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 02 later
flow tcp 10.0.0.1:5 10.0.0.2:6 5 0 00 later'
frames 'a first fragment too short for ports' 101 -a orphan \
    "1 $f,mf=1,proto=6,len=22) data(2)
1 $f,off=1,proto=6) data(20)" 'malformed
orphan'
# In reverse: orphans first, told again when the first comes.
frames 'fragments in reverse order' 101 -a 'orphan|other|earlier' \
    "1 $f,off=25,proto=17) zero(8)
2 $f,mf=1,off=13,proto=17) zero(96)
3 $f,mf=1) udp(1,2,len=208) data(96)
4 ip6($a) frag(off=1,id=7,proto=6) zero(40)
63 ip6($a) frag(mf=1,id=7,proto=6) hex(00050006_00000001)" \
    'orphan
orphan
flow udp 10.0.0.1:1 10.0.0.2:2 200 96 00
earlier udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
earlier udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
orphan
flow tcp [2001:db8::1]:5 [2001:db8::2]:6 0 0 00
earlier tcp [2001:db8::1]:5 [2001:db8::2]:6 28 0 00 later'
frames 'fragments of IPv6: remembered 60 s' 101 -a 'orphan|other' \
    "100 ip6($a) frag(mf=1,id=7) udp(3,4,len=208) data(96)
160 ip6($a) frag(off=13,id=7,proto=11) zero(8)
160.000001 ip6($a) frag(off=13,id=7,proto=11) zero(8)" \
    'flow udp [2001:db8::1]:3 [2001:db8::2]:4 200 96 00
flow udp [2001:db8::1]:3 [2001:db8::2]:4 0 0 00 later
orphan'
frames 'TCP fragments that overlap: bytes count once' 101 -a orphan \
    "1 $f,mf=1) tcp(5,6,A) data(28)
1 $f,mf=1,off=4,proto=6) zero(48)
1 $f,mf=1,off=4,proto=6) zero(48)
1 $f,off=10,proto=6) zero(16)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 28 28 10
flow tcp 10.0.0.1:5 10.0.0.2:6 32 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 16 0 00 later'
frames 'TCP fragments apart from each other: bytes count once' 101 -a orphan \
    "1 $f,mf=1) tcp(5,6,A) data(28)
1 $f,mf=1,off=8,proto=6) zero(8)
1 $f,off=12,proto=6) zero(8)
1 $f,mf=1,off=8,proto=6) zero(8)
1 $f,mf=1,off=6,proto=6) zero(16)
1 $f,off=12,proto=6) zero(8)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 28 28 10
flow tcp 10.0.0.1:5 10.0.0.2:6 8 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 8 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 16 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00 later'
# 40 bytes, 28 of them header, as byte 12 says.
frames 'TCP fragments in disorder: the header is as long as it says' 101 \
    -a orphan "1 $f,mf=1,proto=6) hex(00050006_00000001)
1 $f,off=3,proto=6) zero(16)
1 $f,mf=1,off=1,proto=6) hex(00000000_7002_0064_00000000_01010101)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00 later
flow tcp 10.0.0.1:5 10.0.0.2:6 12 0 02 later'

# Tunnels

o='ip(192.0.2.1,192.0.2.2)' o6='ip6(2001:db8::9,2001:db8::a)'
frames 'GRE' 1 -T "1 eth $o gre $u
1 eth $o6 gre $v
1 eth $o gre(flags=8000,type=0800) zero(4) $u
1 eth $o gre(flags=2000,type=0800) zero(4) $u
1 eth $o gre(flags=b000,type=86dd) zero(12) $v" "$uu
$vv
$uu
$uu
$vv"
frames 'GRE: Ethernet, ERSPAN II and III' 1 -T -a 'not-ip' "1 eth $o gre eth $u
1 eth $o gre eth vlan $v
1 eth $o gre(flags=1000,type=88be) hex(00000001_10000000_00000000) eth $u
1 eth $o gre(flags=0000,type=88be) eth $u
1 eth $o gre(flags=1000,type=22eb) hex(00000001_20000000) zero(8) eth $u
1 eth $o gre(flags=1000,type=22eb) \
hex(00000001_20000000_00000000_00000001) zero(8) eth $u" "$uu
$vv
$uu
$uu
$uu
$uu"
frames 'GRE: PPTP' 1 -T -a 'not-ip' \
    "1 eth $o gre(flags=3001,type=880b) zero(8) ppp $u
1 eth $o gre(flags=3081,type=880b) zero(12) hex(ff03) ppp $v" "$uu
$vv"
frames 'GRE without a packet' 1 -T -a 'other|not-ip' \
    "1 eth $o gre(type=0,flags=0)
1 eth $o gre(flags=2081,type=880b) zero(8)
1 eth $o gre(type=0806) data(28)" 'other
other
not-ip'
frames 'IP in IP' 1 -T "1 eth $o $u
1 eth $o6 $u" "$uu
$uu"
frames '6in4, 6in6' 1 -T "1 eth $o $v
1 eth $o6 $v" "$vv
$vv"
frames 'IP in IP in IP …, nine deep: other' 1 -T \
    "1 eth $o $o $o $o $o $o $o $o $u
1 eth $o $o $o $o $o $o $o $o $o $u" "$uu
other"
frames 'GTP-U' 1 -T -a 'flow udp 192' "1 eth $o udp(2152,2152) gtpu $u
1 eth $o udp(2152,2152) gtpu $v
1 eth $o udp(9,2152) gtpu(flags=32) zero(4) $u
1 eth $o udp(2152,9) gtpu(flags=34) hex(00000085_01100900) $t
1 eth $o udp(2152,2152) gtpu(flags=34) hex(00000085_011009c0_01000000) $t" \
    "$uu
$vv
$uu
$tt
$tt"
frames 'GTP-U without a packet is UDP' 1 -T -a 'flow udp 192' \
    "1 eth $o udp(2152,2152) gtpu(type=1) data(4)
1 eth $o udp(2152,2152) gtpu data(4)
1 eth $o udp(2152,2152) gtpu(flags=34) hex(00000085_00) zero(30)
1 eth $o udp(2152,2152) gtpu hex(45000005) zero(30)
1 eth $o udp(2152,2152) gtpu(flags=50) $u" \
    'flow udp 192.0.2.1:2152 192.0.2.2:2152 12 12 00
flow udp 192.0.2.1:2152 192.0.2.2:2152 12 12 00
flow udp 192.0.2.1:2152 192.0.2.2:2152 43 43 00
flow udp 192.0.2.1:2152 192.0.2.2:2152 42 42 00
flow udp 192.0.2.1:2152 192.0.2.2:2152 46 46 00'
frames 'VXLAN' 1 -T -a 'flow udp 192|not-ip' \
    "1 eth $o udp(40000,4789) vxlan eth $u
1 eth $o udp(40000,8472) vxlan eth vlan $v
1 eth $o udp(40000,4789) vxlan(flags=88) eth $u" "$uu
$vv
$uu"
frames 'VXLAN: ARP' 1 -T -a 'flow udp 192|not-ip' \
    "1 eth $o udp(40000,4789) vxlan eth(type=0806) data(28)" not-ip
frames 'VXLAN flags wrong: UDP' 1 -T \
    "1 eth $o udp(40000,4789) vxlan(flags=00) eth $u" \
    'flow udp 192.0.2.1:40000 192.0.2.2:4789 60 60 00'
frames 'tunnel in tunnel' 1 -T -a 'flow udp|not-ip' \
    "1 eth $o udp(1,4789) vxlan eth $o6 gre $o udp(2152,2152) gtpu $u" "$uu"
frames 'without -T a tunnel is the outer packet' 1 -a other \
    "1 eth $o udp(2152,2152) gtpu $u
1 eth $o gre $u
1 eth $o $v" 'flow udp 192.0.2.1:2152 192.0.2.2:2152 46 46 00
other
other'

# The outer packet in two: 64 bytes of the tunnel first.
frames 'fragments of a tunnel belong to the flow in it' 1 -T \
    -a 'flow udp 192|orphan|not-ip' \
    "1 eth ip(192.0.2.1,192.0.2.2,id=3,mf=1) gre ip(10.0.0.1,10.0.0.2,len=228) \
udp(1,2,len=208) data(32)
1 eth ip(192.0.2.1,192.0.2.2,id=3,off=8,proto=47) data(168)
1 eth ip(192.0.2.1,192.0.2.2,id=4,off=8,proto=47) data(168)" \
    'flow udp 10.0.0.1:1 10.0.0.2:2 200 32 00
flow udp 10.0.0.1:1 10.0.0.2:2 0 0 00 later
other'
frames 'fragments within a tunnel' 1 -T -a 'orphan' \
    "1 eth $o $f,mf=1) tcp(5,6,A) data(28)
1 eth $o6 $f,off=6,proto=6) zero(48)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 28 28 10
flow tcp 10.0.0.1:5 10.0.0.2:6 48 0 00 later'
frames 'TCP in a tunnel in fragments: its length comes once' 1 -T \
    -a 'flow udp 192|orphan|other' \
    "1 eth ip(192.0.2.1,192.0.2.2,id=3,mf=1) ip(10.0.0.1,10.0.0.2,len=140) \
tcp(5,6,A) data(24)
1 eth ip(192.0.2.1,192.0.2.2,id=3,off=8,proto=4) data(76)" \
    'flow tcp 10.0.0.1:5 10.0.0.2:6 100 24 10
flow tcp 10.0.0.1:5 10.0.0.2:6 0 0 00 later'
