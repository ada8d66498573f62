#!/bin/sh
# skypeclass on rows made by hand: the rules, and what is refused.
# shellcheck disable=SC2086  # lists of columns are words
. "${0%/*}/lib.sh"
plan 63

header='#proto src sport dst dport pkts rpkts bytes rbytes'
header="$header size rsize fun rfun nib rnib win rwin"
header=$(echo "$header" | tr ' ' '\t')

# row NAME=VALUE ...: a record; without a word a probe that is answered.
row() {
	printf '%s\n' "$@" | awk -v header="$header" -v OFS='\t' '
	BEGIN {
		n = split(substr(header, 2), name, "\t")
		default_row = "udp 10.0.0.1 1000 240.0.0.1 2000 1 1 28 18 " \
			"28:1 18:1 02:1 02:1 =9b9002d2fcfb780e " \
			"=e05702ced0320fcc - -"
		split(default_row, word, " ")
		for (i = 1; i <= n; i++)
			value[name[i]] = word[i]
	}
	{ at = index($0, "="); value[substr($0, 1, at - 1)] = substr($0, at + 1) }
	END {
		for (i = 1; i <= n; i++)
			printf "%s%s", value[name[i]], i < n ? OFS : "\n"
	}'
}

# probes N [NAME=VALUE ...]: to N peers, unanswered, with digits that vary.
probes() {
	silent="rpkts=0 rbytes=0 rsize=- rfun=- rnib=-"
	flows "$@" $silent
}

# flows N [NAME=VALUE ...]: the same, answered; FUN is byte 3.
FUN=02
flows() {
	n=$1
	shift
	i=0
	while [ $i -lt "$n" ]; do
		x=$(printf %x $((i % 16))) y=$(printf %x $((i * 7 % 16)))
		row dst="240.0.1.$i" fun="0${FUN#?}:1" \
			nib="=9b9${x}${FUN}$x$y$y$x$x$y$x$y$y$x" \
			rfun="0${FUN#?}:1" \
			rnib="=e0${y}1${FUN}$y$x$y$y$x$x$y$y$x$y" "$@"
		i=$((i + 1))
	done
}

records() { echo "$header"; "$@"; }
classes() { skypeclass -a "$@" | awk -F '\t' '!/^#/ {print $(NF - 1)}' |
	LC_ALL=C sort | uniq -c | sed 's/^ *//'; }

# The endpoint test.
is 'one probe is too little' "$(records probes 1 | classes)" '1 -'
is 'so is one that is answered' "$(records flows 1 | classes)" '1 -'
is 'five that are answered suffice' "$(records flows 5 | classes)" '5 endpoint'
is 'as do six that are not' "$(records probes 6 | classes)" '6 endpoint'
other='fun=01:1 nib==9b9001d2fcfb780e'
{ records probes 20; row $other dst=240.0.2.1; } >in
is 'one of 21 in vain' "$(classes in)" '21 endpoint'
{ records probes 20; probes 10 $other dst=240.0.2.2; } >in2
is 'ten of 30 are too many' "$(classes in2)" '30 -'
records probes 12 nib==9b9002d2fcfb780e >in
is 'a constant header' "$(classes in)" '12 -'
FUN=04
is 'another function' "$(records flows 12 | classes)" '12 -'
FUN=02
is 'a higher threshold' "$(records flows 5 | classes -s 50)" '5 -'
is 'a lower one' "$(records probes 1 | classes -s 3.8)" '1 endpoint'
{
	FUN=1d
	records flows 8
	FUN=02
	flows 8
	FUN=4f
	flows 8
	FUN=02
} >in
# log2(.98736 / 2 / .06 / .5625), see t/unit/score.c, cut.
is 'the score of a probe' "$(records probes 1 | skypeclass -a |
	awk -F '\t' '{print $NF}')" 'score
3.8'
is 'a mix of functions' "$(classes in)" '24 endpoint'
is 'to a group: the sender counts' \
	"$(records probes 6 dst=239.255.255.250 | classes)" '6 endpoint'
is 'from a broadcast address: never' \
	"$(records probes 6 src=255.255.255.255 | classes)" '6 -'
