#!/bin/bash
# A slow-down shows without a clock: instructions of each shape of traffic and
# of each filter stay within 5 % of those in t/bench/numbers.tsv, memory within
# 10 % (and 512 KiB).  They are of one compiler with its flags; others skip.
# What changes them on purpose writes them anew: make bench-numbers.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
need valgrind readelf

want=$top/t/bench/numbers.tsv
mkdir bench
for program in shapes cost; do
	"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 \
		-o bench/$program "$top/t/bench/$program.c"
done

made_by() { sed -n 's/^#made by	//p' "$1"; }
bash "$top/t/bench/numbers.sh" -m >made
if [ "$(made_by made)" != "$(made_by "$want")" ]; then
	skip_all "instructions are known for: $(made_by "$want")"
fi
bash "$top/t/bench/numbers.sh" bench >numbers
# What there is to compare, row by row; a row too many or too few is one.
awk -F '\t' '
	function off(a, b) { return b > 0 ? 100 * (a - b) / b : 0 }
	/^#/ { next }
	NR == FNR { count[$1] = $2; memory[$1] = $3; next }
	!($1 in count) { print $1 ": not known\tno"; next }
	{
		c = off($2, count[$1])
		m = off($3, memory[$1])
		more = $3 - memory[$1] > 512	# what one run has more
		good = c >= -5 && c <= 5 && (m <= 10 || !more)
		printf "%s: instructions %+.1f %%, memory %+.1f %%\t%s\n", \
			$1, c, m, good ? "yes" : "no"
		delete count[$1]
	}
	END { for (k in count) print k ": not measured\tno" }
' "$want" numbers >verdicts
plan "$(wc -l <verdicts)"
while IFS=$'\t' read -r what good; do
	is "$what" "$good" yes
done <verdicts
