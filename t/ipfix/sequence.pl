#!/usr/bin/perl
# What a collector can tell of IPFIX messages by their bytes alone (RFC 7011
# 3): each message's sequence number is the number of data records, also of
# options, in the messages before it; sets are whole and not empty; records
# fill their sets.
#
#	sequence.pl FILE		looks at the messages of a file
#	sequence.pl -l PORT FILE	writes the datagrams that come to the
#					port of 127.0.0.1 there, until SIGTERM
#
# Prints the number of messages, of flow records and of options records, and
# the length of the longest message; status 1 if anything is wrong.
use strict;
use warnings;

if (@ARGV == 3 && $ARGV[0] eq '-l') {
	require IO::Socket::INET;
	my $socket = IO::Socket::INET->new(Proto => 'udp',
	    LocalAddr => '127.0.0.1', LocalPort => $ARGV[1]) or die "$!\n";
	$socket->setsockopt(1, 33, 1 << 26);	# SO_RCVBUFFORCE
	open my $file, '>:raw', $ARGV[2] or die "$ARGV[2]: $!\n";
	$file->autoflush(1);
	local $SIG{TERM} = sub { exit 0 };
	while (defined $socket->recv(my $message, 65536)) {
		print $file $message;
	}
	exit 1;
}

my (%template, %options);	# lengths of fields by template; -1: variable
my ($messages, $flows, $others, $longest, $bad) = (0, 0, 0, 0, 0);

sub wrong {
	print STDERR "message $messages: @_\n";
	$bad = 1;
}

sub templates {
	my ($set, $scoped) = @_;
	while (length $set >= 4) {
		my ($id, $n) = unpack 'nn', $set;
		$set = substr $set, $scoped ? 6 : 4;
		my @length;
		for (1 .. $n) {
			my ($element, $length) = unpack 'nn', $set;
			$set = substr $set, $element & 0x8000 ? 8 : 4;
			push @length, $length == 65535 ? -1 : $length;
		}
		$template{$id} = \@length;
		$options{$id} = $scoped;
	}
}

sub record {	# its length
	my ($id, $set) = @_;
	my $at = 0;
	for my $length (@{$template{$id}}) {
		if ($length >= 0) {
			$at += $length;
			next;
		}
		return length($set) + 1 if $at >= length $set;
		my $n = ord substr $set, $at++, 1;
		if ($n == 255) {
			$n = unpack 'n', substr($set, $at, 2) . "\0\0";
			$at += 2;
		}
		$at += $n;
	}
	return $at;
}

sub records {
	my ($id, $set) = @_;
	my $n = 0;
	wrong("no template $id yet"), return 0 if !$template{$id};
	while ($set ne '') {
		my $length = record($id, $set);
		wrong('a record beyond its set'), last if
		    $length > length $set;
		$set = substr $set, $length;
		$n++;
	}
	return $n;
}

my $bytes = do {
	local $/;
	open my $file, '<:raw', $ARGV[0] or die "$ARGV[0]: $!\n";
	<$file> // '';
};
while ($bytes ne '') {
	my ($version, $length, $time, $sequence) = unpack 'nnNN', $bytes;
	$messages++;
	wrong("version $version"), last if $version != 10;
	wrong("it is cut"), last if $length > length $bytes || $length < 16;
	wrong("sequence $sequence, records before ", $flows + $others)
	    if $sequence != $flows + $others;
	$longest = $length if $length > $longest;
	my $sets = substr $bytes, 16, $length - 16;
	$bytes = substr $bytes, $length;
	while ($sets ne '') {
		my ($id, $n) = unpack 'nn', $sets;
		wrong("set of $n bytes"), last if $n <= 4 ||
		    $n > length $sets;
		my $set = substr $sets, 4, $n - 4;
		$sets = substr $sets, $n;
		if ($id < 4) {
			templates($set, $id == 3);
			next;
		}
		my $in_set = records($id, $set);
		($options{$id} ? $others : $flows) += $in_set;
	}
}
print "$messages $flows $others $longest\n";
exit $bad;
