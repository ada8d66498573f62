#!/bin/sh
# Every read, write, open, close and allocation fails once; see
# t/fault/loop.pl for what must then hold.
. "${0%/*}/lib.sh"

[ "$(uname)" = Linux ] || skip_all 'no Linux'
plan 31

shim=${BUILD:-$top/build}/fault.so
most=${FAULTS:-40}
# The sanitizers' library comes first; allocations are its own then and do not
# fail.  What a failed run leaves behind is no leak.
asan=$(ldd "$(command -v pcap2flows)" | awk '/libasan/ {print $3}')
shim=${asan:+$asan:}$shim
[ -z "$asan" ] || most=${FAULTS:-15}
export ASAN_OPTIONS=detect_leaks=0

tracegen -c 6 -d 1h -s 4 >big.pcap
"$top/t/mkpcap.pl" >in.pcap <<'X'
1.0 eth ip(10.0.0.1,10.1.0.1) udp(1000,53) data(20)
1.5 eth ip(10.1.0.1,10.0.0.1) udp(53,1000) data(40)
2.0 eth ip(10.0.0.2,10.1.0.1,mf=1,id=7) udp(1000,53,len=60) data(20)
2.1 eth ip(10.0.0.2,10.1.0.1,off=3,id=7,proto=17) data(20)
3.0 eth ip6(2001:db8::1,2001:db8::2) tcp(1,2,S)
400.0 eth ip(10.0.0.1,10.1.0.1) udp(1000,53) data(20)
X
unset LD_PRELOAD
"$top/t/fault/flood.pl" scan 9000 >flood.pcap
gzip -c in.pcap >in.gz
pcap2flows big.pcap >flows.tsv
pcap2flows -A 30 big.pcap | sort | head -n 2000 >pieces.tsv
skypeclass -a flows.tsv >classed.tsv
sigtag classed.tsv >tagged.tsv
awk '{pair = $5 < $7 ? $5 " " $7 : $7 " " $5} !seen[pair]++' classed.tsv \
	>pairs.tsv
skypeclass -e flows.tsv >list.tsv
printf %032d 0 >key
printf '10.0.0.0/8\tEU\tIT\tTorino\t45.0703\t7.6869\n' >places

loop() { # name command ...
	name=$1
	shift
	ok "$name" "$top/t/fault/loop.pl" "$shim" "$most" "$@"
}

loop pcap2flows pcap2flows in.pcap
PARTIAL=1 loop 'pcap2flows, two threads' pcap2flows -m 1000 flood.pcap
loop 'pcap2flows, gzip' pcap2flows in.gz
PARTIAL=1 INPUT=$scratch/big.pcap loop 'pcap2flows, stdin' pcap2flows -T -D 5 -
export OUTPUT="$scratch/rot"
loop 'pcap2flows -o -G' pcap2flows -t 5 -G 60 -o rot-%s in.pcap
export OUTPUT="$scratch/part-"
loop 'flowpart -o' flowpart -n 3 -o part- classed.tsv
unset OUTPUT
loop flowpart flowpart -n 3 classed.tsv
loop 'pcap2flows -p' pcap2flows -p big.pcap
loop 'pcap2flows -M' pcap2flows -M flows.prom in.pcap
loop skypeclass skypeclass -ax flows.tsv
loop 'skypeclass -E' skypeclass -a -E list.tsv flows.tsv
loop 'skypeclass -e' skypeclass -e flows.tsv
loop sigtag sigtag classed.tsv
loop 'sigtag -s' sigtag -s pairs.tsv
loop rttcalc rttcalc flows.tsv
loop popularity popularity tagged.tsv
loop 'geojoin, CSV' geojoin -d "$top/lib/geo/places.csv" flows.tsv
perl "$top/t/mmdb.pl" -v 4 <places >base.mmdb
loop 'geojoin, mmdb' geojoin -d base.mmdb flows.tsv
loop flowmerge flowmerge pieces.tsv
INPUT=$scratch/flows.tsv loop 'flowid, stdin' flowid
loop flowanon flowanon -K key flows.tsv
loop flowcut flowcut -d flows.tsv
printf '10.0.0.0/8\nword\n' >list
loop flowgrep flowgrep 'src in @list or class ~ "s"' classed.tsv
loop flowpcap flowpcap flows.tsv big.pcap
loop flowsort flowsort -c bytes:nr flows.tsv
INPUT=$scratch/flows.tsv loop 'flowsort -r, stdin' flowsort -r
loop flownames flownames in.pcap
flownames in.pcap >names.tsv
loop 'flownames -j' flownames -j names.tsv flows.tsv
loop flowfrom flowfrom zeek "$top/t/from/conn.log"
loop 'flowfrom, JSON' flowfrom suricata "$top/t/from/eve.json"
loop tracegen tracegen -c 1 -d 60
