#!/bin/sh
# Live capture, in a network of its own: a pair of interfaces, packets from
# tcpreplay; the loopback interface.  For root.
. "${0%/*}/lib.sh"

own_network sh
plan 53

# 1,000 packets of 100 flows, and the records of the file.
perl -e 'for (0 .. 999) { printf "%d.%03d eth ip(10.0.0.%d,10.1.0.1) " .
    "udp(1000,%d) data(20)\n", $_ / 1000, $_ % 1000, 1 + $_ % 10,
    2000 + $_ / 10 % 10 }' | "$top"/t/mkpcap.pl >in.pcap
pcap2flows in.pcap | cut -f 1,4-12 | sort >want
is 'flows in the capture' "$(sed 1d want | wc -l)" 100

start() { # options: capture w1 in the background
	pcap2flows -v -i w1 "$@" >out 2>err &
	pid=$!
	i=0
	while ! grep -q '^Seccomp:.2' /proc/$pid/status && [ $i -lt 100 ]; do
		sleep 0.05
		i=$((i + 1))
	done 2>/dev/null
}
# What is sent may still wait in the other interface's queue.
replay() {
	tcpreplay -q -i w0 --pps "$1" "$2" >/dev/null 2>&1
	before=-1
	now=0
	while [ "$now" != "$before" ]; do
		before=$now
		sleep 0.3
		now=$(cat /sys/class/net/w1/statistics/rx_packets)
	done
}
finish() { # signal
	[ "$1" = none ] || kill "-$1" $pid
	wait $pid
	status=$?
}
said() { grep -c -- "$1" err; }
flows() { cat "$@" | grep -v '^#' | cut -f 1,4-12 | sort; }
sed -i 1d want

start
value() { sed -n "s/^$1:[[:space:]]*//p" /proc/$pid/status; }
is 'another user' "$(value Uid | tr '\t' ' ')" "$(id -u nobody) $(id -u nobody) \
$(id -u nobody) $(id -u nobody)"
for what in CapInh CapPrm CapEff CapBnd CapAmb; do
	is "no capabilities: $what" "$(value $what)" 0000000000000000
done
is 'no new privileges' "$(value NoNewPrivs)" 1
is 'a filter of system calls' "$(value Seccomp)" 2
turn=$(sed -n 's/^se.slice *: *//p' /proc/$pid/sched 2>/dev/null)
least=$(printf '%s\n' 6.12 "$(uname -r)" | sort -V | head -n 1)
if [ -n "$turn" ] && [ "$least" = 6.12 ]; then
	is 'short turns' "$turn" 100000
else
	skip 'short turns' 'this Linux has none, or does not tell'
fi
replay 2000 in.pcap
finish INT
is 'SIGINT: status' $status 0
is 'SIGINT: all flows, as from the file' "$(flows out)" "$(cat want)"
is 'the kernel dropped none' "$(said 'received 1000, dropped by the kernel 0')" 1
is 'the account' "$(said 'packets 1000 = in flows 1000 + not IP 0')" 1
is 'why' "$(sed 1d out | cut -f 22 | sort -u)" eof

mkdir own
chmod 755 . own
check 'a folder that nobody may write to' -s 1 \
	-M 'own/x: x.part: as user nobody, see -Z: Permission denied' -- \
	pcap2flows -i w1 -o own/x

start -Z root -x -B 1 -w 64 -b
is '-Z root' "$(value Uid | cut -f 1)" 0
is '-Z root: no capabilities' "$(value CapEff)" 0000000000000000
replay 2000 in.pcap
kill -USR1 $pid
sleep 0.5
is 'SIGUSR1 tells while it runs' "$(said 'flows held 100')" 1
finish TERM
is 'SIGTERM: status' $status 0
is 'SIGTERM: counts, of short frames too' "$(flows out)" "$(cat want)"

start -t 1 -f 'udp port 2003'
replay 2000 in.pcap
sleep 2.5
is 'records leave when flows end' "$(sed 1d out | wc -l)" 10
finish INT
is 'a filter' "$(said 'packets 100 = in flows 100 ')" 1

