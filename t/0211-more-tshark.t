#!/bin/bash
# pcap2flows -e ip,tcp,ent against tshark, for each direction of each 5-tuple
# of captures, also inside tunnels: of captures that are made here and real ones,
# with MORE=1 all that are at hand.  Where the two differ in real ones, and why,
# stands here.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/captures.sh
. "$top/t/captures.sh"
need tshark
made skype tcp
some=(skype.pcap other/teams.pcap other/ethereum.pcap
	other/KakaoTalk_talk.pcap other/whatsapp_voice_and_message.pcap)
[ -z "${MORE-}" ] || some=()
reals=$(real ${some[@]+"${some[@]}"})
if [ -n "$reals" ]; then
	plan $((7 + $(wc -l <<<"$reals")))
else
	plan 6
fi

# Every other direction of every real capture, of 58, has the same numbers.
# Inside tunnels tshark analyses TCP, too, so it is -T that is compared.
#	ethereum 30303 > 56660: behind RSTs tshark takes a FIN for a jump;
#	    sequence numbers of RSTs are not looked at here
#	ethereum 56626 > 30303: a FIN sent again within the round trip is out
#	    of order for tshark, sent again here: nothing was missing
#	KakaoTalk 80 > 48489: a second SYN with ACK and other numbers; tshark
#	    measures them by the first one's, here numbers begin anew
#	teams 443 > 60534, 443 > 50021: a segment that was jumped over comes
#	    within the round trip, behind two duplicate acknowledgements: tshark
#	    calls it a fast retransmission, though it came 0.1 ms after them
cat >known <<'.'
KakaoTalk_talk.pcap 203.205.147.215 80 10.24.82.188 48489 drttmin 6.256 none
KakaoTalk_talk.pcap 203.205.147.215 80 10.24.82.188 48489 drttn 1 none
KakaoTalk_talk.pcap 203.205.147.215 80 10.24.82.188 48489 lost 1 0
ethereum.pcap 192.168.1.184 56626 178.128.195.220 30303 ooo 1 0
ethereum.pcap 192.168.1.184 56626 178.128.195.220 30303 retx 1 2
ethereum.pcap 51.161.23.12 30303 192.168.1.184 56660 lost 1 0
teams.pcap 40.126.9.5 443 192.168.1.6 60534 ooo 1 2
teams.pcap 40.126.9.5 443 192.168.1.6 60534 retx 1 0
teams.pcap 52.114.250.123 443 192.168.1.6 50021 ooo 1 2
teams.pcap 52.114.250.123 443 192.168.1.6 50021 retx 1 0
.

# Sums of both programs, "src sport dst dport name value" a line, and the round
# trip of the handshake, whose two halves are cut to microseconds, in ms.  Not
# compared where tshark tells one and flow(5) does not: only one side was
# captured, or refused, or a SYN was sent again, from the last of which tshark
# counts; nor of two handshakes of one tuple.
of_tshark() {
	tshark -r "$1" -o ip.defragment:FALSE -Y 'tcp and not icmp' -T fields \
		-E occurrence=l -e ip.src -e tcp.srcport -e ip.dst \
		-e tcp.dstport -e tcp.analysis.retransmission \
		-e tcp.analysis.fast_retransmission \
		-e tcp.analysis.spurious_retransmission \
		-e tcp.analysis.out_of_order -e tcp.analysis.duplicate_ack \
		-e tcp.analysis.lost_segment -e tcp.analysis.zero_window \
		-e ipv6.src -e ipv6.dst -e tcp.analysis.initial_rtt \
		-e tcp.flags.reset -e tcp.flags.syn -e frame.number \
		-e tcp.seq_raw -e tcp.ack_raw -e tcp.len \
		-e tcp.analysis.acks_frame -e tcp.analysis.ack_rtt \
		-e tcp.flags.fin >frames 2>tshark.err
	awk -f "$top/t/models/drtt.awk" frames >trips
	awk -F '\t' '{
		a = $1 $12 " " $2
		b = $3 $13 " " $4
		k = a " " b
		both = a < b ? k : b " " a
		other[k] = b " " a
		if ($16 ~ /^(1|True)$/ && syns[k]++ > 0)
			again[both]
		if ($14 != "" && $15 ~ /^(0|False)$/ && !(both in rtt))
			rtt[both] = $14
		sum[k " pkts"]++
		sum[k " retx"] += $5 != "" || $6 != "" || $7 != ""
		sum[k " ooo"] += $8 != ""
		sum[k " dupack"] += $9 != ""
		sum[k " lost"] += $10 != ""
		sum[k " zwin"] += $11 != ""
	}
	END {
		for (k in sum)
			print k, sum[k]
		for (k in rtt)
			if (k in other && other[k] in other && !(k in again))
				printf "%s rtt %.3f\n", k, rtt[k] * 1000
	}' frames | sort - trips
}
of_ours() {
	local list=src,sport,dst,dport,proto
	for name in pkts retx ooo dupack lost zwin; do
		list=$list,$name,r$name
	done
	pcap2flows -T -b -e tcp "$1" | flowcut -c \
		"$list,drttn,rdrttn,drttmin,rdrttmin,synretx,rsynretx,hsrtt,rhsrtt" |
		awk -F '\t' '
	function trips(k, n, ms) {
		if (n == 0)
			return
		data[k] += n
		if (!(k in least) || ms + 0 < least[k] + 0)
			least[k] = ms
	}
	NR == 1 {split($0, name); next}
	$5 == "tcp" {
		a = $1 " " $2
		b = $3 " " $4
		both = a < b ? a " " b : b " " a
		if (both in rtt || $(NF - 2) + $(NF - 3) > 0)
			again[both]
		if ($(NF - 1) != "-" && $NF != "-")
			rtt[both] = $(NF - 1) + $NF
		trips(a " " b, $(NF - 7), $(NF - 5))
		trips(b " " a, $(NF - 6), $(NF - 4))
		for (i = 6; i < NF - 7; i += 2) {
			sum[$1 " " $2 " " $3 " " $4 " " name[i]] += $i
			if ($7 > 0)
				sum[$3 " " $4 " " $1 " " $2 " " name[i]] += \
				    $(i + 1)
		}
	}
	END {
		for (k in sum)
			print k, sum[k]
		for (k in rtt)
			if (!(k in again))
				printf "%s rtt %.3f\n", k, rtt[k]
		for (k in data)
			printf "%s drttn %d\n%s drttmin %s\n", k, data[k], \
			    k, least[k]
	}' | sort
}

