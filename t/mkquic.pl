#!/usr/bin/perl
# mkquic: Initial packets of a QUIC client for tests, encrypted as RFC 9001
# says (version 2: RFC 9369), with ciphers written out here, so that it shares
# nothing with what it tests.
#
#	mkquic.pl version id number frames
#
# id: the destination connection ID in hexadecimal digits, then, after a comma,
# the one whose keys are taken if that is another; number: of the packet;
# frames: hexadecimal digits, and `pN` for padding up to N bytes of frames in
# all.  Prints the packet in hexadecimal digits.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256);

# AES-128 (FIPS 197), one block.
my (@sbox, @key);
{
	my ($p, $q) = (1, 1);
	do {
		$p ^= ($p << 1 & 255) ^ ($p & 128 ? 0x1b : 0);
		$q ^= $q << 1 & 255;
		$q ^= $q << 2 & 255;
		$q ^= $q << 4 & 255;
		$q ^= 0x09 if $q & 128;
		my $x = $q;
		$x ^= ($q << $_ | $q >> (8 - $_)) & 255 for 1 .. 4;
		$sbox[$p] = $x ^ 0x63;
	} while $p != 1;
	$sbox[0] = 0x63;
}

sub expand {
	my @w = unpack 'C16', shift;
	my $rcon = 1;
	for my $i (4 .. 43) {
		my @t = @w[4 * $i - 4 .. 4 * $i - 1];
		if ($i % 4 == 0) {
			@t = @sbox[@t[1, 2, 3, 0]];
			$t[0] ^= $rcon;
			$rcon = ($rcon << 1) ^ ($rcon & 128 ? 0x11b : 0);
		}
		push @w, map { $w[4 * ($i - 4) + $_] ^ $t[$_] } 0 .. 3;
	}
	return @w;
}

sub twice { my $x = shift; return ($x << 1 & 255) ^ ($x & 128 ? 0x1b : 0) }

sub aes {
	my ($block, @w) = @_;
	my @s = unpack 'C16', $block;
	$s[$_] ^= $w[$_] for 0 .. 15;
	for my $round (1 .. 10) {
		@s = @sbox[@s[map { ($_ + 4 * ($_ % 4)) % 16 } 0 .. 15]];
		for my $c ($round < 10 ? (0, 4, 8, 12) : ()) {
			my @a = @s[$c .. $c + 3];
			my $all = $a[0] ^ $a[1] ^ $a[2] ^ $a[3];
			$s[$c + $_] ^= $all ^ twice($a[$_] ^ $a[($_ + 1) % 4])
			    for 0 .. 3;
		}
		$s[$_] ^= $w[16 * $round + $_] for 0 .. 15;
	}
	return pack 'C16', @s;
}

# GHASH (NIST SP 800-38D): numbers of 128 bits as four of 32.
sub ghash {
	my ($h, $text) = @_;
	my @y = (0) x 4;
	for my $block (unpack '(a16)*', $text) {
		my @x = unpack 'N4', $block;
		$y[$_] ^= $x[$_] for 0 .. 3;
		my @v = unpack 'N4', $h;
		my @z = (0) x 4;
		for my $bit (0 .. 127) {
			if ($y[$bit >> 5] >> (31 - $bit % 32) & 1) {
				$z[$_] ^= $v[$_] for 0 .. 3;
			}
			my $low = $v[3] & 1;
			$v[$_] = $v[$_] >> 1 | ($v[$_ - 1] & 1) << 31
			    for 3, 2, 1;
			$v[0] >>= 1;
			$v[0] ^= 0xe1000000 if $low;
		}
		@y = @z;
	}
	return pack 'N4', @y;
}

sub pad { my $s = shift; return $s . "\0" x (-length($s) % 16) }

sub seal {
	my ($key, $nonce, $head, $text) = @_;
	my @w = expand($key);
	my $n = 1;
	my $out = '';
	$out .= $_ ^ substr aes($nonce . pack('N', ++$n), @w), 0, length
	    for unpack '(a16)*', $text;
	my $sum = ghash(aes("\0" x 16, @w), pad($head) . pad($out) .
	    pack('Q> Q>', 8 * length $head, 8 * length $out));
	return $out . ($sum ^ aes($nonce . pack('N', 1), @w));
}

sub label {
	my ($secret, $label, $n) = @_;
	return substr hmac_sha256(pack('n C/a C', $n, "tls13 $label", 0) .
	    "\1", $secret), 0, $n;
}

my ($version, $ids, $number, @frames) = @ARGV;
my ($id, $first) = map { pack 'H*', $_ } split /,/, $ids;
my ($salt, $type, $quic) = $version == 2 ?
	('0dede3def700a6db819381be6e269dcbf9bd2ed9', 0xd3, 'quicv2') :
	('38762cf7f55934b34d179ae6a4c80cadccbb7f0a', 0xc3, 'quic');
my $secret = label(hmac_sha256($first // $id, pack 'H*', $salt),
	'client in', 32);
my $text = '';
for (@frames) {
	$text .= /^p(\d+)$/ ? "\0" x ($1 - length $text) : pack 'H*', $_;
}
my $head = pack 'C N C/a C C n N', $type, $version == 2 ? 0x6b3343cf : 1,
	$id, 0, 0, 0x4000 | 4 + length($text) + 16, $number;
my $nonce = label($secret, "$quic iv", 12) ^ pack 'x8 N', $number;
my $sealed = seal(label($secret, "$quic key", 16), $nonce, $head, $text);
my $mask = aes(substr($sealed, 0, 16), expand(label($secret, "$quic hp", 16)));
my $at = length($head) - 4;
substr($head, 0, 1) ^= chr(ord($mask) & 15);
substr($head, $at, 4) ^= substr $mask, 1, 4;
print unpack('H*', $head . $sealed), "\n";
