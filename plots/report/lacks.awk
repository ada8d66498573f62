# lacks.awk: the first box of the page: what it does not reproduce.  Input:
# paper-check.tsv.  From the environment: PCAP, SCALE.

BEGIN {
	FS = "\t"
	scale = ENVIRON["SCALE"]
}

/^= / { title = substr($0, 3); sub(/:.*/, "", title) }

$1 == "" && ($NF ~ /^missed/ || $NF == "no data") {
	missed++
	if (missed <= 8)
		list = list "<li>" escape(title ": " $2 \
			($3 == "-" ? "" : ": paper " grouped($3)) ", ours " \
			grouped($4) ", bound " $6) "</li>\n"
}

$1 == "" && $NF == "PASS" { held++ }

END {
	print "<ul>"
	if (ENVIRON["PCAP"] != "")
		print "<li>This is another network in another year: no bound" \
			" is required of it, and where it differs from the" \
			" paper neither need be wrong.</li>"
	else {
		print "<li><strong>No finding of the paper is confirmed.</strong>" \
			" The packets come from a generator fitted to the" \
			" paper’s own curves; that ours meet them shows that" \
			" the programs measure what is on the wire, and no" \
			" more.</li>"
		printf "<li>Of %d numbers with a bound, <strong>%d miss it" \
			"</strong> at this scale (SCALE=%s%s).</li>\n", \
			held + missed, missed, escape(scale), scale < 0.999 ? \
			"; the bounds are those of the whole campus" : ""
		printf "%s", list
		if (missed > 8)
			printf "<li>… and %d more, <a href=\"#check\">listed" \
				" below</a>.</li>\n", missed - 8
	}
	print "<li>Some of the paper’s numbers exclude each other: <a" \
		" href=\"#fit\">contradictions</a>. Some of its words can be" \
		" read in two ways: <a href=\"#readings\">readings</a>.</li>"
	print "</ul>"
}

# Large whole numbers with commas.
function grouped(s,   tail)
{
	if (s !~ /^[0-9]+$/ || length(s) < 5)
		return s
	for (; length(s) > 3; s = substr(s, 1, length(s) - 3))
		tail = "," substr(s, length(s) - 2) tail
	return s tail
}

function escape(s)
{
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	return s
}
