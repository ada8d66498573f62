#!/usr/bin/perl
# flood.pl KIND COUNT: a capture of so many packets that are all new, on
# standard output.  KIND: tuples (random), syn (to one port, from random
# addresses), scan (one host, every port of every address), ipv6 (of one /64),
# fragments (firsts without an end), orphans (fragments without a first).
use strict;
use warnings;

my ($kind, $count) = @ARGV;
srand 7;
binmode STDOUT;
my ($eth, $eth6) = map { pack 'H24 n', '02' x 12, $_ } 0x0800, 0x86dd;

sub any { return int rand $_[0] }

sub ip {	# src dst proto payload id fragment
	my ($s, $d, $proto, $inside, $id, $frag) = @_;
	return $eth . pack('C2 n3 C2 n N2', 0x45, 0, 20 + length $inside, $id,
	    $frag, 64, $proto, 0, $s, $d) . $inside;
}

sub udp { return pack('n4', $_[0], $_[1], 12, 0) . 'abcd' }
sub syn { return pack('n2 N2 C2 n3', $_[0], $_[1], 1, 0, 0x50, 2, 1, 0, 0) }

my %frame = (
	tuples => sub { ip(any(2 ** 32), any(2 ** 32), 17, udp(any(65536),
	    any(65536)), 1, 0) },
	syn => sub { ip(any(2 ** 32), 0x0a000001, 6, syn(any(65536), 80), 1,
	    0) },
	scan => sub { ip(0xf0000001, 0x0a000000 + int($_ / 65536), 6,
	    syn(40000, $_ % 65536), 1, 0) },
	ipv6 => sub { $eth6 . pack('N n C2 N8', 6 << 28, 12, 17, 64,
	    0x20010db8, 0, any(2 ** 32), any(2 ** 32), 0x20010db8, 1, 0, 1) .
	    udp(5000, 53) },
	fragments => sub { ip(any(2 ** 32), 0x0a000001, 17, udp(any(65536), 9),
	    any(65536), 0x2000) },
	orphans => sub { ip(any(2 ** 32), 0x0a000001, 17, 'x' x 16, any(65536),
	    185) },
);
my $make = $frame{$kind} or die "no such flood\n";

print pack 'V v2 V4', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1;
for (0 .. $count - 1) {
	my $bytes = $make->();
	my $n = length $bytes;
	print pack('V4', 1_200_000_000 + int($_ / 50_000), $_ % 50_000 * 20,
	    $n, $n), $bytes;
}