# A ring that overruns: nothing is read until all have been sent.
start -B 1
kill -STOP $pid
tcpreplay -q -i w0 --topspeed --loop 20 in.pcap >/dev/null 2>&1
before=-1
while [ "$(cat /sys/class/net/w1/statistics/rx_packets)" != "$before" ]; do
	before=$(cat /sys/class/net/w1/statistics/rx_packets)
	sleep 0.3
done
kill -CONT $pid
finish INT
is 'more than the buffer holds: status' $status 0
dropped=$(sed -n 's/.*received 20000, dropped by the kernel \([0-9]*\).*/\1/p' err)
ok 'drops are counted' test "${dropped:-0}" -gt 1000
is 'and all the others are read' "$(said "packets $((20000 - dropped)) =")" 1

# Tags that the system takes off are back: none, one, two, of either kind.
perl -e 'for my $i (0 .. 7) { for my $tag ("eth", "eth vlan(5)",
	"eth vlan(9) vlan(5)", "eth(type=88a8) vlan(9) vlan(6)") {
	printf "%d %s ip(10.0.0.%d,10.1.0.1) udp(1000,2000) data(600)\n",
	++$t, $tag, $i + 1 } }' |
	"$top"/t/mkpcap.pl >tags.pcap
pcap2flows -K vlan -e link tags.pcap >of-file
columns() { flowcut -c src,vlan,smac,pkts,bytes "$1" | sed 1d | sort; }
start -K vlan -e link
replay 2000 tags.pcap
finish INT
columns of-file >want.tags
is 'VLAN tags: flows in the capture' "$(wc -l <want.tags)" 32
is 'VLAN tags: as from the file' "$(columns out)" "$(cat want.tags)"
start -K vlan -f 'vlan 9 and vlan 5'
replay 2000 tags.pcap
finish INT
is 'a filter of tags' "$(said 'packets 8 = in flows 8 ')" 1

# Long packets of which, without -v, hardly more than the headers is captured:
# plain ones, with options of IP and TCP, and those that are captured whole.
perl -e 'for my $k (0 .. 2) {
	for my $net ("eth ip(10.0.0.1,10.1.0.1%s)",
	    "eth ip(10.0.0.2,10.1.0.1,opt=".("01" x 40)."%s)",
	    "eth vlan ip(10.0.0.3,10.1.0.1%s)",
	    "eth vlan vlan(7) ip(10.0.0.4,10.1.0.1%s)",
	    "eth ip6(2001:db8::5,2001:db8:1::1)",
	    "eth ip6(2001:db8::6,2001:db8:1::1) opts") {
		my $ip = sprintf $net, ",id=" . ++$t;
		my $opt = $k ? "01" x 40 : "020405b4";
		my $seq = 1 + 300 * $k;
		printf "%d.%03d %s %s data(300)\n", 1, $n++, $ip, $_
		    for "udp(1000,2000)", "tcp(1000,2000,A,seq=$seq,opt=$opt)";
	}
	printf "%d.%03d %s\n", 1, $n++, "eth ip(10.1.0.1,10.0.0.1) icmp(3,3) " .
	    "ip(10.0.0.1,10.1.0.1) udp(1000,2000) data(200)";
	printf "%d.%03d eth ip(10.0.0.7,10.1.0.1,id=9$k,%s\n", 1, $n++, $_
	    for "mf=1) udp(1,2,len=508) data(100)",
	    "off=13,proto=17) data(400)";
	}' | "$top"/t/mkpcap.pl >long.pcap
groups=link,ip,tcp,ent
pcap2flows -w 2000 -i w1 -e $groups >out 2>err &
pid=$!
while ! grep -q '^Seccomp:.2' /proc/$pid/status; do sleep 0.05; done
grep -q '^#cid' out || sleep 0.2
replay 2000 long.pcap
kill -USR1 $pid
sleep 0.5
finish INT
pcap2flows -e $groups long.pcap >of-file
# All but times.
all_but_times() { flowcut -c "$(head -n 1 of-file | tr -d '#' | tr '\t' '\n' |
	grep -Evx 'start|end|r?last|ask2?|reply|turn|why|r?win|r?drtt.*' |
	paste -s -d ,)" "$1" | sed 1d | sort; }
