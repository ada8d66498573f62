#!/bin/bash
# report: all figures and tables on one page, self-contained, with what the
# paper says of each and the command that made it.
# Usage: report/report.sh out build/fig >report.html
# Environment: as in reduce.sh, and GEODB.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

out=$1
fig=$2
commit=$(git -C "$plots" describe --always --dirty 2>"$tmp/said") ||
	commit=unknown

# Text as a shell reads it.
quoted() {
	local quote=\' shown
	shown=$(printable "$1")
	if [[ $1 =~ ^[A-Za-z0-9_./:,=+-]+$ || $shown != "$1" ]]; then
		printf '%s' "$shown"
	else
		printf "'%s'" "${1//"$quote"/"$quote\\$quote$quote"}"
	fi
}

# The picture of a file as part of the page: without what only a file needs,
# and with names of its own.
picture() { # file name words
	sed -n '/<svg/,$p' "$1" | $AWK -v id="$2" -v words="$3" \
		-f "$plots/report/inline-svg.awk"
}

section() { # name title
	printf '<h2 id="%s">%s</h2>\n' "$1" "$2"
}

# A figure: its panels, its caption, and where its data and pictures lie.
figure() { # name words < caption
	local said text=$2
	if [ -f "$fig/$1.tsv" ]; then
		said=$($AWK -v figure="$1" -f "$plots/report/alt-text.awk" \
			"$fig/$1.tsv")
		text="$2: $said"
	fi
	echo '<figure>'
	if [ -f "$fig/$1-1.svg" ]; then
		echo '<div class="panels">'
		picture "$fig/$1-1.svg" "$1a" "Left of $text"
		picture "$fig/$1-2.svg" "$1b" "Right of $text"
		echo '</div>'
	else
		picture "$out/$1.svg" "$1" "$text"
	fi
	echo '<figcaption>'
	cat
	echo '</figcaption>'
	[ ! -f "$out/data/$1.tsv" ] || printf '<p class="files">%s %s %s</p>\n' \
		"<a href=\"data/$1.tsv\">data (tsv)</a>" \
		"<a href=\"$1.svg\">SVG</a>" "<a href=\"$1.png\">PNG</a>"
	echo '</figure>'
}

# The commands that anyone can give by hand, in the project's folder.
shown() { # < commands
	printf '<pre>'
	sed 's/&/\&amp;/g; s/</\&lt;/g'
	echo '</pre>'
}

table() { # file [words=1]
	$AWK -v html=1 ${2+-v "$2"} -f "$plots/lib/table.awk" "$1"
}

# shellcheck source=plots/report/report-text.sh
. "$plots/report/report-text.sh"

# Tables are numbered in the order in which they stand.
page >"$tmp/page"
$AWK -f "$plots/report/number-tables.awk" "$tmp/page"
