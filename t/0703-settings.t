#!/bin/bash
# What a user sets reaches the figures' scripts as data: names of every kind;
# what cannot be is said; and outputs of one run never lie beside those of
# another.
# shellcheck disable=SC2016  # dollars are in names
. "${0%/*}/lib.sh"
ldd "$(command -v pcap2flows)" | grep -q 'lib[at]san' &&
	skip_all 'it is of scripts, which a sanitizer does not look into'

need tracegen
plan 64

tracegen -c 4 -d 1h -s 3 -w 96 -o plain.pcap || exit 1
tracegen -c 3 -d 1h -s 4 -w 96 -o second.pcap || exit 1
make_in() { # folder setting|goal ...
	folder=$1
	shift
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/$folder" \
		OUT="$scratch/$folder/out" NETS=10.0.0.0/8 "$@"
}

ok 'a plain name' make_in plain PCAP="$scratch/plain.pcap" tab1
# What the table says, but for what it says it is of.
table() { grep -v '^Made of ' "$1"; }
table plain/out/tab1.txt >wanted
n=0
for name in 'a b.pcap' "it's.pcap" 'say "x".pcap' 'back`touch pwned`.pcap' \
	'dollar$(touch pwned)$x.pcap' '#;&|<>*?[a].pcap' 'back\slash.pcap' \
	'a=b,c:d%.pcap' ' leading.pcap' '-dash.pcap'; do
	n=$((n + 1))
	mkdir "$n"
	cp plain.pcap "$n/$name"
	make_in "$n.fig" PCAP="$scratch/$n/$name" tab1 >said 2>&1
	is "named $name" "$(table "$n.fig/out/tab1.txt" | diff wanted - 2>&1; cat said)" ''
done
cp plain.pcap -- -dash.pcap
ok 'a dash at the front of all' env PCAP=-dash.pcap NETS=10.0.0.0/8 \
	"$top/plots/records/records.sh" pieces all ends listed truth
is 'gives the same' "$(cmp pieces plain/pieces.tsv 2>&1)" ''
make_in two PCAP="$scratch/plain.pcap $scratch/second.pcap" tab1
cp 'plain.pcap' 'two words.pcap'
make_in list PCAP="$scratch/two\\ words.pcap $scratch/second.pcap" tab1
is 'a list of names, one with a blank' \
	"$(diff <(table two/out/tab1.txt) <(table list/out/tab1.txt) 2>&1)" ''

