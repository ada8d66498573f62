# usage: reads what -h prints of one or more programs.  For the scripts that
# go on from here: done() at the end of each, with name, flags (letters without
# a value), n options option[i] with value[i].
/^usage: / {
	if (name != "")
		told()
	name = $2
	flags = ""
	n = 0
	on = 1
	sub(/^usage: [^ ]+/, "")
}
/^columns / { on = 0 }
on { take($0) }
END { if (name != "") told() }

function take(line,   word, k, i) {
	gsub(/[][|]/, " ", line)
	k = split(line, word, " ")
	for (i = 1; i <= k; i++) {
		if (word[i] !~ /^-[A-Za-z]/)
			continue
		if (i < k && word[i] ~ /^-.$/ && word[i + 1] !~ /^-/) {
			option[++n] = substr(word[i], 2)
			value[n] = word[++i]
		} else {
			flags = flags substr(word[i], 2)
		}
	}
}

function told() { done(); name = "" }
