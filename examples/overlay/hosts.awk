# hosts.awk: takes the port from the internal end of each flow, so that what
# counts endpoints counts internal hosts.

BEGIN {
	FS = OFS = "\t"
}

/^#/ {
	line = substr($0, 2)
	n = split(line, name, FS)
	for (i = 1; i <= n; i++)
		at[name[i]] = i
	print
	next
}

{
	if ($at["dir"] != "in")
		$at["sport"] = 0
	else
		$at["dport"] = 0
	print
}
