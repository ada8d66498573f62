#!/usr/bin/perl
# mmdb.pl [-v 4|6] [-r 24|28|32] [-l nested|flat|asn|as_name] [-n double|float]: writes a
# MaxMind DB file of the places on stdin, for tests.  Lines are network,
# continent, country, city, latitude, longitude, with TABs between and "-" for
# what is not there; IPv4 networks in a file of IPv6 go to ::/96.
# A network inside another comes behind it.
# Source: MaxMind DB File Format Specification, version 2.0.
use strict;
use warnings;
use Getopt::Std;
use Socket qw(inet_pton AF_INET AF_INET6);

my %opt = (v => 4, r => 24, l => 'nested', n => 'double');
getopts('v:r:l:n:', \%opt) or die "mmdb.pl: bad option\n";

# Control byte: type and size; types above 7 take a second byte.
sub head {
	my ($type, $n) = @_;
	my $size = $n < 29 ? $n : $n < 285 ? 29 : die "mmdb.pl: too long\n";
	return pack('C', ($type > 7 ? 0 : $type << 5) | $size) .
	    ($type > 7 ? pack('C', $type - 7) : '') .
	    ($size == 29 ? pack('C', $n - 29) : '');
}
sub text { return head(2, length $_[0]) . $_[0] }
sub uint16 { return head(5, 2) . pack('n', $_[0]) }
sub uint32 { return head(6, 4) . pack('N', $_[0]) }
sub uint64 { return head(9, 8) . pack('NN', 0, $_[0]) }
sub number {
	return $opt{n} eq 'float' ? head(15, 4) . pack('f>', $_[0])
	    : head(3, 8) . pack('d>', $_[0]);
}
sub map_of {	# name, encoded value, ...
	my $s = head(7, @_ / 2);
	while (my ($name, $value) = splice @_, 0, 2) {
		$s .= text($name) . $value;
	}
	return $s;
}

# -l asn, -l as_name: lines are network, number, name of the organisation.
sub system_of {
	my ($number, $org) = @_;
	my ($n, $o) = $opt{l} eq 'asn' ?
	    ('autonomous_system_number', 'autonomous_system_organization') :
	    ('asn', 'as_name');
	return map_of(
	    $number ne '-' ? ($n => $opt{l} eq 'asn' ? uint32($number) :
	    text($number)) : (), $org ne '-' ? ($o => text($org)) : ());
}

sub record {
	return system_of(@_) if $opt{l} =~ /^as/;
	my ($continent, $country, $city, $lat, $lon) = @_;
	my @flat = ($city ne '-' ? (city => text($city)) : (),
	    $country ne '-' ? (country_code => text($country)) : (),
	    $lat ne '-' ? (latitude => number($lat)) : (),
	    $lon ne '-' ? (longitude => number($lon)) : (),
	    timezone => text(''));
	return map_of(@flat) if $opt{l} eq 'flat';
	return map_of(
	    $city ne '-' ? (city => map_of(names => map_of(
	    de => text("nicht $city"), en => text($city)))) : (),
	    $continent ne '-' ? (continent => map_of(code =>
	    text($continent), geoname_id => uint32(7))) : (),
	    $country ne '-' ? (country => map_of(geoname_id => uint32(8),
	    iso_code => text($country))) : (),
	    $lat ne '-' || $lon ne '-' ? (location => map_of(
	    accuracy_radius => uint16(50),
	    $lat ne '-' ? (latitude => number($lat)) : (),
	    $lon ne '-' ? (longitude => number($lon)) : ())) : ());
}

my @tree = ([undef, undef]);	# a number: a node; a text: data
sub insert {
	my ($bits, $data) = @_;
	my $node = 0;
	my @bits = split //, $bits;
	my $last = pop @bits;
	for my $bit (@bits) {
		my $side = $tree[$node][$bit];

		if (!defined $side || ref $side) { # data goes to both sides
			push @tree, [$side, $side];
			$tree[$node][$bit] = $#tree;
		}
		$node = $tree[$node][$bit];
	}
	$tree[$node][$last] = \$data;
}

my ($section, %at) = ('');
while (<STDIN>) {
	chomp;
	my ($net, @place) = split /\t/;
	my ($address, $length) = split m{/}, $net;
	my $is4 = $address !~ /:/;
	my $bits = unpack 'B*', inet_pton($is4 ? AF_INET : AF_INET6, $address);
	my $data = record(@place);

	$bits = '0' x 96 . $bits if $is4 && $opt{v} == 6;
	$length += 96 if $is4 && $opt{v} == 6;
	if (!exists $at{$data}) {
		$at{$data} = length $section;
		$section .= $data;
	}
	insert(substr($bits, 0, $length), $at{$data});
}

my $nodes = @tree;
sub value { # of a side of a node
	my ($side) = @_;
	return !defined $side ? $nodes : ref $side ? $nodes + 16 + $$side
	    : $side;
}
binmode STDOUT;
for my $node (@tree) {
	my ($left, $right) = map { value($_) } @$node;
	print $opt{r} == 24
	    ? substr(pack('N', $left), 1) . substr(pack('N', $right), 1)
	    : $opt{r} == 28
	    ? substr(pack('N', $left), 1) .
	    pack('C', ($left >> 24) << 4 | $right >> 24) .
	    substr(pack('N', $right), 1)
	    : pack('NN', $left, $right);
}
print "\0" x 16, $section, "\xab\xcd\xefMaxMind.com", map_of(
    binary_format_major_version => uint16(2),
    binary_format_minor_version => uint16(0),
    build_epoch => uint64(1177200000),
    database_type => text('Test-City'),
    description => map_of(en => text('invented')),
    ip_version => uint16($opt{v}),
    languages => head(11, 1) . text('en'),
    node_count => uint32($nodes),
    record_size => uint16($opt{r}));
