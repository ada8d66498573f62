#!/bin/sh
# Beacons planted into a day of calls, and into the campus: precision, recall
# and rank; the columns, by hand.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
plan 40

beacons() { sh "$top/examples/beacons/beacons.sh" "$@"; }

# A day of six kinds of beacons, five of each, among 120 pairs that are none.
# Precision and recall of what is above 60; most rows of none above a beacon.
day() { # seed
	rm -f truth
	awk -v seed="$1" -v each=5 -v truth=truth -f "$top/t/callers.awk" \
		</dev/null >day.tsv
	beacons -g name day.tsv >ranked.tsv
	awk -F '\t' '
	NR == FNR { kind[$2 FS $3] = $1; all++; next }
	/^#/ { next }
	{ k = kind[$3 FS $4] }
	k == "" { none++ }
	k != "" && none > above { above = none }
	$1 > 60 { n++; hit += k != ""; found[k]++ }
	END {
		printf "%.2f %.2f %d\n", n ? hit / n : 0, hit / all, above
		for (k in found)
			print k, found[k] >"kinds"
	}' truth ranked.tsv
}

for seed in 1 2; do
	# shellcheck disable=SC2046  # three words
	set -- $(day $seed)
	ok "a day: precision $1 is at least 0.95" expr "$1" '>=' 0.95
	ok "a day: recall $2 is at least 0.95" expr "$2" '>=' 0.95
	ok "a day: $3 rows above a beacon are none, at most 2" [ "$3" -le 2 ]
done
is 'a day: each kind is found' "$(sort kinds | tr '\n' ' ')" \
	'hour 5 minute 5 refused 5 skips 5 spread 5 two 5 '
is 'a day: two periods' "$(awk -F '\t' '
	NR == FNR {kind[$2 FS $3] = $1; next}
	kind[$3 FS $4] == "two" {n++
	    good += $8 > 44 && $8 < 46 && $14 > 585 && $14 < 615}
	END {print good}' truth ranked.tsv)" 5
is 'a day: skipped calls, by period and cover' "$(awk -F '\t' '
	NR == FNR {kind[$2 FS $3] = $1; next}
	kind[$3 FS $4] == "skips" {
		good += $8 > 295 && $8 < 305 && $11 > .75 && $11 < .86}
	END {print good}' truth ranked.tsv)" 5
is 'a day: five addresses of one name' "$(awk -F '\t' '
	NR == FNR {kind[$2 FS $3] = $1; next}
	kind[$3 FS $4] == "spread" {good += $20 == 5}
	END {print good}' truth ranked.tsv)" 5
# By address each of the five is called at random.
is 'by address they are hard to see' "$(beacons -g host day.tsv | awk -F '\t' '
	NR == FNR {if ($1 == "spread") spread[$2]; next}
	$3 in spread && $1 > 60 {n++} END {print n + 0}' truth -)" 0

# Into the campus, through packets: 40 of 60 s +- 10 %, 20 of dead masters.
rm -f planted
awk -v seed=1 -v hours=2 -v truth=planted -f "$top/t/plant.awk" |
	sort -n | perl "$top/t/mkpcap.pl" >plant.pcap
