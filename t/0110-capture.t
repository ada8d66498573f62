#!/bin/sh
# Kinds of capture files, compressed ones, lists, filters, and what is wrong
# with files.
. "${0%/*}/lib.sh"

mkpcap() { perl "$top/t/mkpcap.pl" "$@"; }
packets=${BUILD:-$top/build}/t/packets
p=packets		# as it calls itself in messages

plan 65

u='ip(10.0.0.1,10.0.0.2) udp(1,2) data(10)'
cat >spec <<E
1177192800.123456789 eth $u
1177192801.000001 eth $u
E
text='udp 10.0.0.1:1 10.0.0.2:2 10 10 00'
micro="decimals 6
1177192800.123456000 flow $text
1177192801.000001000 flow $text"
nano="decimals 9
1177192800.123456789 flow $text
1177192801.000001000 flow $text"
other='5.000000000 flow tcp [2001:db8::1]:1 [2001:db8::2]:2 0 0 02'

# file NAME OUTPUT mkpcap-option ...
file() {
	title=$1 wanted=$2
	shift 2
	mkpcap "$@" <spec >x
	check "$title" -O "$wanted" -- "$packets" x
}

file 'pcap, microseconds' "$micro"
file 'pcap, microseconds, other byte order' "$micro" -b
file 'pcap, nanoseconds' "$nano" -n
file 'pcap, nanoseconds, other byte order' "$nano" -n -b
file 'pcapng' "$micro" -g
file 'pcapng, other byte order' "$micro" -g -b
file 'pcapng, 10^-6' "$micro" -g -r 6
file 'pcapng, 10^-9' "$nano" -g -r 9
file 'pcapng, 10^-9, other byte order' "$nano" -g -b -r 9
file 'pcapng, 10^-3' "decimals 6
1177192800.123000000 flow $text
1177192801.000000000 flow $text" -g -r 3

# Times at the ends of what a pcap file can say, and beyond.
echo "0.0 eth $u
2147483647.999999 eth $u
2147483648.5 eth $u
4294967295.999999 eth $u" | mkpcap >x
check 'the years 1970, 2038 and 2106' -O "decimals 6
0.000000000 flow $text
2147483647.999999000 flow $text
2147483648.500000000 flow $text
4294967295.999999000 flow $text" -- "$packets" x
echo "18446744073.0 eth $u" | mkpcap -g -r 3 >x
check 'a time beyond the year 2262 stands at its end' -O "decimals 6
9223372036.854775806 flow $text" -- "$packets" x

# Several files; the first decides on the decimals.
mkpcap <spec >micro
mkpcap -n <spec >nano
echo '5.0 sll ip6(2001:db8::1,2001:db8::2) tcp(1,2,S)' | mkpcap -l 113 >sll
check 'files in order, of different links' -O "$nano
${micro#*6
}
$other" -- "$packets" nano micro sll
check 'stdin' -i micro -O "$micro" -- "$packets" --
check 'stdin as an operand, between others' -i sll -O "$nano
$other
${micro#*6
}" -- "$packets" nano - micro
printf 'nano\n\nsll' >list
check 'a list of files on stdin' -i list -O "$nano
$other" -- "$packets" -L
check 'an empty list' -s 1 -E "$p: <stdin>: no file names" -- "$packets" -L
mkpcap <spec | "$packets" -- >got
is 'a pipe' "$(cat got)" "$micro"

# Compressed files
for tool in gzip zstd xz; do
	if ! command -v $tool >/dev/null; then
		for i in 1 2 3 4 5 6; do skip "$tool, $i" 'not installed'; done
		continue
	fi
	$tool -c <micro >"micro.$tool"
	check "$tool" -O "$micro" -- "$packets" "micro.$tool"
	check "$tool on stdin" -i "micro.$tool" -O "$micro" -- "$packets" --
	$tool -c <micro | "$packets" - >got
	is "$tool through a pipe" "$(cat got)" "$micro"
	cp "micro.$tool" other-name
	check "$tool by content, not by name, and others behind it" -O "$micro
$other" -- "$packets" other-name sll
	mkdir -p none
	check "no $tool at hand" -s 1 -E \
	    "$p: micro.$tool: $tool, which must decompress it: \
No such file or directory" -- env PATH="$PWD/none" "$packets" "micro.$tool"
	size=$(wc -c <"micro.$tool")
	head -c $((size - 6)) "micro.$tool" >short
	check "$tool, cut: status 1, and the tool is named" -s 1 \
	    -M "$p: short: $tool failed, exit status [1-9]" -- "$packets" short
done
head -c 3000 /dev/zero | gzip -c >zeros.gz
check 'compressed, but no capture' -s 1 -E \
    "$p: zeros.gz: not a capture: unknown file format" -- "$packets" zeros.gz
# A large one, so that the tool dies of the closed pipe: not its fault.
head -c 2000000 /dev/zero | gzip -c >zeros.gz
check 'compressed, large, no capture' -s 1 -E \
    "$p: zeros.gz: not a capture: unknown file format" -- "$packets" zeros.gz
awk -v u="$u" 'BEGIN { for (i = 0; i < 5000; i++) print i, "eth", u }' |
    mkpcap >large
gzip -c <large | cat | "$packets" - | wc -l >got
is 'a large one through gzip and pipes' "$(tr -d ' ' <got)" 5001

# Filters
mkpcap </dev/null >nothing
echo "1.0 eth $u
2.0 eth ip(10.0.0.1,10.0.0.2) tcp(1,80,S)
3.0 eth ip(10.0.0.3,10.0.0.2) udp(1,80)" | mkpcap >three
check 'a filter' -O 'decimals 6
2.000000000 flow tcp 10.0.0.1:1 10.0.0.2:80 0 0 02' \
    -- "$packets" -f 'tcp and port 80' three
