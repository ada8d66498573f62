#!/usr/bin/perl
# flows.pl FIRST COUNT: pcap2flows against a model of it, on random captures.
#
# Each case is a seed: it draws options and frames, writes the capture, works
# out every record the slow way (a list of flows, each the list of its
# packets) and the account, and compares.  Prints what differs.  The model is
# after flow(5) and pcap2flows(1), not after the program.
use strict;
use warnings;
use Digest::SHA qw(sha1_base64);

my ($first, $cases) = @ARGV;
my ($failed, $records, $frames_read) = (0, 0, 0);
my %used;	# options, in how many cases

sub pick { return $_[int rand @_] }
sub chance { return rand() < $_[0] }

# --- Addresses: 16 bytes, IPv4 mapped.

sub v4 { return ("\0" x 10) . "\xff\xff" . pack('C4', split /\./, shift) }
sub is4 { return substr($_[0], 0, 12) eq ("\0" x 10) . "\xff\xff" }
sub short { return is4($_[0]) ? substr($_[0], 12) : $_[0] }

my %text;
$text{v4("10.0.0.$_")} = "10.0.0.$_" for 1 .. 6;
$text{v4("240.1.2.$_")} = "240.1.2.$_" for 1, 2;
$text{pack('H32', '20010db8' . '0' x 23 . $_)} = "2001:db8::$_" for 1, 2;
my @addr4 = grep { is4($_) } sort keys %text;
my @addr6 = grep { !is4($_) } sort keys %text;

# --- Frames.  Each has t (microseconds), bytes, wire, and in `as` what it is.

