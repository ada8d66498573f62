#!/bin/sh
# flowmerge on records written by hand.
. "${0%/*}/lib.sh"

plan 48

# row KEY=VALUE ...: a record; start, end and the times are plain numbers.
# The initiator 10.0.0.1:1 sent one packet of 5 bytes unless told otherwise.
cat >row.awk <<'EOS'
function time(v) { return v ~ /^[0-9]/ ? sprintf("%017.6f", v) : v }
BEGIN {
	n = split("cid start end proto src sport dst dport dir pkts rpkts " \
	    "bytes rbytes last rlast ask reply ask2 turn flags rflags why " \
	    "size rsize fun rfun nib rnib win rwin note", name, " ")
	m = split("1:A - - udp 10.0.0.1 1 198.51.100.2 2 out 1 0 5 0 - - - " \
	    "- - - - - eof 5:1 - 02:1 - =0102023344 - - - -", value, " ")
	for (i = 1; i <= n; i++) v[name[i]] = value[i]
	for (i = 1; i < ARGC; i++) {
		at = index(ARGV[i], "=")
		v[substr(ARGV[i], 1, at - 1)] = substr(ARGV[i], at + 1)
	}
	if (v["last"] == "-") v["last"] = v["start"]
	if (v["rpkts"] > 0 && v["rlast"] == "-") v["rlast"] = v["last"]
	if (v["end"] == "-")
		v["end"] = v["rlast"] != "-" && v["rlast"] > v["last"] ? \
		    v["rlast"] : v["last"]
	for (i = 1; i <= n; i++) {
		s = v[name[i]]
		if (name[i] ~ /^(start|end|r?last|ask2?|reply|turn)$/)
			s = time(s)
		printf "%s%s", s, i < n ? "\t" : "\n"
	}
}
EOS
row() { awk -f row.awk "$@"; }
header() {
	printf '#cid	start	end	proto	src	sport	dst	dport	dir	'
	printf 'pkts	rpkts	bytes	rbytes	last	rlast	ask	reply	ask2	'
	printf 'turn	flags	rflags	why	size	rsize	fun	rfun	nib	rnib	'
	printf 'win	rwin	note\n'
}
# rows 'KEY=VALUE ...' ...: a stream of them into in.tsv.
rows() {
	header
	for r; do
		# shellcheck disable=SC2086  # words
		row $r
	done
}
# of NAME ...: these columns of what flowmerge makes of in.tsv.
of() {
	flowmerge in.tsv | awk -F '\t' -v want="$*" '
	NR == 1 { sub(/^#/, ""); n = split(want, name, " ")
		for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ s = $at[name[1]]; for (i = 2; i <= n; i++) s = s " " $at[name[i]]
	  print s }' | sed 's/\.000000//g; s/00000000*\([0-9]\)/\1/g'
}

# What answers: src and dst changed, the rest of a turned piece follows.
back='src=198.51.100.2 sport=2 dst=10.0.0.1 dport=1 dir=in'

#
# Which are joined.
#
rows start=10 start=210 start=410.000001 >in.tsv
is 'up to 200 s apart' "$(of start end pkts)" '10 210 2
410.000001 410.000001 1'
check '-t' -O 3 -- sh -c 'flowmerge -t 199.9 in.tsv | grep -vc "^#"'
check '-t inf' -O 1 -- sh -c 'flowmerge -t inf in.tsv | grep -vc "^#"'
check 'no row, no flow' -i /dev/null -s 1 -M 'empty input' -- flowmerge

rows 'start=10 why=fin' 'start=70 flags=A why=eof' 'start=130.000001 flags=A' \
	>in.tsv
sed 's/udp/tcp/' in.tsv >x && mv x in.tsv
is 'stragglers come within 60 s' "$(of start end why)" '10 70 fin
130.000001 130.000001 eof'
rows 'proto=tcp start=10 why=rst' "proto=tcp start=11 $back flags=S" >in.tsv
is 'a new S opens the next' "$(of start why)" '10 rst
11 eof'
rows 'proto=tcp start=10 why=rst' "proto=tcp start=11 $back flags=HA" >in.tsv
is 'SYN with ACK does not' "$(of start why)" '10 rst'
rows 'proto=tcp start=10 flags=S' 'proto=tcp start=11 flags=S' >in.tsv
is 'an open flow keeps a second S' "$(of start pkts)" '10 2'
rows 'start=10' 'start=11 proto=tcp' >in.tsv
is 'protocols are not joined' "$(of pkts)" '1
1'
rows 'start=10' 'start=11 sport=3' >in.tsv
is 'other tuples are not joined' "$(of pkts)" '1
1'

#
# Columns.
#
rows 'start=10 last=12 pkts=2 rpkts=3 bytes=10 rbytes=7 rlast=11 note=first' \
	'start=13 last=20 pkts=4 rpkts=1 bytes=20 rbytes=5 rlast=14 note=later' \
	>in.tsv
is 'sums and latest times' \
	"$(of start end pkts rpkts bytes rbytes last rlast note)" \
	'10 20 6 4 30 12 20 14 first'
rows 'start=10' "start=13 last=20 end=21 pkts=4 rpkts=2 bytes=20 rbytes=6
	rlast=21 flags=P rflags=U rsize=3:2 rfun=03:2 rnib== $back" |
	sed 's/	=	/	0:2;1:2;-;-;-;-;-;-;-;-;-;-;-;-;-;-	/; s/udp/tcp/' >in.tsv
is 'a turned piece is swapped' "$(of src sport dst dport dir pkts rpkts bytes \
	rbytes last rlast flags rflags size rsize fun rfun)" \
	'10.0.0.1 1 198.51.100.2 2 out 3 4 11 20 21 20 U P 3:2,5:1 5:1 02:1,03:2 02:1'
is 'and its nibbles' "$(of nib rnib)" \
'0:3;1:3;0:1;2:1;0:1;2:1;3:1;3:1;4:1;4:1;-;-;-;-;-;-'" =0102023344"

rows 'start=10' 'start=11 nib=- fun=-' 'start=12 nib=-' >in.tsv
is 'one message among pieces' "$(of nib fun size)" '=0102023344 02:2 5:3'
rows 'start=10 win=100/1/30:2,+7' 'start=11 win=99/1/30:1,100/1/30:3' >in.tsv
is 'windows' "$(of win)" '99/1/30:1,100/1/30:5,+7'
awk 'BEGIN { for (i = 1; i < 1024; i++) printf "%d/0/30:1,", i
	print "2000/0/30:1" }' >full
