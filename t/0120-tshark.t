#!/bin/sh
# Captures, made and real, frame by frame against tshark: time, protocol, endpoints,
# payload length, TCP flags; later fragments by their offset; tunnels by the
# innermost packet.
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

packets=${BUILD:-$top/build}/t/packets
need tshark

made skype tcp odd campus
made_forms odd
# shellcheck disable=SC2046  # names are words
set -- made/* $(real other/telegram_videocall.pcapng other/rtp.pcapng \
    other/wow.pcap other/syslog.pcap \
    other/dnscrypt-v1-and-resolver-pings.pcap \
    other/gtp_false_positive.pcapng other/quic_q39.pcap skype.pcap)
tunnels="made/odd.pcap $(real other/vxlan.pcap)"
plan $(($# + 2))

# tshark's fields as the lines of `packets`.  What is below the last `ip` or
# `ipv6` decides; what is quoted in ICMP does not count.
fields() { # file, f or l: first or last occurrence
	tshark -n -r "$1" -o ip.defragment:FALSE -o ipv6.defragment:FALSE \
	    -o tcp.desegment_tcp_streams:FALSE -E occurrence="$2" -T fields \
	    -e frame.time_epoch -e frame.protocols -e ip.frag_offset \
	    -e ip.src -e ipv6.src -e ip.dst -e ipv6.dst -e udp.srcport \
	    -e tcp.srcport -e udp.dstport -e tcp.dstport -e udp.length \
	    -e tcp.len -e tcp.flags -e ipv6.fraghdr.offset 2>err | awk -F '\t' -v which="$2" '
	{
		names = ":" $2 ":"
		if (which == "l") {
			sub(/:icmp(v6)?:.*/, ":icmp", names)
			while (match(names, /:ip(v6)?:.*:ip(v6)?:/))
				sub(/:ip(v6)?:/, ":", names)
			sub(/^.*:vxlan:/, ":", names)
		}
		v6 = 0
		if (match(names, /:ip(v6)?:/)) {
			v6 = RLENGTH > 4
			names = substr(names, RSTART + RLENGTH - 1)
		} else
			names = ""
		sub(/^(:ipv6\.[a-z]+)*/, "", names)
		s = v6 ? "[" $5 "]" : $4
		d = v6 ? "[" $7 "]" : $6
		if ($3 + $15 > 0)
			print $1, "later"
		else if (names ~ /^:udp/)
			print $1, "udp", s ":" $8, d ":" $10, $12 - 8, "00"
		else if (names ~ /^:tcp/)
			print $1, "tcp", s ":" $9, d ":" $11, $13, \
			    substr($14, length($14) - 1)
		else
			print $1
	}'
}

ours() {
	"$packets" "$@" | awk 'NR == 1 { next }
	$2 != "flow" { print $1; next }
	$9 == "later" { print $1, $9; next }
	{ print $1, $3, $4, $5, $6, $8 }'
}

for file; do
	fields "$file" f >wanted
	ours "$file" >got
	diff wanted got >.why
	[ -s wanted ] || echo 'tshark printed nothing' >.why
	verdict "${file##*/}"
done
for file in $tunnels; do
	fields "$file" l >wanted
	ours -T "$file" >got
	diff wanted got
done >.why
verdict 'within VXLAN'
tell_real $(($# - 6))
