#!/usr/bin/env bash
# flownames: names out of packets and logs, against messages made by hand and
# tshark, and onto flows.
. "${0%/*}/lib.sh"
plan 51

tsv() { tr ' ' '\t'; }
header='#cid start client address name how until'

# DNS (RFC 1035): www.Example.org is an alias of a.example.org, which has
# 192.0.2.1 (TTL 300) and 2001:db8::1 (TTL 60); names by pointers.
question=0377777707_4578616d706c65036f726700
answer=1234_8180_0001_0003_0000_0000_${question}_0001_0001
answer=${answer}_c00c_0005_0001_0000012c_0004_0161c010
answer=${answer}_c02d_0001_0001_0000012c_0004_c0000201
answer=${answer}_c02d_001c_0001_0000003c_0010_20010db8000000000000000000000001
query=1234_0100_0001_0000_0000_0000_${question}_0001_0001

# A ClientHello (RFC 8446): 600 bytes of other extension before the name.
hello=$(perl -e '
	my $name = "Server.Example.net";
	my $sni = pack("n", length($name) + 3) . pack("C n/a", 0, $name);
	my $ext = pack("n n/a", 21, "x" x 600) . pack("n n/a", 0, $sni);
	my $body = pack("n", 0x303) . "r" x 32 . pack("C/a n/a C/a n/a", "id",
	    "\x13\x01", "\0", $ext);
	my $hs = pack("C C n", 1, 0, length $body) . $body;
	print unpack("H*", pack("C n n/a", 22, 0x301, $hs))')
get=$(printf 'GET / HTTP/1.1\r\nUser-Agent: x\r\nhOST: Web.Example.com:8080\r\n\r\n' |
	od -An -v -tx1 | tr -d ' \n')
{
	echo "1.0 eth ip(10.0.0.1,10.0.0.53) udp(4000,53) hex($query)"
	echo "1.1 eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex($answer)"
	echo "2.0 eth ip(10.0.0.1,192.0.2.1) tcp(5000,443,PA,seq=100) hex(${hello:0:1000})"
	echo "2.1 eth ip(10.0.0.1,192.0.2.1) tcp(5000,443,PA,seq=600) hex(${hello:1000})"
	echo "2.2 eth ip(10.0.0.1,192.0.2.1) tcp(5000,443,PA,seq=600) hex(${hello:1000})"
	echo "3.0 eth ip(10.0.0.1,192.0.2.9) tcp(5001,443,PA,seq=1) hex($hello)"
	echo "3.1 eth ip(10.0.0.1,192.0.2.9) tcp(5001,443,PA,seq=1) hex($hello)"
	echo "4.0 eth ip6(2001:db8::9,2001:db8::1) tcp(5002,8080,PA) hex($get)"
	echo "5.0 eth ip(10.0.0.1,192.0.2.9) tcp(5003,80,PA) data(40)"
} >frames
perl "$top/t/mkpcap.pl" <frames >names.pcap
cid() { # proto src sport dst dport
	printf '#proto\tsrc\tsport\tdst\tdport\n%s\t%s\t%s\t%s\t%s\n' "$@" |
		flowid | sed -n '2s/.*\(1:[^\t]*=\).*/\1/p'
}
dns=$(cid udp 10.0.0.1 4000 10.0.0.53 53)
tls=$(cid tcp 10.0.0.1 5000 192.0.2.1 443)
tls2=$(cid tcp 10.0.0.1 5001 192.0.2.9 443)
http=$(cid tcp 2001:db8::9 5002 2001:db8::1 8080)
tsv >wanted <<END
$header
$dns 0000000001.100000 10.0.0.1 192.0.2.1 www.example.org dns 0000000061.100000
$dns 0000000001.100000 10.0.0.1 2001:db8::1 www.example.org dns 0000000061.100000
$tls 0000000002.100000 10.0.0.1 192.0.2.1 server.example.net tls -
$tls2 0000000003.000000 10.0.0.1 192.0.2.9 server.example.net tls -
$http 0000000004.000000 2001:db8::9 2001:db8::1 web.example.com http -
END
check 'packets' -o wanted -- flownames names.pcap
if command -v tshark >/dev/null; then
	is 'tshark reads the same names' "$(tshark -r names.pcap -T fields \
		-e dns.a -e tls.handshake.extensions_server_name \
		-e http.host 2>/dev/null | tr '\t' '\n' | grep . | sort -u |
		tr '\n' ' ')" '192.0.2.1 Server.Example.net Web.Example.com:8080 '
