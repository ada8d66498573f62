# fig1: bitrate of clients, and the peers they contact in 5 minutes.

W = 480
H = 340
hides = "bitrate 100 0.78 -1"
load "plots/lib/style.gp"

set multiplot
eval frame
set logscale x
set xrange [1:1e4]
set yrange [0.3:1]
set format x power
set format y "%.1f"
set xlabel "Average signaling bitrate of a client (bit/s)"
set ylabel "CDF of clients"
set key at graph 0.02, graph 0.98 left top Left reverse
eval middle(rows("bitrate"))
plot printed("fig1_bitrate_cdf") with lines ls 11 title was, \
	curve("bitrate") using ($1 < 1 ? 1 : $1):2 with lines ls 1 \
	title is

x0 = 0.585; y0 = 0.2; x1 = 0.975; y1 = 0.65
eval inset_begin
unset logscale x
set xrange [0:100]
set yrange [0:1]
set xtics 0, 50, 100
set ytics 0, 0.5, 1
set format x "%g"
set xlabel "peers in 5 min, C(p, i)"
set ylabel "CDF"
eval middle(rows("cpi"))
plot printed("fig1_inset_Cpi_cdf") with lines ls 11, \
	curve("cpi") with lines ls 1
unset multiplot
