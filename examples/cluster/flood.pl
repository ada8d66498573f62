# flood.pl flows: a capture of so many UDP flows of one packet each, the
# worst case for records: 64-byte frames, one a millisecond.
use strict;
use warnings;

my $flows = shift;
print pack 'VvvVVVV', 0xa1b2c3d4, 2, 4, 0, 0, 96, 1;
my $ethernet = pack 'H*', '0200000000010200000000020800';
for my $n (0 .. $flows - 1) {
	my $ip = pack 'CCnnnCCnNN', 0x45, 0, 38, $n & 0xffff, 0, 64, 17, 0,
	    0x0a000000 + $n % 65521, 0xf0000000 + $n % 16777213;
	my $udp = pack 'nnnn', 1024 + $n % 60000, 33033, 18, 0;
	my $frame = $ethernet . $ip . $udp . pack 'nCNNx', $n, 2, $n, $n ^ 0x5555;
	print pack('VVVV', 1177200000 + int $n / 1000, $n % 1000 * 1000,
	    length $frame, length $frame), $frame;
}
