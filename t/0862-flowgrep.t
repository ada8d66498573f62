#!/bin/sh
# flowgrep: what expressions mean, by hand and against a model in awk.
. "${0%/*}/lib.sh"
plan 94

tr ' ' '\t' <<'END' >in.tsv
#cid start proto src sport dst dport pkts bytes class rtt
a 1177192800.000000 udp 10.0.0.1 4000 198.51.100.7 53 3 2000000 sig 63.5
b 1177232800.500000 tcp 10.0.0.2 4001 198.51.100.8 443 4 500 - -
c 1177292800.000000 tcp 2001:db8::1 4002 2001:db8::2 8000 5 1500 voice 12.25
END

# holds EXPRESSION CIDS: exactly these rows.
holds() {
	flowgrep "$1" in.tsv >.rows 2>.err || echo "status $?" >>.rows
	is "$1" "$(sed 1d .rows | cut -f 1 | tr -d '\n')$(cat .err)" "$2"
}

holds 'src net 10.0.0.0/8 and dport in (53,443) and bytes > 1M and start >= 2007-04-21T10:00 and class == sig' a
holds 'any' abc
# tcpdump's words
holds 'udp port 53' a
holds 'tcp' bc
holds 'proto tcp' bc
holds 'port 53 or port 443' ab
holds 'host 198.51.100.8' b
holds 'src host 198.51.100.8' ''
holds 'src 10.0.0.1' a
holds 'dst 10.0.0.1' ''
holds 'src or dst port 4001' b
holds 'src and dst net 2001:db8::/32' c
holds 'src and dst net 10' ''
holds 'net 198.51' ab
holds 'dst net 198.51.100.0/29' a
holds 'portrange 400-500' b
holds 'dst portrange 53-443' ab
holds 'ip6' c
holds 'ip and not udp' b
holds 'tcp and (port 443 or port 8000)' bc
# nfdump's
holds 'packets > 3 and proto tcp' bc
holds 'port > 5000' c
holds 'src port = 4002' c
holds 'ip in [10.0.0.1 10.0.0.2]' ab
holds 'src ip 10.0.0.2' b
# Wireshark's
holds 'ip.src == 10.0.0.1 && udp.port == 53' a
holds 'ip.addr == 198.51.100.0/24' ab
holds 'ip.addr != 10.0.0.1' bc
holds 'tcp.dstport in {80, 440..450}' b
holds 'tcp.port == 53' ''
holds '!(class contains "i") || dport eq 53' ab
holds 'class matches "^v.*e$"' c
# Any column; values.
holds 'class == sig or class == voice' ac
holds 'class != sig' bc
holds 'class == -' b
holds 'not rtt < 50' ab
holds 'rtt < 63.5' c
holds 'rtt <= 63.50' ac
holds 'rtt > -1' ac
holds 'bytes == 2M' a
holds 'rtt > 0.05s' a
holds 'rtt < 60ms' c
sed '1s/pkts/end/; 2s/\t3\t/\t1177192860.5\t/; 3s/\t4\t/\t-\t/; 4s/\t5\t/\t1177296400.0\t/' in.tsv >ends.tsv
is 'duration' "$(for e in 'duration > 1min' 'duration >= 1h' 'duration < 60.5' \
	'duration == 60.5'; do flowgrep "$e" ends.tsv | sed 1d | cut -f 1 | tr -d '\n'
	printf ' '; done)" 'ac c  a '
holds 'bytes >= 1.5k and bytes < 1Mi' c
holds 'bytes == 0.0005M' b
holds 'src == 2001:DB8:0::1' c
holds 'src in (10.0.0.0/31, 2001:db8::/126)' ac
holds 'dport not in (53)' bc
holds 'cid ~ "[ab]"' ab
holds "cid !~ '[ab]'" c
holds '"proto" == udp' a
holds 'class < "t"' a
# 1177192800 is 2007-04-21T22:00:00Z (date -u -d @1177192800).
holds 'start == 2007-04-21T22:00' a
holds 'start > 2007-04-21T22:00:00.000001Z' bc
holds 'start < 2007-04-22' a
holds 'start <= 2007-04-22T00:00+02:00' a
holds 'start < "2007-04-22 09:06:41"' ab
holds 'start == 1177232800.5' b
# and before or; not before and.
holds 'udp or tcp and port 443' ab
holds 'not udp and port 443' b

