# fig5: where the external peers are, the paper's map and ours.  Dots are very
# short strokes, which take a fraction of the bytes of points.

PH = 270
load lib."/style.gp"
set multiplot
array block[2] = ["paper_peers", "peers"]
array words[2] = [was, is]
array n[2] = [n_paper_peers, n_peers]
array number[2] = [t_paper_peers, t_peers]
array colour[2] = [0x606060, BLUE]

set xrange [-170:180]
set yrange [-58:82]
set xtics -150, 50, 150 format "%g°"
set ytics -50, 25, 75 format "%g°"
unset key

# Landmarks of the paper's map: a crosshair each, and where the lines end the
# names.
array lon[2] = [2.35, 7.68]
array lat[2] = [48.86, 45.07]
if (place) {
	do for [k = 1:2] {
		set arrow from lon[k], graph 0 to lon[k], graph 1 nohead \
			linecolor rgb BLACK linewidth 0.4 \
			dashtype (4 * D, 4 * D) back
		set arrow from graph 0, first lat[k] to graph 1, first lat[k] \
			nohead linecolor rgb BLACK linewidth 0.4 \
			dashtype (4 * D, 4 * D) back
	}
	set label 1 "Paris" right at 0, -54 font SMALL front
	set label 2 "Torino" left at 10, -54 font SMALL front
}

do for [i = 1:2] {
	if (drawn(i)) {
		eval axes(i, 34, PH - 24)
		set title words[i].(n[i] > 0 ? \
			sprintf(": %s places", number[i]) : "") \
			font SMALL offset 0, -0.6
		eval at(n[i], 0.2, 0.25)
		plot data index "coast" with lines linecolor rgb COAST \
			linewidth 0.8, \
			data index block[i] using 1:2:(0.2):(0) \
			with vectors nohead linewidth 1.8 \
			linecolor rgb colour[i]
	}
}
unset multiplot
