#!/bin/sh
# A client behind a firewall and one exchange: in the captures that are made
# here as the two real ones are, and in those.  What is in the real ones was
# counted with tshark.
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

made skype udp
plan 12

look() { # folder, name of the exchange
	pcap2flows -n 192.168.1.0/24 "$1/skype.pcap" >flows.tsv
	awk -F '\t' '$4 == "udp" && $5 == "192.168.1.34" && $6 == 13021' \
		flows.tsv >client.tsv

	is 'flows of the client' "$(awk 'END { print NR }' client.tsv)" 144
	is 'all go out, none is answered' \
		"$(cut -f 9,11,13,15-18 client.tsv | tr '\t' ' ' | sort -u)" \
		'out 0 0 - - - -'
	is '142 have one packet, 2 have five' \
		"$(cut -f 10 client.tsv | sort | uniq -c | sed 's/^ *//')" '142 1
2 5'
	is 'all functions are 02' "$(cut -f 25 client.tsv | sort | uniq -c |
		sed 's/^ *//')" '142 02:1
2 02:5'
	is 'the five are 5.0 s apart' "$(awk '$10 == 5 {
		printf "%.1f\n", ($14 - $2) / 4 }' client.tsv | uniq)" 5.0

	# A request sent three times, then 18 bytes each way, 189 ms apart.
	is 'one exchange' "$(pcap2flows "$1/$2.pcap" | awk -F '\t' '
		NR > 1 { printf "%d+%d %s %s %.0f ms\n", $10, $11, $23, $24,
		($17 - $16) * 1000 }')" '4+1 18:1,31:3 18:1 189 ms'
}

look made udp
if [ "$(real skype.pcap skype_udp.pcap | wc -l)" -eq 2 ]; then
	look "$traces" skype_udp
else
	for n in 1 2 3 4 5 6; do skip "real captures, $n" "$no_traces"; done
fi