check 'a filter on two links' -O "decimals 6
3.000000000 flow udp 10.0.0.3:1 10.0.0.2:80 0 0 00
$other" -- "$packets" -f 'host 10.0.0.3 or ip6' three sll
check 'a filter that is none' -s 2 -M "^$p: filter \"port port\": " \
    -- "$packets" -f 'port port' three

check 'a filter that does not suit the second link' -s 1 -O 'decimals 6' \
    -M "^$p: sll: filter \"ether host 4:4:4:4:4:4\": " \
    -- "$packets" -f 'ether host 4:4:4:4:4:4' nothing sll

# What is no capture
check 'absent' -s 1 -E "$p: absent: No such file or directory" \
    -- "$packets" absent
check 'a directory' -s 1 -E "$p: none: is a directory" -- "$packets" none
: >empty
check 'an empty file' -s 1 -E "$p: empty: is empty: no capture" \
    -- "$packets" empty
check 'nothing on stdin' -s 1 -E "$p: <stdin>: is empty: no capture" \
    -- "$packets" --
echo 'What is this?  No capture, says libpcap.' >words
check 'text' -s 1 -E "$p: words: not a capture: unknown file format" \
    -- "$packets" words
mkpcap -l 189 <spec >usb
check 'a link type that cannot be decoded' -s 1 -E \
    "$p: usb: unsupported link type 189 (USB_LINUX)" -- "$packets" usb
mkpcap -l 189 </dev/null >usb
check 'even when there is no frame' -s 1 -E \
    "$p: usb: unsupported link type 189 (USB_LINUX)" -- "$packets" usb
check 'a capture of nothing' -O 'decimals 6' -- "$packets" nothing
check 'the others are read all the same' -s 1 -O "$micro
$other" -E "$p: absent: No such file or directory
$p: usb: unsupported link type 189 (USB_LINUX)
$p: words: not a capture: unknown file format" \
    -- "$packets" absent micro usb words sll
check 'an interface that is none' -s 1 -M "^pcap2flows: nosuchif0: " \
    -- pcap2flows -i nosuchif0

# Sections of a pcapng file, one behind the other, 132 bytes each; what libpcap
# cannot read on is told.
section() { n=$1; shift; echo "$n.123456789 eth $u" | mkpcap -g "$@" >"ng$n"; }
section 1
section 2 -r 9
section 3 -r 3
section 4 -b
section 5 -s 1000
cat ng1 ng2 >x
check 'an interface of another resolution' -O "decimals 6
1.123456000 flow $text
2.123456789 flow $text" -- "$packets" x
cat ng2 ng3 ng1 >x
check 'and others' -O "decimals 9
2.123456789 flow $text
3.123000000 flow $text
1.123456000 flow $text" -- "$packets" x
for n in 4 5; do
	cat ng1 ng$n >x
	check "a section of another byte order or snap length, $n" -s 1 \
		-O "decimals 6
1.123456000 flow $text" -M "^$p: x: byte 132: " -- "$packets" x
done

# Damage.  A frame of 52 bytes is a record of 68, the first at byte 24; in
# pcapng it has 84, the first at byte 48.
printf '%s\n' "1.0 eth $u" '2.0 eth data(30) link=113' | mkpcap -g >mixed
check 'links mixed within a pcapng file: libpcap refuses' -s 1 -O "decimals 6
1.000000000 flow $text" \
    -M "^$p: mixed: byte 132: an interface has a type 113 different" \
    -- "$packets" mixed
{ cat micro; printf '\1\2\3\4\5\6\7\10\377\377\377\377\377\377\377\377'; } >bad
check 'an absurd length' -s 1 -O "$micro" \
    -M "^$p: bad: byte 160: invalid packet capture length 42949" \
    -- "$packets" bad
check 'an absurd length, and the next file' -s 1 -O "$micro
$other" -M "^$p: bad: byte 160: " -- "$packets" bad sll
echo "1.0 eth $u snap=40
2.0 eth $u" | mkpcap -s 20 >long
check 'frames longer than the snap length of the file' -O 'decimals 6
1.000000000 malformed
2.000000000 malformed' -- "$packets" long
head -c 140 long >short
check 'and where they end' -s 1 -O 'decimals 6
1.000000000 malformed' -M "^$p: short: byte 80: truncated" -- "$packets" short

# The pipe behind the damage stays open and silent.
mkfifo fifo
{ { cat bad; head -c 2000000 /dev/urandom; } | gzip -c; exec sleep 60; } >fifo &
check 'damage in a compressed stream that goes on' -s 1 -O "$micro" \
    -M "^$p: fifo: byte 160: " -- timeout 20 "$packets" fifo
kill $!

# Cut after every byte: the whole frames before the cut come out, and if
# there is half a one, the message names the byte where it begins.
every_cut() { # file, first record, its size
	size=$(wc -c <"$1") i=1
	while [ "$i" -lt "$size" ]; do
		head -c "$i" "$1" >short
		"$packets" short >got 2>err
		echo "$? $i $(wc -l <got) $(head -n 1 err)"
		i=$((i + 1))
	done | awk -v first="$2" -v size="$3" '{
		inside = $2 >= first
		n = inside ? int(($2 - first) / size) : 0
		whole = inside && ($2 - first) % size == 0
		lines = inside ? n + 1 : 0
		said = "byte " (inside ? first + n * size : 0) ":"
		if ($2 < 24)
			said = "not|byte 0:|truncated"
		if ($1 != !whole || $3 != lines || (!whole && $0 !~ said)) {
			print
			bad = 1
		}
	} END { exit bad }'
}
ok 'pcap cut after every byte' every_cut micro 24 68
mkpcap -g <spec >ng
ok 'pcapng cut after every byte' every_cut ng 48 84
