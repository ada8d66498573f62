# endpoints.awk: all internal endpoints of the flows chosen, as if skypeclass
# had listed them.

BEGIN {
	FS = OFS = "\t"
	print "#ip", "port", "proto", "score"
}

/^#/ {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

$at["dir"] == "out" || $at["dir"] == "int" {
	note($at["src"], $at["sport"])
}

$at["dir"] == "in" || $at["dir"] == "int" {
	note($at["dst"], $at["dport"])
}

function note(ip, port)
{
	if (!((ip, port) in known)) {
		known[ip, port]
		print ip, port, $at["proto"], 99
	}
}
