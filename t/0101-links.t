#!/bin/bash
# Each link type and each header between Ethernet and IP, by a frame made by
# hand; tshark reads the same frames, but for those it does not know.
. "${0%/*}/lib.sh"
# shellcheck source=t/frames.sh
. "$top/t/frames.sh"

mac=020202020202_040404040404

# Name, link type, layers; u and v stand for the packets.  A name that ends in
# `*` is of what tshark 4.0 does not read so.
cat >links <<E
NFLOG|239|hex(02000000_08000100_08000100_05000a00_00000000_2a000900) u
NFLOG, big-endian *|239|hex(02000000_00080001_08000100_002a0009) u
NFLOG, IPv6|239|hex(0a000000_39000900) v
PPI: Ethernet|192|hex(00000800_01000000) eth u
PPI: 802.11 behind a field|192|hex(00001000_69000000_7f000400_00000000) wlan llc v
PKTAP: Ethernet|258|hex(6c000000_01000000_01000000) zero(96) eth u
PKTAP: raw|258|hex(6c000000_01000000_0c000000) zero(96) v
PFLOG|117|hex(3d020000) zero(60) u
PFLOG, IPv6|117|hex(3d180000) zero(60) v
ENC|109|hex(02000000_00000000_00000000) u
ENC, big-endian, IPv6|109|hex(00000018_00000000_00000000) v
frame relay|107|hex(1841_03cc) u
frame relay, IPv6|107|hex(1841_038e) v
frame relay, four bytes of address|107|hex(18400001_03cc) u
frame relay, SNAP|107|hex(1841_0300_80_000000_0800) u
frame relay, bridged|107|hex(1841_0300_80_0080c2_0007) eth u
frame relay, Cisco|107|hex(1841_0800) u
frame relay with direction *|206|hex(00_1841_03cc) u
PPP: Cisco HDLC|9|hex(0f00_0800) u
PPP: bridged|9|hex(ff03_0031_0001) eth u
PPP: of one link of several|9|hex(ff03_003d_c0000001) ppp u
PPP over Ethernet|51|pppoe ppp u
PPP with direction|204|hex(00_ff03) ppp u
PPP of pppd *|166|hex(00_ff03) ppp v
Cisco HDLC with direction *|205|hex(00) chdlc u
SLIP *|8|zero(16) u
FDDI|10|hex(50_$mac) llc u
token ring|6|hex(1040_$mac) llc u
token ring, source routed|6|hex(1040_020202020202_840404040404_0630_00110022) llc u
ATM: LLC|100|llc u
ATM: NLPID|100|hex(fefe03cc) u
ATM: PPP|100|hex(fefe03cf) ppp u
ATM: bridged|100|hex(aaaa03_0080c2_0007_0000) eth u
ATM: circuit of IP *|100|u
SunATM: LLC|123|hex(02000064) llc u
SunATM: LAN emulation|123|hex(01000064_0000) eth u
fibre channel|122|zero(16) llc u
IEEE 1394|138|zero(16) hex(0800) u
InfiniBand|242|zero(40) hex(08000000) u
InfiniBand, address only *|242|zero(20) hex(08000000) u
DOCSIS|143|hex(00000034_0000) eth u
DOCSIS, extended header|143|hex(01020036_3101_0000) eth u
Solaris|226|hex(0102_0000_00000026) zero(16) u
Solaris, IPv6|226|hex(011a_0000_00000035) zero(16) v
ERF: Ethernet|197|zero(8) hex(0204_0046_0000_0034_0000) eth u
ERF: with an extension|197|zero(8) hex(8204_004e_0000_0034) zero(8) hex(0000) eth u
ERF: IPv4|197|zero(8) hex(1604_0036_0000_0026) u
VPP|280|hex(0100_04_02_00000007_6970342d696e70757400_6d65746100_6f00_7000) u
VPP: Ethernet|280|hex(0100_04_01_00000007_65746865726e657400_6d65746100_6f00_7000) eth v
TZSP|128|hex(0100_0001_0a0105_00_01) eth u
Juniper Ethernet|178|hex(4d474301) eth u
Juniper Ethernet with extensions|178|hex(4d474380_0003_050101) eth u
Juniper PPP|179|hex(4d474300_ff03) ppp u
Juniper PPP without a link layer|179|hex(4d474302_02000000) u
Juniper Cisco HDLC|181|hex(4d474301) chdlc v
Juniper frame relay|180|hex(4d474380_0003_050101_1841_03cc) u
Juniper Ethernet without a link layer|178|hex(4d474302_02000000) u
netANALYZER *|240|hex(00000000) eth u
netANALYZER transparent *|241|hex(00000000_55555555555555d5) eth u
mPacket *|274|hex(55555555555555d5) eth u
Broadcom tag *|281|hex(${mac}_00000000_0800) u
Broadcom tag before *|282|hex(00000000) eth u
DSA *|284|hex(${mac}_c0080005_0800) u
DSA, tagged, to CPU *|284|hex(${mac}_20080005_86dd) v
EDSA *|285|hex(${mac}_dada_0000_c0080005_0800) u
EDSA, other type *|285|hex(${mac}_9101_0000_c0080005_0800) u
EDSA on Ethernet *|1|eth(type=dada) hex(0000_c0080005_0800) u
Prism|119|hex(44000000_90000000) zero(136) wlan llc u
AVS by Prism's number|119|hex(80211001_00000040) zero(56) wlan llc u
AVS|163|hex(80211001_00000040) zero(56) wlan llc u
Linux cooked, Ethernet|113|sll(type=3) eth u
Linux cooked, PPP|113|sll(type=7) hex(ff03) ppp u
Linux cooked, loopback, no type *|113|hex(0000_0304_0006_0000000000000000_0000) u
Linux cooked v2, tunnel, no type *|276|hex(0000_0000_00000002_0300_00_00_0000000000000000) v
Linux cooked, GRE, its type|113|hex(0000_030a_0000_0000000000000000_0800) u
FabricPath|1|eth(type=8903) hex(0401) eth u
MAC-in-MAC|1|eth(type=88e7) hex(00000001) eth u
MAC-in-MAC behind a B-TAG|1|eth(type=88a8) hex(0005_88e7_00000001) eth v
VN-Tag|1|eth(type=8926) hex(00000001_0800) u
HSR|1|eth(type=892f) hex(0034_0001_0800) u
R-TAG behind a VLAN tag|1|eth vlan(type=f1c1) hex(0000_0001_86dd) v
TRILL|1|eth(type=22f3) hex(0005_0001_0002) eth u
TRILL with a word of options|1|eth(type=22f3) hex(0045_0001_0002_00000000) eth vlan v
ISL|1|hex(01000c000005_020202020202_0044_aaaa03_00000c_000b_0001_0000) eth u pad=8
ISL, its other address, tagged frame *|1|hex(03000c000000_020202020202_0057_aaaa03_00000c_000a_0001_0000) eth vlan v pad=8
E-Tag|1|eth(type=893f) hex(000000000000_0800) u
NSH: IPv4|1|eth(type=894f) hex(0fc60101_00000aff) zero(16) u
NSH: Ethernet, no context|1|eth(type=894f) hex(0fc20203_000001ff) eth v
NSH in NSH|1|eth(type=894f) hex(0fc20204_000001ff_0fc20201_000002ff) u
Cisco metadata|1|eth(type=8909) hex(0101_0001_0064_0800) u
MACsec in clear|1|eth(type=88e5) hex(00_00_00000001_0800) u pad=16
MACsec in clear with address|1|eth(type=88e5) hex(20_00_00000001_0202020202020001_86dd) v pad=16
VLAN 9200 *|1|eth(type=9200) vlan u
VLAN tags, six of them|1|eth vlan vlan vlan vlan vlan vlan v
EoMPLS, no control word, 5 *|1|eth(type=8847) mpls hex(520202020202_040404040404_0800) u
EoMPLS, no control word, 0 *|1|eth(type=8847) mpls eth u
EoMPLS, no control word, 4 *|1|eth(type=8847) mpls hex(420202020202_040404040404_86dd) v
EoMPLS, control word|1|eth(type=8847) mpls hex(00000001) eth u
E
nothing='not-ip|malformed|other'

plan $(($(wc -l <links) + 1))
while IFS='|' read -r title type layers; do
	wanted=$uu
	case $layers in
	*v | *'v pad='*) wanted=$vv ;;
	esac
	spec="1 $(echo "$layers" | sed "s/\\bu\\b/$u/; s/\\bv\\b/$v/")"
	frames "${title% \*}" "$type" -a "$nothing" "$spec" "$wanted"
	case $title in
	*\*) ;;
	*)
		echo "$spec link=$type" >>known
		echo "$wanted" | cut -d ' ' -f 3,4 >>seen
		;;
	esac
done <links
TSHARK_OPTIONS='-o docsis.check_fcs:FALSE'
tshark_frames 'all of them' "$(cat seen)" "$(cat known)"
