#!/bin/sh
# flowpart: the hash as its page describes it, both directions alike, files
# that have their names only when they are whole.
. "${0%/*}/lib.sh"

# The page's words in Perl: columns that are no end's, the ends in order.
cat >model.pl <<'END'
my ($parts, $chosen) = splice @ARGV, 0, 2;
my @chosen = split /,/, $chosen;
my %is = map { $_ => 1 } @chosen;
my $address = $is{src} && $is{dst};
my $port = $is{sport} && $is{dport};
my $apart = $is{src} != $is{dst} || $is{sport} != $is{dport};
my $digits = length($parts - 1);
my %at;
while (<>) {
	chomp;
	my @f = split /\t/, $_, -1;
	if ($. == 1) {
		s/^#//;
		@f = split /\t/;
		@at{@f} = 0 .. $#f;
		print "#part\t$_\n";
		next;
	}
	my @key = $apart ? @chosen
	    : grep { !/^(src|dst|sport|dport)$/ } @chosen;
	my @end = map {
		my $end = $_;
		[ map { $f[$at{$_}] } grep { $is{$_} } @$end ]
	} (['src', 'sport'], ['dst', 'dport']);
	@end = sort { $a->[0] cmp $b->[0] || $a->[1] cmp $b->[1] } @end;
	my @text = map { $f[$at{$_}] } @key;
	push @text, @{$end[0]}, @{$end[1]} unless $apart;
	my $h = 0xcbf29ce484222325;
	for my $byte (unpack "C*", join("", map { "$_\t" } @text)) {
		$h ^= $byte;
		{ use integer; $h *= 0x100000001b3; }
	}
	for my $m (0xff51afd7ed558ccd, 0xc4ceb9fe1a85ec53) {
		$h ^= $h >> 33;
		{ use integer; $h *= $m; }
	}
	$h ^= $h >> 33;
	printf "%0*d\t%s\n", $digits, $h % $parts, $_;
}
END

# Flows between some addresses of either family, each way.
awk -v OFS='\t' 'BEGIN {
	print "#cid\tproto\tsrc\tsport\tdst\tdport\tnote"
	srand(1)
	for (i = 0; i < 2000; i++) {
		a = rand() < .8 ? "10.0.0." int(rand() * 30) : "2001:db8::" i % 7
		b = "240.0." int(rand() * 9) "." int(rand() * 9)
		s = int(rand() * 5) + 1000; d = int(rand() * 5) + 999
		p = rand() < .5 ? "udp" : "tcp"
		print "1:" i, p, a, s, b, d, "x"
		print "1:" i, p, b, d, a, s, "y"
	}
}' >in.tsv

# The parts of one key's two directions, which stand in turn.
alike() { awk '/^#/ {next} NR % 2 {odd += $1 != last} {last = $1}
	END {exit odd > 0}' "$1"; }

# All first lines are the header, all others what the files of $2 hold.
headed() { head -qn 1 "$1".* | sort -u | cmp - header; }
same_rows() { cat "$1".* | grep -v ^# >a; cat "$2".* | cmp - a; }
some_empty() { find . -name "$1.*" -size "$(wc -c <header)c" | grep -q .; }

n=$(awk 'NR > 1' in.tsv | wc -l)
plan 31

for c in src,dst src,sport,dst,dport proto,src,dst,sport,dport cid src \
	sport,dport dst,note src,dst,dport; do
	perl model.pl 12 $c in.tsv >wanted
	check "-c $c is as described" -o wanted -- flowpart -n 12 -c $c in.tsv
done
check 'without -c: src,dst' -s 0 -- flowpart -n 7 in.tsv
cp .out got
flowpart -n 7 -c src,dst in.tsv >wanted
ok 'the same as with it' cmp got wanted
ok 'both directions alike' alike got
flowpart -n 7 -c src in.tsv >got
ok 'not so with one end alone' sh -c "! awk '/^#/ {next} NR % 2 {
	odd += \$1 != last} {last = \$1} END {exit odd > 0}' got"

check 'one part' -- flowpart -n 1 in.tsv
is 'has number 0' "$(cut -f 1 .out | sort | uniq -c | tr -s ' ')" \
	"$(printf ' 1 #part\n %d 0' "$n")"
flowpart -n 1000 in.tsv >got
is 'numbers have one width' "$(sed 1d got | cut -f 1 | awk '{print length}' |
	sort -u)" 3

check '-o' -o .none -- flowpart -n 800 -o f. in.tsv
set -- f.*
is 'writes every file' "$#" 800
is 'and nothing else' "$(find . -name 'f.*.tmp')" ''
head -n 1 in.tsv >header
ok 'each with its header' headed f
ok 'some without rows' some_empty f
flowpart -n 800 in.tsv | awk -F '\t' -v OFS='\t' '{p = $1
	sub(/^[^\t]*\t/, ""); if (NR > 1) print >("g." p)}'
ok 'rows as in one stream' same_rows f g

sed 1d in.tsv >rows
names=$(sed 's/^#//; 1q' in.tsv | tr '\t' ,)
check '-H -o' -i rows -- flowpart -H "$names" -n 800 -o h. -
ok 'files without header' same_rows f h
check '-H -o, empty' -- flowpart -H "$names" -n 3 -o e. /dev/null
is 'empty files' "$(cat e.0 e.1 e.2)" ''

{ cat in.tsv; echo short; } >bad.tsv
check 'a bad row' -s 1 -M 'bad.tsv:4002: 1 column where' -- \
	flowpart -n 3 -o bad. bad.tsv
is 'leaves no file' "$(find . -name 'bad.[0-9]*')" ''
check 'no folder' -s 1 -M 'none/a0.tmp: No such file' -- \
	flowpart -n 3 -o none/a in.tsv
flowpart -n 3 in.tsv >parted.tsv
check 'parted already' -s 2 -M 'has a column "part" already' -- \
	flowpart -n 3 parted.tsv
check 'no -n' -s 2 -M '^usage: ' -- flowpart in.tsv
check '-n 0' -s 2 -M '^flowpart: -n' -- flowpart -n 0 in.tsv