else
	skip 'tshark reads the same names' 'no tshark'
fi
# Cut anywhere a message says nothing that is not in it.
cut_everywhere() {
	local k n=${#answer}
	for ((k = 2; k < n; k += 7)); do
		echo "1.1 eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex($(
			printf %s "${answer//_/}" | head -c $((k / 2 * 2))))"
	done
	for ((k = 2; k < ${#hello}; k += 62)); do
		echo "2.0 eth ip(10.0.0.1,192.0.2.1) tcp(5000,443,PA,seq=$k) hex(${hello:0:k})"
	done
}
cut_everywhere | perl "$top/t/mkpcap.pl" >cut.pcap
check 'messages cut anywhere' -- flownames cut.pcap
flownames cut.pcap | cut -f 5 | sort -u >got
is 'and they say no other name' "$(tr '\n' ' ' <got)" 'name www.example.org '
# Pointers that lead in circles, forward, and to themselves.
for loop in c00c c010 c0ff ffff; do
	echo "1.1 eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex(1234_8180_0001_0001_0000_0000_${loop}_0001_0001_c00c_0001_0001_0000003c_0004_c0000201)"
done | perl "$top/t/mkpcap.pl" >loops.pcap
check 'pointers in circles' -O "$(echo "$header" | tsv)" -- \
	flownames loops.pcap
# shellcheck disable=SC2016  # the inner shell's
check 'a query says nothing, an error neither' -O "$(echo "$header" | tsv)" \
	-- bash -c 'perl "$1" <<END | flownames
1.0 eth ip(10.0.0.1,10.0.0.53) udp(4000,53) hex($2)
1.1 eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex(${3/8180/8183})
END' - "$top/t/mkpcap.pl" "$query" "$answer"

# QUIC.  The ClientHello of RFC 9001, appendix A.2 (RFC 9369's is the same);
# the tag of AES-GCM, the last 16 bytes, is over all of a packet.
quic() { perl "$top/t/mkquic.pl" "$@"; }
client=010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69
client=${client}484c00000413011302010000c000000010000e00000b6578616d706c652e636f6d
client=${client}ff01000100000a00080006001d0017001800100007000504616c706e0005000501
client=${client}00000000003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa
client=${client}71f50f1ce15d43e994ec74d748002b0003020304000d0010000e04030503060302
client=${client}03080408050806002d00020101001c00024001003900320408ffffffffffffffff
client=${client}05048000ffff07048000ffff0801100104800075300901100f088394c8f03e5157
client=${client}0806048000ffff
id=8394c8f03e515708
a2=$(quic 1 $id 2 060040f1$client p1162)
is 'the packet of RFC 9001, A.2' "${a2:0:64}-${a2: -32}" \
	c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11-e221af44860018ab0856972e194cd934
b2=$(quic 2 $id 2 060040f1$client p1162)
is 'the packet of RFC 9369, A.2' "${b2:0:64}-${b2: -32}" \
	d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485-a18b2faa745b6fe189cf772a9f84cbfc
piece() { # from, bytes: a CRYPTO frame
	printf '06%04x%04x%s' $((0x4000 | $1)) $((0x4000 | $2)) \
		"${client:$((2 * $1)):$((2 * $2))}"
}
server=cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee
# 6001: as it stands, and again; 6002: version 2; 6003: pieces in any order
# that overlap, among PING, ACK and padding; 6004: over two datagrams, the end
# first; 6005: the second datagram has the ID that the server chose; 6006: two
# packets in one datagram behind one of 0-RTT; 6007: a byte is not as it was
# sent; 6008: the middle is missing; 6009: the server's answer (A.3).
to() { # seconds port payload
	echo "$1 eth ip(10.0.0.1,192.0.2.7) udp($2,443) hex($3)"
}
zero=d00000000108616161616161616100402000000000000000000000000000000000
zero=${zero}00000000000000000000000000000000
{
	to 1.0 6001 "$a2"
	to 1.1 6001 "$a2"
	to 2.0 6002 "$b2"
	to 3.0 6003 "$(quic 1 ${id}03 0 "$(piece 200 41)" 01 0000 "$(piece 0 60)" \
		02050001000000 "$(piece 90 110)" 03050001000102030104 \
		"$(piece 50 60)" p1162)"
	to 4.0 6004 "$(quic 1 ${id}04 1 "$(piece 41 200)" p1162)"
	to 4.1 6004 "$(quic 1 ${id}04 0 "$(piece 0 41)" p1162)"
	to 5.0 6005 "$(quic 1 ${id}05 0 "$(piece 0 65)" p1162)"
	to 5.1 6005 "$(quic 1 f067a5502a4262b5,${id}05 1 "$(piece 65 176)" p1162)"
	to 6.0 6006 "$zero$(quic 1 ${id}06 0 "$(piece 0 66)")$(quic 1 ${id}06 1 \
		"$(piece 66 175)" p900)"
	to 7.0 6007 "${a2/d1b1c98d/d1b1c98e}"
	to 8.0 6008 "$(quic 1 ${id}08 0 "$(piece 0 66)" "$(piece 67 174)" p1162)"
	echo "9.0 eth ip(192.0.2.7,10.0.0.1) udp(443,6009) hex($server)"
} | perl "$top/t/mkpcap.pl" >quic.pcap
{
	echo "$header"
	n=0
	for at in 1.0 2.0 3.0 4.1 5.1 6.0; do
		n=$((n + 1))
		echo "$(cid udp 10.0.0.1 600$n 192.0.2.7 443) 000000000${at}00000 10.0.0.1 192.0.2.7 example.com quic -"
	done
} | tsv >quic.tsv
check 'QUIC' -o quic.tsv -- flownames quic.pcap
if command -v tshark >/dev/null; then
	# Not version 2, which 4.0 does not know, and no ID that changes.
	is 'tshark reads the same names' "$(tshark -r quic.pcap -Y \
		'udp.srcport in {6001,6003,6004} && tls.handshake.extensions_server_name' \
		-T fields -e udp.srcport \
		-e tls.handshake.extensions_server_name 2>/dev/null |
		sort -u | tr '\t\n' ' ;')" \
		'6001 example.com;6003 example.com;6004 example.com;'
else
	skip 'tshark reads the same names' 'no tshark'
fi
to 1 6001 "$a2" | perl "$top/t/mkpcap.pl" -c >cut.pcap
check 'a packet cut anywhere says nothing, the whole one says it' \
	-O 2 -- sh -c 'flownames cut.pcap | wc -l'
for n in 0100 01ff ff00 7fff c0; do
	to 1 6001 "${a2:0:38}$n${a2:42}"
	to 1 6002 "${a2:0:12}$n${a2:16}"
	to 1 6003 "${a2:0:20}$n"
	to 1 6004 "$(quic 1 $id 2 06$n$n$client p1162)"
	to 1 6005 "$(quic 1 $id 2 02$n$n$n 060040f1$client p1162)"
done | perl "$top/t/mkpcap.pl" >odd.pcap
check 'lengths that cannot be' -- flownames odd.pcap

# Logs.
printf '#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery\tanswers\tTTLs\n1.1\tC1\t10.0.0.1\t4000\t10.0.0.53\t53\tudp\twww.Example.org\ta.example.org,192.0.2.1,2001:db8::1\t300.0,300.0,60.0\n1.2\tC2\t10.0.0.1\t4001\t10.0.0.53\t53\tudp\tx.example\t-\t-\n' >dns.log
printf '#path\tssl\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tserver_name\n2.1\tC3\t10.0.0.1\t5000\t192.0.2.1\t443\tTLSv13\tserver.example.net\n3\tC4\t10.0.0.1\t5001\t192.0.2.9\t443\tTLSv13\tserver.example.net\n3\tC4\t10.0.0.1\t5009\t192.0.2.9\t443\tTLSv13\t-\n' >ssl.log
printf '#path\thttp\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tmethod\thost\turi\n4.0\tC5\t2001:db8::9\t5002\t2001:db8::1\t8080\tGET\tweb.example.com\t/\n' >http.log
check 'zeek' -o wanted -- flownames -l zeek dns.log ssl.log http.log
cat >dns.json <<'END'
{"ts":1.1,"uid":"C1","id.orig_h":"10.0.0.1","id.orig_p":4000,"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","query":"www.Example.org","answers":["a.example.org","192.0.2.1","2001:db8::1"],"TTLs":[300.0,300.0,60.0]}
{"ts":2.1,"id.orig_h":"10.0.0.1","id.orig_p":5000,"id.resp_h":"192.0.2.1","id.resp_p":443,"server_name":"server.example.net"}
END
check 'zeek, JSON' -O "$(sed '5,$d' wanted)" -- flownames -l zeek dns.json
cat >eve.json <<'END'
{"timestamp":"1970-01-01T00:00:00.500000+0000","event_type":"stats","stats":{"uptime":1}}
{"timestamp":"1970-01-01T00:00:01.100000+0000","event_type":"dns","src_ip":"10.0.0.53","src_port":53,"dest_ip":"10.0.0.1","dest_port":4000,"proto":"UDP","dns":{"version":2,"type":"answer","id":1,"rrname":"www.example.org","rrtype":"A","answers":[{"rrname":"www.example.org","rrtype":"CNAME","ttl":300,"rdata":"a.example.org"},{"rrname":"a.example.org","rrtype":"A","ttl":300,"rdata":"192.0.2.1"},{"rrname":"a.example.org","rrtype":"AAAA","ttl":60,"rdata":"2001:db8::1"}]}}
{"timestamp":"1970-01-01T00:00:02.100000+0000","event_type":"tls","src_ip":"10.0.0.1","src_port":5000,"dest_ip":"192.0.2.1","dest_port":443,"proto":"TCP","tls":{"subject":"CN=x","sni":"server.example.net"}}
{"timestamp":"1970-01-01T00:00:03.000000+0000","event_type":"tls","src_ip":"10.0.0.1","src_port":5001,"dest_ip":"192.0.2.9","dest_port":443,"proto":"TCP","tls":{"sni":"server.example.net"}}
{"timestamp":"1970-01-01T00:00:04.000000+0000","event_type":"http","src_ip":"2001:db8::9","src_port":5002,"dest_ip":"2001:db8::1","dest_port":8080,"proto":"TCP","http":{"hostname":"web.example.com","url":"/"}}
END
check 'suricata' -o wanted -- flownames -l suricata eve.json
gzip -c eve.json >eve.gz
# Answers by their type alone, or both ways, each once.
cat >grouped.json <<'END'
{"timestamp":"2020-09-13T12:26:41.500000+0000","event_type":"dns","src_ip":"198.51.100.7","src_port":53,"dest_ip":"10.0.0.1","dest_port":4001,"proto":"UDP","dns":{"version":2,"type":"answer","rrname":"b.example.org","rrtype":"A","rcode":"NOERROR","grouped":{"CNAME":["c.example.org"],"A":["192.0.2.7","192.0.2.8"],"AAAA":["2001:db8::7"]}}}
{"timestamp":"2020-09-13T12:26:42.500000+0000","event_type":"dns","src_ip":"10.0.0.1","src_port":4002,"dest_ip":"198.51.100.7","dest_port":53,"proto":"UDP","dns":{"version":3,"type":"response","rcode":"NOERROR","grouped":{"A":["192.0.2.3"]},"queries":[{"rrname":"v.example.org","rrtype":"A"}],"answers":[{"rrname":"v.example.org","rrtype":"A","ttl":5,"rdata":"192.0.2.3"}]}}
END
is 'suricata, answers by type' "$(flownames -l suricata grouped.json | sed 1d |
	cut -f 3-5,7 | tr '\t' ' ')" '10.0.0.1 192.0.2.7 b.example.org 1600000001.500000
