#!/bin/sh
# Adapters for logs of tools that Debian does not have, on lines written
# after their documentation (t/from), with records made out by hand; the
# first flows are those of a capture, so their Community IDs and numbers are
# pcap2flows' too.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
plan 13

logs=$top/t/from
from() { sh "$top/examples/from/records.sh" "$@"; }
tsv() { tr ' ' '\t'; }
v6=$(printf '#proto src sport dst dport\nudp 2001:db8::2 5353 2001:db8::1 5353
tcp 2001:db8::1 50000 2001:db8::2 443\n' | tsv | flowid | tail -n 2 | cut -f6)
# shellcheck disable=SC2086
set -- $v6

tsv <<END >zeek.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes app
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318375 1431969642.376469 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 dns
1:SoRgqN6svnpv+a+XY6rOJpG5QYw= 1431969643.944313 1431969668.477830 tcp 192.168.1.34 50030 65.55.223.33 443 out 11 4 234 79 -
1:t3IshMaSf5dCdTUHyjA10WWxIRQ= 1431969649.862353 1431969790.906506 tcp 108.160.170.46 443 192.168.1.34 49445 in 8 8 1108 3816 ssl
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367075 1431969652.367075 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 - - -
$1 1431969660.000001 1431969661.500001 udp 2001:db8::2 5353 2001:db8::1 5353 ext 2 0 32 0 dns
END
tsv <<END >suricata.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes app
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318375 1431969642.376469 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 dns
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367075 1431969652.367075 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 34 0 failed
$2 1431969660.000001 1431969661.000000 tcp 2001:db8::1 50000 2001:db8::2 443 ext 3 2 100 0 -
END
tsv <<END >silk.tsv
#cid start end proto src sport dst dport dir pkts rpkts bytes rbytes last rlast ask reply ask2 turn flags rflags why
1:SoRgqN6svnpv+a+XY6rOJpG5QYw= 1431969643.944000 1431969668.477000 tcp 192.168.1.34 50030 65.55.223.33 443 out 11 4 274 91 1431969668.477000 1431969668.400000 - 1431969644.100000 - - SAFRP HAFP fin
1:wZp7rM1GXhWv7MPWGmImCdUVN9k= 1431969642.318000 1431969642.376000 udp 192.168.1.34 64085 192.168.1.1 53 int 1 1 40 56 1431969642.318000 1431969642.376000 1431969642.318000 1431969642.376000 - - - - idle
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431969652.367000 1431969853.000000 udp 192.168.1.34 13021 64.4.23.166 40022 out 3 0 102 0 1431969853.000000 - - - - - - - idle
1:y3dTucKX/rCSnvfLfFn29dIIstw= 1431970053.001000 1431970053.001000 udp 192.168.1.34 13021 64.4.23.166 40022 out 1 0 34 0 1431970053.001000 - - - - - - - idle
END

for AWK in mawk gawk; do
	command -v $AWK >/dev/null || AWK='awk'
	export AWK
	check "zeek, $AWK" -o zeek.tsv -- from zeek "$logs/conn.log"
	check "silk, $AWK" -o silk.tsv -- from silk "$logs/rwcut.txt"
done
sed 's/^ *//; s/ *| */|/g; s,2015/05/18T17:20,2015-05-18 17:20,' \
	"$logs/rwcut.txt" >bare.txt
check 'silk without padding' -i bare.txt -o silk.tsv -- from silk
if command -v jq >/dev/null; then
	check 'suricata' -o suricata.tsv -- from suricata "$logs/eve.json"
else
	skip 'suricata' 'no jq'
fi

sed 's/\torig_pkts/\tpackets/' "$logs/conn.log" >other.log
check 'a field that is not there' -M 'other.log:9: no field "orig_pkts"' \
	-s 1 -- from zeek other.log
check 'a tool not known' -s 2 -M '^usage: records.sh' -- from pcap
unset AWK
is 'other networks, other directions' \
	"$(NETS=65.55.0.0/16 from zeek "$logs/conn.log" | cut -f 9 | sort | uniq -c | tr -s ' \n' ' ')" ' 1 dir 4 ext 1 in '

# What the logs have is enough for these, and what not says so.
awk -f "$top/examples/select.awk" proto=udp zeek.tsv | sigtag >tagged.tsv
is 'sigtag' "$(cut -f 17,18 tagged.tsv)" "$(printf '%s\n' 'tag pair' \
	'probe probe' 'probe probe' 'dialog dialog' | tsv)"
check 'popularity' -i tagged.tsv -- popularity
check 'geojoin' -i tagged.tsv -- geojoin -d "$top/lib/geo/places.csv"
check 'rttcalc names what it lacks' -s 2 -i tagged.tsv \
	-E 'rttcalc: <stdin>:1: no column "ask" (pcap2flows makes it)' -- \
	rttcalc
