#!/bin/bash
# Nothing of others is overwritten or removed, and what was read before a
# signal is written.
set -euo pipefail
shopt -s inherit_errexit
. "${0%/*}/lib.sh"
plan 22

# A packet of another flow every 10 seconds: with -t 5 all but the last have
# ended when the next one comes.
frames() { # FIRST LAST: their numbers
	perl -e 'for ($ARGV[0] .. $ARGV[1]) { printf "%d.0 ".
	    "eth ip(10.0.0.1,10.1.0.1) udp(1000,%d) data(20)\n",
	    1200000000 + 10 * $_, 2000 + $_ }' "$1" "$2"
}
frames 0 5 | "$top"/t/mkpcap.pl >in.pcap
pcap2flows -b -t 5 in.pcap >want

# Waits until the file is there.
await() {
	for _ in {1..100}; do
		[ ! -e "$1" ] || return 0
		sleep .1
	done
}

# The name is taken by somebody else while the file is written.
mkdir d
mkfifo in
pcap2flows -b -t 5 -o d/x in &
exec 3>in
head -c 220 in.pcap >&3
await d/x.part
is 'a file has a name of its own while it is written' "$(echo d/*)" d/x.part
echo mine >d/x
tail -c +221 in.pcap >&3
exec 3>&-
wait $!
is 'a name that was taken in the meantime stays' "$(cat d/x)" mine
ok 'the records have the next' cmp want d/x.1
is 'and nothing is left' "$(echo d/*)" 'd/x d/x.1'

# A signal while a pipe, a named one, or a compressed file is read.
terminated() { # FILE COMMAND ...: SIGTERM once the file is there
	local file=$1 pid status=0
	shift
	"$@" <&0 &
	pid=$!
	await "$file"
	kill -TERM $pid
	wait $pid || status=$?
	echo "$status" >status
}
# What feeds it stays until there is a status.
{ head -c 220 in.pcap; await status; } |
	terminated d/pipe.part pcap2flows -b -t 5 -o d/pipe - 2>err
is 'SIGTERM, a pipe: status 1' "$(cat status)" 1
is 'it says where' "$(cat err)" \
	'pcap2flows: <stdin>: byte 180: stopped by a signal'
is 'no part is left' "$(echo d/pipe*)" d/pipe
is 'the flows of two frames are there' "$(grep -v '^#' d/pipe)" \
	"$(sed -n 2,3p want | sed '2s/idle/eof/')"
rm -f status
mkfifo fifo
{ touch opened; await status; } >fifo &
terminated opened pcap2flows -b fifo 2>err </dev/null
is 'SIGTERM before the first byte: status 1' "$(cat status)" 1
is 'it says so' "$(cat err)" 'pcap2flows: fifo: stopped by a signal'
# gzip hands nothing over before it has read some 256 KiB, so behind the
# frames come larger ones that cannot be compressed, which are not IP.  Once
# all of it is in pipes the frames have been read.
{ cat in.pcap; perl -e 'srand 1; for (1 .. 200) {
	print pack("V4", 1300000000, 0, 4000, 4000),
	    map { chr int rand 256 } 1 .. 4000 }'; } | gzip -c >many.gz
rm -f status
{ cat many.gz; touch fed; await status; } |
	terminated fed pcap2flows -b -t 5 -o d/gz - 2>err
is 'SIGTERM, compressed: status 1' "$(cat status)" 1
is 'with what came before' "$(head -n 6 d/gz)" "$(head -n 6 want)"
echo in.pcap >list
rm -f status
{ cat list; await status; } |
	terminated d/list.part pcap2flows -b -t 5 -o d/list -L 2>err
is 'SIGTERM, while a list is waited for: status 1' "$(cat status)" 1
ok 'with the captures that it named' cmp want d/list

# flowpart.
printf '#src\tdst\n192.0.2.%d\t198.51.100.7\n' 1 2 3 4 |
	awk 'NR == 1 || !/^#/' >in.tsv
mkdir p
echo mine >p/p0.tmp
check 'flowpart: a .tmp of somebody else' -- flowpart -n 2 -o p/p in.tsv
is 'is left alone' "$(cat p/p0.tmp)" mine
is 'all rows are there' "$(grep -hv '^#' p/p0 p/p1 | sort)" \
	"$(sed 1d in.tsv)"
is 'nothing else is left' "$(echo p/*)" 'p/p0 p/p0.tmp p/p1'
rm -f status
{ cat in.tsv; await status; } | terminated p/q1.tmp flowpart -n 2 -o p/q
is 'flowpart: SIGTERM' "$(cat status)" 143
is 'leaves no file' "$(echo p/q*)" 'p/q*'
# Whenever it comes: as soon as some of many files are there.
at_once() {
	local pid
	flowpart -n 40 -o p/r <&0 &
	pid=$!
	until [ -e p/r05.tmp ] || ! kill -0 $pid; do :; done
	kill -TERM $pid
	wait $pid || echo $? >status
}
for _ in {1..20}; do
	rm -f status
	{ cat in.tsv; await status; } | at_once
done
is 'nor does it while it makes them' "$(echo p/r*)" 'p/r*'

# Standard input is read once, whoever names it again.
cat >in.tsv <<'END'
#dir	ask	reply	ask2	turn
out	0000000001.000000	0000000001.500000	-	-
END
check 'rttcalc - file -' -i in.tsv -O '#dir	ask	reply	ask2	turn	rtt
out	0000000001.000000	0000000001.500000	-	-	500.000
out	0000000001.000000	0000000001.500000	-	-	500.000' -- \
	rttcalc - in.tsv -
