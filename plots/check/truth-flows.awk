# truth-flows.awk: flow records for truth-match.awk.  Command line: side, 1 for
# the truth and 2 for measured records.

BEGIN {
	FS = OFS = "\t"
	n = split("end proto src sport dst dport pkts rpkts bytes rbytes rtt " \
		"continent country city lat lon last reply rlast size rsize", \
		name, " ")
}

FNR == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		c[$i] = i
	next
}

{
	all = ""
	for (i = 1; i <= n; i++)
		all = all " " $c[name[i]]
	print $c["cid"], $c["start"], side, $c["class"], $c["pair"], \
		side == 1 ? $c["app"] : "-", $c["pkts"] + $c["rpkts"], all
}
