# fig3-totals.awk: hours, peers and packets of both clients out of fig3's data, `name
# TAB value`.

BEGIN {
	FS = OFS = "\t"
}

/^#/ { sub(/^# */, ""); side = $1 }

NF != 2 || $1 == "NaN" { next }

{
	hours[side] = $1
	if ($2 > 0) {
		sent[side]++
		if ($2 > to[side])
			to[side] = $2
	} else {
		heard[side]++
		if (-$2 > from[side])
			from[side] = -$2
	}
}

END {
	for (side in hours) {
		print side " hours", sprintf("%.1f", hours[side])
		print side " peers sent to", to[side] + 0
		print side " peers heard from", from[side] + 0
		print side " packets sent", sent[side] + 0
		print side " packets received", heard[side] + 0
	}
}