is 'IPv6 endpoints, port 443' "$(records probes 6 src=2001:db8::1 sport=443 |
	classes)" '6 endpoint'

# TCP.
tcp="proto=tcp fun=- rfun=-"
{
records probes 6
row $tcp sport=5001 dst=240.0.1.3 dport=443			# sent UDP to
row $tcp sport=5002 dst=240.0.9.9 dport=443			# not
row $tcp sport=1000 dst=240.0.9.9			# its port
row $tcp src=240.0.9.9 sport=5000 dst=10.0.0.1 dport=1000	# to its port
row $tcp src=10.0.0.2 dst=240.0.1.3 dport=443		# another host
} >in
is 'TCP' "$(classes in)" '2 -
6 endpoint
3 tcp'

# One pass: what a list says.
echo '240.0.1.3 2000' >list
is '-l: this endpoint only' "$(classes -l list in)" '10 -
1 endpoint'
printf '# clients\n\n10.0.0.1\t1000\n' >list
is '-l: the client' "$(classes -l list in)" "$(classes in)"
printf '\357\273\277# clients\r\n\r\n10.0.0.1\t1000 \r\n' >list
is '-l: as some editors write it' "$(classes -l list in)" "$(classes in)"
skypeclass -e in >end
is '-E: the same' "$(classes -E end in)" "$(classes in)"
is '-E: two rows are summed' "$(skypeclass -e in | cat - end >two
	awk -F '\t' '!/^#/ {print $4}' two; classes -E two in | tail -n 1)" \
'6
6
3 tcp'
records flows 1 >first
records flows 1 src=10.0.0.1 dst=240.0.7.7 nib==3344025566778899 \
	rnib==110002a7b8c9d0e1 >second
{ skypeclass -e first; skypeclass -e second; } >parts
is '-E: halves suffice together' "$(classes -E parts first)" '1 endpoint'
is '-E: but one does not' "$(skypeclass -e first >part
	classes -E part first)" '1 -'

# -e, by hand: two probes and an answer to one of them.
{
records row dst=240.0.1.10
row dst=240.0.1.9 rpkts=0 rbytes=0 rsize=- rfun=- rnib=- \
	nib==a1b2c3d4e5f60718 fun=83:1
} >in
# Scores: see t/unit/score.c.
tsv() { printf '%s' "$1"; shift; printf '\t%s' "$@"; echo; }
{
tsv '#ip' port proto flows sig call msgs fun nib answers asig score peers
tsv 10.0.0.1 1000 udp 2 1 0 2 02:2 "9:1,a:1,e:1;0:1,1:1,b:1;5:1,9:1,b:1;\
0:1,2:1,7:1;0:2,c:1;2:2,3:1;c:1,d:2;2:1,4:1,e:1;d:1,e:1,f:1;0:1,5:1,c:1;\
3:1,f:2;2:1,6:1,b:1;0:2,7:1;7:1,8:1,f:1;0:1,1:1,c:1;8:1,c:1,e:1" 1 1 SCORE \
	240.0.1.9,240.0.1.10
tsv 240.0.1.10 2000 udp 1 1 0 1 02:2 "9:1,e:1;0:1,b:1;5:1,9:1;0:1,7:1;0:2;\
2:2;c:1,d:1;2:1,e:1;d:1,f:1;0:1,c:1;3:1,f:1;2:1,b:1;0:1,7:1;8:1,f:1;\
0:1,c:1;c:1,e:1" 1 1 SCORE 10.0.0.1
} >want
noscore() { skypeclass -e "$@" |
	awk -F '\t' -v OFS='\t' '!/^#ip/ {$12 = "SCORE"} {print}'; }
is '-e' "$(noscore in)" "$(cat want)"
sed 1d want >want.noheader
sed 1d in >in.noheader
is '-e -H' "$(noscore -H "$(echo "${header#?}" | tr '\t' ,)" \
	in.noheader)" "$(cat want.noheader)"

