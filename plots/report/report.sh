#!/bin/sh
# report: all figures and tables on one page, self-contained, with what the
# paper says of each and the command that made it.
# Usage: report/report.sh out build/fig >report.html
# Environment: PCAP NETS GEODB PROTO SEED SCALE CLIENTS, as in lib/figures.mk.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

out=$1
fig=$2

# The picture of a file as part of the page: without what only a file needs,
# and with names of its own.
picture() { # file name words
	sed -n '/<svg/,$p' "$1" | $AWK -v id="$2" -v words="$3" \
		-f "$plots/report/inline-svg.awk"
}

section() { # name title
	printf '<h2 id="%s">%s</h2>\n' "$1" "$2"
}

figure() { # name words < caption
	echo '<figure>'
	if [ -f "$fig/$1-1.svg" ]; then
		echo '<div class="panels">'
		picture "$fig/$1-1.svg" "$1a" "$2, left panel"
		picture "$fig/$1-2.svg" "$1b" "$2, right panel"
		echo '</div>'
	else
		picture "$out/$1.svg" "$1" "$2"
	fi
	echo '<figcaption>'
	cat
	echo '</figcaption></figure>'
}

# The commands that anyone can give by hand, in the project's folder.
command() {
	printf '<pre>'
	sed 's/&/\&amp;/g; s/</\&lt;/g'
	echo '</pre>'
}

table() { # file [words=1]
	$AWK -v html=1 ${2:+-v "$2"} -f "$plots/lib/table.awk" "$1"
}

escaped() {
	printf '%s' "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g'
}

. "$plots/report/report-text.sh"

page
finish
