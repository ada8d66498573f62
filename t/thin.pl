#!/usr/bin/perl
# thin: a classic pcap (little-endian) with fewer or more packets, to stdout.
#
#	thin.pl [-b seconds] [-l percent] [-r percent] file
#
# -b leaves out what comes before that time since the first packet, -l loses
# so many percent, -r repeats so many percent right away; which ones is fixed.
use strict;
use warnings;
use Getopt::Std;

my %opt = (b => 0, l => 0, r => 0);
getopts('b:l:r:', \%opt) && @ARGV == 1 or exit 2;
open my $in, '<:raw', $ARGV[0] or die "$ARGV[0]: $!\n";
binmode STDOUT;

my ($head, $data, $first);
my $state = 1;

# Park and Miller's generator: 0 to 99.
sub percent {
	$state = $state * 48271 % 2147483647;
	return int($state / 2147483647 * 100);
}

read $in, $head, 24;
print $head;
while (read($in, $head, 16) == 16) {
	my ($s, $us, $n) = unpack 'V3', $head;

	read $in, $data, $n;
	$first = $s + $us / 1e6 if !defined $first;
	next if $s + $us / 1e6 - $first < $opt{b};
	next if percent() < $opt{l};
	print $head, $data;
	print $head, $data if percent() < $opt{r};
}
close STDOUT or die "cannot write: $!\n";
