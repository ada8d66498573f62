#!/bin/bash
# No small input costs much: of each kind the size is doubled, and the
# instructions may not grow more than 2.3-fold: n log n takes up to 2.2 with what
# keyed hashes scatter, a square takes 4.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
ldd "$(command -v pcap2flows)" | grep 'lib[at]san' >/dev/null &&
	skip_all 'instructions of a sanitizer are not the programs'\''s'

need valgrind
plan 8

instructions() { # INPUT COMMAND ...
	valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		--log-file=log "${@:2}" <"$1" >/dev/null 2>err ||
		{ cat err >&2; return 1; }
	sed -n 's/.*Collected : //p' log
}

grows_slowly() { # NAME SMALL LARGE COMMAND ...: two inputs
	local small large
	small=$(instructions "$2" "${@:4}")
	large=$(instructions "$3" "${@:4}")
	ok "$1: $small, $large" test "$large" -lt $((small * 23 / 10))
}

# A header of n columns behind those that filters need, and a row.
wide() {
	awk -v n="$1" 'BEGIN {
		s = "#cid start end proto src sport dst dport dir pkts rpkts " \
		    "bytes rbytes last rlast ask reply ask2 turn flags " \
		    "rflags why size rsize fun rfun nib rnib win rwin class pair"
		v = "1:A 0000000001.000000 0000000001.000000 udp 10.0.0.1 1 " \
		    "198.51.100.1 2 out 1 0 4 0 0000000001.000000 - - - - - " \
		    "- - eof 4:1 - 03:1 - =01020304 - - - - -"
		for (i = 0; i < n; i++) {
			s = s " c" i
			v = v " x"
		}
		gsub(/ /, "\t", s)
		gsub(/ /, "\t", v)
		print s
		print v
	}'
}
wide 8000 >wide1
wide 16000 >wide2
for command in 'flowcut -x -c c0' flowmerge 'skypeclass -a'; do
	# shellcheck disable=SC2086  # options are words
	grows_slowly "a wide header: $command" wide1 wide2 $command
done

# The same headers again and again, in two orders.
again() {
	awk -v n="$1" 'BEGIN {
		print "#dir\task\treply\task2\tturn"
		for (i = 0; i < n; i++) {
			print "#ask\tdir\treply\task2\tturn"
			print "#dir\task\treply\task2\tturn"
		}
	}'
}
again 500 >again1
again 1000 >again2
grows_slowly 'headers again' again1 again2 rttcalc

# Lengths that fell into one slot of a table without a secret key; all
# different lengths of one flow.
sizes() { # COUNT STEP
	awk -v n="$1" -v step="$2" 'BEGIN {
		OFS = "\t"
		print "#cid", "start", "end", "proto", "src", "sport", "dst",
		    "dport", "dir", "pkts", "rpkts", "bytes", "rbytes",
		    "last", "rlast", "ask", "reply", "ask2", "turn", "flags",
		    "rflags", "why", "size"
		for (k = 0; k < n; k++)
			s = s (k ? "," : "") k * step ":1"
		for (t = 1; t <= 2; t++)
			print "1:A", t, t, "udp", "10.0.0.1", 1,
			    "198.51.100.1", 2, "out", n, 0, 9, 0, t, "-",
			    "-", "-", "-", "-", "-", "-", "eof", s
	}'
}
for step in 1 256; do
	sizes 1000 $step >sizes1
	sizes 2000 $step >sizes2
	grows_slowly "lengths, $step apart" sizes1 sizes2 flowmerge
done
lengths() {
	perl -e 'for (1 .. $ARGV[0]) { printf "%f eth ip(10.0.0.1," .
	    "198.51.100.7,len=0) udp(8,9,len=0) wire=%d\n", 1 + $_ / 50,
	    42 + $_ }' "$1" | "$top"/t/mkpcap.pl
}
lengths 2000 >lengths1
lengths 4000 >lengths2
grows_slowly 'packets of all lengths' lengths1 lengths2 pcap2flows

# Windows of lengths far apart: the root of their spread is one step.
spread() {
	perl -e 'for (1 .. $ARGV[0]) { printf "%f eth ip(10.0.0.1," .
	    "198.51.100.7,len=0) udp(8,9,len=0) wire=%d\n", 1 + $_ / 50,
	    $_ % 2 ? 524322 : 43 + $_ % 13 }' "$1" | "$top"/t/mkpcap.pl
}
spread 1200 >spread1
spread 2400 >spread2
grows_slowly 'windows of lengths far apart' spread1 spread2 pcap2flows
