#!/bin/sh
# Adapters for logs of tools that Debian does not have, on lines written
# after their documentation (t/from), with records made out by hand; the
# first flows are those of a capture, so their Community IDs and numbers are
# pcap2flows' too.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
plan 68

logs=$top/t/from
from() { sh "$top/examples/from/records.sh" "$@"; }
tsv() { tr ' ' '\t'; }
v6=$(printf '#proto src sport dst dport\nudp 2001:db8::2 5353 2001:db8::1 5353
tcp 2001:db8::1 50000 2001:db8::2 443\n' | tsv | flowid | tail -n 2 | cut -f6)
# shellcheck disable=SC2086
set -- $v6

tsv <<END >zeek.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes app flags rflags
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318375 1431969642.376469 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 dns - -
1:SoRgqN6svnpv+a+XY6rOJpG5QYw= 1431969643.944313 1431969668.477830 tcp 192.168.1.34 50030 65.55.223.33 443 out 11 4 234 79 - SAF HAR
1:t3IshMaSf5dCdTUHyjA10WWxIRQ= 1431969649.862353 1431969790.906506 tcp 108.160.170.46 443 192.168.1.34 49445 in 8 8 1108 3816 ssl A A
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367075 1431969652.367075 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 - - - - -
$1 1431969660.000001 1431969661.500001 udp 2001:db8::2 5353 2001:db8::1 5353 ext 2 0 32 0 dns - -
END
tsv <<END >suricata.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes app flags rflags
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318375 1431969642.376469 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 dns - -
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367075 1431969652.367075 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 34 0 failed - -
$2 1431969660.000001 1431969661.000000 tcp 2001:db8::1 50000 2001:db8::2 443 ext 3 2 100 0 - SAFRP HA
END
tsv <<END >silk.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes last rlast ask reply ask2 turn flags rflags why
1:SoRgqN6svnpv+a+XY6rOJpG5QYw= 1431969643.944000 1431969668.477000 tcp 192.168.1.34 50030 65.55.223.33 443 out 11 4 274 91 1431969668.477000 1431969668.400000 - 1431969644.100000 - - SAFRP HAFP fin
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318000 1431969642.376000 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 1431969642.318000 1431969642.376000 1431969642.318000 1431969642.376000 - - - - idle
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367000 1431969853.000000 udp 192.168.1.34 13021 64.4.23.166 40022 out 3 0 102 0 1431969853.000000 - - - - - - - idle
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431970053.001000 1431970053.001000 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 34 0 1431970053.001000 - - - - - - - idle
END

check zeek -o zeek.tsv -- from zeek "$logs/conn.log"
check silk -o silk.tsv -- from silk "$logs/rwcut.txt"
check suricata -o suricata.tsv -- from suricata "$logs/eve.json"
sed 's/^ *//; s/ *| */|/g; s,2015/05/18T17:20,2015-05-18 17:20,' \
	"$logs/rwcut.txt" >bare.txt
check 'silk without padding' -i bare.txt -o silk.tsv -- from silk

# Zeek as JSON, as streaming JSON, as an array over several lines.
awk -F '\t' '
/^#fields/ { n = split($0, name); next }
/^#/ { next }
{
	s = ""
	for (i = 1; i < n; i++) {
		v = $i
		if (v == "-")
			continue
		if (v == "T" || v == "F")
			v = v == "T" ? "true" : "false"
		else if (v !~ /^[0-9]+(\.[0-9]+)?$/)
			v = "\"" v "\""
		s = s (s == "" ? "{" : ",") "\"" name[i + 1] "\":" v
	}
	print s "}"
}' "$logs/conn.log" >conn.json
check 'zeek, JSON' -o zeek.tsv -- from zeek conn.json
{
	echo '{"_path":"dns","ts":1431969642.3,"proto":"udp","query":"a"}'
	sed 's/^{/{"_path":"conn","_write_ts":1431969999.000001,/' conn.json
} >stream.json
check 'zeek, JSON of several logs' -o zeek.tsv -- from zeek stream.json
{ echo '['; sed 's/,/,\n  /g; s/}/\n},/' conn.json; echo ']'; } >array.json
check 'zeek, JSON over several lines' -o zeek.tsv -- from zeek array.json
sed 's/1431969642\.318375/"2015-05-18T19:20:42.318375+02:00"/
	s/1431969652\.367075/1431969652367.075/' conn.json >iso.json
check 'zeek, JSON: ISO 8601 and milliseconds' -o zeek.tsv -- from zeek iso.json
sed 's/0\.058094/5.8094e-2/; s/"service":"ssl"/"service":"s\\u0073l"/' \
	conn.json >escaped.json
check 'zeek, JSON: escapes, exponents' -o zeek.tsv -- from zeek escaped.json
# CR LF, a byte order mark, other columns first, another separator.
sed 's/$/\r/' "$logs/conn.log" >crlf.log
check 'zeek, CR LF' -o zeek.tsv -- from zeek crlf.log
{ printf '\357\273\277\t '; cat "$logs/conn.log"; } >bom.log
check 'zeek, byte order mark and blanks' -o zeek.tsv -- from zeek bom.log
sed 's/^#separator.*/#separator \\x7c/; s/\t/|/g' "$logs/conn.log" >bars.log
check 'zeek, another separator' -o zeek.tsv -- from zeek bars.log
# Rotated: what follows has its columns in another order.
sed -n '1,10p' "$logs/conn.log" >conn.17.log
sed '9,10d' "$logs/conn.log" |
	awk -F '\t' -v OFS='\t' '/^#fields/ {$0 = $0 OFS "zz"; t = $2
		$2 = $3; $3 = t} !/^#/ {t = $1; $1 = $2; $2 = t; $0 = $0 OFS 1} 1' \
	>conn.18.log
