# ten-byte-bins.awk: the histograms of fig4 as its panels draw them: x, where a
# bin begins, and its share, a row a bin from 0 to 600 bytes.  Input: fig4's
# reduced data, then the published bins, each file after paper=NAME.
#
# The k-th published bin holds 10 k to 10 k + 9 bytes: summed up, its shares meet
# the published CDF there and nowhere else.  Where the figure drew it, three
# bytes to the right for probes and five to the left for others, is its drawing.

BEGIN {
	FS = "[\t,]"
	OFS = "\t"
}

/^#/ {
	close_block()
	sub(/^# */, "")
	wanted = $0 ~ /^bin-/
	if (wanted)
		open($0)
	next
}

FNR == 1 && paper != "" {
	close_block()
	open("paper_bin-" paper)
	wanted = 1
}

wanted && $1 != "NaN" && NF > 1 {
	if (paper == "")
		share[int($1 / 10)] = $2
	else
		share[rows++] = $3
	any = 1
}

END { close_block() }

function open(title)
{
	printf "\n\n# %s\n", title
	open_block = 1
}

function close_block(   k)
{
	for (k = 0; open_block && any && k < 60; k++)
		print 10 * k, share[k] + 0
	if (open_block && !any)
		print "NaN", "NaN"
	split("", share)
	open_block = any = rows = 0
}
