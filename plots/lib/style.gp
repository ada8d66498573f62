# style.gp: what all figures share.  A figure has two panels, each PW by PH
# points; its script sets PH and loads this.  (Or it sets W and H, the picture's
# size, and places its panels itself.)  From draw.sh come
#	data	what is drawn: blocks, found by name
#	ext	svg or png; the picture goes to standard output
#	panel	the panel to draw (1, 2), or 0 for both side by side
#	was, is	what keys call the paper's points and ours
#	place	1 where the paper's landmarks are drawn
#	n_NAME	how many values a block of ours stands for, t_NAME the same in
#		words

PW = 400
if (!exists("W")) {
	W = panel == 0 ? 2 * PW : PW
	H = PH
}
if (!exists("LEFT")) LEFT = 70

# No text is so small that a telephone shows it below 9 pixels.
if (ext eq "svg") {
	D = 2
	set terminal svg size W,H noenhanced round background rgb "white" \
		font "Helvetica,12" linewidth 1
	SMALL = ",11"
} else {
	D = 1
	set terminal pngcairo size 3*W,3*H noenhanced rounded \
		background rgb "white" font "Sans,8.7" fontscale 3 \
		linewidth 3 dashlength 3
	SMALL = ",8"
}

# Okabe and Ito's palette, told apart by dashes too: ours.  Greys: the paper's.
BLUE = 0x0072b2
VERMILLION = 0xd55e00
BLACK = 0x000000
GREY = 0x808080
COAST = 0xc4c4c4

set style line 1 linecolor rgb BLUE linewidth 2 dashtype solid
set style line 2 linecolor rgb VERMILLION linewidth 2 dashtype (6, 3)
set style line 11 linecolor rgb GREY linewidth 1 dashtype solid
set style line 12 linecolor rgb GREY linewidth 1 dashtype (4 * D, 2 * D)
set style line 20 linecolor rgb 0xdddddd linewidth 0.5 dashtype solid
set style fill transparent solid 0.2 noborder

set datafile separator "\t"
set encoding utf8
set minussign
set format "%g"
set border 3 linecolor rgb 0x444444
set tics nomirror out scale 0.6 font SMALL
set key samplen 2 spacing 1.15 width -1 noopaque font SMALL
set grid linestyle 20
set label 99 "" center front font SMALL textcolor rgb BLACK

# Is this panel wanted; and its axes, from a height to another, in points.
drawn(i) = panel == 0 || panel == i
axes(i, low, high) = sprintf("set lmargin at screen %.6f; \
set rmargin at screen %.6f; set bmargin at screen %.6f; \
set tmargin at screen %.6f", \
	((panel == 0 ? i - 1 : 0) * PW + LEFT + 0.0) / W, \
	((panel == 0 ? i - 1 : 0) * PW + 384.0) / W, 1.0 * low / H, 1.0 * high / H)
whole(i) = axes(i, 60, PH - 12)

# To be evaluated before a plot: the words for a panel without data, at a place
# in graph coordinates that nothing else takes.
set style textbox opaque fillcolor rgb "white" noborder margins 1.5, 1
at(n, x, y) = n > 0 ? "unset label 99" : sprintf("set label 99 'no data in \
this capture' center at graph %g, graph %g boxed textcolor rgb BLACK \
font SMALL front", x, y)

# What a key says of ours.
counted(words, n) = words.", n = ".n

# Tics of a logarithmic axis from 10^low to 10^high, minor ones too.
powers = "10⁻⁶ 10⁻⁵ 10⁻⁴ 0.001 0.01 0.1 1 10 100 1000 10⁴ 10⁵ 10⁶"
major(k, high) = k > high ? "" : \
	sprintf("'%s' 1e%d, ", word(powers, k + 7), k).major(k + 1, high)
minor(k, d, high) = k >= high ? "" : d > 9 ? minor(k + 1, 2, high) : \
	sprintf("'' %de%d 1, ", d, k).minor(k, d + 1, high)
log_tics(axis, low, high) = "set ".axis."tics (".major(low, high). \
	minor(low, 2, high).sprintf("'' 1e%d 1)", low)
