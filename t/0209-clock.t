#!/bin/bash
# One packet whose clock is wrong stops neither expiry nor rotation, and ends
# no flow but its own: what is expected is what comes without that packet.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 15

# For 300 s a packet of one long flow every second, and every 10 s one of a
# host of its own, from 1200000000, 2008-01-10 21:20:00 UTC.
packets() {
	awk 'BEGIN {
		for (i = 0; i <= 300; i++) {
			t = 1200000000 + i
			print t ".0 ip(10.0.0.1,198.51.100.1) udp(1,2) data(9)"
			if (i % 10 == 5)
				print t ".5 ip(10.7.7." i / 5 ",198.51.100.2)",
				    "udp(7,8) data(7)"
		}
	}'
}
# wrong LINE TIME: the packet of another clock, before line LINE.
wrong() {
	packets | awk -v at="$1" -v t="$2" '
		NR == at {print t " ip(10.9.9.9,198.51.100.9) udp(9,9) data(3)"}
		{print}'
}
capture() { "$top/t/mkpcap.pl" -l 101; }
rows() { grep -hv -e '^#' -e '	10\.9\.9\.9	' "$@"; }

packets | capture >right.pcap
mkdir right
pcap2flows -t 5 -G 60 -o right/%M right.pcap
is 'five minutes, six files' "$(cd right && echo *)" '20 21 22 23 24 25'
for file in right/*; do rows "$file" || :; done >right.tsv
for when in 100:4102444800.0 100:1.0 1:4102444800.0 1:1.0 100:1200086400.0 \
	100:1199900000.0; do
	wrong "${when%:*}" "${when#*:}" | capture >wrong.pcap
	rm -rf turns
	mkdir turns
	pcap2flows -t 5 -G 60 -o turns/%M wrong.pcap
	same=yes
	for file in right/*; do
		rows "$file" >wanted || :
		rows "turns/${file#*/}" >got || :
		cmp -s wanted got || same="no: $file"
	done
	is "a packet at ${when#*:} before packet ${when%:*}: files" "$same" yes
	n=$(pcap2flows -t 5 wrong.pcap | grep -c '	10\.9\.9\.9	')
	is "a packet at ${when#*:} before packet ${when%:*}: is a flow" "$n" 1
done

# In the long flow: the flow goes on, and so do the others.
packets | sed '100s/^[^ ]*/4102444800.0/' | capture >inside.pcap
rows right/* | grep -v '	10\.0\.0\.1	' >wanted
pcap2flows -t 5 inside.pcap >all.tsv
rows all.tsv | grep -v '	10\.0\.0\.1	' >got
ok 'a wrong clock in a long flow leaves the others alone' cmp wanted got
n=$(pcap2flows -b -t 5 inside.pcap | awk -F '\t' '$5 == "10.0.0.1" {n += $10}
	END {print n}')
is 'and loses no packet' "$n" 301
