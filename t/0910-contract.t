#!/bin/sh
# The contract that engines rely on, with sort and our programs alone: the
# input cut anywhere, read apart, dealt out to parts, in any order of
# arrival, with headers or -H, gives what one process gives: records (but
# for why and win, flowmerge(1)), evidence, popularity, the figures' data.
. "${0%/*}/lib.sh"
# shellcheck source=t/pieces.sh
. "$top/t/pieces.sh"

tracegen -c 6 -d 6h -s 4 -w 96 >a.pcap && one a.pcap || exit 1
names=$(sed 's/^#//; 1q' one/all.tsv | tr '\t' ,)
tagged=$(sed 's/^#//; 1q' one/flows.tsv | tr '\t' ,)
found=$(sed 's/^#//; 1q' one/endpoints.tsv | tr '\t' ,)
header() { echo "#$1" | tr , '\t'; }

shuffle() { awk 'BEGIN {srand(5)} {printf "%.9f\t%s\n", rand(), $0}' |
	sort | cut -f 2-; }

# One file for each part of each piece; the parts of all pieces, sorted.
with_headers() { # pieces parts key
	mkdir in out
	for piece in $(seq "$1"); do
		pcap2flows "$(printf "a%0${#1}d.pcap" "$piece")" |
			flowpart -n "$2" -c "$3" -o "in/$piece." || return
	done
	for part in $(seq -w 0 $(($2 - 1))); do
		sort in/*."$part" | flowmerge >out/flows."$part" &&
		skypeclass -e out/flows."$part" >out/end."$part" || return
	done
	cat out/end.* >out/ends
	header "$names" | skypeclass -E out/ends -e >many/endpoints.tsv || return
	for part in $(seq -w 0 $(($2 - 1))); do
		skypeclass -E many/endpoints.tsv out/flows."$part" | sigtag |
			rttcalc | geojoin -d "$places" >out/tags."$part" || return
	done
	sort -m out/tags.* | uniq >many/flows.tsv
	popularity_of many/flows.tsv >many/popularity.tsv
}

# As Hadoop and Spark do it: lines without headers, dealt out by the engine,
# keys in order, rows of one key in any; a part may be empty.
without_headers() { # pieces parts key
	mkdir in out
	for piece in $(seq "$1"); do
		pcap2flows "$(printf "a%0${#1}d.pcap" "$piece")" | sed 1d
	done | shuffle | flowpart -H "$names" -n "$2" -c "$3" -o in/ || return
	for part in $(seq -w 0 $(($2 - 1))); do
		sort "in/$part" | flowmerge -H "$names" >out/flows."$part" &&
		skypeclass -H "$names" -e out/flows."$part" >out/end."$part" ||
			return
	done
	{ header "$found"; shuffle <<-END; } >out/ends
	$(cat out/end.*)
	END
	skypeclass -E out/ends -e -H "$names" /dev/null >out/all || return
	{ header "$found"; cat out/all; } >many/endpoints.tsv
	for part in $(seq -w 0 $(($2 - 1))); do
		skypeclass -E many/endpoints.tsv -H "$names" \
			out/flows."$part" >out/sig &&
		sigtag -H "$names,class,via,score" out/sig >out/tag &&
		rttcalc -H "$names,class,via,score,tag,pair,period,jitter" out/tag |
		geojoin -d "$places" \
			-H "$names,class,via,score,tag,pair,period,jitter,rtt" ||
			return
	done >out/tags
	{ header "$tagged"; cat out/tags; } >many/flows.tsv
	by_destination "$2"
}

# popularity in parts of its own.
by_destination() { # parts
	mkdir to
	awk -F '\t' -v class=32 -v proto=4 \
		'$class == "sig" && $proto == "udp"' out/tags | shuffle |
		flowpart -H "$tagged" -n "$1" -c dst -o to/ || return
	sed 1q one/popularity.tsv >many/popularity.tsv
	for part in to/*; do
		popularity -H "$tagged" "$part" || return
	done >>many/popularity.tsv
}

try() { # way pieces parts key
	rm -rf in out to many a*[0-9].pcap
	mkdir many
	cut_capture a.pcap a "$2"
	"$1" "$2" "$3" "$4" && is_one many
}

# rttcalc, geojoin and skypeclass with a list work row by row: any cut will do.
by_line() { # command ...
	sed 1d one/flows.tsv >rows
	"$@" <rows >whole || return
	rm -f x??
	split -n l/7 rows x
	for piece in x??; do
		"$@" <"$piece" || return
	done | cmp - whole
}

plan 14
for way in with_headers without_headers; do
	ok "$way: 1 piece, 1 part" try $way 1 1 src,dst
	ok "$way: 3 pieces, 4 parts" try $way 3 4 src,dst
	ok "$way: 40 pieces, 13 parts" try $way 40 13 cid
	ok "$way: 9 pieces, 7 parts of which 5 are empty" \
		try $way 9 7 proto
	# shellcheck disable=SC2012
	is 'so they are' "$(ls -S out/flows.* | tail -n 5 | xargs cat |
		grep -vc '^#')" 0
done

ok "the figures' data" same_figures many a?.pcap
ok 'rttcalc by line' by_line rttcalc -H "$tagged"
ok 'geojoin by line' by_line geojoin -d "$places" -H "$tagged"
ok 'skypeclass -E by line' by_line skypeclass -a -E one/endpoints.tsv \
	-H "$tagged"