check 'zeek, rotated' -o zeek.tsv -- from zeek conn.17.log conn.18.log
sed 's/#path\tconn/#path\topen_conn/; s/^ *//' "$logs/conn.log" >open_conn.log
check 'zeek, open_conn' -o zeek.tsv -- from zeek open_conn.log

for tool in gzip zstd xz; do
	command -v $tool >/dev/null || { skip "$tool" 'not there'; continue; }
	$tool -c "$logs/conn.log" >"conn.$tool"
	check "zeek, $tool" -o zeek.tsv -- from zeek "conn.$tool"
done
check 'zeek, gzip on standard input' -i conn.gzip -o zeek.tsv -- from zeek
gzip -c "$logs/eve.json" >eve.gz
check 'suricata, gzip' -o suricata.tsv -- from suricata eve.gz
head -c 300 conn.gzip >half.gz
check 'half a gzip file' -s 1 -M 'half.gz' -- from zeek half.gz

# Words of the site's own for what is not there; the zone of an address; two
# rows of which the first is cut within.
sed 's/^#unset_field.*/#unset_field\t(none)/; /^#/!s/\t-/\t(none)/g' \
	"$logs/conn.log" >none.log
check 'zeek: its own word for nothing' -o zeek.tsv -- from zeek none.log
sed '/^#/!s/\(2001:db8::[12]\)\t/\1%eth0\t/' "$logs/conn.log" >zone.log
check 'zeek: addresses with a zone' -o zeek.tsv -- from zeek zone.log
awk -F '\t' '/^#/ || NF < 4 { print; next } { n++ }
	n == 1 { sub(/.......$/, ""); printf "%s", $0; next } { print }' \
	"$logs/conn.log" >glued.log
sed 2,3d zeek.tsv >last3.tsv
check 'zeek: two rows in a line' -s 1 -o last3.tsv -M \
	'glued.log:[0-9]*: a row of more values than the heading has' -- \
	from zeek glued.log

# Other separators than the usual ones.
for sep in ',' ';' '\t'; do
	tr -d ' ' <"$logs/rwcut.txt" | sed "s/|$//; s/|/$sep/g" >sep.txt
	check "silk: columns parted by $sep" -o silk.tsv -- from silk sep.txt
done
cat >packets <<END
ip.src|ip.dst|udp.srcport|udp.dstport|tcp.srcport|tcp.dstport|frame.time_epoch|udp.length|tcp.len
"10.0.0.1"|"198.51.100.7"|"4000"|"53"|""|""|"1600000000.500000000"|"28"|""
"198.51.100.7"|"10.0.0.1"|"53"|"4000"|""|""|"1600000000.750000000"|"52"|""
END
flow='udp 10.0.0.1 4000 198.51.100.7 53 1 1 20 44'
for sep in '|' ','; do
	tr '|' "$sep" <packets >sep.txt
	is "tshark: quoted, columns parted by $sep" "$(from tshark sep.txt |
		sed 1d | cut -f 2-8,10-13 | tr '\t' ' ')" \
		"1600000000.500000 1600000000.750000 $flow"
done

# Events, none of which is a flow.
grep -v '"event_type":"flow"' "$logs/eve.json" |
	sed 's/"event_type":"[a-z]*"/"event_type":"netflow"/' >netflow.json
check 'suricata: netflow is no flow' -M \
	'netflow.json: none of its [0-9]* records is a flow; expected eve' -- \
	from suricata netflow.json

