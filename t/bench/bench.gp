# bench: wall time of each tool on the shape "mix", as a multiple of the bare
# loop.
# gnuplot -e "data = …; out = …" bench.gp
set terminal svg size 640,360 enhanced background rgb "white" \
	font "Helvetica,12"
set output out
set xlabel "wall time, multiples of a bare libpcap loop"
set logscale x
set xrange [0.1:1000]
set yrange [*:*] reverse
set style fill solid 0.8 noborder
set border 3
set tics nomirror
set grid x
set lmargin 18
unset key
rows = "< awk '$1 == \"mix\" { x = $(NF - 2); t = $2; \
	for (i = 3; i <= NF - 5; i++) t = t \" \" $i; \
	print n++ \"\\t\" x \"\\t\" t }' " . data
set datafile separator "\t"
plot rows using (0.1):1:(0.1):2:($1 - 0.35):($1 + 0.35):ytic(3) \
	with boxxyerror linecolor rgb 0x0072b2, \
	rows using 2:1:(sprintf(" %.1f", $2)) with labels left
