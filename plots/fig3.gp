# fig3: activity of two clients, a dot a packet.  Dots are drawn as very short
# strokes, one for each spot of the picture: a fraction of the bytes.  The data
# are what thin-dots.awk writes.

if (!exists("panel")) panel = 0
W = panel == 0 ? 720 : 400
H = 360
load "plots/lib/style.gp"

if (panel == 0) set multiplot layout 1, 2
set key tmargin left Left reverse horizontal samplen 1.2 width 2
set xlabel "Hours since the client's first packet"
set ylabel "Peer, + sent to, − received from"
set xrange [0:*]
set xzeroaxis linecolor rgb 0x444444 linewidth 0.5

array block[2] = ["left", "right"]
array words[2] = ["signaling only", "with calls"]

spots(file) = sprintf("< awk -f plots/lib/thin-dots.awk %s %s", file, file)

do for [i = 1:2] {
	if (panel != 3 - i) {
		eval at(rows(block[i]), 0.6, 0.12)
		plot NaN linecolor rgb 0x777777 linewidth 3 title "paper", \
			NaN linecolor rgb BLUE linewidth 3 title words[i], \
			data index block[i] using 1:2:3:(0) with vectors nohead \
			linecolor rgb BLUE linewidth 1.1 notitle, \
			spots(paper."fig3_p".i."_dots_hours_id.csv") \
			using 1:2:3:(0) with vectors nohead linecolor rgb 0x777777 \
			linewidth 0.7 notitle
	}
}
if (panel == 0) unset multiplot
