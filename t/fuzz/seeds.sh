#!/usr/bin/env bash
# seeds.sh DIR: inputs to begin with, DIR/NAME/*, for each fuzzer; the
# programs are in PATH.
set -euo pipefail
shopt -s inherit_errexit
top=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$1"
mkdir -p "$1/tmp"
dir=$(cd "$1" && pwd)

# shellcheck disable=SC2059  # an octal escape is made
byte() { printf "\\$(printf %o "$1")"; }

# seed NAME INPUT [FILE]: one for each of the first choices of options.
seed() {
	mkdir -p "$dir/$1"
	local choice to
	for choice in 0 1 2 3 4 5 6; do
		to=$dir/$1/${2##*/}.$choice
		byte $choice >"$to"
		[ $# -lt 3 ] || {
			cat "$3"
			printf '\n%%%%\n' # a capture ends in no line
		} >>"$to"
		cat "$2" >>"$to"
	done
}

cd "$dir/tmp"
tracegen -c 2 -d 600 -s 3 >campus.pcap
# All is read, so that no program ends for want of a reader.
first() { awk -v n="$1" 'NR <= n'; }
pcap2flows campus.pcap | first 40 >flows
pcap2flows -A 20 campus.pcap | LC_ALL=C sort | first 40 >pieces
skypeclass -ax flows >classed
sigtag flows >tagged 2>/dev/null || sigtag classed >tagged
skypeclass -e flows >list
printf '10.0.0.1 1000\n240.0.0.1 2000\n' >bare
head -n 20 "$top/lib/geo/places.csv" >places
printf '%s\n' '"16777216","16777471","AU","Australia"' \
    '2001:db8::,2001:db8::ff,EU' '1.0.0.0,1.0.0.255,FR,"Paris, (5e)",48.8,2.3' \
    >other
: >nothing
seed tracegen nothing places
cp nothing nothing2
seed tracegen nothing2 other
seed rttcalc flows
perl "$top/t/mkpcap.pl" >named.pcap <<X
1.1 eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex(1234_8180_0001_0001_0000_0000_016100_0001_0001_c00c_0001_0001_0000003c_0004_c0000201)
2.0 eth ip(10.0.0.1,192.0.2.1) tcp(5000,80,PA) hex(474554202f20485454502f312e310d0a486f73743a20782e790d0a0d0a)
3.0 eth ip(10.0.0.1,192.0.2.1) udp(5000,443) hex($(perl "$top/t/mkquic.pl" 1 0102030405060708 0 0600400401000000 p60))
X
seed flownames named.pcap
cp flows flows4
flownames named.pcap >names
seed flownames flows4 names
seed flownames "$top/t/from/eve.json"
for log in conn.log eve.json rwcut.txt; do
	cp "$top/t/from/$log" .
	seed flowfrom $log
done
seed flowid flows
seed flowpart flows
seed flowcut flows
seed flowsort flows
echo 00112233445566778899aabbccddeeff0123456789abcdef0123456789ABCDEF >key
seed flowanon flows key
printf 'a\tb\n1\t[2001:db8::1]:53\n2\t-\n3\t10.0.0.1:80\n' >ends
head -c 32 campus.pcap >key
seed flowanon ends key
printf '%s\n' 'src net 10.0.0.0/8 and dport in (53, 443..500) or class ~ "^s"' \
	'and not (port > 1.5k || start >= 2007-04-22T10:00:01.5+02:00)' >query
seed flowgrep flows query
echo 'ip.addr != 10.0.0.1 && udp.port in {53 80} or host 2001:db8::1' >query
cp flows flows4
seed flowgrep flows4 query
seed flowpcap flows campus.pcap
seed sigtag classed
seed popularity tagged
seed flowmerge pieces
seed geojoin flows places
cp flows flows2
seed geojoin flows2 other
printf '192.0.2.0/24\tEU\tIT\tTorino (Centro)\t45.0703\t7.6869\n%s' \
    '240.0.0.0/4	SA	BR	-	-23.5	-' |
    perl "$top/t/mmdb.pl" -v 6 >mmdb
cp flows flows3
seed geojoin flows3 mmdb
for list in list bare; do
	cp flows flows.$list
	seed skypeclass flows.$list $list
done
seed skypeclass flows
# Calls.
tracegen -c 20 -d 2h -s 4 | pcap2flows | skypeclass |
	awk -F '\t' 'NR == 1 || $(NF - 2) != "sig"' >calls
skypeclass -e calls >list
seed skypeclass calls
cp calls calls2
seed skypeclass calls2 list

# Captures: every layer that t/mkpcap.pl knows, as frames in words.
mkpcap() { # name options
	local name=$1
	shift
	perl "$top/t/mkpcap.pl" "$@" >"frames.$name"
	seed pcap2flows "frames.$name"
}
u='udp(1,2) data(10)' p='ip(10.0.0.1,10.0.0.2)' q='ip6(2001:db8::1,2001:db8::2)'
printf '%s\n' "1.0 eth $p $u" "2.0 eth(type=88a8) vlan vlan $q tcp(1,2,S)" \
    "3.0 eth mpls mpls $p tcp(3,4,FA) data(3)" "4.0 eth pppoe ppp $p $u" |
    mkpcap links
printf '%s\n' "1.0 eth ip(10.0.0.1,10.0.0.2,mf=1,id=7) $u" \
    '1.1 eth ip(10.0.0.1,10.0.0.2,off=3,id=7,proto=17) data(9)' \
    "1.2 eth $q frag(mf=1,id=9) $u" \
    "1.3 eth $q hop(8) opts(8) ah $u" \
    "1.4 eth $p icmp(3,3) $p $u" | mkpcap fragments
printf '%s\n' "1.0 eth $p gre $p $u" "1.1 eth $p $p $u" "1.2 eth $p $q $u" \
    "1.3 eth $p udp(2152,2152) gtpu $p $u" \
    "1.4 eth $p udp(9,4789) vxlan eth $p $u" >words
mkpcap tunnels <words
printf '%s\n' "1.0 eth(type=892f) hex(0034_0001_0800) $p $u" \
    "1.1 eth vlan(type=f1c1) hex(0000_0001_86dd) $q $u" \
    "1.2 eth(type=22f3) hex(0045_0001_0002_00000000) eth $p $u" \
    "1.3 hex(01000c000005_020202020202_0044_aaaa03_00000c_000b_0001_0000) eth $p $u" |
    mkpcap shims
printf '%s\n' "1.0 eth $p udp(9,4341) hex(80000001_00000000) $p $u" \
    "1.1 eth $p udp(9,6080) hex(02_29_0000_1122334455667788) $q $u" \
    "1.2 eth $p udp(9,6080) hex(00_2f_0000) gre $q $u" \
    "1.3 eth $p udp(9,6080) $q $u" \
    "1.4 eth $p udp(9,4789) hex(0c000002_00000500) $q $u" \
    "1.5 eth $p udp(9,4790) hex(0c000004_00000500_0fc20201_000001ff) $p $u" |
    mkpcap overlays
mkpcap ng -g -r 9 <words
mkpcap nano -n <words
echo "1.0 sll $p $u" | mkpcap sll -l 113
echo "1.0 sll2 $q $u" | mkpcap sll2 -l 276
echo "1.0 null(2) $p $u" | mkpcap null -l 0 -b
echo "1.0 radiotap wlan llc $p $u" | mkpcap wlan -l 127
echo "1.0 $p $u" | mkpcap raw -l 101
head -c 3000 campus.pcap >few
seed pcap2flows few
awk 'BEGIN {for (; n < 150; n++) print n / 50, "eth ip(10.0.0.1,10.0.0.2)",
	"udp(1,2) data(" n % 9 ")"}' | mkpcap long