tracegen -c 30 -d 2h -s 1 -w 96 >noise.pcap
pcap2flows -t 20 noise.pcap >flows.tsv
pcap2flows -t 20 plant.pcap >>flows.tsv
beacons flows.tsv >ranked.tsv
# shellcheck disable=SC2046  # two words
set -- $(awk -F '\t' '
NR == FNR {is[$0]; all++; next}
!/^#/ && $1 > 60 {n++; hit += ($2 FS $3 FS $4 FS $5) in is}
END {printf "%.2f %.2f\n", n ? hit / n : 0, hit / all}' \
	planted ranked.tsv)
ok "campus: precision $1 is at least 0.95" expr "$1" '>=' 0.95
ok "campus: recall $2 is at least 0.95" expr "$2" '>=' 0.95
is 'dead masters are found, too' "$(awk -F '\t' '
	$3 ~ /^10\.99/ && $1 > 60 && $6 == "no" {n++} END {print n}' \
	ranked.tsv)" 20

# Seven contacts by hand: gaps 10 10 10 12 10 8, bytes 100 but one 150.
{
	printf '#start\tend\tproto\tsrc\tsport\tdst\tdport\tdir\tpkts\trpkts\tbytes\trbytes\n'
	i=0
	for t in 100 110 120 130 142 152 160; do
		i=$((i + 1))
		printf '%010d.000000\t%010d.500000\tudp\t10.0.0.1\t%d\t240.0.0.1\t5000\tout\t1\t1\t%d\t70\n' \
			$t $t $((1000 + i)) $((i == 3 ? 150 : 100))
	done
	printf '0000000220.000000\t0000000224.000000\tudp\t10.0.0.2\t9\t240.0.0.1\t5000\tout\t1\t0\t1\t0\n'
	printf '0000000220.000000\t0000000220.000000\tudp\t240.0.0.1\t9\t10.0.0.2\t53\tin\t1\t1\t1\t1\n'
} >hand.tsv
# Distances from 10 s, over it: 0 0 0 .2 0 .2, so kept is 1 for four and
# 1 - (.2/.35)^2 for two; cover 6/6, share 60/120, all answered; 100 s is in
# hour 0.
hand_score() {
	awk -v answered="$1" 'BEGIN {
		kept = (4 + 2 * (1 - (.2 / .35) ^ 2)) / 6
		printf "%.1f", 100 * (kept - .4) / .6 * 7 / 12 * \
		    (.85 + .15 * answered) * (.7 + .3 * .5) }'
}
printf '#score\tproto\tsrc\tdst\tdport\tanswered\tcontacts\tperiod\tjitter\tsizes\tcover\tspan\tshare\tperiod2\tcalls\tbytes\trbytes\trsizes\tlongest\taddresses\thosts\trole\thours\n' >wanted
printf '%s\tudp\t10.0.0.1\t240.0.0.1\t5000\tyes\t7\t10.000\t0.0000\t0.0000\t1.00\t60\t0.50\t-\t7\t100\t70\t0.0000\t0\t1\t2\t-\t9.......................\n' \
	"$(hand_score 1)" >>wanted
for AWK in mawk gawk 'busybox awk'; do
	command -v "${AWK%% *}" >/dev/null || {
		skip "by hand, $AWK" 'not there'
		skip "refused, $AWK" 'not there'
		continue
	}
	export AWK
	check "by hand, $AWK" -i hand.tsv -o wanted -- beacons
	sed 's/\tout\t1\t1/\tout\t1\t0/' hand.tsv >silent.tsv
	sed "s/yes/no/; s/^[0-9.]*\tudp/$(hand_score 0)\tudp/" wanted >no
	check "nobody answers, $AWK" -i silent.tsv -o no -- beacons
done
unset AWK
sed 1q wanted >header
check 'fewer calls than LEAST' -i hand.tsv -o header -- env LEAST=8 \
	sh "$top/examples/beacons/beacons.sh"
check 'nothing' -s 1 -M '<stdin>: empty input' -- beacons
cut -f 1-8 hand.tsv >less.tsv
check 'a column that is not there' -s 2 -M 'less.tsv:1: no column "rpkts"' -- \
	beacons less.tsv
check '-g name without names' -s 1 -M 'no column "name" .flownames' -- \
	beacons -g name hand.tsv
beacons hand.tsv >ranked
cp hand.tsv 'of=one day.tsv'
check 'a name that awk would take for a setting' -o ranked -- \
	beacons 'of=one day.tsv'
head -c -40 hand.tsv >cut.tsv
check 'a row that is cut' -s 1 -M 'cut.tsv:[0-9]+: [0-9]+ columns where' -- \
	beacons cut.tsv
sed '4s/^[0-9.]*/noon/' hand.tsv >noon.tsv
check 'a time that is none' -s 1 -M 'noon.tsv:4: start: not a number: "noon"' \
	-- beacons noon.tsv
for least in 0 many 1e3; do
	check "LEAST=$least" -s 2 -M "^beacons.sh: LEAST: .*\"$least\"" -- \
		env LEAST=$least sh "$top/examples/beacons/beacons.sh" hand.tsv
done
check 'a wrong group' -s 2 -M '^usage: beacons.sh' -- beacons -g port hand.tsv

# Who is called: retries are one call, groups are nobody, infrastructure.
awk -v OFS='\t' 'BEGIN {
	print "#start", "end", "proto", "src", "sport", "dst", "dport", "dir",
	    "pkts", "rpkts", "bytes", "rbytes"
	for (i = 0; i < 12; i++) {
		t = 1000 + 60 * i
		for (k = 0; k < 3; k++)
			row(t + k, "tcp", "240.0.0.9", 4444, 0)
		row(t + .5, "udp", "239.255.255.250", 1900, 0)
		row(t + .6, "udp", "255.255.255.255", 67, 0)
		row(t + .7, "udp", "224.0.0.251", 5353, 0)
	}
}
function row(t, proto, dst, dport, answer) {
	printf "%.6f\t%.6f\t%s\t10.0.0.1\t999\t%s\t%d\tout\t1\t%d\t9\t9\n",
	    t, t, proto, dst, dport, answer
}' >roles.tsv
is 'retries are one call; groups are left out' \
	"$(beacons roles.tsv | cut -f 4,6-8,15,22 | sed 1d | sort | tr '\t' ' ')" \
	'240.0.0.9 no 36 60.000 12 -'

