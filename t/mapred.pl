# mapred.pl: a stand-in for `mapred streaming` and `hdfs dfs`, as Hadoop's
# sources have them, over a folder: HDFS.  Called by the name mapred or hdfs.
#
# Text input is cut into tasks at any line, NLineInputFormat makes a task of
# each line, with its offset in front.  Map output goes to a reducer by a
# hash of its key (KeyFieldBasedPartitioner: its first field), is sorted by
# the key alone, and values of one key come in any order.  Commands are split
# at blanks and quotes and run without a shell, in a folder that holds the
# files sent along.
use strict;
use warnings;
use Cwd qw(abs_path getcwd);
use File::Copy;
use File::Temp qw(tempdir);

my $hdfs = $ENV{HDFS};
srand 11;

sub slurp {
	my ($name) = @_;
	open my $f, '<:raw', $name or die "$name: $!\n";
	local $/;
	return scalar <$f>;
}

sub spew {
	my ($name, $text) = @_;
	open my $f, '>:raw', $name or die "$name: $!\n";
	print $f $text;
	close $f or die "$name: $!\n";
}

sub parts { return sort grep { !m,/_, } glob "$_[0]/*"; }

sub dfs {
	my ($verb, @names) = @_;
	if ($verb eq '-ls') {
		print map { s,^\Q$hdfs\E/,,r . "\n" } parts("$hdfs/$names[1]");
	} elsif ($verb eq '-put') {
		die "exists\n" if -e "$hdfs/$names[1]";
		copy($names[0], "$hdfs/$names[1]") or die "$!\n";
	} elsif ($verb eq '-cat') {
		print slurp("$hdfs/$names[0]");
	} elsif ($verb eq '-getmerge') {
		spew($names[1], join '', map { slurp($_) } parts("$hdfs/$names[0]"));
	} else {
		die "hdfs dfs $verb: not known\n";
	}
}

# As PipeMapRed.splitArgs; the first word is looked for here, then in PATH.
sub words {
	my @word;
	push @word, $1 // $2 // $3
	    while $_[0] =~ /'([^']*)'|"([^"]*)"|([^ '"]+)/g;
	$word[0] = "./$word[0]" if -e $word[0];
	return @word;
}

# Runs a command on the lines in a folder of its own; its output lines.
sub task {
	my ($command, $files, @line) = @_;
	my $home = getcwd();
	my $dir = tempdir(CLEANUP => 1);
	copy($_, $dir) or die "$_: $!\n" for @$files;
	spew("$dir/.in", join '', map { "$_\n" } @line);
	chdir $dir;
	my @word = words($command);
	chmod 0755, $word[0];
	my $pid = fork // die "$!\n";
	if ($pid == 0) {
		open STDIN, '<', '.in';
		open STDOUT, '>', '.out';
		$ENV{TMPDIR} = $dir;
		exec { $word[0] } @word or die "@word: $!\n";
	}
	waitpid $pid, 0;
	die "$command: status $?\n" if $?;
	my @out = split /\n/, slurp('.out');
	chdir $home;
	return @out;
}

sub input {
	my ($o) = @_;
	my $in = "$hdfs/$o->{input}";
	my @line = map { split /\n/, slurp($_) } -d $in ? parts($in) : $in;
	my @task;
	if (($o->{inputformat} // '') =~ /\.NLineInputFormat$/) {
		my $offset = 0;
		for (@line) {
			push @task, [$o->{'stream.map.input.ignoreKey'} ? $_
			    : "$offset\t$_"];
			$offset += 1 + length;
		}
		return @task;
	}
	while (@line) {
		push @task, [splice @line, 0, 1 + int rand 400];
	}
	return @task;
}

sub sum { return unpack '%32C*', $_[0] . length $_[0]; }

sub streaming {
	my %o;
	while (@_) {
		my $name = shift;
		my $value = shift;
		if ($name eq '-D') {
			($name, $value) = split /=/, $value, 2;
			$o{$name} = $value;
		} else {
			$o{substr $name, 1} = $value;
		}
	}
	my @files = map { abs_path($_) } split /,/, $o{files} // '';
	my $reduces = $o{'mapreduce.job.reduces'};
	my $fields = $o{'stream.num.map.output.key.fields'} // 1;
	my $by_field = ($o{partitioner} // '') =~ /\.KeyFieldBasedPartitioner$/;
	my $out = "$hdfs/$o{output}";
	die "$o{output}: exists\n" if -e $out;

	my @pair = map { [] } 1 .. $reduces;
	for my $task (input(\%o)) {
		for (task($o{mapper}, \@files, @$task)) {
			my @f = split /\t/, $_, $fields + 1;
			my $value = @f > $fields ? pop @f : undef;
			my $key = join "\t", @f;
			push @{$pair[sum($by_field ? $f[0] : $key) % $reduces]},
			    [$key, $value, rand];
		}
	}
	mkdir $out or die "$out: $!\n";
	for my $r (0 .. $reduces - 1) {
		my @line = map { $_->[0] . "\t" . ($_->[1] // '') }
		    sort { $a->[0] cmp $b->[0] || $a->[2] <=> $b->[2] }
		    @{$pair[$r]};
		spew(sprintf("%s/part-%05d", $out, $r), join '',
		    map { "$_\n" } task($o{reducer}, \@files, @line));
	}
	spew("$out/_SUCCESS", '');
}

my ($name) = $0 =~ m,([^/]*)$,;
my $verb = shift;
if ($name eq 'hdfs' && $verb eq 'dfs') {
	dfs(@ARGV);
} elsif ($name eq 'mapred' && $verb eq 'streaming') {
	streaming(@ARGV);
} else {
	die "$name $verb: not known\n";
}
