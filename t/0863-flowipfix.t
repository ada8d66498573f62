#!/bin/sh
# flowipfix: records go to IPFIX and come back, and others read the same.
# shellcheck disable=SC2016  # perl
. "${0%/*}/lib.sh"
command -v flowipfix >/dev/null || skip_all 'flowipfix was not made: make deps all'
plan 52

tr ' ' '\t' <<'END' >in.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes flags rflags why note
a 1177192800.000001 1177192801.250000 udp 10.0.0.2 5 240.0.0.1 6 out 9 1 90 10 - - idle x
b 1177192800.999999 1177192800.999999 tcp 10.0.0.1 65535 240.0.0.1 443 int 10 2 100 7 SA HA rst y
c 1177192800.000000 1177192801.000000 udp 2001:db8::1 5 2001:db8::2 53 in 1 0 18446744073709551615 0 - - eof ä,"z"
d 1177192800.000000 1177192801.000000 udp 10.0.0.1 5 10.0.0.2 53 ext 1 - 5 - - - - -
e 1177192800.000000 - tcp 10.0.0.1 - 10.0.0.2 - - 007 0 5 0 - - evict -
END
back() { # file options: the file to IPFIX and back
	flowipfix "$@" >there.ipfix && flowipfix -r there.ipfix
}
check 'there and back' -o in.tsv -- back in.tsv
cp there.ipfix first.ipfix
sleep 1
flowipfix in.tsv >again.ipfix
ok 'the same records give the same bytes' cmp first.ipfix again.ipfix
check '-o -: standard output' -o first.ipfix -- flowipfix -o - in.tsv
sed 's/\(117[0-9]*\.[0-9]*\)/\1123/g' in.tsv >nano.tsv
check 'nanoseconds' -o nano.tsv -- back nano.tsv
cp in.tsv same.tsv
check 'input is output' -s 2 -M '^flowipfix: same.tsv: is the file that' -- \
	flowipfix -o same.tsv same.tsv
check 'also as standard input' -s 2 -i same.tsv -M '<stdin>: is the file' -- \
	flowipfix -o same.tsv
check 'which stays' -o in.tsv -- cat same.tsv
sed -n 1p in.tsv >header.tsv
flowipfix header.tsv >header.ipfix
check 'header only' -o header.tsv -- flowipfix -r header.ipfix
tracegen -c 4 -d 3h -s 2 -o campus.pcap
pcap2flows campus.pcap | skypeclass -a | sigtag | rttcalc >flows.tsv
check 'all columns of a campus' -o flows.tsv -- back flows.tsv

# Each field of 20 records, as the library's own tool prints it.
sed -n 1,21p flows.tsv | flowipfix -o few.ipfix
if command -v ipfixDump >/dev/null; then
	ipfixDump --in few.ipfix | awk '
		$1 == "---" { inside = /data record/ }
		inside && match($0, / : /) {
			name = substr($0, 1, RSTART - 1)
			sub(/.*[ )]/, "", name)
			v[name] = substr($0, RSTART + 3)
			if (name == "biflowDirection")
				print v["packetDeltaCount"], \
				    v["reversePacketDeltaCount"], \
				    v["transportOctetDeltaCount"], \
				    v["reverseTransportOctetDeltaCount"], \
				    v["sourceIPv4Address"], \
				    v["sourceTransportPort"], \
				    v["destinationIPv4Address"], \
				    v["destinationTransportPort"], \
				    v["protocolIdentifier"]
		}' >got
	awk -F '\t' 'NR > 1 && NR < 22 {print $10, $11, $12, $13, $5, $6,
		$7, $8, $4 == "udp" ? 17 : 6}' flows.tsv >wanted
	is 'ipfixDump: 20 records' "$(cat got)" "$(cat wanted)"
else
	skip 'ipfixDump: 20 records' 'no ipfixDump (libfixbuf-tools)'
