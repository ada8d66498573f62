#!/bin/sh
# tracegen: options, determinism, order of time, snap length, headers.
. "${0%/*}/lib.sh"
plan 33

check 'no operands' -s 2 -M '^usage: tracegen' -- tracegen file
check 'unknown option' -s 2 -M 'usage: tracegen' -- tracegen -x
check 'no clients' -s 2 -M '"0"' -- tracegen -c 0
check 'clients: a word' -s 2 -M '"ten"' -- tracegen -c ten
check 'duration too short' -s 2 -M '"59"' -- tracegen -d 59
check 'duration: two units' -s 2 -M '"1dd"' -- tracegen -d 1dd
check 'duration: only a unit' -s 2 -M '"h"' -- tracegen -d h
check 'duration too long' -s 2 -M '"400d"' -- tracegen -d 400d
check 'snap length too short' -s 2 -M '"39"' -- tracegen -w 39
check 'seed: negative' -s 2 -M '"-1"' -- tracegen -s -1
check 'no such directory' -s 1 -M 'none/x' -- tracegen -o none/x
check 'no such places' -s 1 -M 'none.csv' -- tracegen -g none.csv -o x.pcap
check 'capture and truth in one file' -s 2 -M '^tracegen: x: named for two' -- \
	tracegen -d 10m -o x -l x
cp "$top/lib/geo/places.csv" places.csv
ln -s places.csv link
check 'truth and places in one file' -s 2 -M 'places.csv: named for two' -- \
	tracegen -d 10m -g places.csv -o x -l link
check 'which stays' -o "$top/lib/geo/places.csv" -- cat places.csv
tracegen -c 1 -d 10m -o one.pcap -l one.tsv
check '-o -: standard output' -o one.pcap -- tracegen -c 1 -d 10m -o -
check '-l -: standard output' -o one.tsv -- \
	tracegen -c 1 -d 10m -o x.pcap -l -
check '-l - beside the capture' -s 2 -E \
	'tracegen: -l -: standard output is the capture'"'"'s: use -o' -- \
	tracegen -c 1 -d 10m -o - -l -
is 'and no file is called so' "$(ls ./- 2>/dev/null)" ''
check 'both to nowhere' -- tracegen -c 1 -d 10m -o /dev/null -l /dev/null
printf '2001:db8::,2001:db8::ff,IT,,,\n' >six.csv
check 'places without IPv4' -s 1 -M 'six.csv: no IPv4' -- \
	tracegen -g six.csv -o x.pcap
[ -c /dev/full ] && check 'no space' -s 1 -M 'cannot write' -- \
	sh -c 'tracegen -d 10m >/dev/full'

tracegen -c 12 -d 3h -s 7 -o a.pcap -l a.tsv
tracegen -c 12 -d 3h -s 7 >b.pcap
tracegen -c 12 -d 3h -s 8 >c.pcap
tracegen -c 12 -d 3h -s 7 -w 60 -o w.pcap -l w.tsv
ok 'same options, same bytes' cmp a.pcap b.pcap
ok 'another seed, other bytes' sh -c '! cmp -s a.pcap c.pcap'
ok 'snap length: same truth' cmp a.tsv w.tsv
tracegen -c 12 -d 3h -s 7 -w 40 >x.pcap
pcap2flows -p a.pcap >a.packets
check 'the shortest has the same packets' -o a.packets -- pcap2flows -p x.pcap

# shellcheck disable=SC2016
fields() {
	tshark -r "$1" -T fields -e frame.time_epoch -e frame.len \
		-e ip.src -e udp.srcport -e tcp.srcport -e udp.length \
		-o ip.check_checksum:TRUE -o udp.check_checksum:TRUE \
		-o tcp.check_checksum:TRUE -e ip.checksum.status \
		-e udp.checksum.status -e tcp.checksum.status 2>/dev/null
}
if command -v tshark >/dev/null; then
	fields a.pcap >a.fields
	fields w.pcap >w.fields
	is 'tshark: checksums are right' "$(awk -F'\t' '$7 != 1 ||
		$8 + $9 != 1 {bad++} END {print bad + 0, (NR > 1000)}' \
		a.fields)" '0 1'
	cut -f 1-6 a.fields >a.cut
	cut -f 1-6 w.fields >w.cut
	ok 'tshark: cut packets have the same headers' cmp a.cut w.cut
	is 'tshark: in order of time, within the duration' "$(awk '
		$1 < last {bad++} {last = $1}
		NR == 1 && $1 < 1177192800 {bad++}
		END {print bad + (last >= 1177192800 + 3 * 3600)}' a.fields)" 0
else
	for t in checksums headers order; do skip "$t" 'no tshark'; done
fi

tracegen -l d.tsv -o /dev/null
is 'kinds of traffic that the default campus lacks' "$(awk -F'\t' '
	NR > 1 {n[$13]; n[$14]; n[$21]} END {
		count = split("- dht dialog dns doq fixed heartbeat http mix " \
			"ntp probe quic random rtp sig skype skypeout stun " \
			"tls utp video voice vpn", wanted, " ")
		for (i = 1; i <= count; i++)
			if (!(wanted[i] in n))
				print wanted[i]
	}' d.tsv)" ''
is 'truth: in order of start' "$(awk -F'\t' 'NR > 1 {
	if ($2 < last) bad++; last = $2} END {print bad + 0}' d.tsv)" 0
tracegen -N -c 5 -d 1h -l n.tsv -o /dev/null
is '-N: only Skype' "$(awk -F'\t' 'NR > 1 && $21 != "skype"' n.tsv)" ''
printf '%s,FR,Paris,48.86,2.35\n' 10.0.0.0,10.255.255.255 \
	198.51.100.0,198.51.100.255 >paris.csv
tracegen -g paris.csv -N -c 5 -d 1h -l p.tsv -o /dev/null
is '-g: a base of one place' "$(awk -F'\t' 'NR > 1 {
	out = $5 ~ /^10\./ ? $7 : $5
	if ((out ~ /^198\.51\.100\./) != ($18 == "Paris")) bad++
	n[$18]++} END {print bad + 0, (n["Paris"] > 0), (n["UNKNOWN"] > 0)}' \
	p.tsv)" '0 1 1'