cp "$top/lib/geo/places.csv" 'a `touch pwned` $(touch pwned) base.csv'
out="$scratch/it's \"\$(touch pwned)\` here"
make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/odd" OUT="$out" \
	GEODB="$scratch/a \`touch pwned\` \$(touch pwned) base.csv" \
	NETS=10.0.0.0/8 PCAP="$scratch/plain.pcap" tab1 >said 2>&1
is 'OUT and GEODB of any name' "$(table "$out/tab1.txt" | diff wanted - 2>&1; cat said)" ''
for nets in '10.0.0.0/9 10.128.0.0/9' '10.128.0.0/9,10.0.0.0/9'; do
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/nets" \
		OUT="$scratch/nets/out" NETS="$nets" PCAP="$scratch/plain.pcap" \
		tab1 >said 2>&1
	is "NETS of several: $nets" "$(table nets/out/tab1.txt | diff wanted - 2>&1
		cat said)" ''
done
check 'NETS is no code' -s 2 -M 'touch' -- make_in nets \
	PCAP="$scratch/plain.pcap" NETS='$(touch pwned)`touch pwned`;touch pwned' tab1
is 'nothing was run' "$(find . "$top" -maxdepth 2 -name pwned)" ''

for wrong in SCALE=0 SCALE=1e9 SCALE=x PROTO=icmp SEED=-1; do
	check "$wrong" -s 2 -M "figures: ${wrong%%=*}: .*\"${wrong#*=}\"" -- \
		make_in wrong "$wrong" tab1
done
check 'no such capture' -s 2 -M 'no such file: "nowhere.pcap"' -- \
	make_in wrong PCAP=nowhere.pcap tab1
check 'a pipe by name' -s 2 -M 'figures: a pipe is read but once: "/dev/stdin"' \
	-- sh -c 'cat plain.pcap | "$@"' - make -s -C "$top" BIN="${BIN:-bin}" \
	FIG="$scratch/wrong" OUT="$scratch/wrong/out" PCAP=/dev/stdin tab1
make_in wrong PCAP="$top/README.md" tab1 >/dev/null 2>said
is 'no capture at all is said once' "$(grep -c 'not a capture' said)" 1
check 'networks without a host' -M \
	'^No host of the capture is inside 203.0.113.0/24' -- \
	make_in plain PCAP="$scratch/plain.pcap" NETS=203.0.113.0/24 tab1

make_in mix PCAP="$scratch/plain.pcap" tab1 tab2
make_in mix PCAP="$scratch/plain.pcap" -n tab1 tab2 >due
is 'make -n: nothing is due' "$(grep -v notices due)" ''
make_in mix PCAP="$scratch/second.pcap" -n tab1 >due
make_in mix PCAP="$scratch/plain.pcap" -n tab1 >again
is 'make -n changes nothing' "$(grep -v notices again
	grep -c records.sh due)" 1
make_in mix PCAP="$scratch/second.pcap" tab1
is 'what is of another capture goes' "$(ls mix/out)" 'made-of.txt
tab1.txt'
is 'a table says what it is of' "$(tail -n 1 mix/out/tab1.txt)" "Made of \
PCAP=$scratch/second.pcap NETS=10.0.0.0/8 GEODB=lib/geo/places.csv PROTO=udp"
is 'and so does what lies beside it' "$(<mix/out/made-of.txt)" \
	"$(tail -n 1 mix/out/tab1.txt)"
make_in mix PCAP="$scratch/second.pcap" SELECT=port=53 overlay fig2
is 'and a picture' "$(grep -ho '<title>fig.*</title>' mix/out/fig2.svg \
	mix/out/overlay/fig2.svg)" "<title>fig2 of PCAP=$scratch/second.pcap \
NETS=10.0.0.0/8 GEODB=lib/geo/places.csv PROTO=udp</title>
<title>fig2 of PCAP=$scratch/second.pcap \
NETS=10.0.0.0/8 GEODB=lib/geo/places.csv PROTO=udp SELECT=port=53</title>"
# A name of other bytes than a picture can show: XML is UTF-8 without control
# bytes, and has no `]]>' in text.
name=$'K\xf6ln\e[31m ]]> <&.pcap'
cp plain.pcap "$name"
make_in bytes PCAP="$scratch/$name" NAME=$'M\xfcnchen ]]>' fig1 tab1 overlay
is 'names of other bytes: pictures and pages' "$(for file in bytes/out/*.svg \
	bytes/out/overlay/*.svg bytes/out/overlay/*.html bytes/out/*.txt; do
	iconv -f UTF-8 -t UTF-16 "$file" >utf16 || echo "$file is not UTF-8"
	LC_ALL=C grep -l $'[\001-\010\013-\037\177]' "$file" || :
	case $file in
	*.txt) ;;
	*) grep -n ']]>' "$file" || : ;;
	esac
done)" ''
is 'and what a shell reads stands there' "$(tail -n 1 bytes/out/tab1.txt)" \
	"Made of PCAP=\$'${scratch}/K\\366ln\\E[31m ]]> <&.pcap' NETS=10.0.0.0/8 \
GEODB=lib/geo/places.csv PROTO=udp"
# All data are of the settings of now, whatever was made before.
tables() { # folder setting ...
	make_in "$1" CAMPUS='tracegen -c 20 -d 3h -w 96' "${@:2}" \
		tab1 tab2 timeout text readings real truth-check
}
here() (cd "$1" && find . -name '*.t[sx][vt]' -exec cksum {} + | sort -k 3)
tables now >said 2>&1
sed 's/,Torino,/,Milano,/' "$top/lib/geo/places.csv" >base.csv
for setting in PROTO=any SEED=2 GEODB="$scratch/base.csv"; do
	rm -rf before
	ok "$setting: the truth says so, too" tables before "$setting"
	ok "$setting is another" test "$(here before)" != "$(here now)"
	tables before >said 2>&1
	is '... and nothing of it stays' "$(here before)" "$(here now)"
done
check 'a setting before make' -s 2 -M 'figures: SCALE: .*"0"' -- \
	env SCALE=0 make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/wrong" tab1
