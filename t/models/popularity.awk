# What popularity counts, with one array of all that was seen.  awk -v
# hosts=1 for -g host.

function name_of(address, port)
{
	if (hosts)
		return address
	return (address ~ /:/ ? "[" address "]" : address) ":" port
}

BEGIN { FS = OFS = "\t" }

NR == 1 {
	line = $0
	sub(/^#/, "", line)
	n = split(line, name, "\t")
	for (k = 1; k <= n; k++)
		at[name[k]] = k
	print "#endpoint", "where", "kind", "popularity"
	next
}

{
	dir = $at["dir"]
	pair = $at["pair"]
	if (pair == "-" || (dir != "in" && dir != "out"))
		next
	to = name_of($at["dst"], $at["dport"])
	from = name_of($at["src"], $at["proto"] == "tcp" ? "any" : $at["sport"])
	if (!(to in known)) {
		known[to] = 1
		order[++ends] = to
	}
	where = dir == "in" ? "internal" : "external"
	kind = pair == "probe" ? "probe" : "nonprobe"
	if (!seen[to, where, kind, from]++)
		count[to, where, kind]++
}

END {
	for (i = 1; i <= ends; i++) {
		to = order[i]
		show("internal", "probe")
		show("internal", "nonprobe")
		show("external", "probe")
		show("external", "nonprobe")
	}
}

function show(where, kind)
{
	if ((to, where, kind) in count)
		print to, where, kind, count[to, where, kind]
}
