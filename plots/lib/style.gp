# style.gp: what all figures share.  A figure's script sets W and H, its size
# in points, and loads this.  From the command line come
#	data	the reduced data
#	out	the picture to write; ext: svg or png
#	panel	of a figure with two panels the one to draw (1, 2), or 0 for both
# A figure with an inset also sets, before, hides = "block x y side [block]": what must
# not lie under it, inset-hides.awk.  If a curve would, the picture grows by foot and
# the inset stands below.

foot = 0
if (exists("hides")) foot = 210 * system(sprintf("awk -f plots/lib/inset-hides.awk -v blocks='%s' -v x=%s -v y=%s -v side=%s %s", word(hides, 1).(words(hides) > 4 ? " ".word(hides, 5) : ""), word(hides, 2), word(hides, 3), word(hides, 4), data))
H = H + foot

paper = "plots/paper/"

# What keys call the paper's points and ours.
if (!exists("was")) was = "paper"
if (!exists("is")) is = "measured"

if (ext eq "svg") {
	FONT = 12
	D = 2
	set terminal svg size W,H enhanced round background rgb "white" \
		font "Helvetica,12" linewidth 1
} else {
	FONT = 8.7
	D = 1
	set terminal pngcairo size 3*W,3*H enhanced rounded \
		background rgb "white" font "Sans,8.7" fontscale 3 \
		linewidth 3 dashlength 3
}
SMALL = sprintf(",%g", 0.85 * FONT)
set output out

# Okabe and Ito's palette, told apart by dashes too.
BLUE = 0x0072b2
VERMILLION = 0xd55e00
GREEN = 0x009e73
BLACK = 0x000000
GREY = 0x999999

set style line 1 linecolor rgb BLUE linewidth 2 dashtype solid
set style line 2 linecolor rgb VERMILLION linewidth 2 dashtype (6, 3)
set style line 11 linecolor rgb GREY linewidth 1 dashtype solid
set style line 12 linecolor rgb GREY linewidth 1 dashtype (4 * D, 2 * D)
set style line 20 linecolor rgb 0xdddddd linewidth 0.5 dashtype solid

set datafile separator "\t,"
set encoding utf8
set minussign
set format "%g"
set border 3 linecolor rgb 0x444444
set tics nomirror out scale 0.6
set key samplen 2.4 spacing 1.15 width -1 noopaque
set grid linestyle 20

# The axes of a picture with one panel, alike in both formats.
frame = 'set lmargin at screen 74.0 / W; set rmargin at screen 1 - 18.0 / W; set tmargin at screen 1 - 12.0 / H; set bmargin at screen (62.0 + foot) / H'

# Rows of a block that hold data.
rows(block) = int(system(sprintf("awk '/^#/ { b = ($2 == \"%s\") } b && NF && !/^#/ && $1 != \"NaN\" { n++ } END { print n + 0 }' %s", block, data)))

# To be evaluated before a plot: the words for a panel without data, in its
# middle or at a place in graph coordinates.
set style textbox opaque fillcolor rgb "white" noborder margins 1.5, 1
at(n, x, y) = n > 0 ? "unset label 99" : sprintf("set label 99 'no data in this capture' center at graph %g, graph %g boxed textcolor rgb BLACK font SMALL front", x, y)
middle(n) = at(n, 0.5, 0.5)

# A block's stairs (curve, down for 1 - CDF on a logarithmic axis), and those
# of a file of the paper's points.
curve(block) = sprintf("< awk -f plots/lib/curve.awk -v block=%s -v rise=1 '%s'", \
	block, data)
down(block) = sprintf("< awk -f plots/lib/curve.awk -v block=%s -v least=1e-9 '%s'", \
	block, data)
printed(file) = sprintf("< awk -f plots/lib/curve.awk '%s%s.csv'", paper, file)

# Labels of a logarithmic axis.
power = "10^{%L}"

# Begins an inset: white paper between two corners, the axes inside of it,
# smaller letters.  Corners are parts of the picture: x0 y0 x1 y1; below, the
# width is shared by parts insets, of which this is number part.
parts = 1
part = 1
set style rectangle fillcolor rgb "white" fillstyle solid noborder
inset_begin = 'if (foot) { y0 = 0; y1 = 1.0 * foot / H; x0 = (28.0 + (part - 1) * (W - 34.0) / parts) / W; x1 = x0 + (W - 34.0) / parts / W }; set object 1 rectangle from screen x0, y0 to screen x1, y1 behind; set lmargin at screen x0 + 46.0 / W; set rmargin at screen x1 - 12.0 / W; set bmargin at screen y0 + 48.0 / H; set tmargin at screen y1 - 8.0 / H; unset key; set tics font SMALL; set xlabel font SMALL offset 0, 0.4; set ylabel font SMALL offset 1.6, 0'
