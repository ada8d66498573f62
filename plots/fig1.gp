# fig1: bitrate of clients, and the peers they contact in 5 minutes.

PH = 320
load lib."/style.gp"
set multiplot

if (drawn(1)) {
	eval whole(1)
	set logscale x
	set xrange [1:1e4]
	set yrange [0:1]
	eval log_tics("x", 0, 4)
	set ytics 0, 0.2, 1 format "%.1f"
	set xlabel "Average signaling bitrate of a client (bit/s)"
	set ylabel "CDF of clients"
	set key at graph 0.99, graph 0.05 right bottom Left reverse
	eval at(n_bitrate, 0.3, 0.9)
	plot data index "bitrate" using 1:3:4 with filledcurves \
		linecolor rgb BLUE notitle, \
		data index "paper_bitrate" with lines ls 11 title was, \
		data index "bitrate" with lines ls 1 \
		title counted(is, t_bitrate)
}

if (drawn(2)) {
	eval whole(2)
	unset logscale x
	set xrange [0:100]
	set yrange [0:1]
	set xtics 0, 20, 100 format "%g"
	set ytics 0, 0.2, 1 format "%.1f"
	set xlabel "Peers contacted in 5 minutes, C(p, i)"
	set ylabel "CDF of intervals"
	set key at graph 0.99, graph 0.05 right bottom Left reverse
	eval at(n_cpi, 0.6, 0.5)
	plot data index "cpi" using 1:3:4 with filledcurves \
		linecolor rgb BLUE notitle, \
		data index "paper_cpi" with lines ls 11 title was, \
		data index "cpi" with lines ls 1 title counted(is, t_cpi)
}
unset multiplot
