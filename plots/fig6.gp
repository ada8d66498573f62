# fig6: round-trip times to probe and non-probe peers.

W = 480
H = 400
load "plots/style.gp"

set multiplot
set logscale x
set xrange [9.999:1000.1]
set yrange [0:0.06<*]
set lmargin at screen 66.0 / W
set rmargin at screen 1 - 22.0 / W
set style fill solid 0.35 noborder
set key at graph 0.98, graph 0.97 right top Left reverse
width = 10 ** (1 / 40.)
centre = 10 ** (1 / 80.)

array block[2] = ["probe", "nonprobe"]
array words[2] = ["probe", "non-probe"]
array colour[2] = [BLUE, VERMILLION]
set ylabel "share per 1/40 decade"
do for [i = 1:2] {
	set tmargin at screen (i == 1 ? 0.98 : 0.55)
	set bmargin at screen (i == 1 ? 0.58 : 0.15)
	set xtics (10, 20, 50, 100, 200, 500, 1000)
	set format x (i == 1 ? "" : "%g")
	set xlabel (i == 1 ? "" : "Round-trip time from the monitor (ms)")
	eval at(rows(block[i]), 0.25, 0.85)
	plot data index block[i] using \
		($1 < 10 || $1 > 999 ? NaN : $1 * centre):2:($1 * (width - 1)) \
		with boxes fillcolor rgb colour[i] title words[i], \
		data index "paper_".block[i] using 1:2 with steps ls 11 \
		linecolor rgb 0x555555 title words[i].", paper"
}
unset multiplot