fi
# ipfixDump cuts the fraction of seconds; tshark prints it.
if command -v tshark >/dev/null; then
	# Micro- and milliseconds take turns, start and end.
	TZ=UTC tshark -r few.ipfix -V 2>/dev/null |
		sed -n 's/^ *\(Start\|End\)Time: //p' | awk 'NR % 4 == 1 ||
		NR % 4 == 2 { split($4, t, ".")
			printf "%s %s %s %s.%06d\n", $1, $2, $3, t[1],
			    t[2] / 1000 + .5 }' >got
	is 'tshark: times' "$(cat got)" "$(sed -n 2,21p flows.tsv |
		cut -f 2,3 | tr '\t' '\n' | while read -r t; do
			date -u -d "@$t" '+%b %e, %Y %H:%M:%S.%6N'; done)"
else
	skip 'tshark: times' 'no tshark'
fi

# Damage.
size=$(wc -c <there.ipfix)
head -c $((size - 5)) there.ipfix >cut.ipfix
check 'a file that ends too early' -s 1 \
	-M 'cut.ipfix: byte [0-9]*: the file ends within a message' -- \
	flowipfix -r cut.ipfix
flowipfix -r cut.ipfix 2>/dev/null | cmp - flows.tsv 2>&1 |
	grep -q '^cmp: EOF on -' && echo before >cut.seen
ok 'what stood before is there' test -s cut.seen
check 'a capture' -s 1 -M 'campus.pcap: byte 0: no IPFIX message' -- \
	flowipfix -r campus.pcap
: >empty
check 'an empty file' -s 1 -M 'empty: byte 0: empty input' -- \
	flowipfix -r empty
check 'no such file' -s 1 -M 'nofile: No such file' -- flowipfix -r nofile
check 'no such collector' -s 1 -M '127.0.0.1: ' -- \
	flowipfix -c tcp:127.0.0.1:9 in.tsv
check 'a wrong address' -s 2 -M 'not tcp:host:port' -- flowipfix -c sctp:x:9 in.tsv
check '-l without -r' -s 2 -M 'needs -r' -- flowipfix -l tcp:4739

