#!/bin/sh
# Kinds of capture files, compressed ones, lists, filters, and what is wrong
# with files.
. "${0%/*}/lib.sh"

mkpcap() { perl "$top/t/mkpcap.pl" "$@"; }
packets=${BUILD:-$top/build}/t/packets
p=packets		# as it calls itself in messages

plan 106

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
for tool in gzip zstd xz bzip2 lz4; do
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
	# An emulated child cannot tell its parent that there is none.
	why=", which must decompress it: No such file or directory\$"
	[ -z "${EMULATED-}" ] || why=' failed, exit status 127'
	check "no $tool at hand" -s 1 -M "^$p: micro.$tool: $tool$why" -- \
	    env PATH="$PWD/none" "$packets" "micro.$tool"
	size=$(wc -c <"micro.$tool")
	head -c $((size - 6)) "micro.$tool" >short
	check "$tool, cut: status 1, and the tool is named" -s 1 \
	    -M "$p: short: $tool failed, exit status [1-9]" -- "$packets" short
done
awk -v u="$u" 'BEGIN { for (i = 0; i < 5000; i++) print i, "eth", u }' |
    mkpcap >large
gzip -c <large | gzip -c >large.gz.gz
"$packets" large.gz.gz | wc -l >got
is 'compressed twice' "$(tr -d ' ' <got)" 5001
# shellcheck disable=SC2002  # a pipe it has to be
cat large.gz.gz | "$packets" - | wc -l >got
is 'compressed twice, through a pipe' "$(tr -d ' ' <got)" 5001
gzip -c <large | head -c -9 | gzip -c >short
check 'compressed twice, the inner one cut' -s 1 -M "short: gzip failed" -- \
	"$packets" short
gzip -c <large.gz.gz >thrice
check 'compressed thrice' -s 1 -M 'thrice: not a capture' -- "$packets" thrice
head -c 3000 /dev/zero | gzip -c >zeros.gz
check 'compressed, but no capture' -s 1 -E \
    "$p: zeros.gz: not a capture: unknown file format" -- "$packets" zeros.gz
# A large one, so that the tool dies of the closed pipe: not its fault.
head -c 2000000 /dev/zero | gzip -c >zeros.gz
check 'compressed, large, no capture' -s 1 -E \
    "$p: zeros.gz: not a capture: unknown file format" -- "$packets" zeros.gz
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
check 'an empty file' -s 1 -E "$p: empty: is empty" \
    -- "$packets" empty
check 'nothing on stdin' -s 1 -E "$p: <stdin>: is empty" \
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
	check "a section of another byte order or snap length, $n" \
		-O "decimals 6
1.123456000 flow $text
$n.123456000 flow $text" -- "$packets" x
done

