#!/usr/bin/perl
# undeclared: what rules read that make does not know of: then it does not make
# their targets anew when that changes.
# Usage: undeclared.pl TOP DATABASE TRACE ...
# DATABASE is of make -pn; a TRACE is of strace -f -e trace=openat,execve,rename
# of one recipe that ran in TOP.  Targets are what a recipe gives its name at the
# end; files below TOP, and other targets, are what it is made of.  Prints target
# and file, one pair a line.
use strict;
use warnings;

my ($top, $database, @traces) = @ARGV;
my (%declared, %known);

sub whole {
	my ($name) = @_;
	$name = "$top/$name" if $name !~ m{^/};
	1 while $name =~ s{/\./}{/} || $name =~ s{//}{/} ||
	    $name =~ s{/(?!\.\./)[^/]+/\.\./}{/};
	return $name;
}

# All that it is made of, and what that is made of.
sub made_of {
	my ($target) = @_;
	my @todo = $target;
	my %found;
	while (defined(my $file = pop @todo)) {
		next if $found{$file}++;
		push @todo, keys %{$declared{$file} || {}};
	}
	return \%found;
}

open my $rules, '<', $database or die "$database: $!";
while (<$rules>) {
	last if /^# Files/;
}
while (<$rules>) {
	next if !/^([^#\t:=]+?)\s*&?::?\s+([^=].*)$/;
	my ($targets, $from) = ($1, $2);
	next if $from =~ /^\S+ [:+?]?= /;
	$from =~ s/\|.*//;
	for my $target (map { whole($_) } split ' ', $targets) {
		$declared{$target}{whole($_)} = 1 for split ' ', $from;
	}
}
close $rules or die "$database: $!";

for my $trace (@traces) {
	my (%read, %written, %made);
	open my $calls, '<', $trace or die "$trace: $!";
	while (<$calls>) {
		next if / = -1 /;
		if (/\brename\w*\((?:AT_FDCWD, )?"(.+)\.part", (?:AT_FDCWD, )?"(\1)"/) {
			$made{whole($2)} = 1;
		} elsif (/\bopenat\(AT_FDCWD, "([^"]+)", (\S+)/) {
			my ($name, $how) = (whole($1), $2);
			if ($how =~ /O_WRONLY|O_RDWR/) {
				$written{$name} = 1;
			} elsif ($how !~ /O_DIRECTORY/ && !$written{$name}) {
				$read{$name} = 1;
			}
		} elsif (/\bexecve\("([^"]+)"/) {
			$read{whole($1)} = 1;
		}
	}
	close $calls or die "$trace: $!";
	for my $target (sort keys %made) {
		my $from = made_of($target);
		for my $file (sort keys %read) {
			next if $from->{$file} || $file =~ /\.part$/ || -d $file;
			print "$target $file\n" if $file =~ /^\Q$top\E\// ||
			    $declared{$file};
		}
	}
}