# Damage within a message, whose records before it are there.  Messages 0 and
# 1 are of types, 2 has the templates, 3 the three records; 16 bytes of header,
# 4 of a set's.
sed -n 1,4p flows.tsv >three.tsv
flowipfix three.tsv >three.ipfix
broken() { # name rows message-and-offset fault code
	perl "$top/t/ipfix/messages.pl" "$5" three.ipfix >broken.ipfix
	at=$(perl "$top/t/ipfix/messages.pl" '@m = map {length $_} @m;
		$_ .= "\n" for @m' three.ipfix | awk -v m="${3% *}" \
		-v at="${3#* }" 'NR <= m {at += $1} END {print at}')
	printf '%s\n' "flowipfix: broken.ipfix: byte $at: $4" >said
	check "$1" -s 1 -e said -- flowipfix -r broken.ipfix
	is "$1: rows" "$(sed 1d .out)" "$(sed 1d three.tsv | head -n "$2")"
}
broken 'a set longer than its message' 0 '3 16' \
	'a set that is longer than its message' 'put(3, 18, 5000)'
broken 'a set shorter than its header' 3 '4 16' \
	'a set that is shorter than its header' '$m[4] = $m[0]; put(4, 18, 3);
	substr($m[4], 8, 4) = pack "N", unpack("x8N", $m[3]) + 3'
broken 'a template longer than its set' 0 '2 20' \
	'a template that is longer than its set' 'put(2, 22, 999)'
broken 'a template of a number that sets have' 0 '2 20' \
	'a template whose number is below 256' 'put(2, 20, 3)'
broken 'records without bytes' 0 '2 20' \
	'a template whose records have no bytes' 'put(2, 22, 1); put(2, 26, 0)'
broken 'records of a template that is withdrawn' 0 '2 44' \
	'a record whose template is withdrawn' \
	'$m[2] = pack "nnNNNnnnn", 10, 24, unpack("x4NNN", $m[2]), 2, 8, 1001, 0'
broken 'no scope' 0 '0 20' \
	'an options template with a wrong count of scopes' 'put(0, 24, 0)'
broken 'a set of kind 5' 0 '3 16' 'a set of an unknown kind' 'put(3, 16, 5)'
last=$(perl "$top/t/ipfix/messages.pl" '@m = (length $m[3])' three.ipfix)
for i in 1 2 3; do		# where the third record begins
	sed -n "1,${i}p" three.tsv | flowipfix >x.ipfix
done
third=$(perl "$top/t/ipfix/messages.pl" '@m = (length $m[3])' x.ipfix)
broken 'a record longer than its set' 2 "3 $third" \
	'a record that is longer than its set' \
	"\$m[3] = substr \$m[3], 0, $last - 7; put(3, 2, $last - 7);
	put(3, 18, $last - 23)"
perl "$top/t/ipfix/messages.pl" 'put(3, 16, 2000)' three.ipfix >broken.ipfix
check 'a set without its template' -s 1 \
	-M '1 sets of records had no template and were left out' -- \
	flowipfix -r broken.ipfix

# Streams behind each other, and two domains by turns: each its own templates.
printf '#cid\tsrc\tnote\na\t10.0.0.1\tx\n' >one.tsv
printf '#zeta\tdst\tcid\tmore\nz\t10.0.0.2\tc\tm\n' >two.tsv
flowipfix -d 1 -o one.ipfix one.tsv
flowipfix -d 2 -o two.ipfix two.tsv
cat one.tsv two.tsv one.tsv >wanted
flowipfix two.tsv | cat one.ipfix - one.ipfix >joined.ipfix
check 'streams behind each other' -o wanted -M 'out of sequence' -- \
	flowipfix -r joined.ipfix
perl "$top/t/ipfix/messages.pl" '@m = @m[0, 1, 2, 4, 5, 6, 3, 7]' \
	one.ipfix two.ipfix >turns.ipfix
cat one.tsv two.tsv >wanted
check 'two domains' -o wanted -- flowipfix -r turns.ipfix

# Messages as RFC 7011 wants them: sequence numbers, whole sets, lengths.
sequence=$top/t/ipfix/sequence.pl
rows=$(($(wc -l <flows.tsv) - 1)) columns=$(head -n 1 flows.tsv | wc -w)
is 'sequence numbers' "$(perl "$sequence" there.ipfix | cut -d ' ' -f 2,3)" \
	"$rows $columns"
# Each longer than the room that -m leaves, but one: a value of 3,000 bytes, one
# in a column that has an element, and one that fits.
awk 'BEGIN {print "#cid\tsrc\tnote"
	for (i = 0; i < 3000; i++) x = x "x"
	print "a\t10.0.0.1\t" x "\nb\t" x "\t" x "\nc\t10.0.0.2\tshort"
	}' >long.tsv
printf '%s\n' \
	'flowipfix: long.ipfix: 1 records are longer than a message of 512 bytes and went without' \
	'flowipfix: long.ipfix: note: 1 values' \
	'flowipfix: long.ipfix: 1 records are longer than a message of 512 bytes and were left out' >said
check 'records longer than a message' -s 1 -e said -- \
	flowipfix -m 512 -o long.ipfix long.tsv
printf '#cid\tsrc\tnote\na\t10.0.0.1\t-\nc\t10.0.0.2\tshort\n' >wanted
check 'and what comes back' -o wanted -- flowipfix -r long.ipfix
check 'a message without room for the names' -s 1 -M 'no room for the names' -- \
	flowipfix -m 128 in.tsv