# Interfaces of several links, resolutions, snap lengths, one of which is
# described late.
cat >mixed.spec <<E
1.5 eth $u
2.5 ip6(2001:db8::1,2001:db8::2) tcp(1,2,S) link=101
3.5 sll $u link=113
4.5 eth $u
E
mixed="decimals 6
1.500000000 flow $text
2.500000000 flow ${other#* flow }
3.500000000 flow $text
4.500000000 flow $text"
mkpcap -g <mixed.spec >mixed
check 'links mixed within a pcapng file' -O "$mixed" -- "$packets" mixed
mkpcap -g -b -r 6 <mixed.spec >mixed
check 'and big-endian' -O "$mixed" -- "$packets" mixed
check 'a filter is compiled for each link' -O "decimals 6
2.500000000 flow ${other#* flow }" -- "$packets" -f ip6 mixed
check 'a filter that does not suit one of them' -s 1 -O "decimals 6
1.500000000 flow $text
4.500000000 flow $text" \
    -M "^$p: mixed: filter \"ether host 4:4:4:4:4:4\": " \
    -- "$packets" -f 'ether host 4:4:4:4:4:4' mixed
printf '%s\n' "1.0 eth $u" '2.0 hex(00) zero(60) link=189' "3.0 eth $u" |
	mkpcap -g >usb
check 'one that cannot be decoded' -s 1 -O "decimals 6
1.000000000 flow $text
2.000000000 not-ip
3.000000000 flow $text" \
    -E "$p: usb: unsupported link type 189 (USB_LINUX)" -- "$packets" usb

# block TYPE HEX: a little-endian block.
block() {
	perl -e 'my ($t, $hex) = @ARGV; my $b = pack "H*", $hex;
	    $b .= "\0" x (-length($b) % 4); my $n = 12 + length $b;
	    print pack("V2", $t, $n), $b, pack("V", $n)' "$@"
}
section_head=4d3c2b1a01000000ffffffffffffffff
frame=$(echo "1.0 $u" | mkpcap -l 101 | tail -c +41 | od -An -v -tx1 |
	tr -d ' \n')
packet_on() { # interface, ticks (high, low)
	block 6 "$1$2${3}2600000026000000$frame"
}
# 2^-10 and an offset of 100 s; 10^-12; both described behind a frame.
{
	block 168627466 $section_head
	block 1 6500000000000000
	packet_on 00000000 00000000 40420f00
	block 5 0000000000000000000000000000
	block 1 6500000000000000090001008a0000000e00080064000000000000000000
	block 1 6500000000000000090001000c000000
	packet_on 01000000 00000000 00060000
	packet_on 02000000 d2010000 15a4cd39
	block 3 "26000000$frame"
	packet_on 00000000 00000000 80841e00
} >late
# 0x1d2_39cda415 / 10^12 = 2.002424538133
check 'interfaces described late, 2^-10 with an offset, 10^-12, no time' \
    -O "decimals 6
1.000000000 flow $text
101.500000000 flow $text
2.002424538 flow $text
2.002424538 flow $text
2.000000000 flow $text" -- "$packets" late
{ block 168627466 $section_head; packet_on 00000000 00000000 00000000; } >x
check 'a frame of no interface' -s 1 -O 'decimals 6' -E \
    "$p: x: byte 28: a frame of interface 0, which is not described" \
    -- "$packets" x
{
	head -c 48 late
	perl -e 'print pack("V2", 2989, 17 * 2**20 + 12),
	    "x" x (17 * 2**20), pack "V", 17 * 2**20 + 12'
	packet_on 00000000 00000000 40420f00
} >x
check 'a block of 17 MiB is passed over' -O "decimals 6
1.000000000 flow $text" -- "$packets" x
head -c 17000000 x >short
check 'or cut' -s 1 -O 'decimals 6' -E "$p: short: byte 48: truncated block" \
    -- "$packets" short
perl -e 'print pack("V2", 6, 17 * 2**20 + 32), pack("V5", 0, 0, 1000000,
    17 * 2**20, 17 * 2**20), pack("H*", $ARGV[0]), "x" x (17 * 2**20 - 38),
    pack "V", 17 * 2**20 + 32' "$frame" >long
{ head -c 48 late; cat long; packet_on 00000000 00000000 80841e00; } >x
check 'a frame of 17 MiB too' -O "decimals 6
1.000000000 flow $text
2.000000000 flow $text" -- "$packets" x
{ head -c 48 late; block 6 "000000000000000000000000ff00000026000000$frame"
} >x
check 'a frame longer than its block' -s 1 -O 'decimals 6' \
    -E "$p: x: byte 48: a frame of 255 bytes in a block of 72" \
    -- "$packets" x
for n in 0 12 31; do
	{ head -c 48 late; perl -e 'print pack "V2", 6, shift' $n
	    head -c 100 /dev/zero; } >x
	check "a block of $n bytes" -s 1 -O 'decimals 6' \
	    -E "$p: x: byte 48: a block of type 6 and $n bytes" \
	    -- "$packets" x
done

# Damage.  A frame of 52 bytes is a record of 68, the first at byte 24; in
# pcapng it has 84, the first at byte 48.
{ cat micro; printf '\1\2\3\4\5\6\7\10\377\377\377\377\377\377\377\377'; } >bad
check 'an absurd length' -s 1 -O "$micro" \
    -M "^$p: bad: byte 160: invalid packet capture length 42949" \
    -- "$packets" bad
check 'an absurd length, and the next file' -s 1 -O "$micro
$other" -M "^$p: bad: byte 160: " -- "$packets" bad sll
echo "1.0 eth $u snap=40
2.0 eth $u" | mkpcap -s 20 >long
check 'frames longer than the snap length of the file' -O "decimals 6
1.000000000 flow ${text% 10 00} 0 00
2.000000000 flow $text" -- "$packets" long
head -c 140 long >short
check 'and where they end' -s 1 -O "decimals 6
1.000000000 flow ${text% 10 00} 0 00" -M "^$p: short: byte 80: truncated" -- "$packets" short

# The pipe behind the damage stays open and silent.
mkfifo fifo
{ { cat bad; head -c 2000000 /dev/urandom; } | gzip -c; exec sleep 60; } >fifo &
check 'damage in a compressed stream that goes on' -s 1 -O "$micro" \
    -M "^$p: fifo: byte 160: " -- timeout 20 "$packets" fifo
kill $!

# Files of others, and old ones.
for kind in 'snoop\0\0\0:a snoop file' 'TRSNIFF data    \032:a Sniffer file' \
    'GMBU:a Network Monitor file' 'PK\3\4:a zip archive'; do
	{ printf '%b' "${kind%:*}"; head -c 60 /dev/zero; } >foreign
	check "${kind#*:}" -s 1 -E \
	    "$p: foreign: not a capture: ${kind#*:}, which is not read" \
	    -- "$packets" foreign
done
# ERF: time (8), type 2 Ethernet, flags, length, lost, length on the wire.
erf() {
	perl -e 'print pack("V2 C2 n3", 0, 100, 2, 4, 16 + 2 + 60, 0, 60),
	    "\0" x 62'
}
{ erf; erf; } >foreign
check 'ERF' -s 1 -E \
    "$p: foreign: not a capture: an ERF file, which is not read" \
    -- "$packets" foreign
mkpcap <spec | perl -0777 -pe 'substr($_, 6, 2) = "\5\0"' >x
check 'pcap 2.5' -s 1 -E \
    "$p: x: byte 4: pcap version 2.5 is not known, only 2.0 to 2.4" \
    -- "$packets" x
# Until 2.3 the length on the wire comes first.
echo "1.0 eth $u snap=45" | mkpcap | perl -0777 -pe 'substr($_, 6, 2) = "\2\0";
    substr($_, 32, 8) = pack "V2", 52, 45' >x
check 'pcap 2.2' -O "decimals 6
1.000000000 flow ${text% 10 00} 3 00" -- "$packets" x
# "Modified": index, protocol, type and a byte more in each record's head.
mkpcap <spec | perl -0777 -e '$_ = <STDIN>; print "\x34\xcd\xb2\xa1",
    substr($_, 4, 20); for my $at (24, 92) { print substr($_, $at, 16),
    "\0" x 8, substr($_, $at + 16, 52) }' >x
check 'pcap of modified tcpdump' -O "$micro" -- "$packets" x

# Cut after every byte: the whole frames before the cut come out, and if
# there is half a one, the message names the byte where it begins.
every_cut() { # file, blocks before the first frame, size of a frame's
	size=$(wc -c <"$1") i=1
	while [ "$i" -lt "$size" ]; do
		head -c "$i" "$1" >short
		"$packets" short >got 2>err
		echo "$? $i $(wc -l <got) $(head -n 1 err)"
		i=$((i + 1))
	done | awk -v before="$2" -v size="$3" 'BEGIN {
		n = split(before, at, " ")
	} {
		place = 0
		for (i = 1; i <= n; i++)
			if ($2 >= at[i])
				place = at[i]
		frames = place == at[n] ? int(($2 - place) / size) : 0
		place += frames * size
		lines = place >= at[n] || place == $2 ? frames + 1 : 0
		said = "byte " place ":"
		if ($2 < 24)
			said = "not|byte 0:|truncated"
		whole = $2 == place
		if ($1 != !whole || $3 != lines || (!whole && $0 !~ said)) {
			print
			bad = 1
		}
	} END { exit bad }'
}
ok 'pcap cut after every byte' every_cut micro 24 68
mkpcap -g <spec >ng
ok 'pcapng cut after every byte' every_cut ng '28 48' 84

