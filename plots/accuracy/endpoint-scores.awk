# endpoint-scores.awk: scores of UDP endpoints beside the truth, counted.
# Stands behind columns.awk; reads a truth file of tracegen(1), then the rows
# of skypeclass -e on the same capture.  Writes
# `endpoint is-Skype app score n 0 0`, the score in whole bits, rounded down,
# from -1000 on.

function columns()
{
	if (pass == 1) {
		KIND = col("proto"); TRUTH = col("class"); APP = col("app")
		end_columns()
		RPKTS = col("rpkts")
		return
	}
	IP = col("ip"); PORT = col("port"); SCORE = col("score")
}

# Skype where any of its flows is; else the last protocol it was seen with.
function note(end)
{
	if (app[end] != "skype")
		app[end] = $APP
}

pass == 1 && $KIND == "udp" {
	note($SRC FS $SPORT)
	if ($RPKTS > 0)
		note($DST FS $DPORT)
}

pass == 2 && ($IP FS $PORT) in app {
	is = app[$IP FS $PORT]
	s = $SCORE < -1000 ? -1000 : $SCORE + 0
	bits = s < 0 && s != int(s) ? int(s) - 1 : int(s)
	n[is FS bits]++
}

END {
	for (k in n) {
		split(k, part, FS)
		print "endpoint", part[1] == "skype" ? 1 : 0, k, n[k], 0, 0
	}
}
