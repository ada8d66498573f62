#!/bin/sh
# The reducers of `make accuracy`, on truth and verdicts made by hand.
# shellcheck disable=SC2016  # awk's own $
. "${0%/*}/lib.sh"
plots=$top/plots
: "${AWK:=awk}"
plan 10

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
	grep -q "^sig 0 0 0 1 1$" text &&
	grep -q "^2 flows are not in the truth" text'
$AWK -f "$plots/accuracy/threshold-curves.awk" all >curves
is 'curves' "$(awk '/^#/ {b = $2} b == "score" && $1 ~ /^1[23]$/' curves |
	tr '\t' ' ')" '12 0 0'
