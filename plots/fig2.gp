# fig2: length and duration of source flows.

PH = 340
load lib."/style.gp"
set multiplot
set logscale xy
set yrange [1e-6:1]
eval log_tics("y", -6, 0)
set key at graph 0.02, graph 0.04 left bottom Left reverse

# A curve that is 0 from its first step on does not show on this scale.
if (drawn(1)) {
	eval whole(1)
	set xrange [1:1e6]
	eval log_tics("x", 0, 6)
	set xlabel "Length L of a source flow (packets)"
	set ylabel "1 − CDF: share of flows longer than L"
	eval at(n_length, 0.7, 0.9)
	if (n_length > 0 && y_length < 1e-6) {
		set label 99 "all flows have one packet" center \
			at graph 0.7, graph 0.9 boxed font SMALL front
	}
	plot data index "length" using 1:3:4 with filledcurves \
		linecolor rgb BLUE notitle, \
		data index "paper_length" with lines ls 11 title was, \
		data index "length" with lines ls 1 title counted(is, t_length)
}

if (drawn(2)) {
	eval whole(2)
	set xrange [1e-2:1e4]
	eval log_tics("x", -2, 4)
	set xlabel "Duration D of a source flow (s)"
	set ylabel "1 − CDF: share of flows longer than D"
	eval at(n_duration, 0.7, 0.9)
	if (n_duration > 0 && y_duration < 1e-6) {
		set label 99 "all flows are one packet" center \
			at graph 0.7, graph 0.9 boxed font SMALL front
	}
	plot data index "duration" using 1:3:4 with filledcurves \
		linecolor rgb BLUE notitle, \
		data index "paper_duration" with lines ls 11 title was, \
		data index "duration" with lines ls 1 \
		title counted(is, t_duration)
}
unset multiplot
