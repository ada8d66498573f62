# fig2: length and duration of source flows.

W = 480
H = 380
hides = "length 50 3e-3 1"
load "plots/lib/style.gp"

set multiplot
eval frame
set logscale xy
set xrange [1:1e6]
set yrange [1e-6:1]
set format xy power
set xlabel "Length L of a source flow (packets)"
set ylabel "1 − CDF: share of source flows longer than L"
set key at graph 0.10, graph 0.03 left bottom Left reverse
eval at(rows("length"), 0.35, 0.4)
# A curve that is 0 from 1 on does not show on this scale.
longer = 0 + system(sprintf("awk '/^#/ { b = ($2 == \"length\") } b && NF && !/^#/ && $2 > m { m = $2 } END { print m + 0 }' %s", data))
if (rows("length") > 0 && longer == 0) \
	set label 99 "all flows have one packet" center at graph 0.3, \
	graph 0.25 boxed font SMALL front
plot printed("fig2_flowlen_ccdf") with lines ls 11 title was, \
	down("length") with lines ls 1 \
	title is

x0 = 0.41; y0 = 0.61; x1 = 0.985; y1 = 0.99
eval inset_begin
set xrange [1e-2:1e4]
set yrange [1e-6:1]
set ytics 1e-6, 1e2, 1
set xtics 1e-2, 1e2, 1e4
unset label 99
set xlabel "duration (s)"
set ylabel "1 − CDF"
eval at(rows("duration"), 0.5, 0.5)
plot printed("fig2_inset_duration_ccdf") with lines ls 11, \
	down("duration") with lines ls 1
unset multiplot
