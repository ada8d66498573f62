#!/bin/sh
# rttcalc by hand: rows with the round-trip time that its page demands, in
# the last column.
. "${0%/*}/lib.sh"

plan 17

# A table into want, and its first five columns into in.
table() {
	{ echo '#dir ask reply ask2 turn rtt'; cat; } |
		grep -v '^$' | tr -s ' ' '\t' >want
	cut -f 1-5 want >in
}

table <<'END'
out 1000.000000 1000.189000 1000.500000 1000.900000 189.000
in  1000.000000 1000.189000 1000.500000 1000.900000 400.000
int 1000.000000 1000.189000 1000.500000 1000.900000 189.000
ext 1000.000000 1000.189000 1000.500000 1000.900000 189.000

out 1000.000000 1000.189000 - - 189.000
in  - - 1000.500000 1000.900000 400.000
out - - 1000.500000 1000.900000 -
in  1000.000000 1000.189000 - - -
out 1000.000000 - - - -
in  - - 1000.500000 - -
out - 1000.189000 - - -
in  - - - 1000.900000 -
END
check 'which packets, and which of them are there' -o want -- rttcalc in

table <<'END'
out 1000.999999 1001.000000 - - 0.001
out 1000.999999 1000.999999 - - 0.000
out 1000.000000 1000.000999 - - 0.999
out 1000.000000 1000.001000 - - 1.000
out 1000.000000 1000.010010 - - 10.010
out 1000 1001 - - 1000.000
out 1000.1 1001.3 - - 1200.000
out 1177200000.123456 1177200000.234567 - - 111.111
out 1000.000000000 1000.000000499 - - 0.000
out 1000.000000000 1000.000000500 - - 0.001
out 1000.000000001 1000.123456789 - - 123.457
END
check 'digits and rounding' -o want -- rttcalc in

table <<'END'
out 1000.000000 1010.000000 - - 10000.000
out 1000.000000 1010.000001 - - -
out 1000.000000000 1010.000000001 - - -
out 1000.000000 4600.000000 - - -
out 1000.000001 1000.000000 - - -
in - - 1000.000001 1000.000000 -
END
check 'the limit, and time that runs backward' -o want -- rttcalc in
check '-m 10 is the same' -o want -- rttcalc -m 10 in
sed '/^out.*1010.000001/s/-$/10000.001/; /010.000000001/s/-$/10000.000/
	/4600/s/-$/3600000.000/' want >want.inf
check '-m inf' -o want.inf -- rttcalc -m inf in
sed 's/10000.000$/-/' want >want.small
check '-m with decimals' -o want.small -- rttcalc -m 9.999999999 in
check '-m 0: only what took no time' -o want.small -- rttcalc -m 0 in
check '-m: no number' -s 2 \
	-E 'rttcalc: -m: not a time as 90, 90s, 5m, 1h, 7d or inf: "1e1"' -- rttcalc -m 1e1

table <<'END'
out 0 9223372036 - - 9223372036000.000
END
check 'the longest of times' -o want -- rttcalc -m inf in

# Whatever else a row holds is carried through; rtt is renewed in place.
printf '#rtt\tx\tdir\task\treply\task2\tturn\n' >in
printf 'old\t \tout\t1.0\t1.5\t-\t-\nold\t\tin\t1.0\t1.5\t-\t-\n' >>in
sed '2s/old/500.000/; 3s/old/-/' in >want
check 'rtt in place, blank and empty fields kept' -o want -- rttcalc in
sed 1d want >want.rows
sed 1d in >in.rows
check '-H' -o want.rows -- rttcalc -H rtt,x,dir,ask,reply,ask2,turn in.rows

# Bad rows.
bad() { # row, message
	printf '#dir\task\treply\task2\tturn\n%s\n%s\n' \
		'out 1.0 1.25 - -' "$1" | tr ' ' '\t' >in
	check "bad row: $2" -s 1 -M "^rttcalc: in:3: $2" -- rttcalc in
}
bad 'OUT 1.0 1.5 - -' 'dir: not out, in, int or ext: "OUT"'
bad 'out 1.0 1.5s - -' 'reply: not a time: "1.5s"'
bad 'in 1.0 1.5 -1 -' 'ask2: not a time: "-1"'
printf 'in\t1.0\t1.5\t-\t-\n' >>in
rttcalc -k in 2>err >out
is '-k: status' $? 1
is '-k: the other rows' "$(sed 1d out | tr '\t' ' ')" \
	'out 1.0 1.25 - - 250.000
in 1.0 1.5 - - -'
printf '#dir\task\treply\task2\tturn\nout\t1.0\t1.25\tx\tx\n' >in
check 'times that are not looked at' -- rttcalc in