is 'a name that the system has is not ours' "$(NAME=laptop make -pn -C "$top" \
	SELECT=port=53 2>/dev/null | sed -n 's/^NAME :*= *//p')" ''
check 'a setting of another name' -s 2 -M 'no setting "PCAPS": make help' -- \
	env -u MAKELEVEL -u MAKEFLAGS make -s -C "$top" BIN="${BIN:-bin}" \
	FIG="$scratch/wrong" PCAPS=plain.pcap tab1
# A capture of the same name, size and time as the one before.
cp -p plain.pcap replaced.pcap
make_in replaced PCAP="$scratch/replaced.pcap" tab1
printf '\0\0\0\0' | dd of=replaced.pcap bs=4 seek=3 conv=notrunc 2>/dev/null
touch -r plain.pcap replaced.pcap
make_in replaced PCAP="$scratch/replaced.pcap" -n tab1 >due
is 'a capture that was replaced' "$(grep -c records.sh due)" 1
# Two makes at once: they would take data of each other.  The first waits for
# standard input.
mkfifo packets
make_in twice PCAP=- tab1 <packets >first 2>&1 &
exec 3>packets
until [ -L twice/make ]; do sleep .1; done
check 'another make works there' -s 2 -M 'another make works in .*/twice: wait' \
	-- make_in twice PCAP="$scratch/second.pcap" tab1
ok 'make -n says what it would do' make_in twice -n PCAP=- tab1
cat plain.pcap >&3
exec 3>&-
ok 'the first goes on' wait $!
is 'and is right' "$(table twice/out/tab1.txt | diff wanted - 2>&1; cat first)" ''
ok 'then so can the other' make_in twice PCAP="$scratch/second.pcap" tab1

# What fails leaves no part of a file behind.
mkdir stub
printf '#!/bin/sh\ncase "$*" in *"$NOT"*) exit 1 ;; esac\nexec /bin/mv "$@"\n' >stub/mv
chmod +x stub/mv
for name in fig2.png.part endpoints.tsv.part; do
	rm -rf part
	NOT=$name PATH=$PWD/stub:$PATH make_in part PCAP="$scratch/plain.pcap" \
		fig2 >/dev/null 2>&1 && echo 'it ends well' >.why
	find part -name '*.part' >>.why
	verdict "no part of what fails: $name"
done
make_in mix PCAP="$scratch/plain.pcap" tab2
ok 'drawn without a locale' env -i PATH="$PATH" make -s -C "$top" \
	BIN="${BIN:-bin}" FIG="$scratch/bare" OUT="$scratch/bare/out" \
	NETS=10.0.0.0/8 PCAP="$scratch/plain.pcap" fig5 fig6
is 'and gnuplot says nothing of it' "$(<.out)" ''
is 'all of it goes with the next' "$(find mix/out -type f | sort)" \
	'mix/out/.settings
mix/out/made-of.txt
mix/out/tab2.txt'

# The project in a folder whose name has a blank, as it was built.
if [ "${BUILD:-$top/build}" = "$top/build" ] && [ -d "$top/build/lib" ]; then
	mkdir 'a folder'
	(cd "$top" && tar -cf - --exclude=t/corpus --exclude=t/fuzz Makefile \
		.ci lib bin plots examples t package build/*.* build/lib \
		build/bin) | tar -xf - -C 'a folder'
	ok 'make in a folder with a blank' make -s -C 'a folder' tab1 \
		PCAP="$scratch/plain.pcap" NETS=10.0.0.0/8
	is 'has the same result' "$(table 'a folder/out/tab1.txt' | diff wanted - 2>&1)" ''
	ok 'and its tests run' make -s -C 'a folder' check \
		JOBS=1 TESTS=t/0401-sigtag.t REPLAYERS= UNITS=
	mkdir kept
	touch kept/mine 'a folder/out/ours'
	check 'clean takes nothing from a folder that somebody named' \
		-M '^clean: ../kept stays' -- make -s -C 'a folder' clean OUT=../kept
	is 'and what is the project'"'"'s' "$(find kept 'a folder/out' \
		'a folder/build' 2>/dev/null)" $'kept\nkept/mine'
else
	for i in 1 2 3 4 5; do
		skip "a folder with a blank, $i" 'built elsewhere'
	done
fi
