#!/bin/bash
# What is drawn, before gnuplot sees it: stairs and bands, bins, the words on
# axes; and what gnuplot says or cannot write is an error.
. "${0%/*}/lib.sh"

need gnuplot
plan 24
p=$top/plots
tab() { tr ' ' '\t'; }

# n = 8: e = sqrt(ln 40 / 16) = 0.480161.
{
	printf '# a 8\n'
	echo '1 0.25
3 0.75
9 1' | tab
	printf '\n\n# b 0\nNaN\tNaN\n\n\n# c 1\n7\t1\n'
} >curve
echo '2,0.5' >points
is 'stairs, a band, an axis that ends' "$(awk -f "$p/lib/drawn-curves.awk" \
	-v ends='a 4 b 4 c 4' curve paper=a points)" "$(sed '/^[0-9N]/s/_/\t/g' <<'EOF'
# a 8
0.001_0_0_0.480161
1_0_0_0.480161
1_0.25_0_0.730161
3_0.25_0_0.730161
3_0.75_0.269839_1
4_0.75_0.269839_1


# b 0
NaN_NaN_NaN_NaN


# c 1
0.001_0_0_1
4_0_0_1


# paper_a
2_0.5
4_0.5
EOF
)"
is '1 - CDF: from 1 on, and 0 is not drawn' "$(printf '# a 2\n5\t0\n' |
	awk -f "$p/lib/drawn-curves.awk" -v falling=1 -v ends='a 9' |
	cut -f 1,2 | tr '\t\n' ', ')" '# a 2 0.001,1 5,1 5,1e-09 9,1e-09 '

# Ten bytes a bin: 0 to 9 in the first, also where the figure drew 3 to 13.
printf '# probe 3\n9\t1\n\n\n# bin-probe 3\n0\t0.25\n20\t0.75\n' >fig4
printf '3,13,0.1\n13,23,0.9\n' >points
is 'bins of ten bytes' "$(awk -f "$p/lib/ten-byte-bins.awk" fig4 paper=probe \
	points | awk '/^#/ { n = 0; print } NF == 2 && !/^#/ && ++n < 4 {
	print $1, $2 }')" '# bin-probe 3
0 0.25
10 0
20 0.75
# paper_bin-probe
0 0.1
10 0.9
20 0'

is 'counts for gnuplot' "$(printf '# a-b 12345\n1\t0.5\n2000\t0.25\n' |
	awk -f "$p/lib/drawn-counts.awk" | sed 's/ = /=/' | tr '\n' ' ')" \
	"n_a_b=12345. t_a_b='12,345' x_a_b=2000 y_a_b=0.5 l_a_b=0.25 in_a_b=0 \
rest_a_b=0.75 "

: >silent
# Figures of nothing, of little, and of minutes, without a locale and with any.
for f in 1 2 4 5 6 7; do
	case $f in
	1) blocks='bitrate cpi' ;;
	2) blocks='length duration' ;;
	4) blocks='probe nonprobe bin-probe bin-nonprobe' ;;
	5) blocks='peers' ;;
	6) blocks='probe nonprobe paper_probe paper_nonprobe' ;;
	7) blocks='external-probe external-nonprobe internal-probe
		internal-nonprobe' ;;
	esac
	for b in $blocks; do
		printf '# %s 0\nNaN\tNaN\n\n\n' "$b"
	done >"fig$f.tsv"
	check "fig$f of nothing" -- env -i PATH="$PATH" \
		"$p/lib/draw.sh" fig$f "fig$f.tsv" "fig$f.svg"
	grep -q 'no data in this capture' "fig$f.svg" ||
		echo "fig$f says nothing" >>silent
done
is 'figures of nothing say so' "$(cat silent)" ''

printf '# left\n0\t1\n0.5\t2\n1.5\t-1\n\n\n# right\n0\t1\n' >fig3.tsv
check 'fig3 of minutes' -- env -i PATH="$PATH" "$p/lib/draw.sh" fig3 fig3.tsv \
	fig3.svg 1
ok 'says minutes' grep -q "Minutes since the client's first packet" fig3.svg
printf '# left\n0\t1\n30\t2\n\n\n# right\n0\t1\n' >fig3.tsv
check 'fig3 of hours' -- "$p/lib/draw.sh" fig3 fig3.tsv fig3.svg 1
is 'says hours, twice: the paper and ours' "$(grep -c \
	"Hours since the client's first packet" fig3.svg)" 2
check 'fig3 of one moment' -- "$p/lib/draw.sh" fig3 fig3.tsv fig3.svg 2

# Round-trip times outside of the axis are counted.
printf '# probe 4\n0\t0.25\n50\t0.5\n1000\t0.25\n\n\n# nonprobe 0\nNaN\tNaN\n' \
	>fig6.tsv
printf '\n\n# paper_probe\n50\t1\n\n\n# paper_nonprobe\n50\t1\n' >>fig6.tsv
"$p/lib/draw.sh" fig6 fig6.tsv fig6.svg 1
ok 'half of the times lie outside' grep -q 'outside: 50.00 %' fig6.svg
cp fig6.svg first.svg
"$p/lib/draw.sh" fig6 fig6.tsv fig6.svg 2 again.svg 1
ok 'two pictures in one go' cmp first.svg again.svg

# Landmarks are the paper's.
"$p/lib/draw.sh" fig5 fig5.tsv fig5.svg
ok 'Torino on the map' grep -q Torino fig5.svg
LANDMARKS=no "$p/lib/draw.sh" fig5 fig5.tsv fig5.svg
is 'and not on that of others' "$(grep -c Torino fig5.svg)" 0
IS="a_b^{c} 'd' & <e>" "$p/lib/draw.sh" fig1 fig1.tsv fig1.svg
ok 'a name is text' grep -q "a_b^{c} 'd' &amp; &lt;e>" fig1.svg

check 'a picture that cannot be written' -s 1 -M 'absent' -- \
	"$p/lib/draw.sh" fig1 fig1.tsv absent/fig1.svg
printf '# bitrate 9\n' >broken
check 'data without a block' -s 1 -M 'fig1: gnuplot fails' -- \
	"$p/lib/draw.sh" fig1 broken broken.svg
is 'leaves nothing' "$(ls broken.svg* 2>/dev/null)" ''
