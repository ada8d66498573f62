# alt-text.awk: what a figure shows in a sentence of numbers, for those who do not
# see it.  Input: the figure's reduced data.  Command line: figure.

BEGIN {
	FS = "\t"
}

/^#/ {
	split(substr($0, 2), word, " ")
	block = word[1]
	total[block] = word[2]
	next
}

NF < 2 || $1 == "NaN" { next }

{
	rows[block]++
	x[block, rows[block]] = $1 + 0
	y[block, rows[block]] = $2 + 0
	if ($1 + 0 > right[block])
		right[block] = $1 + 0
	if ($2 + 0 > top[block]) {
		top[block] = $2 + 0
		peak[block] = $1 + 0
	}
}

END {
	if (figure == "fig1") {
		say("bitrate", "of " total["bitrate"] " clients " \
			at("bitrate", 10) " send at most 10 bit/s and " \
			at("bitrate", 100) " at most 100; the paper: 53.1 and" \
			" 95.0 %")
		say("cpi", "in " at("cpi", 10) " of " total["cpi"] " intervals" \
			" a client contacts at most 10 peers, in " \
			at("cpi", 30) " at most 30; the paper: 44.6 and 89.7 %")
	}
	if (figure == "fig2") {
		say("length", "of " total["length"] " source flows " \
			at("length", 1) " are longer than one packet, " \
			at("length", 5) " than five; the paper: 18.0 and 0.68 %")
		say("duration", at("duration", 1) " last longer than 1 s, " \
			at("duration", 100) " than 100 s; the paper: 10.7 and" \
			" 0.06 %")
	}
	if (figure == "fig3") {
		say("left", "the client without calls sends to " \
			top["left"] " peers within " hours("left") \
			" hours; the paper's to 1120 within 27")
		say("right", "the client with calls sends to " top["right"] \
			" peers within " hours("right") " hours; the paper's to" \
			" 433 within 6")
	}
	if (figure == "fig4") {
		say("probe", "of " total["probe"] " packets of probes " \
			at("probe", 100) " carry at most 100 bytes, the" \
			" paper: 64.4 %")
		say("nonprobe", "of " total["nonprobe"] " other packets " \
			at("nonprobe", 100) ", the paper: 49.6 %")
	}
	if (figure == "fig5")
		say("peers", "external addresses at " rows["peers"] " places," \
			" most of them in Europe and North America in the" \
			" paper's map of 7266 places")
	if (figure == "fig6") {
		say("probe", "of " total["probe"] " round-trip times of probes " \
			below("probe") " are below 100 ms and the most frequent is " \
			sprintf("%.0f", peak["probe"]) " ms, the paper: 51.6 %" \
			" and 67 ms")
		say("nonprobe", "of " total["nonprobe"] " others " \
			below("nonprobe") " and " \
			sprintf("%.0f", peak["nonprobe"]) " ms, the paper: 37.6 %" \
			" and 133 ms")
	}
	if (figure == "fig7") {
		say("external-probe", "of external endpoints that were only" \
			" probed " at("external-probe", 1) " are contacted by one" \
			" client, the paper: 94.3 %")
		say("internal-probe", "of internal ones " \
			at("internal-probe", 10) " are probed by at most 10" \
			" peers, the paper: 77.8 %")
	}
	print (said == "" ? "no data in this capture" : said) "."
}

function say(block, words)
{
	if (rows[block])
		said = said (said == "" ? "" : "; ") words
}

# The y at v of a curve of stairs, in percent.
function at(block, v,   k, here)
{
	here = figure == "fig2" ? 1 : 0
	for (k = 1; k <= rows[block] && x[block, k] <= v; k++)
		here = y[block, k]
	return sprintf("%.3g %%", 100 * here)
}

function below(block,   k, sum)
{
	for (k = 1; k <= rows[block]; k++)
		if (x[block, k] < 99.9)
			sum += y[block, k]
	return sprintf("%.3g %%", 100 * sum)
}

function hours(block)
{
	return sprintf("%.1f", right[block])
}
