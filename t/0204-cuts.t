#!/bin/sh
# Captures cut at arbitrary packets, each piece read alone, sorted and
# joined, give the records of one pass in every column but why and win.
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

need editcap
made skype udp tcp campus

# Left out are those in which a cut parts fragments from their first, or
# packets of the same instant: of these no record tells which came first.
captures="$(ls made/*) $(real |
	grep -Ev '/(dnscrypt-v1-and-resolver-pings|nfsv2)\.')"

n=0
for capture in $captures; do n=$((n + 1)); done
plan $((n + 6))

but_why_and_win() {
	awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++)
		drop[i] = $i ~ /^(why|r?win)$/ }
		{ for (i = 1; i <= NF; i++) if (drop[i]) $i = ""; print }'
}

# pieces CAPTURE PACKETS [OPTION ...]: the joined records of its pieces.
pieces() {
	capture=$1
	rm -f piece*
	editcap -c "$2" "$capture" piece.cap 2>/dev/null
	shift 2
	for piece in piece*; do
		pcap2flows "$@" "$piece"
	done | LC_ALL=C sort | flowmerge | but_why_and_win
}

for capture in $captures; do
	pcap2flows "$capture" | LC_ALL=C sort | but_why_and_win >wanted
	packets=$(capinfos -c -M -T -r "$capture" 2>/dev/null | cut -f 2)
	for cut in $((packets / 9 + 3)) $((packets / 3 + 1)); do
		pieces "$capture" $cut >got
		diff wanted got
	done >.why
	verdict "$(basename "$capture")"
done

pcap2flows made/skype.pcap | LC_ALL=C sort | but_why_and_win >wanted
pieces made/skype.pcap 23 >got
ok 'into 60 pieces' cmp wanted got

# And what is made of the records does not change.
pcap2flows made/skype.pcap >whole.tsv
for piece in piece*; do pcap2flows "$piece"; done | LC_ALL=C sort |
	flowmerge >joined.tsv
for records in whole joined; do
	skypeclass -a $records.tsv | awk -F '\t' 'NR == 1 {
		for (i = 1; i <= NF; i++) at[$i] = i }
		{ print $1, $2, $at["class"], $at["via"] }' |
		LC_ALL=C sort >$records.class
done
ok 'the same classes' cmp whole.class joined.class

# Other ways to cut: the active timeout, a full table, a shorter timeout.
for options in '-A 2' '-m 20' '-t 3'; do
	for capture in made/skype.pcap made/tcp.pcap \
		$(real skype.pcap other/teams.pcap); do
		pcap2flows "$capture" | LC_ALL=C sort |
			but_why_and_win >wanted
		# shellcheck disable=SC2086  # options are words
		pcap2flows $options "$capture" | LC_ALL=C sort |
			flowmerge | but_why_and_win >got
		diff wanted got
	done >.why
	verdict "joins what $options cut"
done

tell_real $((n - 4))
