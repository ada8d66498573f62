#!/bin/bash
# make bench: the number of rounds; make bench-pages: what was measured comes into
# README and flows-quality(7).
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 9

mkdir bin
cp "$top/README.md" .
cp "$top/bin/flows-quality.7" bin
ln -s "$(command -v pcap2flows)" bin/pcap2flows
{
	echo 'shape tool wall CPU wall x CPU x MiB'
	for shape in mix campus flood small elephant; do
		echo "$shape     loop   0.10   0.10   1.00   1.00   3"
		echo "$shape     pcap2flows -b  0.33   0.45   3.34   4.56   18"
		echo "$shape     pcap2flows  0.45   0.62   14.54   6.29   36"
		echo
	done
} >bench.txt
check 'the pages are written' -- bash "$top/t/bench/pages.sh" bench.txt
is 'README has the ratios' \
	"$(grep -c '| .pcap2flows -b. | 3.3 | 4.6 |' README.md)" 5
is 'large ones without a fraction' \
	"$(grep -c '| .pcap2flows., all features | 15 | 6.3 |' README.md)" 5
is 'the page has memory, too' \
	"$(grep -c '^\.It mix Ta pcap2flows Ta 14.54 Ta 6.29 Ta 36$' \
	bin/flows-quality.7)" 1
for bench in 'run.sh .' 'line.sh . 1' 'week.sh . 1'; do
	# shellcheck disable=SC2086  # words
	check "$bench: no number of rounds" -s 2 -M 'ROUNDS: .*"x"' -- \
		bash "$top/t/bench/"$bench x
done
cp README.md before
check 'again it is the same' -- bash "$top/t/bench/pages.sh" bench.txt
head -n 4 bench.txt >short.txt
check 'a table that is cut changes nothing' -s 1 \
	-E 'pages: short.txt: rows are missing; make bench' -- \
	bash "$top/t/bench/pages.sh" short.txt
cmp before README.md
