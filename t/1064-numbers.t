#!/bin/bash
# A slow-down shows without a clock: instructions of each shape of traffic and
# of each filter stay within 5 % of those in t/bench/numbers.tsv, memory within
# 10 % (and 512 KiB).  They are of one compiler with its flags; what another gcc
# makes of -O2 stays within 25 %, and of any other only the memory is looked at.
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

wanted_by=$(sed -n 's/^#made by	//p' "$want")
bash "$top/t/bench/numbers.sh" -m >made
made_by=$(sed -n 's/^#made by	//p' made)
bound=any
more=1024	# KiB that one run may have more: other libraries
case $made_by in
"$wanted_by") bound=5 more=512 ;;
*-fsanitize*) skip_all 'valgrind runs no sanitizer' ;;
GNU*-march=x86-64*-O2*) bound=25 ;;
esac
[ "$bound" = 5 ] || echo "# made by $made_by: instructions within $bound %"
valgrind --tool=none -q pcap2flows -V >/dev/null 2>said ||
	skip_all "valgrind does not run these: $(head -n 1 said)"
bash "$top/t/bench/numbers.sh" bench >numbers
# What there is to compare, row by row; a row too many or too few is one.
awk -F '\t' -v bound=$bound -v more=$more '
	function off(a, b) { return b > 0 ? 100 * (a - b) / b : 0 }
	/^#/ { next }
	NR == FNR { count[$1] = $2; memory[$1] = $3; next }
	!($1 in count) { print $1 ": not known\tno"; next }
	{
		c = off($2, count[$1])
		m = off($3, memory[$1])
		near = bound == "any" || c >= -bound && c <= bound
		good = near && (m <= 10 || $3 - memory[$1] <= more)
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