10.0.0.1 192.0.2.8 b.example.org 1600000001.500000
10.0.0.1 2001:db8::7 b.example.org 1600000001.500000
10.0.0.1 192.0.2.3 v.example.org 1600000007.500000'
check 'suricata, gzip' -o wanted -- flownames -l suricata eve.gz
echo '{"timestamp":"1970-01-01T00:00:05.000000+0000","event_type":"quic","src_ip":"10.0.0.1","src_port":6000,"dest_ip":"192.0.2.1","dest_port":443,"proto":"UDP","quic":{"sni":"q.example"}}' >quic.json
is 'suricata, quic' "$(flownames -l suricata quic.json | sed 1d |
	cut -f 1,4-7 | tr '\t' ' ')" \
	"$(cid udp 10.0.0.1 6000 192.0.2.1 443) 192.0.2.1 q.example quic -"
head -c -30 eve.json >half.json
check 'an object cut short' -s 1 -M 'half.json:5: an object without an end' \
	-- flownames -l suricata half.json
check 'no such log' -s 1 -M 'frames:1: expected dns.log' -- \
	flownames -l zeek frames
# What happens to logs on their way.
sed -n 1,5p wanted | head -n 3 >dns.tsv
sed 's/$/\r/' dns.log >crlf.log
check 'zeek, CR LF' -o dns.tsv -- flownames -l zeek crlf.log
{ printf '\357\273\277'; cat dns.log; } >bom.log
check 'zeek, byte order mark' -o dns.tsv -- flownames -l zeek bom.log
sed -n 1,2p dns.log >none.log
check 'zeek, no rows' -O "$(sed 1q wanted)" -- flownames -l zeek none.log
head -c -9 dns.log >short.log
check 'zeek, a row cut short' -s 1 -o dns.tsv \
	-M 'short.log:4: a row that is cut short' -- flownames -l zeek short.log
