# truth-pieces.awk: the truth's Skype flows for truth-timeouts.awk.  changes: as
# for truth.awk.

BEGIN {
	FS = OFS = "\t"
	got = 0
	while (changes != "" && (got = (getline <changes)) > 0)
		new_class[$1, $2] = $3
	if (got < 0)
		exit 1
}

FNR == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		c[$i] = i
	next
}

($c["cid"], $c["start"]) in new_class {
	$c["class"] = new_class[$c["cid"], $c["start"]]
}

$c["class"] != "-" && $c["proto"] == "udp" {
	a = $c["src"] ":" $c["sport"]
	b = $c["dst"] ":" $c["dport"]
	turned = a > b
	print turned ? b " " a : a " " b, time("start"), time("end"), \
		$c["src"] ~ /^10\./ ? $c["pkts"] : $c["rpkts"], \
		$c[turned ? "rpkts" : "pkts"], $c[turned ? "pkts" : "rpkts"], \
		$c["class"] != "sig"
}

function time(name)
{
	return substr($c[name], 1, 10) substr($c[name], 12)
}
