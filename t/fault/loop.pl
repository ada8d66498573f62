#!/usr/bin/perl
# loop.pl SHIM MOST COMMAND...: runs the command once as it is, then with each
# fault of t/fault/fault.c: the n-th call of a kind fails, for every n up to
# MOST, then for MOST more spread over the rest; all calls short; all calls
# interrupted.  Standard input is the file in $INPUT.
#
# A run must not die of a signal.  With status 0 its output must be that of
# the run without faults; else it must say why, and its output must be a
# beginning of that; with $PARTIAL set, of a failed read, whole lines, for what
# came before a damage counts.  Prints what is wrong, and how many runs there were.
use strict;
use warnings;

my ($shim, $most, @command) = @ARGV;
my $input = $ENV{INPUT} // '/dev/null';
my ($runs, $bad) = (0, 0);

sub slurp {
	open my $f, '<', shift or return '';
	local $/;
	return scalar(<$f>) // '';
}

sub run {	# fault
	unlink 'fault.out', 'fault.err';
	defined(my $pid = fork) or die;
	if (!$pid) {
		open STDIN, '<', $input or die;
		open STDOUT, '>', 'fault.out' or die;
		open STDERR, '>', 'fault.err' or die;
		$ENV{LD_PRELOAD} = $shim;
		$ENV{FAULT} = shift;
		exec @command or die;
	}
	waitpid $pid, 0;
	$runs++;
	return ($?, slurp('fault.out') . outputs(), slurp('fault.err'));
}

# With $OUTPUT, the files that the command has written, and removes them.
sub outputs {
	return '' unless $ENV{OUTPUT};
	my @whole = grep { !/\.part$/ } glob "$ENV{OUTPUT}*";
	my $text = join '', map { slurp($_) } sort @whole;
	unlink glob "$ENV{OUTPUT}*";
	return $text;
}

sub complain {
	$bad++;
	print "FAULT=$_[0]: $_[1]\n", map { "    $_\n" } split /\n/,
	    substr $_[2], 0, 1500;
}

unlink 'fault.count';
$ENV{FAULT_COUNT} = 'fault.count';
my ($status, $want) = run('none');
delete $ENV{FAULT_COUNT};
die "@command fails without faults\n", slurp('fault.err') if $status != 0;
my %count = map { split } grep { / / } split /\n/, slurp('fault.count');
die "no counts: was the shim loaded?\n" unless %count;

sub check {	# fault, must it succeed?
	my ($fault, $must) = @_;
	my ($status, $out, $err) = run($fault);
	if ($status & 127) {
		complain($fault, 'signal ' . ($status & 127), $err);
	} elsif ($err =~ /Sanitizer/) {
		complain($fault, 'sanitizer', $err);
	} elsif ($status == 0 || $must) {
		complain($fault, "status " . ($status >> 8) . ', ' . length($out) .
		    ' bytes where ' . length($want) . ' are right', $err)
		    if $status != 0 || $out ne $want;
	} elsif ($err eq '') {
		complain($fault, 'fails without a word', '');
	} elsif ($fault =~ /^read/ && $ENV{PARTIAL}) {
		complain($fault, 'half a line', $err) if $out !~ /(^|\n)\z/;
	} elsif ($out ne substr $want, 0, length $out) {
		complain($fault, 'no beginning of the right output', $err);
	}
}

for my $kind (sort keys %count) {
	my $step = $count{$kind} > 2 * $most ?
	    ($count{$kind} - $most) / $most : 1;
	for (my $n = 1; $n <= $count{$kind}; $n += $n < $most ? 1 : $step) {
		check("$kind:" . int $n, 0);
	}
}
check('short', 1);
check('eintr', 1);
print "$runs runs, $bad bad\n";
exit($bad > 0);