# What only one of them has is "none".
join_both() {
	local name
	for name in theirs ours; do
		sed 's/ \([^ ]*\)$/\t\1/; s/ /_/g' $name | tr '\t' ' ' |
			sort >$name.key
	done
	join -j 1 -a 1 -a 2 -e none -o 0,1.2,2.2 theirs.key ours.key |
		awk '$1 ~ /_(rtt|drttmin)$/ && $2 != "none" && $3 != "none" &&
			($2 - $3) ^ 2 < .0021 ^ 2 {next}
		$2 != $3' | tr _ ' ' | sort
}
for file in made/tcp.pcap made/skype.pcap $reals; do
	of_tshark "$file" >theirs
	of_ours "$file" >ours
	awk -v name="${file##*/}" '$1 == name {
		sub(/^[^ ]* /, "")
		print
	}' known | sort >wanted
	check "TCP of ${file##*/}: $(grep -c ' pkts ' ours) directions" \
		-o wanted -- join_both
done

# TTL, options, handshake: tshark's first or least and largest.
handshakes() { # capture
	tshark -r "$1" -Y 'tcp and not icmp' -T fields \
		-E occurrence=f -e ip.src -e tcp.srcport -e ip.dst -e tcp.dstport \
		-e ip.ttl -e tcp.options.mss_val -e tcp.options.wscale.shift \
		-e tcp.window_size_value 2>/dev/null | awk -F '\t' -v OFS='\t' '
		{
			k = $1 OFS $2 OFS $3 OFS $4
			if (!(k in least) || $5 < least[k])
				least[k] = $5
			if ($5 > most[k])
				most[k] = $5
			if (!(k in mss))
				mss[k] = scale[k] = "-"
			if ($6 != "")
				mss[k] = $6
			if ($7 != "")
				scale[k] = $7
			if (!(k in window))
				window[k] = $8
		}
		END {for (k in least)
			print k, least[k], most[k], mss[k], scale[k], window[k]}' |
		sort >wanted
	pcap2flows -b -e ip,tcp -f tcp "$1" | flowcut -c \
		src,sport,dst,dport,ttlmin,ttlmax,mss,wscale,window,rpkts,rttlmin,rttlmax,rmss,rwscale,rwindow |
		sed 1d | awk -F '\t' -v OFS='\t' '
		{print $1, $2, $3, $4, $5, $6, $7, $8, $9}
		$10 > 0 {print $3, $4, $1, $2, $11, $12, $13, $14, $15}' | sort >got
	check "TTL, MSS, shift, window: $(wc -l <got) directions" -o wanted -- cat got
}

# Entropy of UDP messages.
entropy() { # capture
	tshark -r "$1" -Y 'udp and not icmp and ip' -T fields \
		-E occurrence=f -e ip.src -e udp.srcport -e ip.dst -e udp.dstport \
		-e udp.payload 2>/dev/null | awk -F '\t' -v OFS='\t' '
		$5 != "" {
			n = length($5) / 2
			if (n > 64)
				n = 64
			split("", count)
			for (i = 0; i < n; i++)
				count[substr($5, 2 * i + 1, 2)]++
			h = log(n) / log(2)
			for (b in count)
				h -= count[b] * log(count[b]) / log(2) / n
			k = $1 " " $2 " " $3 " " $4
			sum[k] += h
			messages[k]++
		}
		END {for (k in sum) printf "%s\t%.6f\n", k, sum[k] / messages[k]}' |
		sort >theirs
	pcap2flows -b -t inf -e ent -f 'udp and ip' "$1" |
		flowcut -c src,sport,dst,dport,ent,rent | sed 1d |
		awk -F '\t' -v OFS='\t' '
		{print $1 " " $2 " " $3 " " $4, $5}
		$6 != "-" {print $3 " " $4 " " $1 " " $2, $6}' | sort >ours
	paste theirs ours | awk -F '\t' '
		$1 != $3 || ($2 - $4) ^ 2 > 0.00052 ^ 2 {print}' >got
	: >wanted
	check "entropy: $(wc -l <ours) directions" -o wanted -- cat got
}

handshakes made/tcp.pcap
handshakes made/skype.pcap
entropy made/skype.pcap
skype=$(real skype.pcap)
if [ -n "$skype" ]; then
	handshakes "$skype"
	entropy "$skype"
elif [ -z "$reals" ]; then
	skip 'real captures' "$no_traces"
fi