gzip -c few >few.gz
printf '\050\265\057\375few' >few.zst
printf '\3757zXZ\000few' >few.xz
for f in few.gz few.zst few.xz; do seed pcap2flows $f; done

# Captures as they are: how their bytes arrive, and how many frames at once.
mkdir -p "$dir/container"
mkpcap big -b <words
mkpcap ngbig -g -b <words
for f in frames.*; do
	for step in 0 9 63; do
		{
			byte $step
			byte $step
			cat "$f"
		} >"$dir/container/$f.$step"
	done
done

# The decoder's: frames out of the captures, behind link and length.
mkdir -p "$dir/decode"
for f in frames.*; do
	perl -e 'undef $/; $_ = <STDIN>; exit if /^\x0a/;
		my $v = /^[\xd4\x4d]/;
		my ($l, $a) = ($v ? "V" : "N", 24);
		my %at = (1 => 0, 113 => 1, 276 => 2, 101 => 11, 0 => 4,
		    127 => 7);
		my $link = $at{unpack($l, substr $_, 20)} // 0;
		print chr 1;
		while ($a + 16 < length) {
			my $n = unpack $l, substr $_, $a + 8;
			last if $n > 2000;
			print pack("C n C", $link, $n, 1), substr $_, $a + 16, $n;
			$a += 16 + $n;
		}' <"$f" >"$dir/decode/$f"
done

# IPFIX: all columns of few records, in messages that one can cut.
mkdir -p "$dir/ipfix"
if command -v flowipfix >/dev/null; then
	first 5 <flows >five
	for columns in cid,src,dst,pkts start,end,why src,sport,size,rsize; do
		flowcut -c "$columns" five |
			flowipfix -m 1400 -o "$dir/ipfix/$columns"
	done
	flowipfix -o "$dir/ipfix/all" five
fi
rm -rf "$dir/tmp"
