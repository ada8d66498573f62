#!/bin/sh
# Random packets dealt out to several captures, in any manner: their records,
# sorted and joined, are those of one pass but for why and win, and for ask,
# reply, ask2 and turn, which may be unknown, but never wrong.
. "${0%/*}/lib.sh"

plan 12

# deal SEED PARTS MANNER: writes words0 (all) and words1 … wordsPARTS.
deal() {
	awk -v seed="$1" -v parts="$2" -v manner="$3" '
	function below(n) {
		seed = (seed * 16807) % 2147483647
		return int(seed / 2147483647 * n)
	}
	BEGIN {
		for (i = 0; i < 1500; i++) {
			t += below(100) ? below(9000) / 1000 + .001 : 200 + \
			    below(3)
			turned = below(2)
			host = 1 + below(4)
			line = sprintf("%.3f ip(10.0.0.%s,10.0.0.%s) udp(%s) " \
			    "data(%d)", t, turned ? 9 : host, turned ? host : 9,
			    turned ? "9,1" : "1,9", 3 + below(40))
			# Each way apart, in slices, or at random.
			part = manner == "ways" ? turned : manner == "slices" ? \
			    int(i * parts / 1500) : below(parts)
			print line >"words0"
			print line >"words" part + 1
		}
	}'
	rm -f part.tsv
	for part in words[1-9]; do
		perl "$top/t/mkpcap.pl" -l 101 <"$part" | pcap2flows >>part.tsv
	done
	rm -f words[1-9]
	LC_ALL=C sort part.tsv | flowmerge >got
	perl "$top/t/mkpcap.pl" -l 101 <words0 | pcap2flows |
		LC_ALL=C sort >wanted
}

# same EXACT: compares wanted and got, counts what is unknown.
same() {
	awk -F '\t' -v exact="$1" '
	FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i }
	NR == FNR { line[FNR] = $0; n = FNR; next }
	{
		split(line[FNR], f, "\t")
		for (i = 1; i <= NF; i++) {
			if (name[i] ~ /^(why|r?win)$/ || f[i] == $i)
				continue
			if (!exact && $i == "-" && \
			    name[i] ~ /^(ask2?|reply|turn)$/)
				continue
			print FNR ": " name[i] ": " $i " is not " f[i]
		}
	}
	END { if (FNR != n) print FNR " rows, not " n }' wanted got
}

for seed in 1 2 3 4; do
	deal $seed 5 slices
	same 1 >.why
	verdict "slices, seed $seed"
	deal $seed 2 ways
	same 0 >.why
	verdict "each way apart, seed $seed"
	deal $seed 3 random
	same 0 >.why
	verdict "at random, seed $seed"
done