# Flags by conn_state where there is no history; who is internal.
sed 's/\tShADadFr\t/\t-\t/; s/\tSF\tT\tF/\tREJ\tF\tF/' "$logs/conn.log" \
	>state.log
is 'zeek: conn_state, local_orig' "$(from zeek state.log |
	awk -F '\t' '$6 == 50030 {print $9, $15, $16}')" 'ext S R'
is 'zeek: -n goes before local_orig' "$(NETS=192.168.1.0/24 from zeek \
	state.log | awk -F '\t' '$6 == 50030 {print $9}')" out

# nfdump: one flow by hand in each of its forms.
nf() { # name file start end
	check "nfdump: $1" -O "$3 $4 $flow" -- sh -c 'sh "$1" nfdump "$2" |
		sed 1d | cut -f 2-8,10-13 | tr "\t" " "' - \
		"$top/examples/from/records.sh" "$2"
}
cat >long.csv <<END
ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt
2020-09-13 12:26:40,2020-09-13 12:26:40,0.250,10.0.0.1,198.51.100.7,4000,53,UDP,........,0,0,1,48,0,0
2020-09-13 12:26:40.600,2020-09-13 12:26:40.600,0.000,198.51.100.7,10.0.0.1,53,4000,UDP,........,0,0,1,72,0,0
Summary
flows,bytes,packets,avg_bps,avg_pps,avg_bpp
2,120,2,3840,14,60
END
nf 'csv of 1.6' long.csv 1600000000.000000 1600000000.600000
cat >short.csv <<END
firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,bps,bpp,flows
2020-09-13 12:26:40.500,00:00:00.250,UDP,10.0.0.1,4000,198.51.100.7,53,1,48,1536,48,1
2020-09-13 12:26:40.510,0.000,UDP,198.51.100.7,53,10.0.0.1,4000,1,72,0,72,1
END
nf 'csv of 1.7.6' short.csv 1600000000.500000 1600000000.750000
cat >fast.csv <<END
cnt,af,firstSeen,lastSeen,proto,srcAddr,srcPort,dstAddr,dstPort,srcAS,dstAS,input,output,flags,srcTos,packets,bytes
1,2,1600000000500,1600000000750,17,10.0.0.1,4000,198.51.100.7,53,0,0,0,0,........,0,1,48
2,2,1600000000510,1600000000510,17,198.51.100.7,53,10.0.0.1,4000,0,0,0,0,........,0,1,72
END
nf 'csv_fast' fast.csv 1600000000.500000 1600000000.750000
cat >nf.json <<END
[
{
	"type" : "FLOW",
	"first" : "2020-09-13T12:26:40.500",
	"last" : "2020-09-13T12:26:40.750",
	"in_packets" : 1,
	"in_bytes" : 48,
	"proto" : 17,
	"tcp_flags" : "........",
	"src_port" : 4000,
	"dst_port" : 53,
	"src4_addr" : "10.0.0.1",
	"dst4_addr" : "198.51.100.7",
	"label" : "<none>"
},
{
	"type" : "FLOW",
	"t_first" : "2020-09-13T12:26:40.510",
	"t_last" : "2020-09-13T12:26:40.510",
	"in_packets" : 1,
	"in_bytes" : 72,
	"proto" : 17,
	"src_port" : 53,
	"dst_port" : 4000,
	"src4_addr" : "198.51.100.7",
	"dst4_addr" : "10.0.0.1"
}]
END
nf json nf.json 1600000000.500000 1600000000.750000
cat >nf.line <<END
Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows
2020-09-13 12:26:40.500     0.250 UDP           10.0.0.1:4000  ->   198.51.100.7:53           1       48     1
2020-09-13 12:26:40.510     0.000 UDP       198.51.100.7:53    ->       10.0.0.1:4000         1       72     1
Summary: total flows: 2, total bytes: 120, total packets: 2, avg bps: 3840, avg pps: 8, avg bpp: 60
Time window: 2020-09-13 12:26:40 - 2020-09-13 12:26:40
END
nf line nf.line 1600000000.500000 1600000000.750000
cat >nf.long <<END
Date first seen             Duration     Proto      Src IP Addr:Port          Dst IP Addr:Port     Flags Tos  Packets    Bytes Flows
2020-09-13 12:26:40.500     00:00:00.250 TCP           10.0.0.1:4000  ->     198.51.100.7:53    ...AP.SF   0        5      400     1
END
is 'nfdump: long has flags' "$(from nfdump nf.long | cut -f 20 | sed 1d)" SAFP
cat >nf.both <<END
ts,te,td,sa,da,sp,dp,pr,flg,ipkt,ibyt,opkt,obyt
2020-09-13 12:26:40.500,2020-09-13 12:26:40.750,0.250,10.0.0.1,198.51.100.7,4000,53,UDP,........,1,48,1,72
END
nf 'both directions in a row (-b)' nf.both 1600000000.500000 1600000000.750000
cat >nf.biline <<END
Date first seen             Duration     Proto      Src IP Addr:Port          Dst IP Addr:Port   Out Pkt   In Pkt Out Byte  In Byte Flows
2020-09-13 12:26:40.500     00:00:00.250 UDP           10.0.0.1:4000  <->    198.51.100.7:53           1        1       72       48     2
END
nf 'biline' nf.biline 1600000000.500000 1600000000.750000
cat >nf.bilong <<END
Date first seen             Duration     Proto      Src IP Addr:Port          Dst IP Addr:Port     Flags Tos  Out Pkt   In Pkt Out Byte  In Byte Flows
2020-09-13 12:26:40.500     00:00:00.250 UDP           10.0.0.1:4000  <->    198.51.100.7:53    ........   0        1        1       72       48     2
END
nf 'bilong' nf.bilong 1600000000.500000 1600000000.750000
sed 's/,1,48,/,1,1.5 M,/' long.csv >round.csv
check 'nfdump: a rounded number is refused' -s 1 \
	-M 'round.csv:2: ibyt: a rounded number: "1.5 M"' -- \
	from nfdump round.csv