# Infrastructure by what it does.  To port 123: polls as of RFC 5905 (1; with
# a key 2; by a tool that counts headers 3; every 2048 s 4); and what only has
# the port: another size (5), another size back (6), each minute (7), nobody
# answers (8), one of 17 servers (9).  To port 53: names of 8 to 40 letters
# (1), a tenth of the questions (2); always the same (3), large (4), shorter
# answers (5), TCP (6).
awk -v OFS='\t' 'BEGIN {
	srand(1)
	print "#start", "end", "proto", "src", "sport", "dst", "dport", "dir",
	    "pkts", "rpkts", "bytes", "rbytes"
	for (i = 0; i < 40; i++) {
		polls(1, 64, 48, 48)
		polls(2, 1024, 68, 68)
		polls(3, 256, 90, 90)
		polls(4, 2048, 48, 48)
		polls(5, 64, 60, 60)
		polls(6, 64, 48, 200)
		polls(7, 60, 48, 48)
		polls(8, 64, 48, 0)
		for (k = 9; k < 26; k++)
			row("10.0.0.9", 64 * i + k / 100, "udp", k, 123, 48, 48)
		name = 8 + int(33 * rand())
		asks(1, 1, 16 + name, 40 + name + 16 * int(3 * rand()))
		asks(1, 2, 16 + name, 40 + name)
		asks(3, 3, 40, 60)
		asks(4, 4, 400 + 8 * name, 900 - 8 * name)
		asks(5, 5, 100 + name, 20 + name)
		row("10.1.0.6", 60 * i, "tcp", 6, 53, 40 + name, 99 + 9 * name)
		for (k = 0; k < 8; k++)
			row("10.1.0.1", 60 * i + 7 * k + 9, "udp", 1, 53, \
			    17 + 3 * k, 33 + 9 * k)
	}
}
function polls(who, period, bytes, rbytes) {
	row("10.0.0." who, period * i, "udp", who, 123, bytes, rbytes)
}
function asks(who, server, bytes, rbytes) {
	row("10.1.0." who, 60 * i, "udp", server, 53, bytes, rbytes)
}
function row(src, t, proto, dst, dport, bytes, rbytes) {
	printf "%.6f\t%.6f\t%s\t%s\t999\t240.0.0.%s\t%d\tout\t1\t%d\t%d\t%d\n",
	    t, t, proto, src, dst, dport, rbytes ? 1 : 0, bytes, rbytes
}' >roles.tsv
is 'which are time servers' "$(beacons roles.tsv | awk -F '\t' '
	$22 == "time" {print $3, $4}' | sort | tr '\n' ';')" \
	'10.0.0.1 240.0.0.1;10.0.0.2 240.0.0.2;10.0.0.3 240.0.0.3;10.0.0.4 240.0.0.4;'
is 'which are resolvers' "$(beacons roles.tsv | awk -F '\t' '
	$22 == "resolver" {print $3, $4}' | sort | tr '\n' ';')" \
	'10.1.0.1 240.0.0.1;'
is 'the others stay' "$(beacons roles.tsv | awk -F '\t' '
	!/^#/ && $22 == "-" {n++} END {print n}')" 26
sed 's/\tout\t/\text\t/' hand.tsv >public.tsv
check 'all hosts public: a hint' -i public.tsv -o header \
	-M 'no flow goes from an internal to an external address' -- beacons
is 'all hosts public: BOTH counts them' "$(BOTH=1 beacons public.tsv |
	grep -c 10.0.0.1)" 1
is 'NETS says who is internal' "$(NETS=10.0.0.0/8 beacons public.tsv |
	grep -c 10.0.0.1)" 1
# Without a failed stage being seen the list would be short.
fails() { ! "$@"; }
ok 'a reader that fails' fails beacons absent
mkdir bin
printf '#!/bin/sh\nexit 1\n' >bin/sort
chmod +x bin/sort
check 'a sort that fails' -s 1 -i hand.tsv -M sort -- env PATH="$scratch/bin:$PATH" \
	bash "$top/examples/beacons/beacons.sh"
