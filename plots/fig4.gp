# fig4: payload of signaling packets.

W = 480
H = 360
hides = "probe 270 0.64 -1 nonprobe"
load "plots/lib/style.gp"

set multiplot
eval frame
set xrange [0:1400]
set yrange [0:1]
set xtics 0, 200, 1400
set format y "%.1f"
set xlabel "UDP payload of a packet (bytes)"
set ylabel "CDF of packets"
# Where the insets have gone below, the key has room at the bottom.
if (foot > 0) {
	set key at graph 0.99, graph 0.05 right bottom Left reverse font SMALL
} else {
	set key at graph 0.99, graph 0.93 right top Left reverse font SMALL
}
eval at(rows("probe") + rows("nonprobe"), 0.7, 0.55)
plot printed("fig4_probe_size_cdf") with lines ls 11 \
	title "probe, ".was, \
	printed("fig4_nonprobe_size_cdf") with lines ls 12 \
	title "non-probe, ".was, \
	curve("probe") with lines ls 1 title "probe, ".is, \
	curve("nonprobe") with lines ls 2 title "non-probe, ".is

set xrange [0:600]
set yrange [0:0.2]
set xtics 0, 200, 600
set ytics 0, 0.1, 0.2
set boxwidth 10 absolute
set style fill solid 0.45 noborder

parts = 2
x0 = 0.315; y0 = 0.19; x1 = 0.655; y1 = 0.62
eval inset_begin
set xlabel "probe (bytes)"
set ylabel "share per 10 bytes"
plot data index "bin-probe" using ($1 + 5):2 with boxes \
	fillcolor rgb BLUE, \
	paper."fig4_inset_probe_pdf_10B.csv" using (($1 + $2) / 2):3 \
	with histeps ls 11 linecolor rgb 0x555555

x0 = 0.655; y0 = 0.19; x1 = 0.99; y1 = 0.62; part = 2
eval inset_begin
set xlabel "non-probe (bytes)"
unset ylabel
plot data index "bin-nonprobe" using ($1 + 5):2 with boxes \
	fillcolor rgb VERMILLION, \
	paper."fig4_inset_nonprobe_pdf_10B.csv" using (($1 + $2) / 2):3 \
	with histeps ls 11 linecolor rgb 0x555555
unset multiplot
