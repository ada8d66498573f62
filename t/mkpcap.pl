#!/usr/bin/perl
# mkpcap: writes captures for tests, from frames said in words.
#
#	mkpcap.pl [-l linktype] [-s snaplen] [-n] [-b] [-g [-r resolution]] [-c]
#
# Each input line is a frame: its time in seconds, then its layers from the
# outermost in, then what is not as it should be:
#
#	1.5 eth(type=88a8) vlan ip(10.0.0.1,10.0.0.2,id=7) udp(1,2) data(10)
#
# A layer takes its type fields and lengths from what it carries unless they
# are given (type=, proto=, len= ...); all arguments are in %layers below;
# hexadecimal digits may be parted by `_`.
# Behind the layers: `snap=N` captured bytes, `wire=N` length on the wire,
# `pad=N` bytes of padding, `link=N` link type of this frame (pcapng only).
# Lines that begin with `#` and empty ones are passed over.
#
# -n nanoseconds, -b big-endian, -g pcapng (with if_tsresol if -r), -c each
# frame once for every number of captured bytes, from all down to none.
use strict;
use warnings;
use Getopt::Std;

my %opt = (l => 1, s => 262144);
getopts('l:s:nbgr:c', \%opt) or exit 2;

# What a layer is called in the header of the one around it.
my %ethertype = (ip => 0x0800, ip6 => 0x86dd, mpls => 0x8847,
	pppoe => 0x8864, vlan => 0x8100, eth => 0x6558, ppp => 0x880b);
my %proto = (ip => 4, ip6 => 41, udp => 17, tcp => 6, icmp => 1, icmp6 => 58,
	gre => 47, ah => 51, hop => 0, route => 43, frag => 44, opts => 60);
my %ppp_proto = (ip => 0x0021, ip6 => 0x0057, mpls => 0x0281);
my %flag = (F => 1, S => 2, R => 4, P => 8, A => 16, U => 32, E => 64,
	C => 128);

sub ip4 { return pack('C4', split /\./, shift) }

sub ip6 {
	my ($left, $right) = split /::/, shift, 2;
	my @l = split /:/, $left;
	my @r = split /:/, $right // '';
	return pack('n8', map { hex }
	    @l, (0) x (8 - @l - @r), @r);
}

sub pick {		# argument, else by what comes next, else 0
	my ($given, $table, $next) = @_;
	return hex $given if defined $given;
	return $table->{$next} // 0;
}

