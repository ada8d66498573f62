# fig7: popularity of external and of internal endpoints.

PH = 340
load lib."/style.gp"
set multiplot
set logscale x
set yrange [0:1]
set ytics 0, 0.2, 1 format "%.1f"
set key at graph 0.99, graph 0.04 right bottom Left reverse
array side[2] = ["external", "internal"]
array by[2] = ["internal", "external"]
array probes[2] = [t_external_probe, t_internal_probe]
array others[2] = [t_external_nonprobe, t_internal_nonprobe]
array n[2] = [n_external_probe + n_external_nonprobe, \
	n_internal_probe + n_internal_nonprobe]
do for [i = 1:2] {
	if (drawn(i)) {
		eval whole(i)
		if (i == 1) {
			set xrange [1:50]
			set xtics (1, 2, 5, 10, 20, 50)
		} else {
			set xrange [1:1e4]
			eval log_tics("x", 0, 4)
		}
		set xlabel "Popularity of ".side[i]." endpoints (".by[i]." peers)"
		set ylabel "CDF of ".side[i]." endpoints"
		eval at(n[i], 0.7, 0.4)
		plot data index side[i]."-probe" using 1:3:4 with filledcurves \
			linecolor rgb BLUE notitle, \
			data index side[i]."-nonprobe" using 1:3:4 \
			with filledcurves linecolor rgb VERMILLION notitle, \
			data index "paper_".side[i]."-probe" with lines ls 11 \
			title was.": probe", \
			data index "paper_".side[i]."-nonprobe" with lines ls 12 \
			title was.": non-probe", \
			data index side[i]."-probe" with lines ls 1 \
			title is.": probe, n = ".probes[i], \
			data index side[i]."-nonprobe" with lines ls 2 \
			title is.": non-probe, n = ".others[i]
	}
}
unset multiplot
