#!/bin/sh
# geojoin: what a CSV base may look like, and what it may not.
. "${0%/*}/lib.sh"
plan 71

find() { # address: with base.csv on stdin, continent to longitude
	cat >base.csv
	printf '%s\n' "$1" | geojoin -d base.csv -H ip -c ip 2>&1 | cut -f 2-
}
torino='Europe	IT	Torino	45.0700	7.6900'
nothing='UNKNOWN	UNKNOWN	UNKNOWN	-	-'

is 'dotted' "$(echo 1.2.3.0,1.2.3.9,IT,Torino,45.07,7.69 | find 1.2.3.9)" \
	"$torino"
is 'behind the end' "$(echo 1.2.3.0,1.2.3.9,IT | find 1.2.3.10)" "$nothing"
is 'before the begin' "$(echo 1.2.3.0,1.2.3.9,IT | find 1.2.2.255)" "$nothing"
# 1.2.3.0 = 16909056
is 'whole numbers' "$(echo 16909056,16909065,IT,Torino,45.07,7.69 |
	find 1.2.3.9)" "$torino"
is 'numbers of IPv4 are no IPv6' "$(echo 0,4294967295,IT | find ::1)" \
	"$nothing"
# 2001:db8:: = 42540766411282592856903984951653826560
is 'numbers of IPv6' "$(echo "42540766411282592856903984951653826560,\
42540766411282592856903984951653826575,IT,Torino,45.07,7.69" |
	find 2001:db8::f)" "$torino"
# ::ffff:1.2.3.0 = 281470698519552 + …: mapped addresses as numbers.
is 'numbers of IPv4-mapped' "$(echo "281470698652416,281470698652425,IT,\
Torino,45.07,7.69" | find 1.2.3.9)" "$torino"
is 'largest number' "$(echo "42540766411282592856903984951653826560,\
340282366920938463463374607431768211455,IT,Torino,45.07,7.69" |
	find 2600::)" "$torino"
is 'heading' "$(printf 'start,end,cc\n1.2.3.0,1.2.3.9,it,Torino,45.07,7.69\n' |
	find 1.2.3.0)" "$torino"
is 'quoted, CR LF, blanks' "$(printf \
	'"1.2.3.0","1.2.3.9","IT","Torino",45.07 , 7.69\r\n1.2.4.0,1.2.4.1,FR\r\n' |
	find 1.2.3.4)" "$torino"
is 'no newline at the end' "$(printf \
	'1.2.3.0,1.2.3.9,IT,Torino,45.07,7.69' | find 1.2.3.4)" "$torino"
is 'empty lines' "$(printf '\n\n1.2.3.0,1.2.3.9,IT,Torino,45.07,7.69\n\n' |
	find 1.2.3.4)" "$torino"
is 'quoted comma' "$(echo '1.2.3.0,1.2.3.9,US,"Washington, D.C.",38.9,-77.04' |
	find 1.2.3.4)" 'America NO	US	Washington, D.C.	38.9000	-77.0400'
is 'unknown parts' "$(echo '1.2.3.0,1.2.3.9,-,-,-,-' | find 1.2.3.4)" \
	"$nothing"
is 'ZZ is no country' "$(echo '1.2.3.0,1.2.3.9,ZZ' | find 1.2.3.4)" "$nothing"
is 'any order' "$(printf '9.0.0.0,9.0.0.9,FR\n1.2.3.0,1.2.3.9,IT,Torino,45.07,7.69
5.0.0.0,5.0.0.1,DE\n' | find 1.2.3.4)" "$torino"
is 'one address' "$(printf '9.0.0.0,9.0.0.0,FR\n' | find 9.0.0.0)" \
	'Europe	FR	UNKNOWN	-	-'
is 'everything' "$(printf '0.0.0.0,255.255.255.255,FR\n::,::fffe:ffff:ffff,IT
::1:0:0:0,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,US\n' |
	find 223.255.255.255)" 'Europe	FR	UNKNOWN	-	-'

