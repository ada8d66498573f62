# table.awk: tables for people, as aligned text, or with -v html=1 as HTML
# (words=1: cells hold sentences).
# Input, TAB-separated; the first column says what the line is:
#	= title		one cell; begins a table
#	^ cells		heading over several columns: "<" continues a cell
#	# cells		heading
#	  cells		row		(first column empty)
#	+ cells		row of totals
#	> note		one cell, below the table
# It counts letters in the C locale: LC_ALL=C awk -f plots/lib/table.awk

BEGIN {
	FS = "\t"
}

{
	mark[NR] = substr($0, 1, 1)
	if (mark[NR] == "=" || mark[NR] == ">")
		cell[NR, 1] = substr($0, 3)
	if (mark[NR] == "=" || mark[NR] == ">")
		next
	if ($1 == "")
		mark[NR] = " "
	wide[NR] = NF - 1
	for (i = 2; i <= NF; i++)
		cell[NR, i - 1] = grouped($i)
}

END {
	for (from = 1; from <= NR; from = to + 1) {
		for (to = from; to < NR && mark[to + 1] != "="; to++)
			;
		if (html)
			page(from, to)
		else
			text(from, to)
	}
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

function text(from, to,   r)
{
	if (from > 1)
		print ""
	split("", width)
	columns = 0
	for (r = from; r <= to; r++)
		measure(r)
	widen(from, to)
	for (r = from; r <= to; r++) {
		if (r > from && mark[r] == ">" && mark[r - 1] != ">")
			print ""
		line(r)
		if (r == from)
			print ""
		if (mark[r] == "#")
			rule()
	}
}

function measure(r,   c)
{
	if (mark[r] ~ /[=>^]/)
		return
	if (wide[r] > columns)
		columns = wide[r]
	for (c = 1; c <= wide[r]; c++)
		if (letters(cell[r, c]) > width[c])
			width[c] = letters(cell[r, c])
}

# Makes room for headings that span columns.
function widen(from, to,   r, c, n)
{
	for (r = from; r <= to; r++)
		for (c = 1; mark[r] == "^" && c <= wide[r]; c += n) {
			n = span(r, c)
			while (room(c, n) < letters(cell[r, c]))
				width[c + n - 1]++
		}
}

function span(r, c,   n)
{
	for (n = 1; cell[r, c + n] == "<"; n++)
		;
	return n
}

function room(c, n,   i, w)
{
	for (i = c; i < c + n; i++)
		w += width[i] + 2
	return w - 2
}

# Letters of a UTF-8 text: bytes but those that continue one.
function letters(s)
{
	gsub(/[\200-\277]/, "", s)
	return length(s)
}

function line(r,   c, n, s, w)
{
	if (mark[r] ~ /[=>]/) {
		print cell[r, 1]
		return
	}
	for (c = 1; c <= wide[r]; c += n) {
		n = mark[r] == "^" ? span(r, c) : 1
		w = room(c, n)
		s = s (c > 1 ? "  " : "") \
			(c == 1 ? cell[r, c] blanks(w - letters(cell[r, c])) : \
			blanks(w - letters(cell[r, c])) cell[r, c])
	}
	sub(/ +$/, "", s)
	print s
}

function blanks(n,   s)
{
	while (n-- > 0)
		s = s " "
	return s
}

function rule(   n, s)
{
	n = room(1, columns)
	while (n-- > 0)
		s = s "-"
	print s
}

# A table wider than a telephone scrolls under its heading and beside its
# first column.  Headings end where the first row begins.
function page(from, to,   r, body)
{
	print "<div class=\"scroll\" tabindex=\"0\"><table" \
		(words ? " class=\"words\"" : "") ">"
	print "<caption><span>" marked(cell[from, 1]) "</span></caption>"
	print "<thead>"
	for (r = from; r <= to; r++) {
		if (mark[r] ~ /[=>]/)
			continue
		if (!body && mark[r] !~ /[#^]/) {
			print "</thead>"
			print "<tbody>"
			body = 1
		}
		html_row(r)
	}
	print body ? "</tbody>" : "</thead>"
	print "</table></div>"
	for (r = from; r <= to; r++)
		if (mark[r] == ">")
			print "<p class=\"note\">" marked(cell[r, 1]) "</p>"
}

function html_row(r,   c, n, head, scope, class)
{
	class = mark[r] == " " ? "" : " class=\"" (mark[r] == "+" ? \
		"total" : (mark[r] == "^" ? "group" : "head")) "\""
	printf "<tr%s>", class
	for (c = 1; c <= wide[r]; c += n) {
		n = mark[r] == "^" ? span(r, c) : 1
		head = mark[r] ~ /[#^]/
		scope = head ? (n > 1 ? "colgroup" : "col") : "row"
		if (head && cell[r, c] == "")
			printf "<td></td>"
		else
			printf("<%s%s%s%s>%s</%s>", head || c == 1 ? "th" : "td",
				head || c == 1 ? " scope=\"" scope "\"" : "",
				n > 1 ? " colspan=\"" n "\"" : "",
				cell[r, c] ~ /^(missed |missed,|no data$|NOT EQUAL)/ ? \
				" class=\"missed\"" : "",
				marked(cell[r, c]), head || c == 1 ? "th" : "td")
	}
	print "</tr>"
}

# On the page a minus is a minus, an apostrophe one, and what is unknown a dash.
function marked(s)
{
	if (s == "-")
		return "–"
	if (s ~ /^-[0-9.]/)
		s = "−" substr(s, 2)
	if (s ~ /^- /)
		s = "–" substr(s, 2)
	gsub(/\047/, "’", s)
	return escape(s)
}

function escape(s)
{
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	return s
}