# Each gets its arguments (numbered ones as 0, 1 ...), what is inside, and
# the name of the next layer; it returns header and inside.
my %layers = (
	hex => sub { pack('H*', $_[0]{0} =~ tr/_//dr) . $_[1] },
	data => sub { pack('C*', map { $_ & 255 } 1 .. $_[0]{0}) . $_[1] },
	zero => sub { "\0" x $_[0]{0} . $_[1] },
	eth => sub { pack('H12 H12 n', '02' x 6, '04' x 6,
	    pick($_[0]{type}, \%ethertype, $_[2])) . $_[1] },
	len => sub { pack('H12 H12 n', '02' x 6, '04' x 6,	# 802.3
	    length $_[1]) . $_[1] },
	llc => sub { pack('H*', $_[0]{0} // 'aaaa03000000') . ($_[0]{0} ? '' :
	    pack('n', pick($_[0]{type}, \%ethertype, $_[2]))) . $_[1] },
	vlan => sub { pack('n2', $_[0]{0} // 5,
	    pick($_[0]{type}, \%ethertype, $_[2])) . $_[1] },
	mpls => sub { pack('N', 16 << 12 | ($_[2] ne 'mpls') << 8 | 64) .
	    $_[1] },
	pppoe => sub { pack('n3', 0x1100, 7, length $_[1]) . $_[1] },
	ppp => sub { pack($_[0]{short} ? 'C' : 'n',
	    pick($_[0]{type}, \%ppp_proto, $_[2])) . $_[1] },
	sll => sub { pack('n3 H16 n', 0, 1, 6, '02' x 8,
	    pick($_[0]{type}, \%ethertype, $_[2])) . $_[1] },
	sll2 => sub { pack('n2 N n C2 H16', pick($_[0]{type}, \%ethertype,
	    $_[2]), 0, 3, 1, 0, 6, '02' x 8) . $_[1] },
	null => sub { pack($_[0]{big} ? 'N' : 'V', $_[0]{0}) . $_[1] },
	chdlc => sub { pack('n2', 0x0f00, pick(undef, \%ethertype, $_[2])) .
	    $_[1] },
	radiotap => sub { pack('v2 V', 0, 8, 0) . $_[1] },
	wlan => sub { wlan(@_) },
	ip => sub { ipv4(@_) },
	ip6 => sub { ipv6(@_) },
	hop => sub { extension(@_, ($_[0]{0} // 8) / 8 - 1) },
	route => sub { extension(@_, ($_[0]{0} // 8) / 8 - 1) },
	opts => sub { extension(@_, ($_[0]{0} // 8) / 8 - 1) },
	ah => sub { extension(@_, ($_[0]{0} // 24) / 4 - 2) },
	frag => sub { pack('C2 n N', pick($_[0]{proto}, \%proto, $_[2]), 0,
	    ($_[0]{off} // 0) << 3 | ($_[0]{mf} // 0), $_[0]{id} // 1) .
	    $_[1] },
	udp => sub { pack('n4', $_[0]{0}, $_[0]{1}, $_[0]{len} //
	    8 + length $_[1], $_[0]{sum} // 0) . $_[1] },
	tcp => sub { tcp(@_) },
	icmp => sub { pack('C2 n N', $_[0]{0}, $_[0]{1}, 0, 0) . $_[1] },
	icmp6 => sub { pack('C2 n N', $_[0]{0}, $_[0]{1}, 0, 0) . $_[1] },
	gre => sub { pack('n2', hex($_[0]{flags} // 0), pick($_[0]{type},
	    \%ethertype, $_[2])) . $_[1] },
	gtpu => sub { pack('C2 n N', hex($_[0]{flags} // 30), $_[0]{type} //
	    255, length $_[1], 9) . $_[1] },
	vxlan => sub { pack('N2', hex($_[0]{flags} // 8) << 24, 5 << 8) .
	    $_[1] },
);

sub ipv4 {
	my ($a, $inside, $next) = @_;
	my $options = pack 'H*', $a->{opt} // '';
	my $header = 20 + length $options;
	return pack('C2 n3 C2 n', 0x40 | $header / 4, hex($a->{tos} // 0),
	    $a->{len} // $header + length $inside, $a->{id} // 0, ($a->{mf} // 0) << 13 |
	    ($a->{off} // 0), $a->{ttl} // 64,
	    $a->{proto} // $proto{$next} // 255, 0) .
	    ip4($a->{0}) . ip4($a->{1}) . $options . $inside;
}

sub ipv6 {
	my ($a, $inside, $next) = @_;
	return pack('N n C2', 6 << 28 | hex($a->{tos} // 0) << 20,
	    $a->{len} // length $inside,
	    $a->{proto} // $proto{$next} // 59, 64) .
	    ip6($a->{0}) . ip6($a->{1}) . $inside;
}

sub extension {
	my ($a, $inside, $next, $count) = @_;
	my $n = $a->{0} // (defined $count && $count == 4 ? 24 : 8);
	return pack('C2', $a->{proto} // $proto{$next} // 59, $count) .
	    "\0" x ($n - 2) . $inside;
}

sub tcp {
	my ($a, $inside) = @_;
	my $options = pack 'H*', $a->{opt} // '';
	my $flags = 0;
	$flags |= $flag{$_} for split //, $a->{2} // 'A';
	return pack('n2 N2 C2 n3', $a->{0}, $a->{1}, $a->{seq} // 1,
	    $a->{ack} // 2,
	    ($a->{off} // 5 + length($options) / 4) << 4, $flags,
	    $a->{win} // 100, $a->{sum} // 0, 0) .
	    $options . $inside;
}

sub wlan {
	my ($a, $inside) = @_;
	my $flags = hex($a->{flags} // 1);
	my $header = pack('C2 v', hex($a->{type} // '08'), $flags, 0) .
	    pack('H36', '02' x 18) . pack('v', $a->{part} // 0);
	$header .= "\4" x 6 if ($flags & 3) == 3;
	$header .= pack 'H*', $a->{qos} // '';
	return $header . $inside;
}

sub frame {		# layers as words, outermost first
	my ($inside, $next) = ('', '');
	for my $word (reverse @_) {
		my ($name, $list) = $word =~ /^(\w+)(?:\((.*)\))?$/ or
		    die "mkpcap: what is \"$word\"?\n";
		die "mkpcap: no layer \"$name\"\n" unless $layers{$name};
		my ($i, %arg) = (0);
		for (split /,/, $list // '') {
			my ($key, $value) = /^([a-z]+)=(.*)$/;
			$arg{$key // $i++} = $value // $_;
		}
		$inside = $layers{$name}->(\%arg, $inside, $next);
		$next = $name;
	}
	return $inside;
}

my ($N, $n) = $opt{b} ? ('N', 'n') : ('V', 'v');

sub block {
	my ($type, $body) = @_;
	$body .= "\0" x (-length($body) % 4);
	my $size = 12 + length $body;
	return pack("$N$N", $type, $size) . $body . pack($N, $size);
}

sub interface {
	my $options = '';
	$options = pack("$n$n C x3 $N", 9, 1, $opt{r}, 0) if defined $opt{r};
	return block(1, pack("$n$n$N", shift, 0, $opt{s}) . $options);
}

my $digits = $opt{n} ? 9 : 6;
my $ticks = defined $opt{r} ? $opt{r} & 128 ? 2 ** ($opt{r} & 127) :
    10 ** $opt{r} : 10 ** 6;

my %interface;

sub record {
	my ($time, $bytes, $wire, $link) = @_;
	my ($s, $f) = split /\./, $time;
	my @size = (length $bytes, $wire);
	$f = substr(($f // '') . '0' x 9, 0, $opt{g} ? 9 : $digits);
	return pack("$N$N$N$N", $s, $f, @size) . $bytes unless $opt{g};
	my ($new, $t) = ('', $s * $ticks + int($f * $ticks / 1e9));
	if (!defined $interface{$link}) {
		$interface{$link} = keys %interface;
		$new = interface($link);
	}
	return $new . block(6, pack("$N$N$N$N$N", $interface{$link},
	    $t >> 32, $t & 0xffffffff, @size) . $bytes);
}

binmode STDOUT;
if ($opt{g}) {
	print block(0x0a0d0d0a, pack("$N$n$n$N$N", 0x1a2b3c4d, 1, 0,
	    0xffffffff, 0xffffffff)), interface($opt{l});
	$interface{$opt{l}} = 0;
} else {
	print pack("$N$n$n$N$N$N$N", $opt{n} ? 0xa1b23c4d : 0xa1b2c3d4, 2, 4,
	    0, 0, $opt{s}, $opt{l});
}
while (<STDIN>) {
	next if /^\s*(#|$)/;
	my %set;
	s/\s(snap|wire|pad|link)=(\d+)/$set{$1} = $2; ''/ge;
	my ($time, @words) = split;
	my $bytes = frame(@words) . "\0" x ($set{pad} // 0);
	my $wire = $set{wire} // length $bytes;
	my $kept = $set{snap} // length $bytes;
	for my $cut ($opt{c} ? reverse 0 .. $kept : $kept) {
		print record($time, substr($bytes, 0, $cut), $wire,
		    $set{link} // $opt{l});
	}
}
