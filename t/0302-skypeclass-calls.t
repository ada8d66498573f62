#!/bin/sh
# skypeclass on calls made by hand: thresholds of both tests, and what -x says.
# shellcheck disable=SC2086,SC2016  # lists of columns are words; sh's own $
. "${0%/*}/lib.sh"
plan 57

header='#proto src sport dst dport pkts rpkts bytes rbytes'
header="$header size rsize fun rfun nib rnib win rwin"

# call N KIND [NAME=VALUE ...]: a flow of N messages one way, N a multiple of
# 16, of 132 bytes each 30 ms (ISAC at 32 kb/s) but for what is given.  KIND:
#	e2e	nibbles uniform, 5 of 8 values, 6 always d
#	e2o	nibbles 1 to 8 always 7
#	random	uniform
# video=M: M of the messages have 400 bytes; fun=X: functions; dull=G: nibble
# G is always 3.
call() {
	n=$1 kind=$2
	shift 2
	printf '%s\n' "$@" | awk -v header="$header" -v n="$n" -v kind="$kind" '
	function even(k,    v, s) {
		for (v = 0; v < k; v++)
			s = s (v ? "," : "") sprintf("%x:%d", v, n / k)
		return s
	}
	function group(g) {
		if (g == dull)
			return "3:" n
		if (kind == "e2o" && g <= 8)
			return "7:" n
		if (kind == "e2e" && g == 5)
			return even(8)
		if (kind == "e2e" && g == 6)
			return "d:" n
		return even(16)
	}
	function fun(    v, s) {
		if (kind == "e2e")
			return "0d:" n
		if (kind == "e2o")
			return "07:" n
		for (v = 0; v < 16; v++)
			s = s (v ? "," : "") sprintf("0%x:%d", v, n / 32)
		for (v = 0; v < 16; v++)
			s = s "," sprintf("8%x:%d", v, n / 32)
		return s
	}
	{
		at = index($0, "=")
		value[substr($0, 1, at - 1)] = substr($0, at + 1)
	}
	END {
		dull = value["dull"] + 0
		m = value["video"] + 0
		is["size"] = "132:" n - m (m ? ",400:" m : "")
		is["bytes"] = 132 * (n - m) + 400 * m
		is["pkts"] = n
		for (g = 1; g <= 16; g++)
			is["nib"] = is["nib"] (g > 1 ? ";" : "") group(g)
		is["win"] = "132/0/30:" int((n - m) / 30)
		is["fun"] = fun()
		is["proto"] = "udp"
		is["src"] = "10.0.0.1"; is["sport"] = 1000
		is["dst"] = "240.0.0.1"; is["dport"] = 2000
		is["rpkts"] = is["rbytes"] = 0
		is["rsize"] = is["rfun"] = is["rnib"] = is["rwin"] = "-"
		columns = split(substr(header, 2), name, " ")
		for (i = 1; i <= columns; i++) {
			v = name[i] in value ? value[name[i]] : is[name[i]]
			if (name[i] == "nib" && ("nib6" in value)) {
				split(v, part, ";")
				v = part[1]
				for (g = 2; g <= 16; g++)
					v = v ";" (("nib" g) in value ? \
						value["nib" g] : part[g])
			}
			printf "%s%s", v, i < columns ? "\t" : "\n"
		}
	}'
}
header_line() { echo "$header" | tr ' ' '\t'; }
class() { # options -- call's arguments
	options=
	while [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	shift
	{ header_line; call "$@"; } | skypeclass -a $options |
		awk -F '\t' 'NR > 1 {print $(NF - 2), $(NF - 1)}'
}

is 'voice' "$(class -- 320 e2e)" 'voice flow'
is 'a fixed bit among 160 messages: 160' "$(class -- 160 e2e)" 'voice flow'
is 'among 144: 144, not above 150' "$(class -- 144 e2e)" '- -'
is 'below 100 messages' "$(class -- 96 random proto=tcp fun=-)" '- -'
is 'a nibble that is constant' "$(class -- 320 e2e dull=9)" '- -'
is 'random bytes' "$(class -- 320 random)" '- -'
is 'over TCP: structured' "$(class -- 320 e2e proto=tcp fun=-)" '- -'

# Function: of 320 messages 64 may be signaling, 32 others may not.
is 'with signaling' "$(class -- 320 e2e fun=02:64,0d:256 \
	nib6=2:64,d:256)" 'voice flow'
is 'with other functions' "$(class -- 320 e2e fun=01:32,0d:288 \
	nib6=1:32,d:288)" '- -'
is 'with fewer of them' "$(class -- 320 e2e fun=01:31,0d:289 \
	nib6=1:31,d:289)" 'voice flow'
is 'mostly signaling' "$(class -- 320 e2e fun=02:160,0d:160 \
	nib6=2:160,d:160)" '- -'

# Bayes.  Top of a Gaussian with sigma 1: -0.40; 7.5: -1.27.
is 'lengths of no codec' "$(class -- 320 e2e win=1400/0/30:10)" '- -'
is 'gaps of no codec' "$(class -- 320 e2e win=132/0/70:10)" '- -'
is 'no window' "$(class -- 320 e2e win=-)" '- -'
# (-0.4 * 8 - 25 * 2) / 10 = -5.3; with 9 and 1: -2.9.
is 'two windows of ten' "$(class -- 320 e2e win=132/0/30:8,132/0/90:2)" '- -'
is 'one window of ten' "$(class -- 320 e2e win=132/0/30:9,132/0/90:1)" \
	'voice flow'
is 'slow ones do not count' "$(class -- 320 e2e win=132/0/30:2,40/0/1000:8)" \
	'voice flow'
is '-B: laxer' "$(class -B -6 -- 320 e2e win=132/0/30:8,132/0/90:2)" \
	'voice flow'
is '-B: stricter' "$(class -B -0.3 -- 320 e2e)" '- -'

# Video: more than a tenth of its messages from 350 to 490 bytes.
is 'video' "$(class -- 320 e2e video=33)" 'video flow'
is 'a tenth is not' "$(class -- 320 e2e video=32)" 'voice flow'

# SkypeOut: G.729 at 20 ms is 20 + 8 + 4 bytes.  Four constant bytes at the
# port are others' as well: one end has to be known.
echo 10.0.0.1 1000 >known
out='size=32:320 bytes=10240 win=32/0/20:10'
is 'SkypeOut' "$(class -l known -- 320 e2o $out dport=12340)" \
	'skypeout endpoint'
is 'of nobody known' "$(class -- 320 e2o $out dport=12340)" '- -'
is 'its port on the other side' \
	"$(class -p -- 320 e2o $out sport=12340)" 'skypeout flow'
is 'as published, the flow is enough' \
	"$(class -p -- 320 e2o $out dport=12340)" 'skypeout flow'
is 'another port' "$(class -p -- 320 e2o $out)" '- -'
is '-P' "$(class -p -P 2000 -- 320 e2o $out)" 'skypeout flow'
is '-P 0' "$(class -p -P 0 -- 320 e2o $out)" 'skypeout flow'

# One such call lists nobody: what else comes from its ends is nobody's.
{
	header_line
	call 320 e2o $out dport=12340
	call 16 e2e dst=240.0.0.9 win=-
	call 16 e2e src=240.0.0.1 sport=12340 dst=10.0.0.9 win=-
} >in
is 'a call at the port lists no endpoint' "$(skypeclass in | wc -l)" 1
# Over TCP anything encrypted looks like that.
tcp='proto=tcp fun=- size=128:320 bytes=40960 win=128/0/30:10'
is 'over TCP: of nobody known' "$(class -- 320 random $tcp)" '- -'
is 'as published, the flow is enough (TCP)' "$(class -p -- 320 random $tcp)" \
	'voice flow'
is 'over TCP: to the port of a known endpoint' \
	"$(class -l known -- 320 random $tcp)" 'voice tcp'
# One value of a nibble comes 40 times too often: chi-square 85.
odd=$(awk 'BEGIN {
	for (g = 1; g <= 16; g++) {
		s = ""
		for (v = 0; v < 16; v++)
			s = s (v ? "," : "") sprintf("%x:%d", v, \
				g == 3 ? v == 7 ? 60 : v < 8 ? 20 : 15 : 20)
		printf "%s%s", s, g < 16 ? ";" : ""
	}
}')
is 'over TCP: first bytes that come again' \
	"$(class -l known -- 320 random $tcp "nib=$odd")" 'sig tcp'

# At a known endpoint: numbers that count, and video of later versions.
is 'numbers that are not random' "$(class -- 320 e2e dull=2)" '- -'
is 'at a known endpoint' "$(class -l known -- 320 e2e dull=2)" \
	'voice endpoint'
later='size=132:220,700:40,900:40,1330:20 bytes=119640'
later="$later win=400/350/25:7"
is 'later video' "$(class -l known -- 320 e2e $later)" 'video endpoint'
is 'of nobody known' "$(class -- 320 e2e $later)" '- -'
is 'lengths of a codec at another pace' \
	"$(class -l known -- 320 e2e win=132/0/70:10)" 'voice endpoint'
is 'with sizes that windows leave out' "$(class -- 320 e2e video=17 \
	win=132/0/70:10)" 'voice flow'
is 'fewer than a twentieth' "$(class -- 320 e2e video=16 \
	win=132/0/70:10)" '- -'
is 'but slower than five a second' \
	"$(class -l known -- 320 e2e win=132/0/250:10)" 'sig endpoint'
is 'too slow' "$(class -l known -- 320 e2e $later win=400/350/250:7)" \
	'sig endpoint'

# Media: a minute and more, mostly 350 bytes and more.  70 windows at 30 ms are
# 63 s; without a function of voice, or all alike.
big='size=1300:2112 bytes=2745600'
is 'a file' "$(class -l known -- 2112 e2e $big win=1300/0/30:70)" \
	'media endpoint'
is 'with another function' "$(class -l known -- 2112 e2e fun=02:2112 \
	nib6=2:2112 $big win=1300/0/30:70)" 'media endpoint'
is 'for 59 seconds' "$(class -l known -- 2112 e2e $big win=1300/0/28:70)" \
	'sig endpoint'
is 'of nobody known (media)' "$(class -- 2112 e2e $big win=1300/0/30:70)" \
	'- -'
is 'mostly small' "$(class -l known -- 2112 e2e win=700/600/30:70 \
	size=100:1060,1300:1052 bytes=1473600 fun=02:2112 nib6=2:2112)" \
	'sig endpoint'
is 'over TCP (media)' "$(class -l known -- 2112 random proto=tcp fun=- $big \
	win=1300/0/30:70)" 'media tcp'

# Codecs since 2007.  SILK at 25 kb/s in 60 ms: 187 + 8 + 4 bytes, deviation
# 40; G.729E, 20 ms: 29.5 + 8 + 4.
silk='size=199:320 bytes=63680 win=199/40/80:10'
is 'SILK' "$(class -- 320 e2e $silk)" 'voice flow'
is 'not in 2007' "$(class -C 2007 -- 320 e2e $silk)" '- -'
is 'nor as published' "$(class -p -- 320 e2e $silk)" '- -'
is 'G.729E' "$(class -- 320 e2e size=42:320 bytes=13440 win=42/0/20:10)" \
	'voice flow'
check '-C' -s 2 -E 'skypeclass: -C: neither 2007 nor all: "2008"' -- \
	skypeclass -C 2008 in

# A call makes both its ends known: what else they send is Skype's.
{
	header_line
	call 320 e2e
	call 16 e2e dst=240.0.0.9 win=-
} >in
is 'a call makes its sender known' "$(skypeclass in | awk -F '\t' \
	'NR > 1 {print $(NF - 2), $(NF - 1)}')" 'voice flow
sig endpoint'

# -x: by hand.
evidence() { skypeclass -a -x in | awk -F '\t' -v n="$1" '
	NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i}
	NR == 2 {print $at[n]}'; }
{ header_line; call 320 e2e video=32; } >in
for n in chiid chirest chifun chihead chitail blen bgap fvoice fsig fvideo \
	ecall rchifun; do
	echo "$n $(evidence $n)"
done >got
# Fixed: 15 * 320 = 4800 for nibble 6, 320 for nibble 5.
is '-x' "$(cat got)" 'chiid 0.0
chirest 0.0
chifun 320.0
chihead 0.0
chitail 0.0
blen -0.40
bgap -0.40
fvoice 100.0
fsig 100.0
fvideo 10.0
ecall 1
rchifun -'
{ header_line; call 320 e2e pkts=100; } >in
check 'contradiction' -s 1 -M 'in:2: size: more than' -- skypeclass in
{ header_line; call 320 e2e pkts=100; call 320 e2e; } >in
check '-k' -s 1 -M '1 bad row dropped' -- sh -c '
	skypeclass -k in >out; status=$?
	[ "$(sed 1d out | wc -l)" -eq 1 ] && exit $status; exit 9'
