# fig6: round-trip times to probe and non-probe peers.  Both panels on one scale,
# which holds the curves of both.  Its axis is the paper's, 10 to 1000 ms; what
# lies outside is said in the panel.

PH = 320
load lib."/style.gp"
set multiplot
array block[2] = ["probe", "nonprobe"]
array words[2] = ["probe", "non-probe"]
array colour[2] = [BLUE, VERMILLION]
array n[2] = [n_probe, n_nonprobe]
array number[2] = [t_probe, t_nonprobe]
array rest[2] = [rest_probe, rest_nonprobe]
max(a, b) = a > b ? a : b
set logscale x
set xrange [9.999:1000.1]
set yrange [0:1.3 * max(0.05, max(max(in_probe, in_nonprobe), \
	max(y_paper_probe, y_paper_nonprobe)))]
set xtics (10, 20, 50, 100, 200, 500, 1000)
set key at graph 0.02, graph 0.98 left top Left reverse
set xlabel "Round-trip time from the monitor (ms)"
set ylabel "share per 1/40 decade"
do for [i = 1:2] {
	if (drawn(i)) {
		eval whole(i)
		eval at(n[i], 0.22, 0.66)
		set label 1 (n[i] > 0 && rest[i] > 0 ? \
			sprintf("outside: %.2f %%", 100 * rest[i]) : "") \
			left at graph 0.03, graph 0.78 font SMALL front
		plot data index block[i] using ($1 < 10 || $1 > 999 ? NaN : $1):2 \
			with fillsteps linecolor rgb colour[i] notitle, \
			data index "paper_".block[i] with steps ls 11 \
			title was.": ".words[i], \
			data index block[i] using ($1 < 10 || $1 > 999 ? NaN : $1):2 \
			with steps linecolor rgb colour[i] linewidth 2 \
			title is.": ".words[i].", n = ".number[i]
	}
}
unset multiplot
