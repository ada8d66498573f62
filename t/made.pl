#!/usr/bin/perl
# made.pl KIND: the frames of a capture made by hand, in the words of
# t/mkpcap.pl, in the order of time.  All are Ethernet; the same each time.
#
#	skype	three minutes of a network in which 192.168.1.34:13021 is a
#		client behind a firewall: 144 endpoints at 142 addresses, asked
#		once, two of them five times every 5 s, none answers; TCP to 19
#		of the addresses; TCP, DNS and announcements that are nothing
#		of the kind
#	udp	one exchange: a request sent three times, its answer, and one
#		more message
#	tcp	conversations in which segments are lost, sent again, late,
#		doubled, and in which windows close
#	odd	VLANs, IPv6 with extension headers, ICMP that quotes, fragments,
#		tunnels, padding, a protocol that is none of these
use strict;
use warnings;

my @frames;
srand 7;

sub frame {
	my ($time, $words) = @_;
	push @frames, [$time, scalar @frames, $words];
}

sub noise { return join '', map { sprintf '%02x', int rand 256 } 1 .. $_[0] }

sub udp {
	my ($time, $a, $ap, $b, $bp, $hex) = @_;
	frame($time, sprintf 'eth ip(%s,%s,id=%d) udp(%d,%d) hex(%s)', $a, $b,
	    int rand 65536, $ap, $bp, $hex);
}

# A conversation knows the next number of each side and what was seen of it.
sub conversation {
	my ($time, $a, $ap, $b, $bp, %more) = @_;
	return {time => $time, rtt => .04, end => [[$a, $ap], [$b, $bp]],
		next => [int rand 4e9, int rand 4e9], ttl => [64, 51],
		window => [29200, 14480], %more};
}

# What a segment takes of another: its number and, with `at`, its time.
sub segment {
	my ($c, $side, $flags, $data, %set) = @_;
	my ($from, $to) = @{$c->{end}}[$side, !$side || 0];
	my $seq = $set{seq} // $c->{next}[$side];
	my $ack = $flags =~ /A/ ? $set{ack} // $c->{next}[1 - $side] : 0;
	my $options = $flags =~ /S/ ? ',opt=020405b40103030' .
	    ($side ? 5 : 7) : '';
	my $body = ref $data ? " hex($$data)" : $data ? " data($data)" : '';
	my $size = ref $data ? length($$data) / 2 : $data;
	frame($set{at} // $c->{time}, sprintf
	    'eth ip(%s,%s,id=%d,ttl=%d) tcp(%d,%d,%s,seq=%.0f,ack=%.0f,win=%d%s)%s',
	    $from->[0], $to->[0], int rand 65536, $c->{ttl}[$side], $from->[1],
	    $to->[1], $flags, $seq, $ack, $set{win} // $c->{window}[$side],
	    $options, $body);
	$c->{time} += $set{wait} // .001;
	return if $set{again};
	my $end = $seq + $size + ($flags =~ /[SF]/ ? 1 : 0);
	$c->{next}[$side] = $end % 2 ** 32;
}

sub handshake {
	my ($c) = @_;
	segment($c, 0, 'S', 0, wait => $c->{rtt});
	segment($c, 1, 'SA', 0, wait => .0002);
	segment($c, 0, 'A', 0);
}

sub ask { # request and answer, each acknowledged
	my ($c, $out, $in) = @_;
	segment($c, 0, 'PA', $out, wait => $c->{rtt});
	segment($c, 1, 'A', 0);
	segment($c, 1, 'PA', $in, wait => .0003);
	segment($c, 0, 'A', 0, wait => .5);
}

sub finish {
	my ($c) = @_;
	segment($c, 0, 'FA', 0, wait => $c->{rtt});
	segment($c, 1, 'FA', 0, wait => .0002);
	segment($c, 0, 'A', 0);
}

# A name as in DNS, and a question or answer about it.
sub dns {
	my ($id, $name, $address) = @_;
	my $text = join '', map { chr(length) . $_ } split /\./, $name;
	return unpack 'H*', pack('n6', $id, $address ? 0x8180 : 0x0100, 1,
	    $address ? 1 : 0, 0, 0) . "$text\0" . pack('n2', 1, 1) .
	    ($address ? pack('n3 N n C4', 0xc00c, 1, 1, 60, 4,
	    split /\./, $address) : '');
}

# Opens TLS 1.2 with the name of a server.
sub hello {
	my ($name) = @_;
	my $sni = pack 'n C n/a*', length($name) + 3, 0, $name;
	my $body = pack('n', 0x0303) . 'r' x 32 . pack('C n n C C n/a*', 0, 2,
	    0xc02f, 1, 0, pack('n n/a*', 0, $sni));
	return unpack 'H*', pack 'C n n/a*', 22, 0x0301,
	    pack('C C n', 1, 0, length $body) . $body;
}