head -c -1 dns.log >open.log
check 'zeek, no line feed at the end' -o dns.tsv \
	-M 'open.log:4: the last line has no line feed' -- \
	flownames -l zeek open.log
printf '\n\n' >blank.log
check 'zeek, blanks' -s 1 -M 'blank.log:[0-9]: expected dns.log' -- \
	flownames -l zeek blank.log
check 'zeek, a log without names' -s 1 \
	-M 'conn.log:[0-9]: expected dns.log' -- \
	flownames -l zeek "$top/t/from/conn.log"
check 'suricata, another text' -s 1 -M 'dns.log:1: expected eve.json' -- \
	flownames -l suricata dns.log
# JSON of something else: said once, however many rows it has.
for i in 1 2 3 4 5 6; do echo '{"a":1}'; done >foreign.json
check 'zeek, JSON of something else' -s 1 -O "$(sed 1q wanted)" -E \
"flownames: foreign.json:1: no row of such a log (6 of 6 are none); expected \
dns.log, ssl.log, http.log or quic.log of Zeek, TAB-separated or JSON" -- \
	flownames -l zeek foreign.json
{ sed 1q dns.json; cat foreign.json; } >mixed.json
check 'zeek, JSON with something else' -s 1 -O "$(sed '4,$d' wanted)" \
	-M 'mixed.json:2: no row of such a log .6 of 7 are none' -- \
	flownames -l zeek mixed.json
