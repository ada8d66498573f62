#!/bin/sh
# flowcut and flowsort: columns and orders, against cut, sort and date.
. "${0%/*}/lib.sh"
plan 30

tsv() { tr ' ' '\t'; }
tsv <<'END' >in.tsv
#cid start end proto src sport dst dport pkts rpkts bytes rbytes note
c 1177192800.000000 1177192801.250000 udp 10.0.0.2 5 240.0.0.1 6 9 1 90 10 x
a 0951782399.999999 - tcp 10.0.0.1 5 240.0.0.1 6 10 1 100 - y
b 1177192800.000000 1177192801.250000 udp 10.0.0.10 5 240.0.0.1 6 9 0 - 10 z
END

tsv <<'END' >wanted
#note src
x 10.0.0.2
y 10.0.0.1
z 10.0.0.10
END
check 'flowcut: order as named' -o wanted -- flowcut -c note,src in.tsv
cut -f 2,4-12 in.tsv | sed '1s/^/#/' >wanted
check 'flowcut: the usual ones' -o wanted -- flowcut in.tsv
cut -f 1-3,5-12 in.tsv >wanted
check 'flowcut -x' -o wanted -- flowcut -x -c proto,note in.tsv
check 'flowcut -x: all gone' -s 2 -E 'flowcut: no column is left' -- \
	flowcut -x -c cid,start,end,proto,src,sport,dst,dport,pkts,rpkts,bytes,rbytes,note in.tsv
check 'flowcut: absent column' -s 2 -M 'in.tsv:1: no column "rtt"' -- \
	flowcut -c src,rtt in.tsv
check 'flowcut: empty name' -s 2 -E 'flowcut: -c: empty name' -- \
	flowcut -c src, in.tsv
check 'flowcut: a name twice' -s 2 -M 'named twice: "src"' -- \
	flowcut -c src,dst,src in.tsv
{
	echo "#end	start	cid"
	for t in 1177192801.250000:1177192800.000000:c \
		-:0951782399.999999:a 1177192801.250000:1177192800.000000:b; do
		IFS=: read -r end start cid <<-END
		$t
		END
		for x in "$end" "$start"; do
			[ "$x" = - ] && { printf -- '-\t'; continue; }
			date -u -d "@${x%.*}" "+%Y-%m-%dT%H:%M:%S.${x#*.}Z" |
				tr '\n' '\t'
		done
		echo "$cid"
	done
} >wanted
check 'flowcut -d: as date has them' -o wanted -- \
	flowcut -dc end,start,cid in.tsv
sed '3s/0951782399.999999/soon/' in.tsv >bad.tsv
check 'flowcut -d: no time' -s 1 -M 'bad.tsv:3: .*not a time: "soon"' -- \
	flowcut -dc start bad.tsv
check 'flowcut -dk' -s 1 -M '1 bad row dropped' \
	-O '#cid	start
c	2007-04-21T22:00:00.000000Z
b	2007-04-21T22:00:00.000000Z' -- flowcut -dkc cid,start bad.tsv
# As date has it, in winter and in summer.
for t in 0951782399.999999 1177192800.000000; do
	TZ=Europe/Rome date -d "@${t%.*}" "+%Y-%m-%dT%H:%M:%S.${t#*.}%:z"
done >wanted
printf '#start\n0951782399.999999\n1177192800.000000\n' >zone.tsv
is 'flowcut -l: local time with its offset' \
	"$(TZ=Europe/Rome flowcut -lc start zone.tsv | sed 1d)" "$(cat wanted)"
check 'flowcut: as text it passes' -- flowcut -c start bad.tsv
{ cat in.tsv; printf '#src\tcid\n'; printf '10.9.9.9\td\n'; } >two.tsv
check 'flowcut: another header' -s 2 -M 'two.tsv:5: no column "note"' -- \
	flowcut -c note,src two.tsv

sed '1s/^#//' in.tsv >plain.tsv
check 'flowcut -p: all columns, a header without #' -o plain.tsv -- \
	flowcut -p in.tsv
cut -f 5,13 plain.tsv >wanted
check 'flowcut -p -c' -o wanted -- flowcut -p -c src,note in.tsv
check 'what came plain leaves plain' -o wanted -- \
	flowcut -c src,note plain.tsv
check 'flowsort: too' -O "$(sed 1q plain.tsv; sed 1d plain.tsv | sort)" -- \
	flowsort -c cid plain.tsv
check 'flowcut -T: types and units' -O '#name	type	unit
cid	text	-
start	time	s
end	time	s
proto	text	-
src	address	-
sport	integer	-
dst	address	-
dport	integer	-
pkts	integer	-
rpkts	integer	-
bytes	integer	B
rbytes	integer	B
note	text	-' -- flowcut -T in.tsv
check 'no names' -s 2 -E 'flowcut: -H: no names' -- flowcut -H '' /dev/null
check 'flowcut -Tp -c, -H' -O 'name	type	unit
size	histogram	B
rtt	real	ms' -- flowcut -Tp -c size,rtt -H rtt,x,size
if command -v mlr >/dev/null; then
	is 'mlr cut -f cid, as flowcut(1) has it' \
		"$(flowcut -p in.tsv | mlr --tsv cut -o -f cid,src)" \
		"$(cut -f 1,5 plain.tsv)"
else
	skip 'mlr cut -f cid' 'no mlr here'
fi

sorted() { # sort's keys
	sed 1q in.tsv
	sed 1d in.tsv | sort -t '	' "$@"
}
sorted -k2,2 -k1,1 >wanted
check 'flowsort: by start and cid' -o wanted -- flowsort in.tsv
sorted -k9,9n -k5,5 >wanted
check 'flowsort: numbers, then text' -o wanted -- \
	flowsort -c pkts:n,src in.tsv
sorted -k11,11nr -k13,13r >wanted
check 'flowsort: backward' -o wanted -- flowsort -c bytes:nr,note:r in.tsv
sorted -r -k5,5 >wanted
check 'flowsort -r' -o wanted -- flowsort -r -c src in.tsv
sed 1q in.tsv >wanted
sort -k1,1 in.tsv in.tsv | grep -v '^#' >>wanted
cat in.tsv in.tsv >two.tsv
check 'flowsort: header again' -o wanted -- flowsort -c cid two.tsv
check 'flowsort: no such way' -s 2 -E 'flowsort: -c: neither n nor r: ":x"' \
	-- flowsort -c pkts:x in.tsv
check 'flowsort: absent column' -s 2 -M 'in.tsv:1: no column "rtt"' -- \
	flowsort -c start,rtt:n in.tsv
mkdir none
check 'flowsort: no sort' -s 1 -M '^flowsort: sort' -- \
	env PATH="$scratch/none" "$(command -v flowsort)" in.tsv
awk 'BEGIN {print "#start\tcid\tn"; srand(3)
	for (i = 0; i < 200000; i++)
		printf "%010d.%06d\t%d\t%d\n", 1e9 * rand(), 1e6 * rand(),
		    i, i}' >big.tsv
{ sed 1q big.tsv; sed 1d big.tsv | sort -t '	' -k1,1 -k2,2; } >wanted
check 'flowsort: many rows' -o wanted -- flowsort big.tsv