sub skype {
	my $me = '192.168.1.34';
	my @peer = map { [sprintf('%d.%d.%d.%d', 60 + $_ % 90, 7 * $_ % 250,
	    13 * $_ % 250, 1 + $_), 1024 + 397 * $_] } 0 .. 141;
	push @peer, map { [$peer[$_][0], $peer[$_][1] + 1] } 3, 50;
	my $id = 4711;
	for my $i (0 .. $#peer) {
		my $time = 2 + 110 * $i / @peer + rand .5;
		for my $n (0 .. ($i == 20 || $i == 80 ? 4 : 0)) {
			udp($time + 5 * $n, $me, 13021, @{$peer[$i]},
			    sprintf('%04x02', $id++) . noise(15 + 4 * int
			    rand 6));
		}
	}
	# Where nothing comes back it tries TCP: some refuse, some are silent.
	for my $i (0 .. 18) {
		my $c = conversation(20 + 6 * $i, $me, 50000 + $i,
		    $peer[7 * $i][0], $i % 3 ? $peer[7 * $i][1] : 443);
		if ($i % 5 == 4) {
			segment($c, 0, 'S', 0, again => 1, wait => 3) for 1, 2;
			next;
		}
		if ($i % 5 == 3) {
			segment($c, 0, 'S', 0, wait => $c->{rtt});
			segment($c, 1, 'RA', 0);
			next;
		}
		handshake($c);
		ask($c, \noise(14 + $i), \noise(30 + 9 * $i)) for 0 .. $i % 4;
		finish($c) if $i % 2;
	}
	# And what is nothing of the kind.
	for my $i (0 .. 77) {
		my $name = "host$i.example.net";
		my $host = '203.0.113.' . (1 + $i);
		my $time = 1.5 + 2 * $i;
		if ($i % 3 == 0) {
			udp($time, $me, 40000 + $i, '192.168.1.1', 53,
			    dns($i, $name));
			udp($time + .02, '192.168.1.1', 53, $me, 40000 + $i,
			    dns($i, $name, $host));
		}
		my $c = conversation($time + .03, '192.168.1.' . (34 + $i % 3),
		    51000 + $i, $host, $i % 3 ? 80 : 443, rtt => .01 + $i / 999);
		handshake($c);
		ask($c, $i % 3 ? 200 + $i : \hello($name), 900 + $i)
		    for 0 .. $i % 2;
		$i % 7 == 5 ? segment($c, 1, 'RA', 0) : finish($c);
	}
	for my $i (0 .. 29) {
		udp(1 + 5 * $i, '192.168.1.' . (40 + $i % 6), 1900,
		    '239.255.255.250', 1900, unpack 'H*',
		    "M-SEARCH * HTTP/1.1\r\nMX: $i\r\n\r\n");
		udp(3.3 + 5 * $i, '192.168.1.' . (60 + $i % 20), 17500,
		    '192.168.1.255', 17500, unpack 'H*', "{\"host_int\": $i}");
	}
	udp(170, '192.168.1.60', 5351, '192.168.1.1', 5351, '0000');
}

sub exchange {
	my @way = ('192.168.1.2', 34567, '203.0.113.190', 39262);
	my $ask = '3c5b02' . noise(28);
	udp($_, @way, $ask) for 1, 24, 72.5;
	udp(72.689, @way[2, 3, 0, 1], '3c5b02' . noise(15));
	udp(72.7, @way, '3c5c02' . noise(15));
}

# Faults on the way, each in a conversation of its own.
my %fault = (
	none => sub {},
	again => sub {		# lost behind the monitor
		my ($c) = @_;
		my $seq = $c->{next}[0];
		segment($c, 0, 'PA', 700, wait => .3);
		segment($c, 0, 'PA', 700, seq => $seq, again => 1,
		    wait => $c->{rtt});
		segment($c, 1, 'A', 0);
	},
	doubled => sub {	# needlessly: it was acknowledged
		my ($c) = @_;
		my $seq = $c->{next}[1];
		segment($c, 1, 'PA', 500, wait => .001);
		segment($c, 0, 'A', 0, wait => .3);
		segment($c, 1, 'PA', 500, seq => $seq, again => 1);
		segment($c, 0, 'A', 0);
	},
	late => sub {		# two change places
		my ($c) = @_;
		my $seq = $c->{next}[1];
		segment($c, 1, 'A', 1000, seq => $seq + 1000, wait => .0001);
		segment($c, 1, 'A', 1000, seq => $seq, again => 1,
		    wait => .0001);
		segment($c, 0, 'A', 0);
	},
	fast => sub {		# lost before the monitor, asked for again
		my ($c) = @_;
		my $seq = $c->{next}[1];
		segment($c, 1, 'A', 1000, seq => $seq, wait => .0002);
		segment($c, 0, 'A', 0, wait => .0002);
		for my $n (2 .. 5) {
			segment($c, 1, 'A', 1000, seq => $seq + 1000 * $n,
			    wait => .0002);
			segment($c, 0, 'A', 0, ack => $seq + 1000,
			    wait => .0002);
		}
		$c->{time} += $c->{rtt};
		segment($c, 1, 'A', 1000, seq => $seq + 1000, again => 1);
		segment($c, 0, 'A', 0);
	},
	unseen => sub {		# by the monitor alone
		my ($c) = @_;
		segment($c, 1, 'A', 800);
		$c->{next}[1] += 1600;
		segment($c, 1, 'A', 800);
		segment($c, 0, 'A', 0);
	},
	closed => sub {		# window
		my ($c) = @_;
		segment($c, 1, 'A', 1400);
		segment($c, 0, 'A', 0, win => 0, wait => 1);
		segment($c, 0, 'A', 0, win => 8192);
		segment($c, 1, 'A', 1400);
		segment($c, 0, 'A', 0);
	},
	many => sub {		# windows of segments, each window acknowledged
		my ($c) = @_;
		for my $n (1 .. 10) {
			segment($c, 1, 'A', 1448, wait => .0001) for 1 .. $n;
			segment($c, 0, 'A', 0, wait => $c->{rtt});
		}
	},
);