all_but_times of-file >want.long
is 'long packets: flows in the capture' "$(wc -l <want.long)" 13
is 'long packets: status' "$status" 0
is 'long packets: as from the file' "$(all_but_times out)" "$(cat want.long)"
is 'long packets: the account' "$(said 'packets 45 = in flows 42 ')" 1

# Of no single interface, as libpcap gives them.
start -i any -f inbound
replay 2000 in.pcap
finish INT
is 'any interface: all flows, as from the file' "$(flows out)" "$(cat want)"
is 'any interface: the account' \
	"$(said 'any: received 1000, dropped by the kernel 0')" 1

mkdir dir
chmod 777 dir .
start -o dir/%Y-%H%M%S.tsv -G 1 -t 0.2
replay 1000 in.pcap
sleep 1.5
is 'one file is being written' "$(find dir -name '*.part' | wc -l)" 1
finish INT
is 'files by time' "$status $(find dir -name '*.part' | wc -l)" '0 0'
ok 'several' test "$(find dir -name '*.tsv' | wc -l)" -gt 1
# shellcheck disable=SC2016
ok 'each has its header' sh -c 'for f in dir/*.tsv; do
	head -n 1 "$f" | grep -q "^#cid" || exit 1; done'
is 'nothing is lost between them' "$(cat dir/*.tsv | grep -v '^#' |
	awk '{n += $10 + $11} END {print n}')" 1000
is 'standard output stays empty' "$(cat out)" ''
chmod 755 dir
check 'a directory that is not the user'\''s' -s 1 -M 'Permission denied' -- \
	pcap2flows -i w1 -o dir/x
check 'no such user' -s 2 -E 'pcap2flows: -Z: no such user: "nosuch"' -- \
	pcap2flows -i w1 -Z nosuch

# It may get another name.
start
renamed=w1
ip link set w1 name w9 2>/dev/null && renamed=w9
sleep 0.3
tcpreplay -q -i w0 --pps 5000 in.pcap >/dev/null 2>&1
sleep 0.5
[ $renamed = w1 ] || ip link set $renamed name w1
replay 5000 in.pcap
finish INT
if [ $renamed = w9 ]; then
	is 'another name: status, account' \
		"$status $(said 'packets 2000 = ')" '0 1'
else
	skip 'another name' 'an interface that is up keeps its own here'
fi

start
replay 5000 in.pcap
ip link set w1 down
finish none
is 'the interface goes down: status' $status 1
is 'the interface goes down: message and account' "$(said \
	'^pcap2flows: w1: the interface is down') $(said 'packets 1000 = ')" '1 1'
is 'all flows are written' "$(flows out)" "$(cat want)"
ip link set w1 up
start
replay 5000 in.pcap
ip link del w1
finish none
is 'the interface disappears' "$status $(said 'packets 1000 = ')" '1 1'

# On the loopback interface: a datagram and its answer, then SIGTERM.
ip link set lo up
# What the interface says once it is open is the header.
pcap2flows -b -v -i lo -f 'udp port 47311' >live 2>err &
live=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s live ] && break
	sleep .2
done

perl "$top/t/question.pl" 47311
sleep 1
is 'open flows are held' "$(grep -vc '^#' live)" 0
kill -TERM $live
wait $live
is 'SIGTERM ends it with status 0' $? 0
is 'the open flow is written' "$(sed 1d live | awk '{
	print $4, $5, $7, $8, $10, $11, $12, $13, $22 }')" \
	'udp 127.0.0.1 127.0.0.1 47311 1 1 8 6 eof'
ok 'the account adds up' grep -q 'packets 2 = in flows 2' err

# A flow that has ended leaves though no further packet comes.
rm live
pcap2flows -b -t 1 -i lo -f 'udp port 47311' >live &
live=$!
while [ ! -s live ] && kill -0 $live 2>/dev/null; do sleep .1; done
perl -MIO::Socket::INET -e 'IO::Socket::INET->new(Proto => "udp",
	PeerAddr => "127.0.0.1", PeerPort => 47311)->send("x")'
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
	grep -q idle live && break
	sleep .5
done
ok 'a record leaves when its flow ends' grep -q idle live
kill -INT $live
wait $live
