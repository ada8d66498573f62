#!/bin/bash
# Each tunnel by a frame made by hand, read with -T; tshark reads the same
# frames, but for those it does not know or must be told about.
. "${0%/*}/lib.sh"
# shellcheck source=t/frames.sh
. "$top/t/frames.sh"

o='eth ip(192.0.2.1,192.0.2.2)'

# Name and layers; o, u and v stand for the outer and inner packets.  A name
# that ends in `*` is of what tshark 4.0 does not read so.
cat >tunnels <<E
Geneve: Ethernet|o udp(49999,6081) hex(0000_6558_00000500) eth u
Geneve: IPv6|o udp(49999,6081) hex(0000_86dd_00000500) v
Geneve: two options|o udp(49999,6081) hex(0300_0800_00000500_010280010000000a_01020000) u
VXLAN, reserved bits and bytes|o udp(49999,4789) hex(ff123456_000005ff) eth u
VXLAN-GPE: IPv4|o udp(49999,4790) hex(0c000001_00000500) u
VXLAN-GPE: Ethernet|o udp(49999,4790) hex(0c000003_00000500) eth v
VXLAN-GPE: NSH|o udp(49999,4790) hex(0c000004_00000500_0fc20201_000001ff) u
VXLAN, P flag, a frame all the same|o udp(49999,4789) hex(0c000003_00000500) eth u
VXLAN, P flag: IPv6 *|o udp(49999,4789) hex(0c000002_00000500) v
L2TPv2|o udp(1701,1701) hex(0002_0007_0009) hex(ff03) ppp u
L2TPv2, length|o udp(1701,1701) hex(4002_0034_0007_0009_ff03) ppp u
L2TPv2, length, numbers, offset|o udp(1701,1701) hex(4a02_003c_0007_0009_0001_0002_0002_0000_ff03) ppp u
L2TPv3 over UDP *|o udp(1701,1701) hex(0003_0000_00000009) eth u
L2TPv3 with cookie and sublayer *|o udp(1701,1701) hex(0003_0000_00000009_11223344_40000000) eth v
L2TPv3 over IP *|eth ip(192.0.2.1,192.0.2.2,proto=115) hex(00000009) eth u
MPLS over UDP|o udp(49999,6635) hex(00010140) u
MPLS over IP|eth ip(192.0.2.1,192.0.2.2,proto=137) hex(00010140) u
EtherIP|eth ip(192.0.2.1,192.0.2.2,proto=97) hex(3000) eth u
MPLS over GRE|o gre(type=8847) hex(00010140) v
NSH over GRE|o gre(type=894f) hex(0fc20201_000001ff) u
WCCP 2 over GRE|o gre(type=883e) hex(00000000) u
802.11 over GRE|o gre(type=8200) wlan llc u
EoIP *|o gre(flags=2001,type=6400) hex(3400_0500) eth u
GRE over UDP|o udp(49999,4754) hex(0000_0800) u
Teredo|o udp(49999,3544) v
Teredo, authentication and origin|o udp(49999,3544) hex(0001_0000_0102030405060708_00_0000_ffff_fffffffe) v
CAPWAP: 802.3 *|o udp(49999,5247) hex(00100000_00000000) eth u
CAPWAP: 802.11 *|o udp(49999,5247) hex(00100300_00000000) wlan llc u
CAPWAP: 802.11, control swapped|o udp(49999,5247) hex(00100300_00000000_0108_0000_020202020202020202020202020202020202_0000) llc u
TZSP|o udp(49999,37008) hex(0100_0001_01) eth u
TZSP: 802.11|o udp(49999,37008) hex(0100_0012_0a0105_01) wlan llc v
AYIYA|o udp(49999,5072) hex(44_52_11_29_00000001) zero(36) v
LISP|o udp(49999,4341) hex(80000001_00000000) u
LISP: IPv6 *|o udp(49999,4341) hex(08000000_00000001) v
GUE: IPv4 *|o udp(49999,6080) hex(00_04_0000) u
GUE: IPv6 behind two words of options *|o udp(49999,6080) hex(02_29_0000_1122334455667788) v
GUE: GRE *|o udp(49999,6080) hex(00_2f_0000) gre v
GUE, variant 1: IPv4 *|o udp(49999,6080) u
GUE, variant 1: IPv6 *|o udp(49999,6080) v
Ethernet over IPv6, behind a segment routing header|eth ip6(2001:db8::a,2001:db8::b,proto=43) hex(8f02_04_00_00_00_0000_20010db8000000000000000000000011) eth u
Ethernet over IP *|eth ip(192.0.2.1,192.0.2.2,proto=143) eth v
Geneve in VXLAN|o udp(49999,4789) hex(08000000_00000500) o udp(49999,6081) hex(0000_0800_00000500) u
E
plan $(($(wc -l <tunnels) + 3))
while IFS='|' read -r title layers; do
	wanted=$uu
	case $layers in
	*v) wanted=$vv ;;
	esac
	spec="1 $(echo "$layers" | sed "s/\bo\b/$o/g; s/\bu\b/$u/; s/\bv\b/$v/")"
	frames "${title% \*}" 1 -T -a 'not-ip|other|flow udp 192' "$spec" \
	    "$wanted"
	case $title in
	*\*) ;;
	*)
		echo "$spec" >>known
		echo "$wanted" | cut -d ' ' -f 3,4 >>seen
		;;
	esac
	echo "$spec" >>all
done <tunnels
TSHARK_OPTIONS='-d udp.port==4754,gre'
tshark_frames 'all of them' "$(cat seen)" "$(cat known)"

# Without -T they are counted, and the outer packets are the flows.
$make <all >all.pcap
is 'without -T: what it would open' "$(pcap2flows -v -b all.pcap 2>&1 >rows |
	sed -n 's/.*packets lie in/lie in/p')" 'lie in tunnels, which -T would '\
'open: GRE 6, EtherIP 3, MPLS 2, L2TP 6, VXLAN 7, Geneve 3, Teredo 2, CAPWAP 3, '\
'TZSP 2, AYIYA 1, LISP 2, GUE 5'
is 'and the outer flows' "$(grep -c '192\.0\.2\.1' rows)" "$(sed 1d rows |
	wc -l | tr -d ' ')"