printf '10.0.0.0/31\n# nobody\n 2001:db8::/32 # all\n\nsig\n' >list
holds 'src in @list' ac
holds 'src net in @list' ac
holds 'class in @"list"' a
: >empty
holds 'src in @empty' ''
awk 'BEGIN {for (i = 0; i < 70000; i++) printf "11.%d.%d.0/24\n", i / 256, i % 256
	print "198.51.100.7"}' >many
holds 'dst in @many' a

# wrong EXPRESSION MESSAGE
wrong() {
	check "wrong: $1" -s 2 -E "flowgrep: $2" -- flowgrep "$1" in.tsv
}
wrong '' 'expression:1: it ends here; expected a test'
wrong 'bytes > and' 'expression:9: expected a value, not and'
wrong 'port 53 443' 'expression:9: expected and, or, or the end, not 443'
wrong 'bytes > 5m' 'expression:9: ambiguous: M is a million, min a minute: 5m'
wrong 'src $' 'expression:5: no part of an expression; quote it'
wrong 'start > 2007-02-29' 'expression:9: no such date: write 2007-04-22, 2007-04-22T10:00, 2007-04-22T10:00:30Z: 2007-02-29'
wrong 'src = 10.0.0.0/33' 'expression:5: neither an address nor a network: 10.0.0.0/33'
wrong 'not dst != 10.1.2.3.4' 'expression:9: neither an address nor a network: 10.1.2.3.4'
wrong 'dport in (53, domain)' 'expression:7: neither a number nor a date: domain'
wrong 'pkts > 2 and bytes == 10.0.0.1' 'expression:20: neither a number nor a date: 10.0.0.1'
holds 'dport = "53" or rtt = -' ab
holds 'class = 5 or cid = 10.0.0.0/33' ''
holds 'start = "2007-04-21 22:00"' a
check 'wrong: no such column' -s 2 -M 'no column "nosuch"; there are: cid, start, proto' \
	-- flowgrep 'nosuch == 1' in.tsv
check 'wrong: a word among numbers' -s 1 -M 'in.tsv:2: class: not a number: "sig"' \
	-- flowgrep 'class > 5' in.tsv
check 'wrong: no such list' -s 1 -M 'nolist' -- flowgrep 'src in @nolist' in.tsv
check 'header and rows as they were' -o in.tsv -- flowgrep 'any' in.tsv
perl -e 'print "(" x 70000' >deep
check 'wrong: too long' -s 2 -M 'longer than' -- flowgrep "$(cat deep)" in.tsv

echo 'udp # or what asks' >expression
echo 'and port 53' >>expression
check 'flowgrep -f' -- flowgrep -f expression in.tsv
is 'flowgrep -f: rows' "$(sed 1d .out | cut -f 1)" a
check 'flowgrep -f: no such file' -s 1 -M 'nofile: No such file' -- flowgrep -f nofile in.tsv
check 'no expression' -s 2 -M 'no expression' -- flowgrep
check 'empty input' -s 1 -i empty -M '<stdin>: empty input' -- flowgrep any
{ cat in.tsv; echo short; } >short.tsv
check 'a short row' -s 1 -M 'short.tsv:5: 1 column where' -- flowgrep any short.tsv
check 'a short row under -k' -s 1 -o in.tsv -M '1 bad row dropped' -- flowgrep -k any short.tsv
{ sed 2q in.tsv; sed '2d; s/^#cid/#cid/' in.tsv; } >again.tsv
check 'header again' -o in.tsv -- flowgrep any again.tsv

# A thousand expressions and what awk makes of them.
awk -v cases=cases -v program=model -f "$top/t/models/flowgrep.awk"
awk -f rows.awk >rows.tsv
awk -F '\t' -f model rows.tsv >wanted
while IFS= read -r expression; do
	flowgrep -H id,x,y,name,src "$expression" rows.tsv | cut -f 1 |
		tr '\n' ' '
	echo
done <cases >got
ok 'a thousand expressions' cmp wanted got

# A regular expression may not keep its compiler for long.
printf '#cid\tclass\n' >empty.tsv
check 'repeats of repeats are refused' -s 2 \
	-M 'expression:9: .* of more than 500 bytes or 1000 repeats' -- \
	flowgrep 'class ~ "((a{100}){100}){100}"' empty.tsv
check 'and so is a long one' -s 2 \
	-M 'expression:9: .* of more than 500 bytes or 1000 repeats' -- \
	flowgrep "class ~ \"$(printf '%501d' 0)\"" empty.tsv
