# missed-rows.awk: for table.awk: the rows of paper-check.tsv that are not within
# their bounds, under the heading that they have there, and why they are not.

BEGIN {
	FS = OFS = "\t"
}

/^= / { title = substr($0, 3); sub(/:.*/, "", title) }

$1 == "" && ($NF ~ /^missed/ || $NF == "no data") {
	if (!n++) {
		print "= Bounds that are missed"
		print "#", "", "paper", "ours", "difference", "bound", ""
	}
	$2 = title ": " $2
	print
}

sub(/^> Missed, /, "> ") {
	print
}
