#!/usr/bin/env bash
# What happens to logs on their way, for each form of log that flowfrom knows:
# other line ends, a byte order mark, parts compressed one by one, files of an
# hour each, hours without a row; a row cut short or overwritten; and what is
# no such log at all.  Right values of the rows themselves are in t/0850.
. "${0%/*}/lib.sh"
plan 72

from() { flowfrom "$@"; }

# Each log NAME.log has one flow with 198.51.100.7, and behind it one row of
# 198.51.100.8, of which SHORT bytes can be missing; its heading has HEAD lines.
cat >zeek.log <<'END'
#separator \x09
#path	open_conn
#fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	history	orig_pkts	resp_pkts	tunnel_parents
1600000000.500000	C1	10.0.0.1	4000	198.51.100.7	53	udp	dns	0.250000	20	44	SF	Dd	1	1	-
1600000001.500000	C2	10.0.0.1	4000	198.51.100.8	53	udp	dns	0.250000	20	44	SF	Dd	1	1	-
END
cat >zeek-json.log <<'END'
{"ts":1600000000.5,"id.orig_h":"10.0.0.1","id.orig_p":4000,"id.resp_h":"198.51.100.7","id.resp_p":53,"proto":"udp","orig_bytes":20,"resp_bytes":44,"orig_pkts":1,"resp_pkts":1}
{"ts":1600000001.5,"id.orig_h":"10.0.0.1","id.orig_p":4000,"id.resp_h":"198.51.100.8","id.resp_p":53,"proto":"udp","orig_bytes":20,"resp_bytes":44,"orig_pkts":1,"resp_pkts":1}
END
cat >suricata.log <<'END'
{"timestamp":"2020-09-13T12:26:40.000000+0000","event_type":"stats","stats":{"uptime":1}}
{"timestamp":"2020-09-13T12:27:40.000000+0000","event_type":"flow","src_ip":"10.0.0.1","src_port":4000,"dest_ip":"198.51.100.7","dest_port":53,"proto":"UDP","app_proto":"dns","flow":{"pkts_toserver":1,"pkts_toclient":1,"bytes_toserver":62,"bytes_toclient":86,"start":"2020-09-13T12:26:40.500000+0000","end":"2020-09-13T12:26:40.750000+0000"}}
{"timestamp":"2020-09-13T12:27:41.000000+0000","event_type":"flow","src_ip":"10.0.0.1","src_port":4000,"dest_ip":"198.51.100.8","dest_port":53,"proto":"UDP","app_proto":"dns","flow":{"pkts_toserver":1,"pkts_toclient":1,"bytes_toserver":62,"bytes_toclient":86,"start":"2020-09-13T12:26:41.500000+0000","end":"2020-09-13T12:26:41.750000+0000"}}
END
cat >nfdump-long.log <<'END'
ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt,opkt,obyt
2020-09-13 12:26:40.500,2020-09-13 12:26:40.750,0.250,10.0.0.1,198.51.100.7,4000,53,UDP,........,0,0,1,48,0,0
2020-09-13 12:26:40.600,2020-09-13 12:26:40.600,0.000,198.51.100.7,10.0.0.1,53,4000,UDP,........,0,0,1,72,0,0
2020-09-13 12:26:41.600,2020-09-13 12:26:41.600,0.000,10.0.0.1,198.51.100.8,4000,53,UDP,........,0,0,1,48,0,0
END
cat >nfdump-csv.log <<'END'
firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,bps,bpp,flows
2020-09-13 12:26:40.500,00:00:00.250,UDP,10.0.0.1,4000,198.51.100.7,53,1,48,1536,48,1
2020-09-13 12:26:40.510,00:00:00.000,UDP,198.51.100.7,53,10.0.0.1,4000,1,72,0,72,1
2020-09-13 12:26:41.510,00:00:00.000,UDP,10.0.0.1,4000,198.51.100.8,53,1,48,0,48,1
END
cat >nfdump-line.log <<'END'
Date first seen          Duration Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows
2020-09-13 12:26:40.500     0.250 UDP           10.0.0.1:4000  ->   198.51.100.7:53           1       48     1
2020-09-13 12:26:40.510     0.000 UDP       198.51.100.7:53    ->       10.0.0.1:4000         1       72     1
2020-09-13 12:26:41.510     0.000 UDP           10.0.0.1:4000  ->   198.51.100.8:53           1       48     1
END
cat >nfdump-json.log <<'END'
[{"type":"FLOW","first":"2020-09-13T12:26:40.500","last":"2020-09-13T12:26:40.750","in_packets":1,"in_bytes":48,"proto":17,"src_port":4000,"dst_port":53,"src4_addr":"10.0.0.1","dst4_addr":"198.51.100.7"},
{"type":"FLOW","first":"2020-09-13T12:26:41.500","last":"2020-09-13T12:26:41.750","in_packets":1,"in_bytes":48,"proto":17,"src_port":4000,"dst_port":53,"src4_addr":"10.0.0.1","dst4_addr":"198.51.100.8"}]
END
cat >argus.log <<'END'
StartTime,LastTime,Proto,SrcAddr,Sport,DstAddr,Dport,SrcPkts,DstPkts,SAppBytes,DAppBytes,State,SynAck,AckDat
1600000000.500331,1600000000.750331,tcp,10.0.0.1,50000,198.51.100.7,443,6,5,100,300,FIN,0.010000,0.020000
1600000001.500331,1600000001.750331,tcp,10.0.0.1,50000,198.51.100.8,443,6,5,100,300,FIN,0.010000,0.020000
END
cat >argus-ctu.log <<'END'
StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label
2020/09/13 12:26:40.500331,0.250000,tcp,10.0.0.1,50000,   ->,198.51.100.7,443,SPA_SPA,0,0,9,1500,600,flow=a
2020/09/13 12:26:41.500331,0.250000,tcp,10.0.0.1,50000,   ->,198.51.100.8,443,SPA_SPA,0,0,9,1500,600,flow=a
END
cat >silk.log <<'END'
        sIP|         dIP|sPort|dPort|pro|   packets|     bytes|   flags|                  sTime|                  eTime|
   10.0.0.1|198.51.100.7| 4000|   53| 17|         1|        48|        |2020/09/13T12:26:40.500|2020/09/13T12:26:40.750|