# From a pipe that rests records leave, with few packets and one thread as with
# many and three: flows of one packet, one a second, of which all but those of
# the last minute are over, held by nothing.  The header is a line.
rests() { # packets, filter: behind them come such as it holds back
	seq $(($1 + 900)) | awk -v n="$1" '{
		printf "%d ip(10.0.0.1,10.%d.%d.1) udp(1,%d)\n", \
			$1 < n ? $1 : n, $1 / 250, $1 % 250, $1 <= n ? 2 : 3
	}' | if [ $# -gt 1 ]; then cat; else head -n "$1"; fi | mkpcap -l 101 >many
	rm -f fifo
	mkfifo fifo
	pcap2flows -b -t 60 ${2:+-f "$2"} fifo >got &
	reader=$!
	exec 3>fifo
	cat many >&3
	tries=100
	while [ "$(wc -l <got)" -lt $(($1 - 65)) ] && [ "$tries" -gt 0 ]; do
		sleep .1
		tries=$((tries - 1))
	done
	[ "$(wc -l <got)" -ge $(($1 - 65)) ] && kill -0 "$reader"
	status=$?
	exec 3>&-
	wait "$reader" && [ "$status" -eq 0 ] && [ "$(wc -l <got)" -eq $(($1 + 1)) ]
}
for n in 100 6000 20000; do
	ok "records leave a pipe that rests, $n packets" rests "$n"
done
ok 'and where a filter lets nothing more through' rests 20000 'udp dst port 2'