sub ip4 {	# src dst proto payload id fragment
	my ($s, $d, $proto, $inside, $id, $frag) = @_;
	return pack('C2 n3 C2 n', 0x45, 0, 20 + length $inside, $id // 0,
	    $frag // 0, 64, $proto, 0) . short($s) . short($d) . $inside;
}

sub ip6 {
	my ($s, $d, $proto, $inside) = @_;
	return pack('N n C2', 6 << 28, length $inside, $proto, 64) . $s . $d .
	    $inside;
}

sub wrap {	# IP packet
	my $ip = shift;
	my $type = ord($ip) >> 4 == 4 ? 0x0800 : 0x86dd;
	my $tag = pick('', '', '', pack('n2', 0x8100, 7),
	    pack('n4', 0x88a8, 3, 0x8100, 9));
	return "\2" x 12 . $tag . pack('n', $type) . $ip;
}

my %bit = (F => 1, S => 2, R => 4, P => 8, A => 16, U => 32, E => 64, C => 128);

# What the case is like.
sub draw_world {
	my %w = (packets => chance(0.1) ? 500 : 20 + int rand 60);
	my $hosts = $w{packets} > 400 ? 1 : 1 + int rand 6;
	$w{in4} = [@addr4[0 .. $hosts - 1]];
	$w{out4} = [@addr4[6, 7]];
	$w{step} = pick(1_000, 40_000, 900_000, 4_000_000, 30_000_000);
	$w{back} = chance(0.25) ? pick(500, 800_000, 5_000_000) : 0;
	$w{tcp} = pick(0, 0.3, 0.7);
	$w{dup} = chance(0.3) ? 0.2 : 0;
	$w{idle} = pick(200, 200, 200, 20, 5, 1000, 'inf');
	$w{active} = chance(0.2) ? pick(1, 10, 60) : 'inf';
	$w{most} = chance(0.2) ? 1 + int rand 6 : 0;
	$w{dupms} = $w{dup} ? pick(-1, 5, 2000) : -1;
	$w{tunnels} = chance(0.3);
	$w{basic} = chance(0.1);
	$w{packets_only} = chance(0.1);
	$w{less} = chance(0.1) ? 100 : 0;
	$w{nets} = pick('', '', '10.0.0.0/30', '240.0.0.0/4,2001:db8::1');
	return \%w;
}

sub draw_tcp_udp {
	my $w = shift;
	my %p = (proto => chance($w->{tcp}) ? 6 : 17);
	my $six = chance(0.2);
	my ($a, $b) = $six ? @addr6 : (pick(@{$w->{in4}}), pick(@{$w->{out4}}));
	my @ports = (1000 + int rand 2, 2000 + int rand 2);
	($a, $b, @ports) = ($b, $a, reverse @ports) if chance(0.4);
	@p{qw(src dst sport dport)} = ($a, $b, @ports);
	$p{length} = chance(0.6) ? pick(0, 1, 2, 3, 8, 100, 101, 110, 350, 800)
	    : int rand 1200;
	$p{data} = join '', map { chr int rand 256 } 1 .. $p{length};
	$p{id} = $six ? 0 : 1 + int rand 60000;
	$p{sum} = int rand 65536;
	$p{flags} = '';
	$p{flags} = pick(qw(S HA A A A PA PA FA FA RA R UECA)) if $p{proto} == 6;
	return \%p;
}

sub segment {
	my $p = shift;
	return pack('n4', $p->{sport}, $p->{dport}, 8 + $p->{length}, $p->{sum})
	    . $p->{data} if $p->{proto} == 17;
	my $bits = 0;
	for (split //, $p->{flags}) { $bits |= $bit{$_ eq 'H' ? 'S' : $_} }
	return pack('n2 N2 C2 n3', $p->{sport}, $p->{dport}, 1, 2, 0x50, $bits,
	    100, $p->{sum}, 0) . $p->{data};
}

sub datagram {
	my $p = shift;
	return is4($p->{src}) ?
	    ip4(@$p{qw(src dst proto)}, segment($p), $p->{id}) :
	    ip6(@$p{qw(src dst proto)}, segment($p));
}

sub plain {	# a whole packet, perhaps cut by the snap length
	my ($w, $p) = @_;
	my $bytes = wrap(datagram($p));
	my %f = (as => 'flow', p => $p, bytes => $bytes, wire => length $bytes);
	my $cut = chance(0.15) ? int rand($p->{length} + 1) : 0;
	$f{bytes} = substr $bytes, 0, length($bytes) - $cut;
	$p->{captured} = $p->{length} - $cut;
	return \%f;
}

sub fragment {	# the first of a datagram, or a later one
	my ($w, $p) = @_;
	@$p{qw(proto flags id)} = (17, '', 1 + int rand 3);
	@$p{qw(src dst)} = ($addr4[0], $w->{out4}[0]);
	@$p{qw(sport dport)} = (1000, 2000);
	my $ip;
	if (chance(0.4)) {
		$p->{length} = 1000;
		my $head = pack('n4', 1000, 2000, 1008, $p->{sum});
		$p->{data} = substr $p->{data}, 0, 16;
		$p->{data} .= 'x' x (16 - length $p->{data});
		$ip = ip4(@$p{qw(src dst)}, 17, $head . $p->{data}, $p->{id},
		    0x2000);
		@$p{qw(captured first)} = (16, 1);
	} else {
		my $off = 3 + int rand 90;
		@$p{qw(length captured later sum)} = (0, 0, 1, $off);
		$ip = ip4(@$p{qw(src dst)}, 17, 'y' x 24, $p->{id}, $off);
	}
	my $bytes = wrap($ip);
	return {as => 'flow', p => $p, bytes => $bytes, wire => length $bytes};
}

sub tunnel {
	my ($w, $p) = @_;
	my ($proto, $head) = is4($p->{src}) && chance(0.5) ? (4, '') :
	    (47, pack('n2', 0, is4($p->{src}) ? 0x0800 : 0x86dd));
	my $bytes = wrap(ip4($addr4[2], $addr4[3], $proto, $head .
	    datagram($p)));
	$p->{captured} = $p->{length};
	return {as => $w->{tunnels} ? 'flow' : 'other', p => $p,
	    bytes => $bytes, wire => length $bytes};
}

sub other {
	my ($w, $p) = @_;
	my ($as, $bytes) = @{pick(
	    ['notip', "\2" x 12 . pack('n', 0x0806) . "\0" x 28],
	    ['other', wrap(ip4($addr4[0], $addr4[7], 1, "\0" x 12))],
	    ['other', wrap(ip4($addr4[0], $addr4[7], 132, "\0" x 12))],
	    ['malformed', substr(wrap(datagram($p)), 0, 30)],
	    ['other', wrap(ip4($addr4[0], $addr4[7], 1, pack('C2 n N', 3, 3, 0,
		0) . ip4($addr4[7], $addr4[0], 17, pack('n4', 1, 2, 20, 0))))]
	)};
	return {as => $as, bytes => $bytes, wire => length($bytes) +
	    ($as eq 'malformed' ? 60 : 0)};
}

# What a first fragment has in common with its later ones is all in its id.
sub later_of {
	my ($w, $p) = @_;
	my $f;
	do {
		$f = fragment($w, draw_tcp_udp($w));
	} until $f->{p}{later} && $f->{p}{id} == $p->{id};
	return $f;
}

# A packet of the same flow at the very limit of a timeout.
sub draw_limit {
	my ($w, $before) = @_;
	my $b = $before->{p};
	my $limit = $w->{idle} eq 'inf' || chance(0.4) ? 60 : $w->{idle};
	my $f;

	if ($b->{first}) {
		$f = later_of($w, $b);
		$limit = 30 if chance(0.7);
	} elsif ($w->{dup} && $w->{dupms} > 0 && chance(0.5)) {
		$f = {%$before, p => {%$b}};
		$limit = $w->{dupms} / 1000;
	} else {
		my $p = draw_tcp_udp($w);
		my @end = chance(0.5) ? qw(src dst sport dport) :
		    qw(dst src dport sport);
		@$p{qw(src dst sport dport)} = @$b{@end};
		$p->{id} = 0 unless is4($p->{src});
		$p->{flags} = '' if $b->{proto} == 17;
		$p->{flags} ||= 'A' if $b->{proto} == 6;
		$p->{proto} = $b->{proto};
		$f = plain($w, $p);
	}
	$f->{t} = $before->{t} + 1_000_000 * $limit + pick(0, 0, 1, -1);
	return $f;
}

sub draw_frame {
	my ($w, $before) = @_;
	my $p = draw_tcp_udp($w);
	my $r = rand;

	if ($before && chance($w->{dup})) {
		my %copy = %$before;
		$copy{p} = {%{$before->{p}}} if $before->{p};
		return \%copy;
	}
	return fragment($w, $p) if $r < 0.08;
	return tunnel($w, $p) if $r < 0.14;
	return other($w, $p) if $r < 0.2;
	return plain($w, $p);
}

sub draw_frames {
	my $w = shift;
	my ($t, @frames) = (1_000_000_000_000_000 + int rand 1e6);

	for (1 .. $w->{packets}) {
		if (@frames && $frames[-1]{p} && $t == $frames[-1]{t} &&
		    chance(0.1)) {
			push @frames, draw_limit($w, $frames[-1]);
			$t = $frames[-1]{t};
			next;
		}
		my $f = draw_frame($w, $frames[-1]);
		$t += int rand $w->{step} if chance(0.8);
		$f->{t} = $t;
		$f->{t} -= int rand $w->{back} if chance(0.3);
		push @frames, $f;
	}
	return \@frames;
}

sub write_capture {
	my ($path, $frames) = @_;
	open my $f, '>:raw', $path or die;
	print $f pack('V v2 V4', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1);
	print $f pack('V4', int($_->{t} / 1e6), $_->{t} % 1_000_000,
	    length $_->{bytes}, $_->{wire}), $_->{bytes} for @$frames;
	close $f or die;
}

# --- The model.

sub internal {
	my ($w, $a) = @_;
	my $name = $text{$a};
	return $name =~ /^10\.0\.0\.[123]$/ if $w->{nets} =~ /^10/;
	return $name =~ /^240|::1$/ if $w->{nets};
	return $name =~ /^10\./;
}

sub dir_of {
	my ($w, $s, $d) = @_;
	return (qw(ext in out int))[2 * !!internal($w, $s) + !!internal($w, $d)];
}

sub tuple {	# the same both ways
	my $p = shift;
	return join ' ', $p->{proto}, sort "$p->{src}$p->{sport}",
	    "$p->{dst}$p->{dport}";
}

sub seconds { return defined $_[0] ? sprintf '%010d.%06d', int($_[0] / 1e6),
    $_[0] % 1_000_000 : '-' }
sub largest { my $m; for (@_) { $m = $_ if !defined $m || $_ > $m } return $m }

sub cid_of {
	my $p = shift;
	my @end = map { [short($p->{$_->[0]}), pack 'n', $p->{$_->[1]}] }
	    ['src', 'sport'], ['dst', 'dport'];
	@end = reverse @end if $end[1][0] . $end[1][1] lt
	    $end[0][0] . $end[0][1];
	return '1:' . sha1_base64("\0\0" . $end[0][0] . $end[1][0] .
	    chr($p->{proto}) . "\0" . $end[0][1] . $end[1][1]) . '=';
}

sub histogram {
	my ($form, %count) = @_;
	return join(',', map { sprintf "$form:%d", $_, $count{$_} }
	    sort { $a <=> $b } keys %count) || '-';
}

sub nib {
	my @m = grep { length } map { substr $_->{data}, 0,
	    $_->{captured} < 8 ? $_->{captured} : 8 } @_;
	return '-' unless @m;
	return '=' . unpack 'H*', $m[0] if @m == 1;
	my @count = map { {} } 1 .. 16;
	for my $hex (map { unpack 'H*', $_ } @m) {
		$count[$_]{hex substr $hex, $_, 1}++ for 0 .. length($hex) - 1;
	}
	return join ';', map { histogram('%x', %$_) } @count;
}

sub round { return int($_[0] + 0.5) }

sub win {
	my @m = grep { my $n = $_->{length}; $n > 0 && !($n >= 350 && $n <= 500)
	    && !($n >= 800 && $n <= 980) } @_;
	my %count;
	while (my @w = splice @m, 0, 30) {
		last if @w < 30;
		my ($sum, $squares) = (0, 0);
		$sum += $_->{length} for @w;
		# 30² times the variance is a whole number.
		$squares += 30 * $_->{length} ** 2 for @w;
		my $gap = ($w[-1]{t} - $w[0]{t}) / 29e3;
		$count{join '/', round($sum / 30), round(sqrt($squares - $sum
		    ** 2) / 30), round($gap > 0 ? $gap : 0)}++;
	}
	return join(',', map { "$_->[0]:$count{$_->[0]}" } sort {
	    $a->[1] <=> $b->[1] || $a->[2] <=> $b->[2] || $a->[3] <=> $b->[3] }
	    map { [$_, split m{/}] } keys %count) || '-';
}

sub features {	# packets of one direction
	my @m = grep { !$_->{later} } @_;
	my (%size, %fun);
	for (@m) {
		$size{$_->{length}}++;
		$fun{ord(substr $_->{data}, 2, 1) & 0x8f}++
		    if $_->{captured} > 2 && $_->{proto} == 17;
	}
	return (histogram('%d', %size), histogram('%02x', %fun), nib(@m),
	    win(@m));
}

sub flags {
	my $seen = join '', map { $_->{flags} } @_;
	return join('', grep { index($seen, $_) >= 0 } split //, 'SHAFRPUEC')
	    || '-';
}

sub turns {	# ask reply ask2 turn
	my ($is_reply, @p) = @_;
	my ($r, $s, @time);
	for my $i (0 .. $#p) {
		$r = $i if !defined $r && $is_reply->($p[$i]);
		$s = $i if defined $r && !defined $s && !$is_reply->($p[$i]);
	}
	push @time, defined $r ? (largest(map { $_->{t} } grep {
	    !$is_reply->($_) } @p[0 .. $r]), $p[$r]{t}) : (undef, undef);
	push @time, defined $s ? (largest(map { $_->{t} } grep {
	    $is_reply->($_) } @p[0 .. $s]), $p[$s]{t}) : (undef, undef);
	return map { seconds($_) } @time;
}

# The flow as its initiator's: an answer is its receiver's.
sub initiator {
	my $p = shift;
	return $p if $p->{flags} !~ /H/;
	return {%$p, src => $p->{dst}, sport => $p->{dport},
	    dst => $p->{src}, dport => $p->{sport}};
}

sub record {
	my ($w, $flow) = @_;
	my @p = @{$flow->{p}};
	my $i = initiator($p[0]);
	my $is_reply = sub { return $_[0]{src} ne $i->{src} ||
	    $_[0]{sport} != $i->{sport} };
	my @side = ([grep { !$is_reply->($_) } @p], [grep { $is_reply->($_) }
	    @p]);
	my ($start) = sort { $a <=> $b } map { $_->{t} } @p;
	my @sum = map { my $n = 0; $n += $_->{length} for @$_; $n } @side;
	my @feature = map { [features(@$_)] } @side;
	return join "\t", cid_of($i), seconds($start),
	    seconds(largest(map { $_->{t} } @p)),
	    $i->{proto} == 6 ? 'tcp' : 'udp', $text{$i->{src}}, $i->{sport},
	    $text{$i->{dst}}, $i->{dport}, dir_of($w, $i->{src}, $i->{dst}),
	    scalar @{$side[0]}, scalar @{$side[1]}, @sum,
	    (map { seconds(largest(map { $_->{t} } @$_)) } @side),
	    turns($is_reply, @p), flags(@{$side[0]}), flags(@{$side[1]}),
	    $flow->{why}, ($w->{basic} ? () : map { my $k = $_;
	    map { $_->[$k] } @feature } 0 .. 3), 0;
}

sub limit { return $_[0] eq 'inf' ? 9e18 : $_[0] * 1_000_000 }

# Hands over; why applies to a flow that is open and not overdue, should the
# packet that came last be right.
sub hand_over {
	my ($m, $flow, $why) = @_;
	my $now = largest($m->{now}, $m->{told});
	$flow->{why} //= $now - $flow->{latest} > $m->{idle} ? 'idle' : $why;
	push @{$m->{out}}, record($m->{w}, $flow);
	@{$m->{held}} = grep { $_ != $flow } @{$m->{held}};
}

# The flow whose last packet came first.
sub longest_silent {
	my $m = shift;
	my $first;
	for (@{$m->{held}}) {
		$first = $_ if !$first || $_->{touched} < $first->{touched};
	}
	return $first;
}

# The clock shows what two packets in succession have reached.  No frame here
# is back by more than a minute, or alone in being ahead by a day.
sub tick {
	my ($m, $t) = @_;
	my $both = $t < $m->{told} ? $t : $m->{told};
	$m->{now} = largest($m->{now}, $both);
	$m->{slack} = largest($m->{slack}, $m->{now} - $t);
	$m->{told} = $t;
	# In order of the latest packet: where time steps back, flows that are
	# overdue wait behind one that is not.
	while (my $flow = longest_silent($m)) {
		last if $m->{now} - $m->{slack} - $flow->{latest} <= $m->{idle};
		hand_over($m, $flow, 'idle');
	}
}

sub closed { return ($_[0]{why} // '') =~ /fin|rst/ }

sub begin_flow {
	my ($m, $p, %more) = @_;
	my $flow = {tuple => tuple($p), p => [], listed => 1, %more};
	push @{$m->{held}}, $flow;
	return $flow;
}

# All numbers of the model's SYNs are one, so the initiator's is no new one
# where there was one before.
sub is_next {
	my ($flow, $p) = @_;
	my $i = initiator($flow->{p}[0]);
	return 1 if "$i->{src} $i->{sport}" ne "$p->{src} $p->{sport}";
	return !$flow->{isn} && !grep { $_->{flags} =~ /[SH]/ } @{$flow->{p}};
}

sub flow_for {
	my ($m, $p) = @_;
	my ($flow) = grep { $_->{listed} && $_->{tuple} eq tuple($p) }
	    @{$m->{held}};
	if ($flow) {
		my $gap = $p->{t} - $flow->{latest};
		my $syn = $p->{flags} =~ /S/;
		if ($syn && $gap > 1_000_000 && is_next($flow, $p)) {
			$flow->{why} //= $gap > $m->{idle} ? 'idle' : 'syn';
			$flow->{listed} = 0;
			undef $flow;
		} elsif ($gap > $m->{idle} || (closed($flow) && ($syn ||
		    $gap > 60_000_000))) {
			$flow->{why} //= 'idle';
			$flow->{listed} = 0;
			undef $flow;
		}
	}
	if (!$flow) {
		hand_over($m, longest_silent($m), 'evict') if $m->{w}{most} &&
		    @{$m->{held}} == $m->{w}{most};
		return begin_flow($m, $p);
	}
	my ($start) = sort { $a <=> $b } map { $_->{t} } @{$flow->{p}};
	return $flow if $p->{t} - $start <= $m->{active};
	my ($old, $new) = (initiator($flow->{p}[0]), initiator($p));
	# A piece can begin before the last one's end, with a fragment that was
	# held: the silence of the flow is that since its latest packet.
	my %more = (why => $flow->{why}, fin => $flow->{fin},
	    latest => $flow->{latest},
	    isn => ($flow->{isn} || grep { $_->{flags} =~ /[SH]/ }
	    @{$flow->{p}}) && $old->{src} eq $new->{src} &&
	    $old->{sport} == $new->{sport});
	$flow->{why} //= 'active';
	push @{$m->{out}}, record($m->{w}, $flow);
	@{$m->{held}} = grep { $_ != $flow } @{$m->{held}};
	return begin_flow($m, $p, %more);
}

sub add {
	my ($m, $p) = @_;
	my $flow = flow_for($m, $p);
	push @{$flow->{p}}, $p;
	$flow->{touched} = ++$m->{count};
	$flow->{latest} = largest($p->{t}, $flow->{latest} // ());
	return if $p->{proto} == 17 || closed($flow);
	$flow->{fin}{$p->{src} . $p->{sport}} = 1 if $p->{flags} =~ /F/;
	$flow->{why} = 'fin' if keys %{$flow->{fin} // {}} == 2;
	$flow->{why} = 'rst' if $p->{flags} =~ /R/;
}

# Of a later fragment; those that wait for theirs are held, and given back when
# it comes.
sub find_first {
	my ($m, $p, $earlier) = @_;
	return 1 unless $p->{later} || $p->{first};
	my $key = "$p->{src} $p->{dst} $p->{id}";
	my $d = $m->{frag}{$key};
	undef $d if $d && abs($p->{t} - $d->{t}) > 30_000_000;
	undef $d if $d && $d->{known} && $p->{first};
	$d //= $m->{frag}{$key} = {t => $p->{t}, held => []};
	if ($p->{first}) {
		$d->{known} = 1;
		@$earlier = @{$d->{held}};
		$d->{held} = [];
	}
	push @{$d->{held}}, $p unless $d->{known};
	return $d->{known};
}

sub is_copy {
	my ($m, $p) = @_;
	my $key = join ' ', @$p{qw(proto src sport dst dport id length flags)},
	    $p->{later} ? $p->{sum} : '', $p->{data};
	my $before = $m->{seen}{$key};
	$m->{seen}{$key} = $p->{t};
	return defined $before &&
	    abs($p->{t} - $before) <= 1000 * $m->{w}{dupms};
}

sub packet_row {
	my ($w, $p) = @_;
	return join "\t", seconds($p->{t}), $p->{proto} == 6 ? 'tcp' : 'udp',
	    $text{$p->{src}}, $p->{sport}, $text{$p->{dst}}, $p->{dport},
	    dir_of($w, $p->{src}, $p->{dst}), $p->{length};
}

sub take {
	my ($m, $f) = @_;
	my $as = $f->{as};
	my $w = $m->{w};
	my $p = $f->{p};

	my @earlier;
	$p->{t} = $f->{t} if $p;
	$as = 'orphan' if $as eq 'flow' && !find_first($m, $p, \@earlier);
	tick($m, $f->{t});
	$m->{n}{all}++;
	take_as($m, $as, $p);
	$m->{n}{orphan} -= @earlier;
	take_as($m, 'flow', $_) for @earlier;
}

sub take_as {
	my ($m, $as, $p) = @_;
	my $w = $m->{w};
	$as = 'copy' if $as eq 'flow' && $w->{dupms} >= 0 && is_copy($m, $p);
	$m->{n}{$as}++;
	return if $as ne 'flow';
	push @{$m->{rows}}, packet_row($w, $p) if $w->{packets_only};
	add($m, $p) unless $w->{packets_only};
}

sub model {
	my ($w, $frames) = @_;
	my $m = {w => $w, now => 0, told => 0, slack => 1_000_000, held => [],
	    out => [], rows => [], count => 0, idle => limit($w->{idle}),
	    active => limit($w->{active}),
	    n => {map { $_ => 0 } qw(all flow notip other orphan copy
	    malformed)}};
	for my $f (@$frames) {
		take($m, $f) if !$w->{less} || $f->{wire} <= $w->{less};
	}
	my @left = @{$m->{held}};
	hand_over($m, $_, 'eof') for @left;
	my $n = $m->{n};
	my $account = "packets $n->{all} = in flows $n->{flow} + not IP " .
	    "$n->{notip} + other transport $n->{other} + fragments without " .
	    "a first $n->{orphan} + duplicates $n->{copy} + other shard 0 + " .
	    "malformed $n->{malformed}";
	return ($w->{packets_only} ? $m->{rows} : $m->{out}, $account);
}

# --- The comparison.

sub options {
	my $w = shift;
	my @o = ('-v', '-t', $w->{idle});
	push @o, '-A', $w->{active} if $w->{active} ne 'inf';
	push @o, '-m', $w->{most} if $w->{most};
	push @o, '-D', $w->{dupms} if $w->{dupms} >= 0;
	push @o, '-T' if $w->{tunnels};
	push @o, '-b' if $w->{basic};
	push @o, '-p' if $w->{packets_only};
	push @o, '-f', "less $w->{less}" if $w->{less};
	push @o, '-n', $w->{nets} if $w->{nets};
	return @o;
}

sub lines { my $f = shift; open my $h, '<', $f or die; return map { chomp; $_ }
    <$h> }

sub run {
	my @command = @_;
	defined(my $pid = fork) or die;
	if (!$pid) {
		open STDOUT, '>', 'got' or die;
		open STDERR, '>', 'err' or die;
		exec @command or die;
	}
	waitpid $pid, 0;
	return $?;
}

sub complain {
	my ($seed, @what) = @_;
	print "seed $seed: @what\n";
	$failed++;
}

sub in_order {	# by end, where nothing is cut and time goes forward
	my ($w, @got) = @_;
	return 1 if $w->{most} || $w->{active} ne 'inf' || $w->{back} ||
	    $w->{packets_only};
	my @end = map { (split /\t/)[2] } @got;
	return !grep { $end[$_ - 1] gt $end[$_] } 1 .. $#end;
}

# Shards apart give what they give together.
sub check_shards {
	my ($seed, $w, @want) = @_;
	return if $w->{most} || $w->{packets_only};
	my @all;
	for my $k (1 .. 3) {
		run('pcap2flows', options($w), '-S', "$k/3", 'in.pcap');
		$used{-S}++;
		my ($header, @got) = lines('got');
		push @all, @got;
	}
	complain($seed, 'shards', join ' ', options($w))
	    if join("\n", sort @all) ne join("\n", sort @want);
}

sub check {
	my $seed = shift;
	srand $seed;
	my $w = draw_world();
	my $frames = draw_frames($w);
	write_capture('in.pcap', $frames);
	my ($want, $account) = model($w, $frames);
	my $status = run('pcap2flows', options($w), 'in.pcap');
	my ($header, @got) = lines('got');
	my $said = join ' ', lines('err');
	my $how = join ' ', options($w);
	$used{$_}++ for grep { /^-[A-Za-z]$/ } options($w);

	complain($seed, "status $status: $how: $said") if $status;
	complain($seed, "account: $how\n want $account\n got  $said")
	    if index($said, $account) < 0;
	complain($seed, "order: $how") unless in_order($w, @got);
	$records += @$want;
	$frames_read += @$frames;
	my %count;
	$count{$_}++ for @$want;
	$count{$_}-- for @got;
	my @differ = grep { $count{$_} } sort keys %count;
	complain($seed, "$how\n", map { ($count{$_} > 0 ? ' want ' : ' got  ') .
	    "$_\n" } @differ) if @differ;
	check_shards($seed, $w, @$want) if $seed % 5 == 0;
}

for ($first .. $first + $cases - 1) {
	check($_);
	last if $failed > 5;
}
print "$cases cases from seed $first, $frames_read frames, $records records\n",
    join(', ', map { "$_ $used{$_}" } sort keys %used), "\n";
exit($failed > 0);
