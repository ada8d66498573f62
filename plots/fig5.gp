# fig5: where the external peers are.  Dots are very short strokes, which take
# a fraction of the bytes of points.

W = 600
H = 350
load "plots/lib/style.gp"
eval frame

set xrange [-170:180]
set yrange [-58:82]
set xtics -150, 50, 150 format "%g°"
set ytics -50, 25, 75 format "%g°"
set xlabel "longitude"
set ylabel "latitude"
set key at graph 0.01, graph 0.03 left bottom Left reverse samplen 1
eval at(rows("peers"), 0.5, 0.3)

coast = "< tr ' ' '\\t' <plots/places/coast.dat"
if (system("test -r plots/places/coast.dat && echo 1") ne "1") coast = "< echo NaN NaN"
set style line 30 linecolor rgb 0x888888 linewidth 0.6

# Landmarks of the paper's map: a crosshair each.
array name[2] = ["Paris", "Torino"]
array lon[2] = [2.35, 7.68]
array lat[2] = [48.86, 45.07]
do for [i = 1:2] {
	set arrow from lon[i], graph 0 to lon[i], graph 1 nohead \
		linecolor rgb BLACK linewidth 0.4 dashtype (4 * D, 4 * D) back
	set arrow from graph 0, first lat[i] to graph 1, first lat[i] nohead \
		linecolor rgb BLACK linewidth 0.4 dashtype (4 * D, 4 * D) back
}
set label 1 "Paris" at -34, 52.5 font SMALL front
set label 2 "Torino" at -34, 41.2 font SMALL front
plot coast with lines ls 30 notitle, \
	paper."fig5_lonlat.csv" using 1:2:(0.2):(0) with vectors nohead \
	lw 1.2 lc rgb 0xaaaaaa notitle, \
	data index "peers" using 1:2:(0.2):(0) with vectors nohead lw 1.7 \
	lc rgb BLUE notitle, \
	NaN with points pt 7 ps 0.6 lc rgb 0xaaaaaa title was, \
	NaN with points pt 7 ps 0.6 lc rgb BLUE title is
