# fig7: popularity of external and of internal endpoints.

if (!exists("panel")) panel = 0
W = panel == 0 ? 720 : 400
H = 320
load "plots/lib/style.gp"

if (panel == 0) set multiplot layout 1, 2
set logscale x
set yrange [0:1]
set format y "%.1f"
set key at graph 0.98, graph 0.05 right bottom Left reverse
set ylabel "CDF of endpoints"

if (panel != 2) {
	set xrange [1:50]
	set xtics (1, 2, 5, 10, 20, 50)
	set xlabel "Popularity of external endpoints (internal peers)"
	eval middle(rows("external-probe") + \
		rows("external-nonprobe"))
	plot printed("fig7_ext_probe_pop_cdf") with lines ls 11 \
		title "probe, ".was, \
		printed("fig7_ext_nonprobe_pop_cdf") with lines ls 12 \
		title "non-probe, ".was, \
		curve("external-probe") with lines ls 1 \
		title "probe, ".is, \
		curve("external-nonprobe") with lines ls 2 \
		title "non-probe, ".is
}

if (panel != 1) {
	set xrange [1:1e4]
	set xtics auto
	set xtics format power
	set xlabel "Popularity of internal endpoints (external peers)"
	eval middle(rows("internal-probe") + \
		rows("internal-nonprobe"))
	plot printed("fig7_int_probe_pop_cdf") with lines ls 11 \
		title "probe, ".was, \
		printed("fig7_int_nonprobe_pop_cdf") with lines ls 12 \
		title "non-probe, ".was, \
		curve("internal-probe") with lines ls 1 \
		title "probe, ".is, \
		curve("internal-nonprobe") with lines ls 2 \
		title "non-probe, ".is
}
if (panel == 0) unset multiplot
