#!/bin/sh
# Each program's getopt string, usage line, -h and man page say the same.
. "${0%/*}/lib.sh"

set -- "$top"/bin/*.c
plan $(($# * 5 + 1))

# Letters of the options, sorted, one a line.
letters() { fold -w 1 | grep '[A-Za-z0-9]' | sort -u; }

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
	ok "$program: lint" mandoc -Tlint -W warning "$page"
done
# shellcheck disable=SC2016
ok 'flow.5 and flows.7: lint' sh -c 'for p in "$top"/bin/*.[57]; do
	mandoc -Tlint -W warning "$p" || exit 1; done'