check 'no such tool' -s 2 -E 'flownames: -l: zeek or suricata, not "x"' -- \
	flownames -l x
check 'two requests' -s 2 -M 'two requests' -- flownames -l zeek -j wanted

# Onto flows: the flow's own word within its time first, then what its client
# was told last, no longer than said (-t seconds more).
tsv >flows.tsv <<END
#cid start end src dst note
$tls 0000000001.900000 0000000009.000000 10.0.0.1 192.0.2.1 own
$tls 0000000020.000000 0000000021.000000 10.0.0.1 192.0.2.1 dns
1:other 0000000061.000000 0000000062.000000 10.0.0.1 2001:db8::1 dns
1:other 0000000061.200000 0000000062.000000 10.0.0.1 2001:db8::1 late
1:other 0000000001.000000 0000000090.000000 10.0.0.1 2001:db8::1 early
1:other 0000000005.000000 0000000009.000000 10.0.0.2 192.0.2.1 another
END
check 'onto flows, -t 0' -O "$(tsv <<END
own server.example.net tls
dns www.example.org dns
dns www.example.org dns
late - -
early - -
another - -
END
)" -- bash -c 'flownames -t 0 -j wanted flows.tsv | sed 1d | cut -f 6-'
is 'onto flows, 60 s of grace' "$(flownames -j wanted flows.tsv |
	awk '$6 == "late" {print $7}')" www.example.org
# What a log told itself is kept where nothing better is known.
sed 's/note$/name/' flows.tsv >named.tsv
is 'a name that is there stays' "$(flownames -t 0 -j wanted named.tsv |
	sed 1d | cut -f 6,7 | tr '\t\n' '  ')" \
	'server.example.net tls www.example.org dns www.example.org dns late - early - another - '
check 'a table of others' -s 1 -M 'flows.tsv:1: client: no such column' -- \
	flownames -j flows.tsv flows.tsv
sed 's/2.100000/x/' wanted >bad.tsv
check 'a malformed table' -s 1 -M 'bad.tsv:4: start: not a time' -- \
	flownames -j bad.tsv flows.tsv
head -n 1 wanted >none.tsv
check 'an empty table' -- flownames -j none.tsv flows.tsv

# From a capture to beacons by name.
pcap2flows -b names.pcap >b.tsv
is 'to the list of beacons' "$(flownames -j wanted b.tsv |
	LEAST=1 bash "$top/examples/beacons/beacons.sh" -g name | head -n 1 |
	cut -f 4)" dst

