# csv.awk: flow records as CSV (RFC 4180, lines end in LF): fields with commas
# or quotes in quotes, unknown ones empty.

BEGIN {
	FS = "\t"
}

function quoted(s)
{
	if (s == "-")
		return ""
	if (s ~ /[",]/) {
		gsub(/"/, "\"\"", s)
		s = "\"" s "\""
	}
	return s
}

/^#/ {
	if (headers++)
		next
	sub(/^#/, "")
}

{
	line = quoted($1)
	for (i = 2; i <= NF; i++)
		line = line "," quoted($i)
	print line
}
