#!/bin/sh
# Figures of other overlays: the selector by each of its words; make overlay
# on a capture of which Skype's numbers are known.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

choose() { awk -f "$top/examples/select.awk" "$@"; }
tsv() { tr ' ' '\t'; }
tsv <<'END' >in.tsv
#cid proto src sport dst dport app
1 udp 10.0.0.1 1000 240.0.0.1 53 DNS
2 udp 240.0.0.2 53 10.0.0.1 1000 BitTorrent.DNS
3 tcp 10.0.0.2 2000 240.0.0.1 443 TLS
4 udp 10.0.0.2 530 240.0.0.3 6881 BitTorrent
END
chosen() { choose "$@" in.tsv | sed 1d | cut -f 1 | tr '\n' ' '; }

plan 28
is 'all' "$(chosen)" '1 2 3 4 '
is 'proto' "$(chosen proto=udp)" '1 2 4 '
is 'port' "$(chosen port=53)" '1 2 '
is 'ports' "$(chosen port=443,6881)" '3 4 '
is 'dport' "$(chosen dport=53)" '1 '
is 'app' "$(chosen app=bittorrent)" '2 4 '
is 'proto and port' "$(chosen proto=tcp port=53,443)" '3 '
printf '# mine\n10.0.0.2 2000\n240.0.0.1 53\n' >list
is 'list' "$(chosen list=list)" '1 3 '
echo '240.0.0.1 *' >hosts
is 'list of hosts' "$(chosen list=hosts)" '1 3 '
printf '#cid\tnote\n4\tx\n2\ty\n' >cids
is 'cids' "$(chosen cids=cids)" '2 4 '
is 'either' "$(chosen cids=cids dport=443)" '2 3 4 '
is 'columns' "$(choose dport=53 in.tsv)" "$(tsv <<'END'
#cid proto src sport dst dport app class via
1 udp 10.0.0.1 1000 240.0.0.1 53 DNS sig select
END
)"
check 'no such file' -s 2 -M 'select.awk: absent: cannot be read' -- \
	choose list=absent in.tsv
cut -f 1-6 in.tsv >less.tsv
check 'no such column' -s 2 -M 'select.awk: no column "app"; there are: cid,' \
	-- choose app=dns less.tsv
check 'no such setting' -s 2 -M 'no setting "prot"; there are: proto port' -- \
	choose prot=udp in.tsv
choose in.tsv >class.tsv
check 'chosen already' -s 2 -M 'there is a column "class"' -- \
	choose class.tsv
sed 1d in.tsv >rows.tsv
check 'no header' -s 2 -M 'select.awk: no header' -- choose rows.tsv
is 'header again' "$(cat in.tsv in.tsv | choose port=6881 | cut -f 1 |
	tr '\n' ' ')" '#cid 4 4 '

if ! command -v gnuplot >/dev/null; then
	for i in 1 2 3 4 5 6 7 8 9 10; do skip "make overlay, $i" 'no gnuplot'; done
	exit
fi
made skype
ok 'make overlay' make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
	OVERLAY="$scratch/overlay" OUT="$scratch/out" \
	PCAP="$PWD/made/skype.pcap" SELECT='port=13021' \
	NAME="Skype's port" overlay
for f in fig1 fig2 fig4 fig5 fig6 fig7; do
	for e in svg png; do
		[ -s out/overlay/$f.$e ] || echo "$f.$e"
	done
done >missing
is 'pictures' "$(cat missing)" ''
# 142 addresses once, 2 five times: counted by tshark.
is 'pairs by kind' "$(awk '$1 ~ /probe|heart|dialog|mix/ {print $1, $3}
	$1 == "pairs" {print $3}' out/overlay/tab1.txt | tr '\n' ' ')" \
	'probe 98.6 heartbeat 0.0 dialog 1.4 mix 0.0 144 '
ok 'the page says what it is' grep -q '144 flows out of .*skype.pcap' \
	out/overlay/index.html
check 'nothing is chosen' -M '^SELECT="port=9" chooses no flow' -- \
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
	OVERLAY="$scratch/overlay" OUT="$scratch/out" \
	PCAP="$PWD/made/skype.pcap" SELECT=port=9 overlay
is 'a wrong choice is said once' "$(SELECT=prt=1 PCAP='' GEODB="$top/lib/geo/places.csv" \
	bash "$top/examples/overlay/flows.sh" "$scratch/fig/all.tsv" 2>&1)" \
	'select.awk: no setting "prt"; there are: proto port dport app list cids'
# The list, not its name, says what is chosen.
listed() {
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
		OVERLAY="$scratch/overlay" OUT="$scratch/out" \
		PCAP="$PWD/made/skype.pcap" SELECT="list=$scratch/list" "$@" \
		"$scratch/overlay/flows.tsv"
}
echo '192.168.1.34 13021' >list
listed
is 'a list' "$(listed -n)$(grep -vc '^#' overlay/flows.tsv)" 144
echo '192.168.1.35 13021' >list
touch -d 2001-01-01 list
listed
is 'another of the same name, older' "$(grep -vc '^#' overlay/flows.tsv)" 0
made udp
check 'figures of what is not Skype' -M "^No flow of the capture is Skype's.*\
make overlay" -- make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/udp" \
	OUT="$scratch/udp/out" PCAP="$PWD/made/udp.pcap" tab1 text
is 'once' "$(grep -c Skype .err)" 1
