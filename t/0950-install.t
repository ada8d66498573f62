#!/bin/sh
# make install, uninstall and dist, and what is completed at a shell.
. "${0%/*}/lib.sh"

unset MAKEFLAGS MAKELEVEL MFLAGS
quiet_make() { make -s -C "$top" BIN="${BIN:-bin}" "$@" >/dev/null; }

plan 23

root=$scratch/root
ok 'make install' quiet_make install DESTDIR="$root" PREFIX=/opt/flows \
	BUILD="$scratch/build"
in_root() { (cd "$root" && find . -type f | sed 's/^\.//' | sort); }

for p in "$top"/bin/*.c; do
	p=$(basename "$p" .c)
	echo "/opt/flows/bin/$p"
	echo "/opt/flows/share/man/man1/$p.1"
	echo "/opt/flows/share/bash-completion/completions/$p"
done | sort >want
is 'each program, its page, its completion' \
	"$(in_root | comm -13 - want)" ''
is 'no page is left out' "$(cd "$top" && find bin -name '*.[57]' |
	sed 's|bin/\(.*\)\(.\)$|/opt/flows/share/man/man\2/\1\2|' | sort |
	while read -r f; do [ -e "$root$f" ] || echo "$f"; done)" ''
is 'nothing is elsewhere' "$(in_root |
	grep -vE '^/opt/flows/(bin|lib/systemd/system|share/(man|doc/flows|flows|zsh|bash-completion))/')" ''

# Examples work from where they are then.
tracegen -c 3 -d 1h | pcap2flows -t 20 - >flows.tsv
ok 'an installed example runs' env PATH="$root/opt/flows/bin:$PATH" \
	sh "$root/opt/flows/share/flows/examples/beacons/beacons.sh" flows.tsv

check 'not into a folder named ~' -s 2 \
	-M '^install: a path from / is needed: BINDIR=~/flows/bin' -- \
	make -s -C "$top" BIN="${BIN:-bin}" BUILD="$scratch/build" install \
	PREFIX='~/flows'

ok 'make uninstall' quiet_make uninstall DESTDIR="$root" PREFIX=/opt/flows \
	BUILD="$scratch/build"
is 'nothing is left' "$(in_root)" ''
is 'no folder but what every system has' "$(cd "$root/opt/flows" &&
	find . -type d -empty | sort)" './bin
./lib
./share/doc
./share/man/man1
./share/man/man5
./share/man/man7'

# A tarball, twice; and of what it holds.
ball() { quiet_make dist OUT="$1" BUILD="$scratch/build" && cat "$1"/flows-*.tar.gz; }
ball "$scratch/1" >one && sleep 1 && ball "$scratch/2" >two
differences() { # by member, since bytes of gzip tell nothing
	cmp one two && return
	mkdir x y
	tar -xzf one -C x
	tar -xzf two -C y
	diff -r x y | head -n 20
	tar -tvzf one >x.list
	tar -tvzf two | diff x.list -
}
is 'two tarballs are the same' "$(differences 2>&1)" ''
tar -xzf one
is 'its name tells the version' "$(echo flows-*)" \
	"flows-$(sigtag -V | cut -d ' ' -f 2)"
ok 'what it holds can be made' sh -c 'cd flows-* && make -s all >/dev/null &&
	bin/sigtag -V'

# The pages as HTML: each is there, and each link leads somewhere.
if command -v mandoc >/dev/null; then
	ok 'make doc' quiet_make doc OUT="$scratch/out" BUILD="$scratch/build"
	is 'a page each, and the index' "$(cd out/doc && ls ./*.html)" "$({
		(cd "$top/bin" && printf '%s.html\n' ./*.[157])
		echo ./index.html; } | sort)"
	is 'no link leads nowhere' "$(cd out/doc &&
		grep -oE 'href="[^"#:]*[#"]' ./*.html | sed 's/.*"\(.*\).$/\1/' |
		sort -u | while read -r f; do [ -z "$f" ] || [ -e "$f" ] ||
		echo "$f"; done)" ''
	is 'nor to a place that a page lacks' "$(cd out/doc && for f in *.html; do
		grep -o 'href="#[^"]*"' "$f" | sed 's/.*#\(.*\)"/\1/' | sort -u |
		while read -r id; do grep -q "id=\"$id\"" "$f" || echo "$f#$id"
		done; done)" ''
	is 'the index names all' "$(grep -c '^<dt><a href=' out/doc/index.html)" \
		"$(find "$top/bin" -name '*.[157]' | wc -l)"
	is 'README leads there' "$(grep -o '](out/doc/index.html)' \
		"$top/README.md")" '](out/doc/index.html)'
	ok 'pages refer to each other' grep -q 'href="flow.5.html"' \
		out/doc/rttcalc.1.html
else
	for t in doc pages links places index README refer; do
		skip "$t" 'no mandoc'
	done
fi

# Completion.
words() { # program word ...: what bash offers for the last word
	bash -c '
		. "$1"
		shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_flows_$1 "$1" "${!#}" "${COMP_WORDS[$(($# - 2))]}"
		echo "${COMPREPLY[@]}"' bash "$scratch/build/completion/$1" "$@"
}
if command -v bash >/dev/null; then
	is 'options of sigtag' "$(words sigtag -)" '-h -k -s -V -v -g -H'
	is 'a column of the file' \
		"$(words flowcut flows.tsv -c src,rby)" src,rbytes
	is 'the word that -g takes' "$(words popularity -g '')" host
else
	for t in options columns words; do skip "$t" 'no bash'; done
fi
if command -v zsh >/dev/null; then
	ok 'zsh reads its file' zsh -fnc "$(cat "$scratch/build/completion/_flows")"
else
	skip 'zsh reads its file' 'no zsh'
fi
