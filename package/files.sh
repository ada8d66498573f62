#!/bin/bash
# files: what is installed, one line a file: mode, source, place.  The places
# come in the environment; operands are the programs.
set -euo pipefail
shopt -s inherit_errexit

for p; do
	echo "755 $BIN/$p $BINDIR/$p"
	echo "644 $COMPLETION/$p $BASHDIR/$p"
done
echo "644 $COMPLETION/_flows $ZSHDIR/_flows"
for page in bin/*.[157]; do
	echo "644 $page $MANDIR/man${page##*.}/${page##*/}"
done
for page in README.md CHANGELOG.md CITATION.cff LICENSE; do
	echo "644 $page $DOCDIR/$page"
done
for unit in flows@.service flows-expire.service flows-expire.timer; do
	echo "644 $UNITS/$unit $UNITDIR/$unit"
done
echo "644 lib/geo/places.csv $DATADIR/places.csv"
find examples plots -type f ! -name '*.mk' | LC_ALL=C sort |
	while read -r file; do
		mode=644
		IFS= read -r first <"$file"
		[[ $first != '#!'* ]] || mode=755
		echo "$mode $file $DATADIR/$file"
	done