rows "start=10 win=$(cat full)" 'start=11 win=9/0/30:2,1500/1/30:2' >in.tsv
is 'different windows above 1,024' "$(of win | awk -F , '{
	print NF, $9, $1024, $NF }')" '1025 9/0/30:3 2000/0/30:1 +2'

rows 'proto=tcp start=10 flags=SF' "proto=tcp start=11 why=idle flags=HF $back" \
	>in.tsv
is 'FIN both ways' "$(of flags rflags why)" 'SF HF fin'
rows 'start=10 last=30 why=active' 'start=11 why=eof' >in.tsv
is 'why of the piece that ends last' "$(of why)" active

#
# Who spoke when.  The forward side is a, the other b.
#
turns() { rows "$@" >in.tsv; of ask reply ask2 turn; }
is 'a b|a' "$(turns 'start=1 rpkts=1 ask=1 reply=2 last=1 rlast=2' \
	'start=3')" '1 2 2 3'
is 'a|b|a b' "$(turns 'start=1' "start=2 $back" \
	'start=3 rpkts=1 ask=3 reply=4 last=3 rlast=4')" '1 2 2 3'
is 'a|a|b b a b' "$(turns 'start=1' 'start=2' "start=3 $back pkts=3 rpkts=1
	ask=4 reply=5 ask2=5 turn=6 last=6 rlast=5")" '2 3 4 5'
is 'a|a b b|b a' "$(turns 'start=1' 'start=2 rpkts=2 ask=2 reply=3 last=2
	rlast=4' "start=5 $back rpkts=1 ask=5 reply=6 last=5 rlast=6")" '2 3 5 6'
is 'a|a' "$(turns 'start=1' 'start=2')" '- - - -'
is 'a b a|b a' "$(turns 'start=1 pkts=2 rpkts=1 ask=1 reply=2 ask2=2 turn=3
	last=3 rlast=2' "start=4 $back rpkts=1 ask=4 reply=5 last=4 rlast=5")" \
	'1 2 2 3'
# Each way in a capture of its own: a at 1 and 5, b at 3 and 8.
is 'mixed, clear' "$(turns 'start=1 pkts=1' "start=3 $back pkts=2 last=8" \
	'start=5')" '1 3 3 5'
# a at 1, ?, 5: which came before b at 3 is not known.
is 'mixed, not clear' "$(turns 'start=1 pkts=3 last=5' "start=3 $back")" \
	'- 3 - -'
# a at 1 and 5, b at 3: both are known.
is 'mixed, ends known' "$(turns 'start=1 pkts=2 last=5' "start=6 $back
	pkts=1")" '5 6 - -'

#
# Streams.
#
rows 'start=10 cid=- note=kept' 'start=500 cid=-' >in.tsv
check 'what is not joined stays as it came' -o in.tsv -- flowmerge in.tsv
rows start=10 start=20 | awk -F '\t' -v OFS='\t' '{ sub(/^#/, "")
	x = $31; $31 = $1; $1 = NR == 1 ? "#" x : x; print }' >in.tsv
