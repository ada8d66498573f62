# timeout-table.awk: lays out the table of timeouts.  Input: the timeout, then
# what kinds-by-timeout.awk wrote for it.

BEGIN {
	FS = OFS = "\t"
	print "= Idle timeout: pairs and flows by kind of the pair"
	print "^", "", "pairs, %", "<", "<", "<", "flows, %", "<", "<", "<", \
		"", ""
	print "#", "timeout, s", "probe", "heart.", "dialog", "mix", "probe", \
		"heart.", "dialog", "mix", "flows", "single, %"
	print "+", "paper, 200", "51.2", "15.8", "25.1", "8.0", "8.0", "26.3", \
		"6.2", "59.5", 2505622, "82.0"
}

$2 != "single" {
	pairs[$2] = $3
	flows[$2] = $4
	all_pairs += $3
	all_flows += $4
	next
}

{
	row = ""
	n = split("probe heartbeat dialog mix", kind, " ")
	for (i = 1; i <= n; i++)
		row = row OFS share(pairs[kind[i]], all_pairs)
	for (i = 1; i <= n; i++)
		row = row OFS share(flows[kind[i]], all_flows)
	print "", $1 row, all_flows + 0, share($3, $4)
	all_pairs = all_flows = 0
}

END {
	print "> Single: source flows of one packet, of all source flows."
}

function share(part, whole)
{
	return whole ? sprintf("%.1f", 100 * part / whole) : "-"
}