printf '%s\n%s\n' "$(sed -n 1p nf.line)" '2020-09-13 12:26:40.500     0.250 UDP     2001:0..:1.4000  ->   2001:0..:2.53           1       68     1' >short6
check 'nfdump: an address cut short is refused' -s 1 \
	-M 'short6:2: sa: an address cut short: "2001:0..:1"' -- \
	from nfdump short6
echo 'Date first seen          Event  XEvent Proto      Src IP Addr:Port' >nsel
check 'nfdump: a layout without packets' -s 1 \
	-M 'nsel:1: expected text of nfdump.*nfdump -r FILE' -- from nfdump nsel

# argus: of both directions together only what is certain.
cat >ctu.binetflow <<END
StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label
2020/09/13 12:26:40.500331,0.250000,tcp,10.0.0.1,50000,   ->,198.51.100.7,443,SPA_SPA,0,0,9,1500,600,flow=a
2020/09/13 12:26:41.500000,0.000000,udp,10.0.0.1,4000,   ->,198.51.100.7,53,INT,0,,1,62,62,flow=b
2020/09/13 12:26:42.500000,0.010000,udp,10.0.0.1,4000,  <->,198.51.100.7,53,CON,0,0,2,148,62,flow=c
2020/09/13 12:26:43.500000,0.010000,tcp,10.0.0.1,50001,   ->,198.51.100.7,80,S_RA,0,0,2,120,66,flow=d
2020/09/13 12:26:44.500000,0.010000,icmp,10.0.0.1,0x0303,   ->,198.51.100.7,0x1,URP,0,,1,62,62,flow=e
END
check 'argus: binetflow' -O 'tcp - - - - SAP HAP
udp 1 0 20 0 - -
udp 1 1 20 44 - -
tcp 1 1 12 0 S AR' -- sh -c 'sh "$1" argus "$2" | sed 1d |
	cut -f 4,10-13,18,19 | tr "\t" " "' - "$top/examples/from/records.sh" \
	ctu.binetflow
printf 'StartTime,Proto,SrcAddr,Sport,DstAddr,Dport\n' >noend
check 'argus: without an end' -s 1 -M 'noend:1: no field "LastTime"' -- \
	from argus noend
sed 's,2020/09/13 ,,' ctu.binetflow >clock
check 'argus: a time of day without its date' -s 1 \
	-M 'clock:2: StartTime: a time of day without its date: "12:26' -- \
	from argus clock

sed '2s/,443,/,https,/' ctu.binetflow >names
check 'argus: a port by its name' -s 1 \
	-M 'names:2: Dport: the name of a port, not its number: "https"' -- \
	from argus names

# ndpi of today.
printf '%s\n%s\n' '#flow_id|protocol|first_seen|last_seen|duration|src_ip|src_port|dst_ip|dst_port|ndpi_proto_num|ndpi_proto|proto_by_ip|server_name_sni|c_to_s_pkts|c_to_s_bytes|c_to_s_goodput_bytes|s_to_c_pkts|s_to_c_bytes|s_to_c_goodput_bytes|data_ratio' '1|17|1600000000.500|1600000000.750|0.250|10.0.0.1|4000|198.51.100.7|53|5|DNS|Unknown|host.example, too|1|62|20|1|86|44|-0.162' >ndpi.csv
is 'ndpi with bars' "$(from ndpi ndpi.csv | sed 1d | cut -f 2-8,10- |
	tr '\t' ' ')" '1600000000.500000 1600000000.750000 udp 10.0.0.1 4000 198.51.100.7 53 1 1 20 44 DNS host.example, too'