is 'columns in another order' "$(of start pkts note cid)" '10 2 - 1:A'
rows start=10 start=20 | cut -f 1-22,31 >in.tsv
is 'records without features' "$(of start pkts note)" '10 2 -'
rows start=10 start=20 | sed 's/\(\.00*\)	/\1123	/g' >in.tsv
# shellcheck disable=SC2016  # awk's fields
check '9 decimals stay 9' -O '0000000020.000000123' -- \
	sh -c 'flowmerge in.tsv | awk "NR > 1 {print \$3}"'

rows 'cid=1:A start=20' 'cid=1:A start=10' >in.tsv
check 'not sorted by start' -s 1 \
	-E 'flowmerge: in.tsv:3: start: input is not sorted by start: "0000000010.000000"' \
	-- flowmerge in.tsv
rows 'cid=1:B start=10' 'cid=1:A start=20' >in.tsv
check 'not sorted by cid' -s 1 \
	-E 'flowmerge: in.tsv:3: cid: input is not sorted by cid: "1:A"' \
	-- flowmerge in.tsv
rows 'cid=1:A start=10' 'cid=1:AB start=20' 'cid=1:AB start=30' >in.tsv
is 'sorted: a longer cid' "$(of start end)" '10 10
20 30'

# Bad values, each of which must name its column.
for bad in proto=icmpx src=10.0.0.256 sport=65536 dport=x dir=up pkts=0 \
    pkts=-1 rpkts=1.0 bytes=x last=5 flags=AS flags=X flags=AA rflags= why=x \
    size=5 size=5:0 'size=5:1,' size=5:-1 size=4294967296:1 fun=72:1 fun=2:1 \
    nib==0 nib==x1 nib=0:1 nib==010203040506070809 win=1/2:1 win=+0 win=x \
    rsize=5:9007199254740993 ask=x "end=12 last=11"; do
	rows "start=10 $bad" >in.tsv
	flowmerge in.tsv >out 2>err
	status=$?
	if [ $status -ne 1 ] || ! grep -q "in.tsv:2: ${bad%%=*}: " err; then
		echo "$bad: status $status"
		cat err
	fi
done >.why
verdict 'bad values'
rows start=10 'start=15 pkts=x' 'start=20' >in.tsv
flowmerge -k in.tsv >out 2>err
is '-k' "$? $(cut -f 10 out | tail -n 1) $(grep -c dropped err)" '1 2 1'
rows start=10 start=20 | sed 1d >in.tsv
# shellcheck disable=SC2016  # sh's own
check '-H' -O 2 -- sh -c 'flowmerge -H "$1" in.tsv | cut -f 10' - \
	"$(header | sed 's/#//' | tr '\t' ,)"

# Several timeouts: silences of 30, 100 and 30 s, then 300; and a packet of
# another flow.  What 50 makes of two is joined by 200, all by inf.
{
	rows start=10 start=40 start=140 start=170 start=470
	rows 'cid=1:B sport=7 start=5' | sed 1d
} >in.tsv
all_of() {
	flowmerge -t "$1" "${2:-in.tsv}" | awk -F '\t' '
		!/^#/ {print $2 + 0, $10, $(NF - 1), $NF}'
}
is 'several timeouts' "$(all_of 50,200,inf)" '10 1 - 50
40 1 - 50
140 1 - 50
170 1 - 50
10 2 50 200
140 2 50 200
10 4 200 inf
470 1 - inf
10 5 inf -
5 1 - -'
is 'and their header' "$(flowmerge -t 1,2 in.tsv | sed -n '1s/.*note//p')" \
	"$(printf '\tidle\tjoins')"
# With units, and those under which nothing changes.
is 'in their own words' "$(all_of 10,1m,2m,4m | sed -n 5,6p)" '10 2 1m 2m
140 2 1m 2m'
# TCP that was closed.
rows 'proto=tcp start=10 why=fin' 'proto=tcp start=55 flags=A' \
	'proto=tcp start=200 flags=S' >closed.tsv
is 'stragglers with each' "$(all_of 1,100 closed.tsv)" '10 1 - 100
55 1 - 100
10 2 100 -
200 1 - -'
check 'not rising' -s 2 -E 'flowmerge: -t: no longer than the one before: "50"' \
	-- flowmerge -t 50,50 in.tsv
check 'one is missing' -s 2 -M '-t: not a time' -- flowmerge -t 50, in.tsv
flowmerge -t 50,60 in.tsv >twice.tsv
check 'their columns are there' -s 2 -E \
	'flowmerge: -t: there is a column "idle"' -- flowmerge -t 50,60 twice.tsv

# 2^53 is the largest count; what two pieces add up to is no larger.
for large in pkts=9007199254740992 bytes=9007199254740990 \
    size=5:9007199254740992 fun=02:9007199254740992; do
	rows "start=10 $large" 'start=20 pkts=1' >in.tsv
	check "$large and one more" -s 1 -M 'add up to more than 2\^53' -- \
		flowmerge in.tsv
done
