# top.gp: what top.awk noted each minute, as a picture on standard output; PNG
# in the environment is its name, beside which the notes lie.

set terminal pngcairo size 900,500 enhanced font "Sans,11"
data = system("printenv PNG").".tsv"
set datafile separator "\t"
set xdata time
set timefmt "%s"
set format x "%H:%M"
set style data linespoints
set key left top
set grid linecolor rgb 0xdddddd
set border 3
set tics nomirror
set yrange [0:*]
set ylabel "so far"
set y2label "packets in the minute"
set y2tics
set y2range [0:*]
plot data using 1:2 title "hosts" pt 7 ps 0.5 lc rgb 0x0072b2, \
	data using 1:3 title "pairs" pt 7 ps 0.5 lc rgb 0xd55e00, \
	data using 1:5 axes x1y2 title "packets" pt 7 ps 0.5 lc rgb 0x999999
