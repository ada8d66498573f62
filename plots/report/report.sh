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

# Text as a page shows it.
escaped() {
	local text=$1
	text=${text//&/"&amp;"}
	text=${text//</"&lt;"}
	printf '%s' "${text//>/"&gt;"}"
}

# Text as a shell reads it.
quoted() {
	local quote=\'
	if [[ $1 =~ ^[A-Za-z0-9_./:,=+-]+$ ]]; then
		printf '%s' "$1"
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

page