198.51.100.7|   10.0.0.1|   53| 4000| 17|         1|        72|        |2020/09/13T12:26:40.510|2020/09/13T12:26:40.510|
   10.0.0.1|198.51.100.8| 4000|   53| 17|         1|        48|        |2020/09/13T12:26:41.500|2020/09/13T12:26:41.750|
END
cat >ndpi.log <<'END'
#flow_id|protocol|first_seen|last_seen|duration|src_ip|src_port|dst_ip|dst_port|ndpi_proto_num|ndpi_proto|server_name_sni|c_to_s_pkts|c_to_s_bytes|c_to_s_goodput_bytes|s_to_c_pkts|s_to_c_bytes|s_to_c_goodput_bytes|data_ratio
1|17|1600000000.500|1600000000.750|0.250|10.0.0.1|4000|198.51.100.7|53|5|DNS|host.example|1|62|20|1|86|44|-0.162
2|17|1600000001.500|1600000001.750|0.250|10.0.0.1|4000|198.51.100.8|53|5|DNS|host.example|1|62|20|1|86|44|-0.162
END
tr '@' '\t' >tshark.log <<'END'
frame.time_epoch@ip.src@ip.dst@udp.srcport@udp.dstport@tcp.srcport@tcp.dstport@udp.length@tcp.len@tcp.flags.str@udp.payload@tcp.payload
1600000000.500000000@10.0.0.1@198.51.100.7@4000@53@@@28@@@0102030405060708@
1600000000.600000000@198.51.100.7@10.0.0.1@53@4000@@@52@@@0102030405060708@
1600000001.600000000@10.0.0.1@198.51.100.8@4000@53@@@28@@@0102030405060708@
END

# The heading alone, and the rows without it.
heading() {
	case $1 in
	zeek) head -n 3 ;;
	zeek-json) echo '[]' ;;
	nfdump-json) printf '[\n]\n' ;;
	suricata) head -n 1 ;;
	*) head -n 1 ;;
	esac
}
rows() { grep -E '198\.51\.100\.[78]'; }

