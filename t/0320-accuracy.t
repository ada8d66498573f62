#!/bin/sh
# The reducers of `make accuracy`, on truth and verdicts made by hand.
# shellcheck disable=SC2016  # awk's own $
. "${0%/*}/lib.sh"
plots=$top/plots
: "${AWK:=awk}"
plan 17

# CID START CLASS APP
known() {
	printf '#cid\tstart\tclass\tapp\n'
	tr ' ' '\t' <<'EOF'
a 1 voice skype
b 1 sig skype
b 9 sig skype
c 1 - rtp
d 1 - dns
e 1 voice skype
e 9 sig skype
EOF
}
# The columns that are read of skypeclass -a -x.
header="cid start proto src sport dst dport dir pkts rpkts bytes rbytes"
header="$header chiid chirest chifun chihead chitail blen bgap fvoice fsig"
header="$header rchiid rchirest rchifun rchihead rchitail rblen rbgap"
header="$header rfvoice rfsig class via score"
row() { # cid start proto sport pkts, evidence of a direction, score, class
	echo "$1 $2 $3 10.0.0.1 $4 240.0.0.1 9 out $5 1 100 10 $6" \
		"- - - - - - - - - $8 - $7"
}
none='- - - - - - - 0.0 100.0'
{
	echo "#$header"
	row a 1 udp 7 500 '20 30 900 10 20 -1.5 -0.5 95 100' 12.0 voice
	row b 1 udp 7 2 "$none" 12.0 sig
	row b 9 udp 7 1 "$none" 12.0 -
	row c 1 udp 8 200 '20 30 90 10 20 -1.5 -0.5 0 0' -9.0 -
	row d 1 udp 9 1 "$none" -9.0 -
	row e 3 tcp 9 1 "$none" -9.0 -		# no such start, two classes
	row f 1 udp 9 1 "$none" -9.0 -		# not in the truth
} | tr ' ' '\t' >verdicts
known >truth

$AWK -f "$plots/lib/columns.awk" -f "$plots/accuracy/verdicts.awk" truth verdicts |
	sort >counts
table() { grep "^$1	" counts | tr '\t' ' '; }

is 'classes' "$(table class)" \
'class - dns - 1 2 110
class - rtp - 1 201 110
class sig skype - 1 2 110
class sig skype sig 1 3 110
class voice skype voice 1 501 110'
is 'without truth' "$(table lost)" 'lost - - 2 4 220'
is 'calls by length' "$(table length)" 'length 300-999 1 1 501 110'
is 'other flows' "$(table noise)" 'noise rtp 0 1 201 110'
is 'tests alone: Bayes takes RTP for a call' "$(table method)" \
'method bayes 0 1 1 201 110
method bayes 1 1 1 501 110
method both 0 0 1 201 110
method both 1 1 1 501 110
method chi 0 0 1 201 110
method chi 1 1 1 501 110'
is 'one client, one of its two flows' \
	"$(table client; table clients)" \
'client 2-5 0 1 2 110
client 2-5 1 1 3 110
clients 2-5 1 1 0 0'
is 'how near others come' "$(table near)" 'near rtp 0 1 1 201 110'
is 'passes at score 11 and 13' \
	"$(table curve | grep 'score 1[13] ')" 'curve score 11 1 2 5 220'
is 'passes at chi-square 100 and 1000' \
	"$(table curve | grep -E 'chi (100|1000)\.0 ')" \
	'curve chi 100.0 1 1 501 110'

sed 's/^/all	/' counts >all
$AWK -f "$plots/accuracy/accuracy-tables.awk" all >tables
LC_ALL=C $AWK -f "$plots/lib/table.awk" tables | tr -s ' ' >text
ok 'tables' sh -c '
	grep -q "^naive Bayes alone 1 0 0.000 1 1 100.000 28 0.68$" text &&
	grep -q "^2-5 1 1 2 50.000 5 60.000$" text &&
	grep -q "^sig 0 0 0 0 1 1$" text &&
	grep -q "^2 flows are not in the truth" text'
$AWK -f "$plots/accuracy/threshold-curves.awk" all >curves
is 'curves' "$(awk '/^#/ {b = $2} b == "score" && $1 ~ /^1[23]$/' curves |
	tr '\t' ' ')" '12 0 0'

# Endpoints: one of Skype's, two of others, and one that is in no truth.
{
	printf '#proto\tsrc\tsport\tdst\tdport\trpkts\tclass\tapp\n'
	tr ' ' '\t' <<'END'
udp 10.0.0.1 7 240.0.0.1 9 0 sig skype
udp 10.0.0.1 7 240.0.0.2 9 1 - dns
tcp 10.0.0.9 7 240.0.0.3 9 1 sig skype
END
} >ends-truth
tr ' ' '\t' >ends <<'END'
#ip port score
10.0.0.1 7 14.2
240.0.0.2 9 -3.5
240.0.0.1 9 4.0
10.0.0.9 7 20.0
END
$AWK -f "$plots/lib/columns.awk" -f "$plots/accuracy/endpoint-scores.awk" \
	ends-truth ends | sort >end-counts
is 'endpoints by score' "$(tr '\t' ' ' <end-counts)" \
'endpoint 0 dns -4 1 0 0
endpoint 1 skype 14 1 0 0'
{
	sed 's/^/all	/' end-counts
	printf 'all\tendpoint\t0\tquic\t12\t3\t0\t0\n'
	printf 'all\tendpoint\t0\tdns\t15\t1\t0\t0\n'
	printf 'real\tendpoint\t0\tx.pcap\t12\t1\t0\t0\n'
	printf 'whole\tclass\tsig\tskype\tmedia\t1\t9\t9\n'
	printf 'whole\tclass\tsig\tskype\tsig\t3\t9\t9\n'
	printf 'all\tmade\tilbc\tvoice\t9\t0\t0\n'
	printf 'all\tmade\tilbc\tsig\t1\t0\t0\n'
} >all-ends
$AWK -f "$plots/accuracy/accuracy-tables.awk" all-ends >tables
LC_ALL=C $AWK -f "$plots/lib/table.awk" tables | tr -s ' ' >text
ok 'each protocol left out' sh -c '
	grep -q "^quic 3 12 16 0 0 0 0 0$" text &&
	grep -q "^dns 2 15 13 1 0 0 0 0$" text'
ok 'shares found' grep -q '^whole 0 - 75.000 50.000 0$' text
ok 'calls by codec' grep -q '^ilbc 10 9 0 0 0 1 0 10.000$' text
# From 10 to 15 bits: one of Skype's, three of quic.
ok 'share of endpoints' grep -q '^10 15 4 1 25.000 1$' text
is 'and its limits' "$($AWK -f "$plots/accuracy/threshold-curves.awk" \
	all-ends | awk '/^#/ {b = $2} b == "reliability" && $1 == 15 {
		printf "%.2f %.3f %.3f %d\n", $2, $3, $4, $5}')" '0.50 0.095 0.905 2'
