#!/bin/bash
# One contract for records: what pcap2flows writes of any frame, each filter
# takes.  Frames are those of the fuzzing corpus, of captures made here, and,
# where they are, of real captures and cases.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

# One segment in fragments, a length that cannot be, a length of no length, an
# offloaded segment, 90 messages of voice, and none.
{
	cat <<-'END'
	1 eth ip(10.0.0.1,198.51.100.7,id=7,mf=1) tcp(1,80,A) data(500)
	1.1 eth ip(10.0.0.1,198.51.100.7,id=7,off=65,proto=6) data(500)
	2 eth ip(10.0.0.1,198.51.100.7,len=9000) udp(2,53) data(10)
	3 eth ip(10.0.0.1,198.51.100.7,len=0) tcp(3,80,A) data(9) wire=524322
	4 eth ip(10.0.0.1,198.51.100.7) udp(4,53,len=7) data(10)
	5 eth ip(10.0.0.1,198.51.100.7) udp(5,53)
	6 eth ip6(2001:db8::1,2001:db8::2) tcp(6,80,S)
	7 eth ip6(2001:db8::1,2001:db8::2) tcp(6,80,FSRPUEC) data(1)
	END
	perl -e 'for (0 .. 89) { printf "%f eth ip(10.0.0.1,198.51.100.7) " .
	    "udp(8,9) data(%d)\n", 9 + $_ / 50, 100 + $_ * 37 % 41 }'
} | "$top"/t/mkpcap.pl >made.pcap

# The corpus has a byte of options before each capture.
mkdir corpus
for file in "$top"/t/corpus/pcap2flows/*; do
	tail -c +2 "$file" >"corpus/${file##*/}"
done
shopt -s nullglob
captures=(made.pcap corpus/* "$top"/../shared/cases/*.pcap{,ng,.gz}
	"$traces"/*.pcap "$traces"/other/*.pcap{,ng})

# Records of all that can be read, with the header again before each capture's.
records() { # OPTION ...
	local file
	for file in "${captures[@]}"; do
		pcap2flows "$@" "$file" 2>/dev/null || :
	done
}

echo '203.0.113.0,203.0.113.255,IT,Torino,45.07,7.69' >base.csv
printf %032d 0 >key

# The filters take the records of these options.
taken() { # NAME OPTION ...
	local name=$1
	shift
	records "$@" >flows.tsv
	{ sed 1q flows.tsv; grep -v '^#' flows.tsv | sort; } >sorted.tsv
	check "$name: flowmerge" -- flowmerge -t 5 sorted.tsv
	cp .out merged.tsv
	check "$name: what flowmerge writes" -- flowmerge merged.tsv
	check "$name: skypeclass" -- skypeclass -ax flows.tsv
	cp .out class.tsv
	check "$name: skypeclass, of what was merged" -- skypeclass -a merged.tsv
	check "$name: skypeclass -e" -- skypeclass -e flows.tsv
	check "$name: sigtag" -- sigtag class.tsv
	cp .out tag.tsv
	check "$name: popularity" -- popularity tag.tsv
	check "$name: rttcalc" -- rttcalc tag.tsv
	check "$name: geojoin" -- geojoin -d base.csv tag.tsv
	check "$name: flowanon" -- flowanon -K key tag.tsv
	check "$name: flowid" -- flowid tag.tsv
	check "$name: flowpart" -- flowpart -n 3 tag.tsv
	check "$name: flowcut -d" -- flowcut -d -x -c cid tag.tsv
	check "$name: flowsort" -- flowsort tag.tsv
	check "$name: flowgrep" -- flowgrep 'bytes > 10 or start > 5' tag.tsv
}

plan 61
taken 'as it comes'
# shellcheck disable=SC2016  # awk's own
ok 'there are records of all of it' awk '/^#/ {next} {n++; p[$4]++}
	END {exit n < 15 || p["udp"] < 5 || p["tcp"] < 3}' flows.tsv
taken 'in pieces, with tunnels' -T -t 1 -A 1
taken 'with few flows held, no copies' -m 2 -D 1000
taken 'with all groups' -e link,ip,tcp,time,splt,ent,tunnel