# Only clean text leaves a base.
is 'suffix in brackets' "$(echo '1.2.3.0,1.2.3.9,DE,Berlin (Mitte),52.5,13.4' |
	find 1.2.3.4)" 'Europe	DE	Berlin	52.5000	13.4000'
is 'brackets in front stay' "$(echo '1.2.3.0,1.2.3.9,DE,(Mitte),52.5,13.4' |
	find 1.2.3.4)" 'Europe	DE	(Mitte)	52.5000	13.4000'
is 'control bytes' "$(printf '1.2.3.0,1.2.3.9,DE,"a\tb\001\177c\nd",52.5,13.4\n' |
	find 1.2.3.4)" 'Europe	DE	a b c d	52.5000	13.4000'
is 'not UTF-8' "$(printf '1.2.3.0,1.2.3.9,DE,K\366ln \303\266 \355\240\200,52.5,13.4\n' |
	find 1.2.3.4)" 'Europe	DE	K�ln ö ���	52.5000	13.4000'
is 'degrees are rounded' "$(echo '1.2.3.0,1.2.3.9,,x,-0.00005,179.99995' |
	find 1.2.3.4)" 'UNKNOWN	UNKNOWN	x	-0.0001	180.0000'

echo '#ip' >header.tsv
good='1.0.0.0,1.0.0.9,IT,Torino,45.07,7.69'
refused() { # name, regex; stdin is a base
	cat >base.csv
	check "refused: $1" -s 1 -M "^geojoin: base.csv:$2" -- \
		geojoin -d base.csv -c ip header.tsv
}
refused 'empty' ' no range of addresses in it$' </dev/null
echo first,last,country | refused 'heading only' ' no range of addresses'
printf '%s\n1.0.1.0,1.0.1.9\n' $good | refused 'two columns' \
	'2: 2 columns, not first,last,country'
printf '%s\n1.0.1.0,1.0.1.9,IT,,1,1,more\n' $good | refused 'seven columns' \
	'2: 7 columns, not '
printf '%s\n1.0.1.0,1.0.1.9,IT,,1\n' $good | refused 'five columns' \
	'2: 5 columns, not '
is 'byte order mark' "$(printf '\357\273\2771.2.3.0,1.2.3.9,IT,Torino,45.07,7.69\n' |
	find 1.2.3.0)" "$torino"
is 'byte order mark, heading' "$(printf '\357\273\277from,to,cc\n1.2.3.0,1.2.3.9,IT,Torino,45.07,7.69\n' |
	find 1.2.3.0)" "$torino"
echo 192.0.2.O,192.0.2.255,IT | refused 'a slip of the pen is no heading' \
	'1: first: not an address: "192.0.2.O"$'
printf ',1.0.1.9,IT\n' | refused 'nothing is no heading' \
	'1: first: not an address: ""$'
printf 'first,last,country\n%s\nx,1.0.1.9,IT\n' $good |
	refused 'second heading' '3: first: not an address: "x"$'
printf '%s\n1.0.1.0,1.0.1,IT\n' $good | refused 'half an address' \
	'2: last: not an address: "1.0.1"$'
printf '%s\n16777472,1.0.1.9,IT\n' $good | refused 'number and dotted' \
	'2: last: not a number as the first: "1.0.1.9"$'
printf '%s\n0,340282366920938463463374607431768211456,IT\n' $good |
	refused 'number of 129 bits' '2: last: not a number'
printf '%s\n1.0.1.0,2001:db8::,IT\n' $good | refused 'two families' \
	'2: last: of another family than the first: "2001:db8::"$'
printf '%s\n1.0.1.9,1.0.1.8,IT\n' $good | refused 'reversed' \
	'2: last: before the first: "1.0.1.8"$'
printf '%s\n1.0.0.9,1.0.1.8,IT\n' $good | refused 'overlap' \
	'2: range overlaps that of line 1$'