sub faults {
	my ($n, $time) = (0, 1);
	for my $name (sort keys %fault) {
		for my $wraps (0, 1) {
			my $c = conversation($time += .37, "10.0.0." . ++$n,
			    30000 + $n, "198.51.100.$n", $wraps ? 443 : 80,
			    rtt => .02 + $n / 500);
			# Numbers begin again at 0 in the midst of it.
			$c->{next} = [2 ** 32 - 650, 2 ** 32 - 1500] if $wraps;
			handshake($c);
			ask($c, 300, 600);
			$fault{$name}->($c);
			ask($c, 100, 200);
			$c->{ttl}[1] -= 3 if $wraps;
			$n % 4 == 3 ? segment($c, 0, 'RA', 0) : finish($c);
		}
	}
}

# In words of mkpcap; HERE and THERE are the ends.
sub odd {
	my @six = ('2001:db8::7', '2001:db8:1::9');
	my ($v4, $v6) = ('ip(10.1.0.1,198.51.100.9', "ip6($six[0],$six[1]");
	my @words = (
		"eth vlan(7) $v4) udp(5000,53) data(30)",
		"eth(type=88a8) vlan vlan(9) $v4) udp(5001,53) data(31)",
		"eth $v6) udp(5002,53) data(40)",
		"eth ip6($six[1],$six[0]) udp(53,5002) data(400)",
		"eth $v6) hop opts udp(5003,53) data(41)",
		"eth $v6) tcp(5004,443,S)",
		"eth ip6($six[1],$six[0]) tcp(443,5004,SA)",
		"eth $v4,ttl=1) udp(5005,33434) data(12)",
		"eth ip(192.0.2.1,10.1.0.1) icmp(11,0) $v4) udp(5005,33434)" .
		    ' data(12)',
		"eth $v4) icmp(8,0) data(56)",
		"eth $v4,id=77,mf=1) udp(5006,53,len=1408) data(1000)",
		"eth $v4,id=77,off=126,proto=17) data(392)",
		"eth $v6) frag(mf=1,id=5) udp(5007,53,len=1208) data(800)",
		"eth $v6) frag(off=101,id=5,proto=17) data(400)",
		"eth $v4) udp(5008,4789) vxlan eth ip(172.16.0.1,172.16.0.2)" .
		    ' udp(6000,6001) data(20)',
		"eth $v4) udp(5008,4789) vxlan eth ip6(fd00::1,fd00::2)" .
		    ' tcp(6000,80,PA) data(33)',
		"eth $v4) udp(5009,53) data(2) pad=16",
		"eth $v4) udp(5010,53)",
		"eth $v4,proto=47) gre ip(172.16.0.1,172.16.0.2) udp(1,2)" .
		    ' data(9)',
		"eth $v4,proto=89) data(44)",
		"eth $v4,opt=94040000) udp(5011,53) data(10)",
		"eth $v4) tcp(5012,80,A,opt=0101080a0000000100000002) data(77)",
		'eth(type=0806) hex(0001080006040001) zero(20)',
	);
	for my $n (0 .. 2) {
		for my $i (0 .. $#words) {
			# Fragments of each round are a packet of its own.
			my $w = $words[$i] =~ s/id=(\d+)/'id=' . ($1 + $n)/er;
			frame(1 + 11 * $n + .123457 * $i, $w);
		}
	}
}

my %kind = (skype => \&skype, udp => \&exchange, tcp => \&faults, odd => \&odd);
my $make = $kind{$ARGV[0] // ''} or die "usage: made.pl skype|udp|tcp|odd\n";
$make->();
# Seconds that look like a day of 2015, of ten digits as tools expect.
printf "%.6f %s\n", 1432000000 + $_->[0], $_->[2]
    for sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] } @frames;