# Contradictions are refused.
refuse() { # message, NAME=VALUE ...
	message=$1
	shift
	records row "$@" >bad.tsv
	check "refused: $*" -s 1 -M "bad.tsv:2: $message" -- skypeclass bad.tsv
}
refuse 'size: more than the flow' size=28:2
refuse 'size: more than the flow' size=29:1
refuse 'size: less than the flow' size=27:1
refuse 'size: less than the flow' size=-
refuse 'size: not a histogram' size=28:-1
refuse 'size: not a histogram of lengths' size=2000000:1 bytes=2000000
refuse 'size: not lengths' size=20:1,10:1 bytes=30 pkts=2
refuse 'rsize: more than the flow' rpkts=0
refuse 'fun: more functions' fun=02:2
refuse 'fun: not functions' fun=12:1
refuse 'fun: function of a TCP' proto=tcp
refuse 'nib: contradicts' nib==9b9003d2fcfb780e
refuse 'nib: contradicts' nib=-
refuse 'nib: not a message' nib==9b900
refuse 'win: more windows' win=132/0/30:1
refuse 'pkts: not a count' pkts=-1
refuse 'proto: no protocol' proto=sctpx
refuse 'src: not an address' src=10.0.0.256
refuse 'nib: contradicts' pkts=2 bytes=56 size=28:2 fun=02:2 \
	'nib=9:2;b:2;9:2;0:2;0:2;2:1,3:1;d:2;2:2;f:2;c:2;f:2;b:2;7:2;8:2;0:2;e:2'

# Malformed lists.
list() { # message, text of a row
	printf '%s\n' "$header_e" "$2" | tr ' ' '\t' >bad.tsv
	check "-E: $2" -s 1 -M "bad.tsv:2: $1" -- skypeclass -E bad.tsv first
}
header_e='#ip port proto flows sig call msgs fun nib'
list 'ip: not an address' '10.0.0 1000 udp 1 0 0 1 - -'
list 'port: not a port' '10.0.0.1 70000 udp 1 0 0 1 - -'
list 'proto: not udp' '10.0.0.1 1000 tcp 1 0 0 1 - -'
list 'flows: fewer' '10.0.0.1 1000 udp 1 1 1 2 02:1 -'
list 'msgs: fewer' '10.0.0.1 1000 udp 2 1 1 1 02:1 -'
list 'fun: not as many' '10.0.0.1 1000 udp 2 1 1 2 02:2 -'
list 'fun: not a signaling' '10.0.0.1 1000 udp 2 1 1 2 01:1 -'
list 'nib: more than' '10.0.0.1 1000 udp 1 0 1 1 - =02'
header_e="$header_e answers asig"
list 'flows: not above' '10.0.0.1 1000 udp 1 0 1 1 - - 2 0'
list 'flows: not above' '10.0.0.1 1000 udp 1 0 1 1 02:1 - 0 1'
list 'answers: not a count' '10.0.0.1 1000 udp 1 0 1 1 - - x 0'
echo '10.0.0.1:1000' >bad
check '-l: malformed' -s 1 -M 'bad:1: not an address and a port' -- \
	skypeclass -l bad first
check '-E: a column too few' -s 2 -M 'no column "fun" .skypeclass -e' -- sh -c '
	cut -f 1-7 part >short; skypeclass -E short first'
check '-e -a' -s 2 -M '^skypeclass: -e goes with' -- skypeclass -e -a first
check '-s' -s 2 -M '^skypeclass: -s: not a number' -- skypeclass -s x first
check '-B' -s 2 -M '^skypeclass: -B: not a number' -- skypeclass -B 5 first

# What an earlier run said is replaced where it stands: at the end, of columns
# left empty there, and elsewhere, in rows of several lengths.
{ cat first; row src=10.100.100.100 sport=50000; sed 1d first; } >lengths
skypeclass -a lengths >said
awk -F '\t' -v OFS='\t' 'NR > 1 { for (i = 18; i <= 20; i++) $i = "" } 1' \
	said >unsaid
check 'replaced at the end' -o said -- skypeclass -a said
check 'replaced, and empty' -o said -- skypeclass -a unsaid
for f in said unsaid; do
	awk -F '\t' -v OFS='\t' '{
		sub(/^#/, "", $1)
		$1 = (NR == 1 ? "#" : "") $18 OFS $1
		$18 = $19
		$19 = NR == 1 ? "other" : "kept"
		print
	}' $f >$f.moved
done
check 'replaced elsewhere' -o said.moved -- skypeclass -a unsaid.moved