# By name popularity counts who called any of its addresses.
tsv >tagged.tsv <<END
#proto src sport dst dport dir pair name
udp 10.0.0.1 1 192.0.2.1 53 out dialog a.example
udp 10.0.0.1 2 192.0.2.2 99 out dialog a.example
tcp 10.0.0.2 3 2001:db8::7 53 out mix a.example
udp 10.0.0.2 4 192.0.2.9 53 out dialog -
udp 10.0.0.3 4 192.0.2.9 54 out probe -
END
check 'popularity -g name' -O "$(tsv <<END
#endpoint where kind popularity
a.example external nonprobe 2
192.0.2.9 external probe 1
192.0.2.9 external nonprobe 1
END
)" -- popularity -g name tagged.tsv
check 'popularity -g name -s' -s 2 -M 'by address' -- \
	popularity -s -g name tagged.tsv
cut -f 1-7 tagged.tsv >unnamed.tsv
check 'popularity -g name without names' -s 2 \
	-M 'no column "name" .flownames' -- popularity -g name unnamed.tsv

# Places by name, as flows-recipes(7) has it: q.example lies in two countries,
# two of its three addresses in one city.
recipe() { # title
	sed -n "/^\.Ss $1/,/^\.Ed/p" "$top/bin/flows-recipes.7" |
		sed '1,/^\.Bd/d; /^\.Ed/d; s/^\$ //; s/\\e/\\/g'
}
mkdir recipe
(
	cd recipe || exit
	cat >places.csv <<-END
		192.0.2.0,192.0.2.255,IT,Torino
		198.51.100.0,198.51.100.255,FR,Paris
	END
	n=0
	for to in 192.0.2.1 192.0.2.2 192.0.2.2 198.51.100.9; do
		n=$((n + 1))
		[ $n = 3 ] || echo "0.$n eth ip(10.0.0.53,10.0.0.1) udp(53,4000) hex(0001_8180_0001_0001_0000_0000_0171076578616d706c6500_0001_0001_c00c_0001_0001_00000e10_0004_$(
			echo $to | awk -F . '{printf "%02x%02x%02x%02x", $1, $2, $3, $4}'))"
		echo "$n eth ip(10.0.0.1,$to) udp(500$n,9) data(9)"
	done | perl "$top/t/mkpcap.pl" >campus.pcap
	pcap2flows campus.pcap >flows.tsv
	recipe 'Where do names lie' >commands
	bash -e commands
)
check 'places by name' -O "$(tsv <<END
q.example IT Torino 2 3
q.example FR Paris 1 1
END
)" -- cat recipe/placed-names

# Every server name and answer that tshark reads: of a capture made here, and of
# real ones.
# shellcheck source=t/captures.sh
. "$top/t/captures.sh"
made skype
names_tshark() { # CAPTURE
	tshark -r "$1" -Y 'tcp && tls.handshake.extensions_server_name' \
		-T fields -e tls.handshake.extensions_server_name \
		2>/dev/null | tr '[:upper:]' '[:lower:]' | sort >want
	flownames "$1" | awk -F '\t' '$6 == "tls" {print $5}' | sort >got
	check "${1##*/}: server names, $(wc -l <want)" -o want -- cat got
}
answers_tshark() { # CAPTURE
	tshark -r "$1" -Y 'dns.flags.response==1 && dns.a' \
		-T fields -e dns.qry.name -e dns.a 2>/dev/null |
		awk '{n = split($2, a, ","); for (i = 1; i <= n; i++)
			print tolower($1), a[i]}' | sort >want
	flownames "$1" | awk -F '\t' '$6 == "dns" {print $5, $4}' | sort >got
	check "${1##*/}: answers of DNS, $(wc -l <want)" -o want -- cat got
}
if ! command -v tshark >/dev/null; then
	for i in 1 2 3 4 5 6 7 8; do skip "tshark, $i" 'no tshark'; done
	exit
fi
names_tshark made/skype.pcap
answers_tshark made/skype.pcap
if [ "$(real skype.pcap other/facebook.pcap other/whatsapp.pcap \
	other/quic-28.pcap other/google_meet.pcapng | wc -l)" = 5 ]; then
	for f in skype.pcap other/facebook.pcap other/whatsapp.pcap; do
		names_tshark "$traces/$f"
	done
	answers_tshark "$traces/skype.pcap"
	for f in quic-28.pcap google_meet.pcapng; do
		tshark -r "$traces/other/$f" -Y quic -T fields \
			-e tls.handshake.extensions_server_name 2>/dev/null |
			grep . >want
		flownames "$traces/other/$f" | awk -F '\t' \
			'$6 == "quic" {print $5}' >got
		check "$f: QUIC" -o want -- cat got
	done
else
	for i in 1 2 3 4 5 6; do skip "real captures, $i" "$no_traces"; done
fi
