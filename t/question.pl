#!/usr/bin/perl
# question.pl PORT: a question and its answer over UDP on the loopback
# interface, to that port and back.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(Proto => 'udp', LocalAddr => '127.0.0.1',
    LocalPort => $ARGV[0]) or die "question.pl: $!\n";
my $client = IO::Socket::INET->new(Proto => 'udp', PeerAddr => '127.0.0.1',
    PeerPort => $ARGV[0]) or die "question.pl: $!\n";
$client->send('question');
my $peer = $server->recv(my $text, 100);
$server->send('answer', 0, $peer);
$client->recv($text, 100);
