# fig3: activity of two clients, a dot a packet; above the paper's, below ours,
# each on axes that end where its data do.  Dots are drawn as very short strokes,
# one for each spot of the picture: a fraction of the bytes of points.

PH = 600
LEFT = 76
load lib."/style.gp"
set multiplot
array kind[2] = ["signaling only", "with calls"]
array block[4] = ["paper_1", "paper_2", "left", "right"]
array n[4] = [n_paper_1, n_paper_2, n_left, n_right]
array till[4] = [x_paper_1, x_paper_2, x_left, x_right]
array high[4] = [y_paper_1, y_paper_2, y_left, y_right]
array low[4] = [l_paper_1, l_paper_2, l_left, l_right]
array words[4] = [was." (2006): ".kind[1], was." (2006): ".kind[2], \
	is.": ".kind[1], is.": ".kind[2]]

# A capture of minutes or seconds is drawn in these.
parts(hours) = hours >= 2 || hours == 0 ? 1 : hours >= 1 / 30. ? 60 : 3600
unit(hours) = hours >= 2 || hours == 0 ? "Hours" : hours >= 1 / 30. ? "Minutes" : "Seconds"
end(k) = till[k] > 0 ? till[k] : 1
room(k) = 0.02 * (high[k] - low[k]) + 1

unset key
set ylabel "Peer: + sent to, − heard from"
set xzeroaxis linecolor rgb 0x444444 linewidth 0.5
do for [k = 1:4] {
	i = 2 - k % 2
	if (drawn(i)) {
		eval axes(i, (k < 3 ? 366 : 60), (k < 3 ? 578 : 272))
		set title words[k] font SMALL offset 0, -0.6
		set xlabel unit(till[k])." since the client's first packet"
		set xrange [0:1.01 * end(k) * parts(till[k])]
		set yrange [(n[k] > 0 ? low[k] - room(k) : -1): \
			(n[k] > 0 ? high[k] + room(k) : 1)]
		eval at(n[k], 0.5, 0.7)
		plot data index block[k] using ($1 * parts(till[k])):2: \
			($3 * parts(till[k])):(0) with vectors nohead \
			linecolor rgb (k < 3 ? GREY : BLUE) linewidth 1.1
	}
}
unset multiplot