printf '%s\n2.0.0.0,2.0.0.9,IT\n0.0.0.0,1.0.0.0,IT\n' $good |
	refused 'overlap out of order' '3: range overlaps that of line 1$'
printf '%s\n%s\n' $good $good | refused 'twice the same' \
	'2: range overlaps that of line 1$'
printf '%s\n1.0.1.0,1.0.1.9,ITA\n' $good | refused 'code of three' \
	'2: country: not a code of two letters: "ITA"$'
printf '%s\n1.0.1.0,1.0.1.9,IT,x,91,0\n' $good | refused 'latitude of 91' \
	'2: lat: not an angle in degrees: "91"$'
printf '%s\n1.0.1.0,1.0.1.9,IT,x,nan,0\n' $good | refused 'latitude nan' \
	'2: lat: not an angle in degrees: "nan"$'
printf '%s\n1.0.1.0,1.0.1.9,IT,x,1,-180.001\n' $good | refused 'longitude' \
	'2: lon: not an angle in degrees: "-180.001"$'
printf '%s\n1.0.1.0,1.0.1.9,IT,x,1,\n' $good | refused 'latitude alone' \
	'2: lon: latitude or longitude alone: ""$'
printf '%s\n1.0.1.0,1.0.1.9,IT,"x\n' $good | refused 'quote without end' \
	'2: quote out of place$'
printf '%s\n1.0.1.0,1.0.1.9,IT,%0300d\n' $good 0 | refused 'long field' \
	'2: city: too long: "0000'
{ echo $good; head -c 3000000 /dev/zero | tr '\0' 0; } |
	refused 'endless field' '2: field without an end$'
printf '\177ELF\0\0' | refused 'binary file' \
	' neither a MaxMind database nor a CSV table$'

# Special purpose: UNKNOWN whatever the base says.  Ranges: the registries of
# IANA.
printf '%s\n' 0.0.0.0,223.255.255.255,IT,Torino,45.07,7.69 \
	224.0.0.0,255.255.255.255,IT,Torino,45.07,7.69 \
	::,::fffe:ffff:ffff,IT,Torino,45.07,7.69 \
	::1:0:0:0,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,IT,Torino,45.07,7.69 \
	>all.csv
# shellcheck disable=SC2086  # an option or none
look() { printf '%s\n' "$1" | geojoin $2 -d all.csv -H ip -c ip | cut -f 2-; }
for a in 0.1.2.3 10.255.255.255 100.64.0.1 127.0.0.1 169.254.9.9 \
	172.31.255.255 192.0.0.8 192.88.99.1 192.168.0.1 198.19.255.255 \
	224.0.0.1 255.255.255.255; do
	is "special: $a" "$(look $a)" "$nothing"
done
is 'special: IPv6' "$(for a in :: ::1 64:ff9b::1 64:ff9b:1::1 100::1 2001::1 \
	2001:2::1 2001:10::1 2001:2f::1 2002::1 5f00::1 fc00::1 fe80::1 \
	ff02::1; do
		look $a
	done | sort -u)" "$nothing"
is 'beside them: not special' "$(for a in 1.0.0.0 9.255.255.255 11.0.0.0 \
	100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 192.0.1.0 \
	198.17.255.255 198.20.0.0 223.255.255.255 2001:200:: 2003:: \
	2001:db8::1 240.0.0.1; do
		look $a
	done | sort -u)" "$torino"
# 130.192.0.1 inside: 6to4, Teredo (its complement), NAT64; 10.0.0.1.
for a in 2002:82c0:1::1 2001:0:102:304::7d3f:fffe 64:ff9b::82c0:1; do
	is "-t: $a" "$(look $a -t)" "$torino"
	is "without -t: $a" "$(look $a)" "$nothing"
done
is '-t: a private address inside' "$(look 2002:a00:1::1 -t)" "$nothing"
