#!/bin/sh
# size, fun, nib and win of crafted messages, worked out by hand.
. "${0%/*}/lib.sh"

plan 13

make() { sed 's/ / ip(10.0.0.1,10.0.0.2) /' | perl "$top/t/mkpcap.pl" -l 101; }

column() { # NAME: of the only record on stdin
	awk -F '\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++)
		at[$i] = i; next } { print $at[name] }'
}

of() { # PACKETS NAME
	printf '%s\n' "$1" | make >x.pcap
	pcap2flows x.pcap | column "$2"
}

one='1 udp(1,2) hex(0123f56789abcdef0011)'
is 'one message: fun' "$(of "$one" fun)" 85:1
is 'one message: nib' "$(of "$one" nib)" =0123f56789abcdef
is 'a short message' "$(of '1 udp(1,2) hex(0a1b)' fun) $(
	pcap2flows x.pcap | column nib)" '- =0a1b'

two="$one
2 udp(1,2) hex(0a2305)
3 udp(1,2)"
is 'more messages: size' "$(of "$two" size)" 0:1,3:1,10:1
is 'more messages: fun' "$(of "$two" fun)" 05:1,85:1
is 'more messages: nib' "$(of "$two" nib)" \
'0:2;1:1,a:1;2:2;3:2;0:1,f:1;5:2;6:1;7:1;8:1;9:1;a:1;b:1;c:1;d:1;e:1;f:1'
# Counts are held in another way from 16 messages on.
alike() { # NUMBER
	awk -v n="$1" 'BEGIN { while (n-- > 0) print ++t, "udp(1,2) hex(0a2385)" }'
}
for n in 10 15 16 17; do
	echo "$(of "$(alike $n)" size) $(of "$(alike $n)" fun) $(
		pcap2flows x.pcap | column nib)"
done >got
for n in 10 15 16 17; do
	echo "3:$n 85:$n 0:$n;a:$n;2:$n;3:$n;8:$n;5:$n;-;-;-;-;-;-;-;-;-;-"
done >wanted
is 'as many alike' "$(cat got)" "$(cat wanted)"
is 'short messages leave groups empty' "$(of '1 udp(1,2) hex(ff)
2 udp(1,2) hex(fe)' nib)" 'f:2;e:1,f:1;-;-;-;-;-;-;-;-;-;-;-;-;-;-'

is 'the snap length cuts features, not sizes' "$(of '1 udp(1,2) data(90) snap=31
2 udp(1,2) data(80) snap=30
3 udp(1,2) data(70) snap=28' size) $(pcap2flows x.pcap | column fun) $(
	pcap2flows x.pcap | column nib)" \
'70:1,80:1,90:1 03:1 0:2;1:2;0:2;2:2;0:1;3:1;-;-;-;-;-;-;-;-;-;-'

is 'TCP has no fun' "$(of '1 tcp(1,2,A) hex(112233)
2 tcp(1,2,A)
3 tcp(1,2,A)' fun) $(pcap2flows x.pcap | column nib) $(
	pcap2flows x.pcap | column size)" '- =112233 0:2,3:1'

# 30 messages of 100 and 110 bytes in turn, 30 ms apart: mean 105, sd 5.
voice() {
	awk -v gap="$1" -v video="$2" 'BEGIN { for (i = 0; i < 30; i++) {
		if (i == 7 && video)
			printf "%.6f udp(1,2) data(%d)\n", t += gap, video
		printf "%.6f udp(1,2) data(%d)\n", t += gap, 100 + i % 2 * 10
	} }'
}
is 'a window' "$(of "$(voice .03)" win)" 105/5/30:1
# Video sizes are left out, the gap they leave is not: 600 / 29 = 20.69.
is 'video sizes are left out' "$(
	of "$(voice .02 350)" win) $(of "$(voice .02 500)" win) $(
	of "$(voice .02 800)" win) $(of "$(voice .02 980)" win) $(
	of "$(voice .02 349)" win) $(of "$(voice .02 501)" win)" \
'105/5/21:1 105/5/21:1 105/5/21:1 105/5/21:1 113/44/20:1 118/71/20:1'

# Different windows beyond 1,024: 1,030 windows of one size each.
awk 'BEGIN { for (size = 1; windows < 1030; size++) {
	if ((size >= 350 && size <= 500) || (size >= 800 && size <= 980))
		continue
	windows++
	for (i = 0; i < 30; i++)
		printf "%.3f udp(1,2) data(%d)\n", t += .01, size
} }' | make >x.pcap
is '1,024 different windows and the rest' "$(pcap2flows x.pcap | column win |
	awk -F , '{ print NF, $1, $1024, $NF }')" '1025 1/0/10:1 1356/0/10:1 +6'
