#!/bin/sh
# skypeclass on the client of two captures, made and real: what is Skype's, and
# on real captures of other protocols: what is not.
# shellcheck disable=SC2016  # awk's and sh's own $
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"
made skype udp
plan 19

udp='$4 == "udp"' tcp='$4 == "tcp"'
rows() { awk -F '\t' "!/^#/ && $1 {n++} END {print n + 0}" "$2"; }

look() { # folder, exchange, who answers in it
	pcap2flows -n 192.168.1.0/24 "$1/skype.pcap" >flows.tsv
	skypeclass flows.tsv >skype.tsv

	is '144 UDP flows' "$(rows "$udp" skype.tsv)" 144
	is 'all of the one client' "$(rows "$udp && \$5 == \"192.168.1.34\" && \
		\$6 == 13021" skype.tsv)" 144
	is '19 TCP conversations' "$(rows "$tcp" skype.tsv)" 19
	is 'class and via' "$(awk -F '\t' '{print $4, $(NF - 2), $(NF - 1)}' skype.tsv |
		LC_ALL=C sort | uniq -c | sed 's/^ *//')" \
'1 proto class via
19 tcp sig tcp
144 udp sig endpoint'

	# The addresses probed over UDP, from tshark, and the TCP ones among them.
	tshark -r "$1/skype.pcap" -Y 'udp.srcport == 13021' -T fields \
		-e ip.dst 2>/dev/null | LC_ALL=C sort -u >probed
	awk -F '\t' "$tcp"' {print $7}' skype.tsv | LC_ALL=C sort -u |
		comm -13 probed - >beyond
	is 'TCP goes to addresses that were probed' "$(cat beyond)" ''

	check 'evidence, summed, says the same' -o skype.tsv -- sh -c '
		sed 1q flows.tsv >head
		for k in 0 1 2; do
			sed 1d flows.tsv | awk "NR % 3 == $k" | cat head - |
				skypeclass -e
		done >evidence
		skypeclass -E evidence flows.tsv'
	echo '192.168.1.34 13021' >list
	skypeclass -l list flows.tsv >listed.tsv
	for f in skype.tsv listed.tsv; do
		awk -F '\t' -v OFS='\t' "$udp {NF--; print}" $f >udp.$f	# no score
	done
	ok 'so does a list, of UDP' cmp udp.skype.tsv udp.listed.tsv

	pcap2flows "$1/$2.pcap" >one.tsv
	sed 1q one.tsv | sed 's/$/\tclass\tvia\tscore/' >none.tsv
	check 'one flow is too little' -o none.tsv -- skypeclass one.tsv
	echo "$3	39262" >list
	is 'unless its endpoint is listed' \
		"$(skypeclass -l list one.tsv | rows "$udp" -)" 1
}

look made udp 203.0.113.190
if [ "$(real skype.pcap skype_udp.pcap | wc -l)" -eq 2 ]; then
	look "$traces" skype_udp 24.224.190.149
else
	for n in 1 2 3 4 5 6 7 8 9; do
		skip "real captures, $n" "$no_traces"
	done
fi

if [ -z "$(real 'other/*.pcap')" ]; then
	skip 'nothing of another protocol' "$no_traces"
	exit
fi
for f in "$traces"/other/*; do
	pcap2flows "$f" | skypeclass | sed 1d | sed "s|^|$f: |"
done >false.tsv
is 'nothing of another protocol' "$(cat false.tsv)" ''
