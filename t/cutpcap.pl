# cutpcap.pl capture prefix pieces seed: cuts a capture (pcap, little-endian)
# at packets drawn by seed, also into pieces without any.  Writes prefix1.pcap
# and so on, with numbers of one width.
use strict;
use warnings;

my ($capture, $prefix, $pieces, $seed) = @ARGV;
open my $in, '<:raw', $capture or die "$capture: $!\n";
read $in, my $header, 24;
my $packets = do { local $/; <$in> };
my @at;
for (my $p = 0; $p < length $packets;
    $p += 16 + unpack 'V', substr $packets, $p + 8, 4) {
	push @at, $p;
}
push @at, length $packets;
srand $seed;
my @cut = sort { $a <=> $b } map { int rand @at } 2 .. $pieces;
for my $piece (0 .. $pieces - 1) {
	my ($from, $to) = ((0, @cut)[$piece], (@cut, $#at)[$piece]);
	my $name = sprintf '%s%0*d.pcap', $prefix, length $pieces, $piece + 1;
	open my $out, '>:raw', $name or die "$name: $!\n";
	print $out $header, substr $packets, $at[$from], $at[$to] - $at[$from];
	close $out or die "$name: $!\n";
}