# Over the network: to ourselves, from softflowd, to nfcapd.
# Waits until a command succeeds, 20 s at most.
await() {
	for _ in $(seq 100); do
		"$@" >/dev/null 2>&1 && return
		sleep .2
	done
}
listens() { # tcp or udp
	grep -qi ":$(printf %04X $port) " "/proc/net/$1"
}
sums() { # file: packets of all its records
	awk -F '\t' 'NR > 1 {n += $10 + $11} END {print n}' "$1"
}
has_packets() { [ "$(sums net.tsv)" = "$1" ]; }
port=$((20000 + $$ % 20000))
perl "$sequence" -l $port short.ipfix &
listener=$!
await listens udp
check 'over UDP, in short messages' -s 1 -M 'longer than a message of 512' -- \
	flowipfix -m 512 -R 1000 -c udp:127.0.0.1:$port flows.tsv
sleep .2
kill $listener
wait $listener
is 'sequence numbers there' "$(perl "$sequence" short.ipfix | awk -v columns="$columns" '{
	print $2, ($3 > columns && $3 % columns == 0), ($4 <= 512)}')" "$rows 1 1"
check 'nobody listens any more' -s 1 -M '127.0.0.1: [0-9]* records were sent before: Conn' -- \
	flowipfix -c udp:127.0.0.1:$port flows.tsv
flowipfix -r -l tcp:127.0.0.1:$port >net.tsv 2>net.err &
listener=$!
await listens tcp
flowipfix -c tcp:127.0.0.1:$port flows.tsv
await cmp flows.tsv net.tsv
kill $listener
wait $listener
ok 'over TCP' cmp flows.tsv net.tsv
port=$((port + 1))
perl -MIO::Socket::INET -e 'alarm 20; my $l = IO::Socket::INET->new(Listen => 1,
	LocalAddr => "127.0.0.1", LocalPort => shift, ReuseAddr => 1) or die;
	sysread $l->accept, my $bytes, 100' $port &
listener=$!
await listens tcp
check 'a collector that goes away' -s 1 \
	-M '127.0.0.1: [0-9]* records were sent before: (Conn|Broken)' -- \
	flowipfix -c tcp:127.0.0.1:$port flows.tsv
wait $listener
if command -v softflowd >/dev/null; then
	flowipfix -r -l udp:127.0.0.1:$port >net.tsv 2>net.err &
	listener=$!
	await listens udp
	pcap2flows -b campus.pcap >plain.tsv
	softflowd -d -r campus.pcap -v 10 -n 127.0.0.1:$port >soft 2>&1
	await has_packets "$(sums plain.tsv)"
	kill $listener
	wait $listener
	is 'softflowd: packets of TCP and UDP' \
		"$(sums net.tsv)" "$(sums plain.tsv)"
	# Against what it says at its end, with IP headers.
	is 'softflowd: its own packets and octets' "$(awk -F '\t' '
		NR > 1 {p[$4] += $10 + $11; o[$4] += $(NF - 2) + $(NF - 1)}
		END {for (x in p) print x, o[x], p[x]}' net.tsv | sort)" \
		"$(awk '$1 ~ /^(tcp|udp)$/ && $2 ~ /^\(/ {print $1, $3, $4}' soft |
		sort)"
else
	skip 'softflowd: packets of TCP and UDP' 'no softflowd'
	skip 'softflowd: its own packets and octets' 'no softflowd'
fi
if command -v nfcapd >/dev/null; then
	mkdir nf
	nfcapd -l nf -p $port -b 127.0.0.1 -t 600 -B 50000000 >nf.log 2>&1 &
	collector=$!
	await listens udp
	flowipfix -c udp:127.0.0.1:$port flows.tsv
	sleep 1
	kill $collector
	wait $collector
	is 'nfcapd: flows, packets, bytes' "$(sed -n \
		's/.*Flows: \([0-9]*\), Packets: \([0-9]*\), Bytes: \([0-9]*\).*/\1 \2 \3/p' \
		nf.log)" "$(awk -F '\t' 'NR > 1 {n++; p += $10 + $11
		b += $12 + $13 + ($10 + $11) * ($4 == "udp" ? 28 : 40)}
		END {print n, p, b}' flows.tsv)"
else
	skip 'nfcapd: flows, packets, bytes' 'no nfcapd'
fi