text=$(printf 'K\366ln \303\266 \355\240\200\033')
is 'text that is not UTF-8, or controls a terminal' "$(LC_ALL=C sed \
	"s/|DNS|/|$text|/" ndpi.csv | from ndpi | sed 1d | cut -f 14)" \
	"$(printf 'K?ln \303\266 ????')"
tr '|' , <ndpi.csv >comma.csv
check 'ndpi: a comma inside of a field' -s 1 -M 'comma.csv:2: c_to_s_pkts: ' \
	-- from ndpi comma.csv

# What is no log of the tool, and what is malformed.
sed 's/\torig_pkts/\tpackets/' "$logs/conn.log" >other.log
check 'a field that is not there' -s 1 -M \
	'other.log:7: no field "orig_pkts"; expected conn.log of Zeek' -- \
	from zeek other.log
check 'a log of another tool' -s 1 -M 'eve.json:1: no "ts"; expected conn' \
	-- from zeek "$logs/eve.json"
check 'a table where JSON is expected' -s 1 \
	-M 'conn.log:1: no JSON; expected eve.json' -- \
	from suricata "$logs/conn.log"
printf '\014\245\002\000\000\000' >nfcapd
check 'a binary file on standard input' -s 1 -i nfcapd \
	-M '<stdin>:1: a binary file of nfdump; expected text' -- from nfdump
# Its cookie of version 3, and of 5.
printf '\205\020\000\040\000\000\000\000\345\161\055\313\000' >argus.3
printf '\205\020\000\040\000\000\000\000\345\161\120\313\000' >argus.5
for version in 3 5; do
	check "a binary file of argus $version" -s 1 -i argus.$version \
		-M '<stdin>:1: a binary file of argus; expected what ra' -- \
		from argus
done
check 'a tool not known' -s 2 -M '^usage: records.sh' -- from pcap
printf '%s\n' StartTime,Dur,Proto,SrcAddr,Sport,DstAddr,Dport,State \
	1.5,0,tcp,10.0.0.1,1,198.51.100.7,2, 1.5,0,udp,,,,, >gaps
check 'values that are empty' -s 1 -M 'gaps:3: SrcAddr: not an address$' -- \
	from argus gaps
check 'an empty file' -s 1 -M 'empty' -- from zeek /dev/null
check 'nothing on standard input' -s 1 -M '<stdin>.*empty' -- from zeek
head -c -60 "$logs/conn.log" | sed '$!b; s/C6.*5353\tudp.*/C6/' >cut.log
sed '$d' zeek.tsv >first4.tsv
check 'a row cut short: the others pass' -s 1 -o first4.tsv \
	-M 'cut.log:14: a row that is cut short' -- from zeek cut.log
head -c -20 conn.json >cut.json
check 'an object cut short: the others pass' -s 1 -o first4.tsv \
	-M 'cut.json:6: an object without an end' -- from zeek cut.json
sed '3s/192.168.1.34/192.168.1/' conn.json >bad.json
sed '4d' zeek.tsv >less.tsv
check 'a bad value in the middle' -s 1 -o less.tsv \
	-M 'bad.json:3: id.orig_h: not an address: "192.168.1"' -- \
	from zeek bad.json
is 'other networks, other directions' \
	"$(NETS=65.55.0.0/16 from zeek "$logs/conn.log" | cut -f 9 | sort | uniq -c | tr -s ' \n' ' ')" ' 1 dir 4 ext 1 in '

# What the logs have is enough for these, and what not says so.
awk -f "$top/examples/select.awk" proto=udp zeek.tsv | sigtag >tagged.tsv
is 'sigtag' "$(cut -f 19,20 tagged.tsv)" "$(printf '%s\n' 'tag pair' \
	'probe probe' 'probe probe' 'dialog dialog' | tsv)"
check 'popularity' -i tagged.tsv -- popularity
check 'geojoin' -i tagged.tsv -- geojoin -d "$top/lib/geo/places.csv"
check 'rttcalc names what it lacks' -s 2 -i tagged.tsv \
	-M '^rttcalc: <stdin>:1: no column "ask" [(]pcap2flows makes it[)]' -- \
	rttcalc
