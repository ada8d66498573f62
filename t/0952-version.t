#!/bin/sh
# The version is told in several places, and all of them agree with what the
# programs print.
. "${0%/*}/lib.sh"

ln -s "$top/bin" "$top/package" "$top"/*.md "$top/CITATION.cff" . || exit 1
version=$(sigtag -V | cut -d ' ' -f 2)
format=$(sigtag -V | sed 's/.*format \(.*\))/\1/')
head=$(sed -n 's/^## //p' CHANGELOG.md | head -n 1)
day=${head#*, }
plan 9

is 'each program' "$(for p in bin/*.c; do
	p=$(basename "$p" .c)
	command -v "$p" >/dev/null || continue
	"$p" -V | grep -vx "$p $version (flow record format $format)"; done)" ''
is 'CHANGELOG' "${head%, *}" "$version"
is 'CITATION' "$(sed -n 's/^version: "\(.*\)"/\1/p' CITATION.cff)" "$version"
is 'CITATION: day' "$(sed -n 's/^date-released: "\(.*\)"/\1/p' \
	CITATION.cff)" "$day"
is 'Debian' "$(sed -n '1s/^flows (\(.*\)-[0-9]*).*/\1/p' \
	package/debian/changelog)" "$version"
is 'Debian: day' "$(date -u -d "$(sed -n '/^ -- /{s/.*>  //p;q;}' \
	package/debian/changelog)" +%F)" "$day"
is 'README names the package' "$(grep -o 'flows_[0-9.]*-1_amd64' README.md |
	sort -u)" "flows_$version-1_amd64"
is 'pages' "$(sed -n 's/^\.Os flows //p' bin/*.[157] | sort -u)" "$version"
is 'flow(5) tells the format' \
	"$(sed -n 's/^This page describes format \([0-9]*\).*/\1/p' bin/flow.5)" \
	"$format"
