#!/bin/sh
# Captures that are cut, or say what cannot be: what is whole is counted, the
# account adds up, the damage is named, the status is 1.
. "${0%/*}/lib.sh"
plan 23

mkpcap() { perl "$top/t/mkpcap.pl" "$@"; }

# sums: packets in records, packets in the account, of pcap2flows -v.
sums() {
	pcap2flows -v "$@" 2>err >out
	status=$?
	awk -F '\t' 'NR > 1 {n += $10 + $11} END {printf "%d ", n}' out
	sed -n 's/.*: packets \([0-9]*\) = in flows \([0-9]*\) .*/\1 \2/p' err |
		tr '\n' ' '
	echo $status
}

# Four packets of 38 bytes behind heads of 16, the first at byte 24.
p='eth ip(10.0.0.1,10.1.0.1)'
printf '%s\n' "1.0 $p udp(1,2) data(10)" "1.1 $p udp(3,2) data(10)" \
    "1.2 $p udp(1,2) data(10)" "1.3 $p udp(1,4) data(10)" >spec
each_cut() { # head record options: every length from 0 to the whole
	head=$1 record=$2
	shift 2
	head -n 2 spec | mkpcap "$@" >whole
	size=$(wc -c <whole) i=$head
	while [ "$i" -le "$size" ]; do
		head -c "$i" whole >piece
		n=$(((i - head) / record)) inside=$(((i - head) % record))
		status=0
		[ $inside = 0 ] || status=1
		got=$(sums piece)
		[ "$got" = "$n $n $n $status" ] || {
			echo "cut at $i: $got"
			return 1
		}
		[ $inside = 0 ] ||
			grep -q "piece: byte $((head + n * record)): " err || {
			cat err
			return 1
		}
		i=$((i + 1))
	done
}
ok 'cut at every byte' each_cut 24 68
ok 'cut at every byte, pcapng' each_cut 48 84 -g

# Every number of captured bytes of each frame: always one packet.
mkpcap -c <spec >whole
is 'every snap length' "$(sums whole | cut -d ' ' -f 2,4)" '212 0'
is 'and the sum holds' "$(sed -n 's/.*: packets \([0-9]*\) = in flows //p' \
	err | tr -dc '0-9 +' | sed 's/ *+ */+/g; s/ //g' |
	awk -F + '{for (i = 1; i <= NF; i++) n += $i; print n}')" 212

# One behind the other, as cat puts them: told where the second begins.
mkpcap <spec >whole
for order in '' -b -n; do
	mkpcap $order <spec >other
	cat whole other >two
	is "two captures put together${order:+, the other with $order}" \
		"$(sums two) $(grep begins err)" \
		"4 4 4 1 pcap2flows: two: byte 296: another capture begins here: name both, cat joins none"
done

at_times() { # times: one packet each
	for t; do echo "$t $p udp(1,2) data(10)"; done | mkpcap >in
	sums in
}
is 'time 0' "$(at_times 0.0 0.1)" '2 2 2 0'
is 'time 0: the record' "$(sed 1d out | cut -f 2,3)" \
	"$(printf '0000000000.000000\t0000000000.100000')"
is 'the year 2106' "$(at_times 4294967295.999999)" '1 1 1 0'
is 'the year 2106: the record' "$(sed 1d out | cut -f 3)" 4294967295.999999
is 'from 1970 to 2106 and back' "$(at_times 0.5 4294967295.0 1.0)" '3 3 3 0'
is 'a microsecond of seconds' "$(printf '1.0 %s udp(1,2)\n' "$p" | mkpcap |
	perl -pe 'BEGIN {undef $/} substr($_, 28, 4) = "\xff\xff\xff\x7f"' >in
	sums in)" '1 1 1 0'

# From here on bytes are changed: of the first record, the captured length
# stands at 32, the length at 36.
change() { # byte value: little-endian, of "whole"
	mkpcap <spec | perl -e 'undef $/; $_ = <STDIN>;
	    substr($_, $ARGV[0], 4) = pack "V", $ARGV[1]; print' "$@" >in
	sums in
}
is 'length below the captured one' "$(change 36 3)" '4 4 4 0'
is 'length 0' "$(change 36 0)" '4 4 4 0'
is 'length of 4 GiB' "$(change 36 4294967295)" '4 4 4 0'
is 'captured length of 4 GiB' "$(change 32 4294967295)" '0 0 0 1'
is 'its place' "$(grep -c 'in: byte 24: ' err)" 1
is 'captured length beyond the end' "$(change 32 1000)" '0 0 0 1'
is 'another magic number' "$(change 0 2712847317 2>/dev/null)" '0 1'
is 'snap length 0' "$(change 16 0 | cut -d ' ' -f 2,4)" '4 0'
is 'snap length of 2 GiB' "$(change 16 2147483647)" '4 4 4 0'
{ mkpcap <spec; head -c 16 /dev/zero; } >in
is 'a frame of no bytes' "$(sums in)" '4 5 4 0'
