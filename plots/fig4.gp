# fig4: payload of signaling packets: distribution, and shares in bins of ten
# bytes.

PH = 340
load lib."/style.gp"
set multiplot

if (drawn(1)) {
	eval whole(1)
	set xrange [0:1400]
	set yrange [0:1]
	set xtics 0, 200, 1400
	set ytics 0, 0.2, 1 format "%.1f"
	set xlabel "UDP payload of a packet (bytes)"
	set ylabel "CDF of packets"
	set key at graph 0.99, graph 0.05 right bottom Left reverse
	eval at(n_probe + n_nonprobe, 0.65, 0.6)
	plot data index "probe" using 1:3:4 with filledcurves \
		linecolor rgb BLUE notitle, \
		data index "nonprobe" using 1:3:4 with filledcurves \
		linecolor rgb VERMILLION notitle, \
		data index "paper_probe" with lines ls 11 title was.": probe", \
		data index "paper_nonprobe" with lines ls 12 \
		title was.": non-probe", \
		data index "probe" with lines ls 1 \
		title is.": probe, n = ".t_probe, \
		data index "nonprobe" with lines ls 2 \
		title is.": non-probe, n = ".t_nonprobe
}

if (drawn(2)) {
	array block[2] = ["probe", "nonprobe"]
	array words[2] = ["probe", "non-probe"]
	array colour[2] = [BLUE, VERMILLION]
	array n[2] = [n_bin_probe, n_bin_nonprobe]
	set xrange [0:600]
	most = y_bin_probe > y_bin_nonprobe ? y_bin_probe : y_bin_nonprobe
	set yrange [0:(most > 0.2 ? 1.04 * most : 0.2)]
	set xtics 0, 100, 600
	set ytics 0, (most > 0.55 ? 0.25 : most > 0.25 ? 0.1 : 0.05) \
		format "%.2f"
	set ylabel "share per 10 bytes"
	set key at graph 0.99, graph 0.95 right top Left reverse
	do for [i = 1:2] {
		eval axes(2, (i == 1 ? 202 : 60), (i == 1 ? 328 : 186))
		set format x (i == 1 ? "" : "%g")
		set xlabel (i == 1 ? "" : "UDP payload of a packet (bytes)")
		eval at(n[i], 0.6, 0.4)
		plot data index "bin-".block[i] using 1:2 with fillsteps \
			linecolor rgb colour[i] notitle, \
			data index "paper_bin-".block[i] with steps ls 11 \
			title was.": ".words[i], \
			data index "bin-".block[i] using 1:2 with steps \
			linecolor rgb colour[i] linewidth 2 \
			title is.": ".words[i]
	}
}
unset multiplot
