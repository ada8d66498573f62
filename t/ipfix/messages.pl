#!/usr/bin/perl
# messages.pl CODE FILE...: the messages of IPFIX files as @m, one after the
# other, changed by Perl's CODE, are written; put($i, $at, $number) puts two
# bytes into message $i.
use strict;
use warnings;

my ($code, @files) = @ARGV;
our @m;
for my $name (@files) {
	local $/;
	open my $file, '<:raw', $name or die "$name: $!\n";
	my $bytes = <$file>;
	while ($bytes ne '') {
		my $length = unpack 'x2n', $bytes;
		push @m, substr $bytes, 0, $length;
		$bytes = substr $bytes, $length;
	}
}

sub put {
	my ($i, $at, $number) = @_;
	substr($m[$i], $at, 2) = pack 'n', $number;
}
eval $code;
die $@ if $@;
binmode STDOUT;
print @m;
