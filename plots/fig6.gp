# fig6: round-trip times to probe and non-probe peers.

W = 480
H = 400
load "plots/lib/style.gp"

# Both panels on one scale, which holds the paper's curves.
top = 0 + system(sprintf("awk 'BEGIN { m = 0.06 } !/^#/ && $1 >= 10 && $1 < 1000 && $2 > m { m = $2 } END { print m * 1.04 }' %s", data))

set multiplot
set logscale x
set xrange [9.999:1000.1]
set yrange [0:top]
set lmargin at screen 74.0 / W
set rmargin at screen 1 - 22.0 / W
set style fill solid 0.35 noborder
set key at graph 0.02, graph 0.97 left top Left reverse
width = 10 ** (1 / 40.)
centre = 10 ** (1 / 80.)

array block[2] = ["probe", "nonprobe"]
array words[2] = ["probe", "non-probe"]
array colour[2] = [BLUE, VERMILLION]
set ylabel "share per 1/40 decade"
do for [i = 1:2] {
	set tmargin at screen (i == 1 ? 0.98 : 0.55)
	set bmargin at screen (i == 1 ? 0.58 : 62.0 / H)
	set xtics (10, 20, 50, 100, 200, 500, 1000)
	set format x (i == 1 ? "" : "%g")
	set xlabel (i == 1 ? "" : "Round-trip time from the monitor (ms)")
	eval at(rows(block[i]), 0.75, 0.85)
	plot data index block[i] using \
		($1 < 10 || $1 > 999 ? NaN : $1 * centre):2:($1 * (width - 1)) \
		with boxes fillcolor rgb colour[i] title words[i], \
		data index "paper_".block[i] using 1:2 with steps ls 11 \
		linecolor rgb 0x555555 title words[i].", ".was
}
unset multiplot
