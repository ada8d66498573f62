#!/bin/sh
# Each program's getopt string, usage line, -h and man page say the same.
. "${0%/*}/lib.sh"

set -- "$top"/bin/*.c
plan $(($# * 6 + 6))

# Letters of the options, sorted, one a line.
letters() { fold -w 1 | grep '[A-Za-z0-9]' | sort -u; }

# The sections that every page of a program has, in the page's order, which is
# that of mdoc(7).
form() {
	sed -n 's/^\.Sh //p' "$1" | grep -vxE \
		'CODECS|ENVIRONMENT|FILES|STANDARDS' | paste -sd ' '
}

for source; do
	program=$(basename "$source" .c)
	page=${source%.c}.1
	getopt=$(sed -n 's/.*getopt(argc, argv, *"\([^"]*\)".*/\1/p' "$source")
	[ -n "$getopt" ] || getopt=$(tr '\n' ' ' <"$source" |
		sed -n 's/.*getopt(argc, argv,[ \t]*"\([^"]*\)".*/\1/p')
	accepted=$(printf %s "$getopt" | tr -d : | letters)

	is "$program: getopt and SYNOPSIS" "$(awk '/^\.Sh/ {on = /SYNOPSIS/}
		on && /Fl/ {sub(/.*Fl /, ""); sub(/ .*/, ""); print}' \
		"$page" | letters)" "$accepted"
	is "$program: getopt and described options" "$(awk '
		/^\.Sh/ {on = /DESCRIPTION|OPTIONS/}
		on && /^\.It Fl/ {print $3}' "$page" | letters)" "$accepted"

	# The usage line is the SYNOPSIS as mandoc prints it.
	is "$program: usage and SYNOPSIS" "$("$program" -h |
		sed '/^columns/,$d' | sed 's/^usage: //' |
		tr -s ' \t\n' ' ' | sed 's/ $//')" "$(mandoc -Tascii "$page" |
		col -b | awk '/^[A-Z]/ {on = /^SYNOPSIS/; next} on' |
		tr -s ' \t\n' ' ' | sed 's/^ //; s/ $//')"
	"$program" -h | awk '/^columns/ {on = /made/; next} on {print $1}' |
		sort -u >made
	awk '/^\.It Cm/ {for (i = 3; i <= NF; i++) if ($i != "Cm") print $i}' \
		"$page" | tr -d , | sort -u >described
	comm -23 made described >left
	is "$program: each made column stands in the page" "$(cat left)" ''
	is "$program: sections" "$(form "$page")" \
		"NAME SYNOPSIS DESCRIPTION OPTIONS EXIT STATUS EXAMPLES \
SEE ALSO CAVEATS"
	ok "$program: lint" mandoc -Tlint -W warning "$page"
done
# shellcheck disable=SC2016
ok 'flow.5 and flows.7: lint' sh -c 'for p in "$top"/bin/*.[57]; do
	mandoc -Tlint -W warning "$p" || exit 1; done'

version=$(flowcut -V | cut -d ' ' -f 2)
is 'each page names the version' "$(grep -Lx "\.Os flows $version" \
	"$top"/bin/*.[157])" ''
is 'each page of its own kind begins and ends alike' "$(for p in \
	"$top"/bin/*.[57]; do form "$p" | grep -vE \
	'^NAME DESCRIPTION (EXAMPLES )?SEE ALSO( CAVEATS)?$'; done)" ''
# Who leads where: a page that is named is there, and each is named in flows(7).
is 'pages that are referred to are there' "$(
	sed -n 's/.*\.Xr \([a-z2-]*\) \([157]\).*/\1.\2/p' \
		"$top"/bin/*.[157] | sort -u |
	grep -E '^(flow|pcap2|sky|sig|rtt|pop|geo|trace)' |
	while read -r p; do [ -e "$top/bin/$p" ] || echo "$p"; done)" ''
# What groff, not mandoc, takes for the end of the width.
is 'no quote in the width of a list' "$(grep -n "^\.Bl.*'" "$top"/bin/*.[157])" ''
# What roff takes for the end of the line; \\e is a backslash.
is 'no line of a page goes on' "$(grep -n '[^\\]\\$' "$top"/bin/*.[157])" ''
