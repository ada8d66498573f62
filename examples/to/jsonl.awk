# jsonl.awk: flow records as JSON lines: what flowcut -T says is a number or a
# time as numbers, unknown fields null, all else as strings.  Numbers keep every
# digit; a program that reads them as doubles keeps microseconds.

BEGIN {
	FS = "\t"
}

NR == 1 || /^#/ {
	sub(/^#/, "")
	n = split($0, column, FS)
	types($0)
	next
}

# Which columns of a header are numbers.
function types(header,   i, n, part, quoted, command, line, field, got)
{
	n = split(header, part, "\047")
	quoted = part[1]
	for (i = 2; i <= n; i++)
		quoted = quoted "\047\\\047\047" part[i]
	command = "printf \047#%s\\n\047 \047" quoted "\047 | flowcut -T"
	while ((got = (command | getline line)) > 0) {
		split(line, field, FS)
		if (field[2] ~ /^(integer|real|time)$/)
			number[field[1]]
	}
	if (close(command) != 0 || got < 0) {
		print "jsonl.awk: flowcut -T failed" >"/dev/stderr"
		failed = 1
		exit failed
	}
}

function text(s)
{
	gsub(/\\/, "&&", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\""
}

function value(name, s)
{
	if (s == "-")
		return "null"
	if (!(name in number) || s !~ /^-?[0-9]+(\.[0-9]+)?$/)
		return text(s)
	sub(/^0+/, "", s)
	return s ~ /^[0-9-]/ ? s : "0" s
}

{
	line = "{"
	for (i = 1; i <= n; i++)
		line = line (i > 1 ? "," : "") text(column[i]) ":" \
		    value(column[i], $i)
	print line "}"
}
