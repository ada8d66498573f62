# accuracy: what is missed and what is false at each threshold; and of the
# endpoints with a score how many are Skype's.

W = 942
H = 300
load lib."/style.gp"

array block[3] = ["chi", "bayes", "score"]
array axis[3] = ["Chi-square threshold", "Belief threshold (log₁₀)", \
	"Score threshold (bits)"]
array what[3] = ["calls, chi-square alone", "calls, Bayes alone", \
	"signaling, by endpoint"]
array default[3] = [150, -5, 11]
array n[3] = [n_chi, n_bayes, n_score]
array low[3] = [10, -25, -20]
array high[3] = [10000, 0, 30]

set multiplot
set yrange [0:1]
set ytics 0.2
set tmargin at screen 1 - 34.0 / H
set bmargin at screen 56.0 / H
set key at graph 0.97, graph 0.93 right top Left reverse
do for [i = 1:3] {
	set lmargin at screen (66.0 + (i - 1) * 222) / W
	set rmargin at screen (66.0 + (i - 1) * 222 + 194) / W
	if (i == 1) { set logscale x; eval log_tics("x", 1, 4) } else {
		unset logscale x
		set xtics auto format "%g"
	}
	set xrange [low[i]:high[i]]
	set xlabel axis[i]
	set title what[i] offset 0, -0.6
	set ylabel (i == 1 ? "share of flows" : "")
	set format y (i == 1 ? "%.1f" : "")
	if (i > 1) { unset key }
	set arrow 1 from default[i], graph 0 to default[i], graph 1 nohead \
		linecolor rgb BLACK dashtype (2, 3) front
	eval at(n[i], 0.5, 0.5)
	plot data index block[i] using 1:2 with lines ls 1 title "missed", \
		data index block[i] using 1:3 with lines ls 2 title "false", \
		NaN with lines linecolor rgb BLACK dashtype (2, 3) \
		title "default"
}
# A share for each bin of 2 bits, with its 95 % limits.
set lmargin at screen (66.0 + 3 * 222) / W
set rmargin at screen (66.0 + 3 * 222 + 194) / W
set xrange [-22:30]
set xlabel "Score (bits)"
set title "endpoints that are Skype's" offset 0, -0.6
set arrow 1 from 11, graph 0 to 11, graph 1 nohead \
	linecolor rgb BLACK dashtype (2, 3) front
plot data index "reliability" using 1:2:3:4 with yerrorbars ls 1 \
		pointtype 7 pointsize 0.4, \
	data index "reliability" using 1:2 with lines ls 1
unset multiplot
