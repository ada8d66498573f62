#!/bin/bash
# doc: the man pages as HTML, with links between them and an index, in a folder.
# Usage: doc.sh VERSION folder
# Links to pages of others go to Debian's.
set -euo pipefail
shopt -s inherit_errexit

here=$(dirname "$0")
pages=$(cd "$here/../bin" && pwd)
command -v mandoc >/dev/null || {
	echo "doc: no mandoc here: make deps doc" >&2
	exit 1
}
mkdir -p -- "$2"
cp -- "$here/doc.css" "$2/doc.css"
cd -- "$2"
rm -f -- ./*.[157].html index.html

html() { # page
	local name=${1##*/}
	echo "${name%.*}.${name##*.}.html"
}

# mandoc looks for the sources of what it links to, in its own folder.
for page in "$pages"/*.[157]; do
	name=$(html "$page")
	(cd "$pages" && mandoc -T html -O \
		"style=doc.css,toc,man=%N.%S.html;https://manpages.debian.org/%N.%S" \
		"${page##*/}") >"$name.part"
	sed 's|<body>|<body>\n<p><a href="index.html">flows</a></p>|' \
		"$name.part" >"$name"
	rm -f -- "$name.part"
done

list() { # section, heading
	local page name what
	echo "<h2>$2</h2>"
	echo '<dl>'
	for page in "$pages"/*."$1"; do
		name=$(html "$page")
		what=$(sed -n 's/^\.Nd //p' "$page")
		echo "<dt><a href=\"$name\">${name%.*.html}</a></dt><dd>$what</dd>"
	done
	echo '</dl>'
}

{
	cat <<-END
		<!DOCTYPE html>
		<html lang="en">
		<head>
		<meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<link rel="stylesheet" href="doc.css">
		<title>flows $1</title>
		</head>
		<body>
		<h1>flows $1</h1>
		<p>Packets to flow records as text, and what the signaling of an overlay
		looks like in them.  Begin with <a href="flows.7.html">flows(7)</a>.</p>
	END
	list 7 'To read'
	list 5 'The format'
	list 1 'The programs'
	echo '</body></html>'
} >index.html.part
mv index.html.part index.html
