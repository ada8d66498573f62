# fig4.awk: UDP payload of packets of both directions, by kind of the pair,
# as counts for distributions.awk: single bytes, and bins of ten (bin-probe, bin-nonprobe;
# x is the bin's lower end).

function columns()
{
	class_columns()
	SIZE = col("size"); RSIZE = col("rsize"); PAIR = col("pair")
}

counts() {
	if ($PAIR == "probe") {
		probe[$SIZE]++
		probe[$RSIZE]++
	} else {
		nonprobe[$SIZE]++
		nonprobe[$RSIZE]++
	}
}

# Most are one length, and alike.
END {
	for (text in probe)
		histogram("probe", text, probe[text])
	for (text in nonprobe)
		histogram("nonprobe", text, nonprobe[text])
	for (i in seen) {
		split(i, key, SUBSEP)
		print key[1], key[2], seen[i]
		print "bin-" key[1], key[2] - key[2] % 10, seen[i]
	}
}

function histogram(kind, text, n_alike,   entry, part, n, i)
{
	if (text == "-")
		return
	n = split(text, entry, ",")
	for (i = 1; i <= n; i++) {
		split(entry[i], part, ":")
		if (part[1] > 0)
			seen[kind, part[1]] += n_alike * part[2]
	}
}
