#!/bin/sh
# Live on the loopback interface: a datagram and its answer, then SIGTERM.
. "${0%/*}/lib.sh"

[ -e /sys/class/net/lo ] || skip_all 'no loopback interface'
[ "$(id -u)" = 0 ] || skip_all "for root: sudo make check TESTS=t/0207-live.t"

# The sandbox forbids what finds leaks.
export ASAN_OPTIONS=detect_leaks=0

# What the interface says once it is open is the header.
pcap2flows -b -v -i lo -f 'udp port 47311' >live 2>err &
live=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	[ -s live ] && break
	kill -0 $live 2>/dev/null || skip_all "no capture: $(cat err)"
	sleep .2
done

plan 5

perl -MIO::Socket::INET -e '
	my $b = IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.1",
	    LocalPort => 47311) or die;
	my $a = IO::Socket::INET->new(Proto => "udp", PeerAddr => "127.0.0.1",
	    PeerPort => 47311) or die;
	$a->send("question");
	my $peer = $b->recv(my $text, 100);
	$b->send("answer", 0, $peer);
	$a->recv($text, 100);'
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
