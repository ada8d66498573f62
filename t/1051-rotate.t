#!/bin/sh
# -o -G -C: output files that take turns.
. "${0%/*}/lib.sh"
plan 19

# A packet of another flow every 10 seconds for 100 seconds from 1200000000,
# 2008-01-10 21:20:00 UTC.
perl -e 'for (0 .. 10) { printf "%d.0 eth ip(10.0.0.1,10.1.0.1) " .
    "udp(1000,%d) data(20)\n", 1200000000 + 10 * $_, 2000 + $_ }' |
	"$top"/t/mkpcap.pl >in.pcap
pcap2flows -t 5 in.pcap >want
rows() { grep -hv '^#' "$@"; }

check 'one file' -o .none -- pcap2flows -t 5 -o all.tsv in.pcap
ok 'as on standard output' cmp want all.tsv
check '-o -: standard output' -o want -- pcap2flows -t 5 -o - in.pcap
check 'a name too long' -s 1 -M '^pcap2flows: 1*: makes no name of at most' -- \
	pcap2flows -o "$(printf %0250d 0 | tr 0 1)" in.pcap
check 'the name is taken' -o .none -- pcap2flows -t 5 -o all.tsv in.pcap
ok 'the next name' cmp want all.tsv.1
check 'again' -o .none -- pcap2flows -t 5 -o all.tsv in.pcap
is 'all names' "$(echo all*)" 'all.tsv all.tsv.1 all.tsv.2'

# A flow is over when the clock is 6 s behind it, at the next packet.
mkdir d
check 'by time' -o .none -- pcap2flows -t 5 -G 1m -o d/%H-%M-%S in.pcap
is 'a file each minute' "$(echo d/*)" 'd/21-20-00 d/21-21-00'
is 'the records that left in it' \
	"$(grep -hc '^1:' d/21-20-00 d/21-21-00 | tr '\n' ' ')" '5 6 '
is 'all of them' "$(rows d/*)" "$(rows want)"
check 'local time' -o .none -- env TZ=ABC-1 pcap2flows -t 5 -o d/%H in.pcap
is 'is that of TZ' "$(ls d/22)" d/22

perl -e 'for (0 .. 9999) { printf "%d.0 eth ip(10.0.0.1,10.1.0.1) " .
    "udp(1000,%d) data(20)\n", 1200000000, 2000 + $_ }' |
	"$top"/t/mkpcap.pl >many.pcap
pcap2flows many.pcap | rows >want
check 'by size' -o .none -- pcap2flows -C 1 -o size many.pcap
rows size size.1 >got
ok 'all records, in order' cmp want got
is 'whole from a mebibyte on' "$(find . -name 'size*' -size +1023k |
	grep -c '')" 1
mkfifo pipe
check '-o of a pipe' -s 1 -E 'pcap2flows: pipe: is a device or a pipe' -- \
	pcap2flows -o pipe in.pcap
check 'no directory' -s 1 -M 'absent/x: its directory: No such' -- \
	pcap2flows -o absent/x in.pcap