# Not the same, or not a word on standard error: goes into .why.
want() { # name status records regex file ...
	local status=0
	from "${form%%-*}" "${@:5}" >got 2>err || status=$?
	[ "$status" = "$2" ] || echo "$1: status $status: $(cat err)"
	cmp -s got "$3" || { echo "$1:"; diff "$3" got; }
	if [ -z "$4" ]; then
		[ ! -s err ] || { echo "$1 says:"; cat err; }
	elif ! grep -Eq -- "$4" err || LC_ALL=C grep -q '[^ -~]' err; then
		echo "$1 says:"; cat err
	fi
}

same() {
	sed 's/$/\r/' "$log" >crlf
	{ printf '\357\273\277'; cat "$log"; } >bom
	{ printf '\357\273\277'; cat crlf; } >both
	local half=$(($(wc -c <"$log") / 2))
	{ head -c $half "$log" | gzip; tail -c +$((half + 1)) "$log" | gzip; } \
		>members.gz
	gzip -c members.gz >twice.gz
	for dress in crlf bom both members.gz twice.gz; do
		want $dress 0 all.tsv '' $dress
	done
}

rotated() {
	{ heading "$form" <"$log"; grep '198\.51\.100\.7' "$log"; } >log.17
	{ heading "$form" <"$log"; grep '198\.51\.100\.8' "$log"; } >log.18
	gzip -kf log.18
	want 'two files' 0 all.tsv '' log.17 log.18.gz
	cat log.17 log.18 >together
	want 'one behind the other' 0 all.tsv '' together
}

no_rows() {
	heading "$form" <"$log" >none
	want 'no rows' 0 none.tsv '' none
	want 'no rows, then some' 0 all.tsv '' none "$log"
	: >empty
	want 'an empty file' 1 none.tsv 'empty: is empty$' empty
	gzip -c empty >empty.gz
	want 'an empty file' 1 none.tsv 'empty.gz: is empty$' empty.gz
}

cut_rows() {
	local n lines
	lines=$(wc -l <"$log")
	for n in 20 60; do
		head -c -$n "$log" >short
		want "$n bytes less" 1 first.tsv "short:$lines: (a row that is cut short|an object without an end)" short
	done
	{ heading "$form" <"$log"
		rows <"$log" | sed '$d'; echo 'x@x y z w v u t s'; } >mid
	want 'a row of nonsense' 1 first.tsv 'mid:[0-9]+: ' mid
	{ heading "$form" <"$log"
		rows <"$log" | sed '$d'; printf '\000\000\001\376\n'; } >nul
	want 'a row overwritten' 1 first.tsv 'nul:[0-9]+: ' nul
}

no_log() {
	printf 'This is a text.\nIt has two lines.\n' >text
	want 'a text' 1 none.tsv 'text:1: (no JSON; )?expected .* which this makes: ' text
	printf '\n\n' >blanks
	want 'blanks' 1 none.tsv 'blanks:[0-9]: no (heading|JSON); expected ' blanks
	perl -e 'srand 1; print map chr rand 256, 1 .. 4096' >random
	want 'random bytes' 1 none.tsv 'random:[0-9]+: .*expected ' random
	perl -e 'srand 1; print map chr 1 + rand 255, 1 .. 4096' >random
	want 'random bytes but NUL' 1 none.tsv 'random:[0-9]+: .*expected ' random
	gzip -c twice.gz >thrice
	want 'compressed thrice' 1 none.tsv \
		'thrice:1: compressed more than twice; expected ' thrice
	head -c 40 members.gz >half
	want 'half of a gzip file' 1 none.tsv 'half: ' half
	want 'a log behind it' 1 all.tsv 'text:1: ' text "$log"
}

for log in ./*.log; do
	form=${log#./}
	form=${form%.log}
	from "${form%%-*}" "$log" >all.tsv 2>err || :
	sed 1q all.tsv >none.tsv
	grep -v '198\.51\.100\.8' all.tsv >first.tsv
	printf '%s\n' '198.51.100.7:1' '198.51.100.8:1' >wanted
	cut -f 7 all.tsv | grep 198 | sort | uniq -c |
		awk '{print $2 ":" $1}' >got
	check "$form: one flow each" -o wanted -- cat got
	for what in same rotated no_rows cut_rows no_log; do
		$what >.why 2>&1
		verdict "$form: $what"
	done
done
