#!/bin/sh
# The live view, replayed: its last table against sigtag's kinds and plain
# counts; both awks; the picture.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"
capture_of skype
plan 13

top() { bash "$top/examples/top/top.sh" "$@"; }
pcap2flows -b "$capture" >whole.tsv
pcap2flows -b -A 10 "$capture" >pieces.tsv

# What sigtag says when the client's port does not count.
awk -f "$top/examples/select.awk" whole.tsv |
	awk -f "$top/examples/overlay/hosts.awk" | sigtag |
	flowcut -c src,proto,dst,dport,pair,dir | awk '
	$1 == "192.168.1.34" || $3 == "192.168.1.34" {flows++; pair[$1, $2, $3, $4] = $5}
	END {
		for (p in pair) {n++; kind[pair[p]]++}
		print "192.168.1.34", n, flows, kind["probe"] + 0,
			kind["heartbeat"] + 0, kind["dialog"] + 0,
			kind["mix"] + 0
	}' >wanted
last() { awk '$1 == "192.168.1.34" {row = $1 " " $2 " " $3 " " $4 " " $5 " " \
	$6 " " $7} END {print row}'; }
top whole.tsv >tables
last <tables >got
check 'pairs by kind are those of sigtag' -o wanted -- cat got
top pieces.tsv | last >got
check 'a flow in pieces is one' -o wanted -- cat got
is 'packets' "$(grep -c . tables >/dev/null; awk '/UTC/ {n = $9} END {print n}
	' tables)" "$(awk -F '\t' '!/^#/ {n += $10 + $11} END {print n}' whole.tsv)"
if command -v mawk >/dev/null && command -v gawk >/dev/null; then
	AWK=mawk top pieces.tsv >one
	AWK=gawk top pieces.tsv >two
	check 'alike in both awks' -o one -- cat two
else
	skip 'alike in both awks' 'only one awk'
fi
is 'a table in 60 s, and the last' "$(EVERY=60 top whole.tsv | grep -c UTC)" 3
cp whole.tsv 'every=1 day.tsv'
is 'a name that awk would take for a setting' "$(EVERY=60 top 'every=1 day.tsv' |
	grep -c UTC)" 3
mkfifo pipe
check 'PNG takes no place of a pipe' -s 2 -E 'top.sh: PNG: no regular file: pipe' \
	-- env PNG=pipe bash "$top/examples/top/top.sh" whole.tsv
if command -v gnuplot >/dev/null; then
	PNG=live.png top whole.tsv >/dev/null
	ok 'picture' sh -c 'head -c 4 live.png | grep -q PNG'
else
	skip 'picture' 'no gnuplot'
fi

# An interface, played: a table comes while the stream goes on, whatever awk.
mkdir fake
cat >fake/pcap2flows <<'END'
#!/bin/sh
head -n 15 whole.tsv
n=0
while [ ! -e shown ] && [ $((n += 1)) -lt 100 ]; do sleep .1; done
[ ! -e shown ] || : >live
END
chmod +x fake/pcap2flows
for awk in gawk mawk 'busybox awk'; do
	if ! command -v "${awk%% *}" >/dev/null; then
		skip "a live view by $awk" 'not here'
		continue
	fi
	rm -f shown live
	AWK=$awk EVERY=0.01 PATH=$PWD/fake:$PATH top played |
		while read -r line; do [ -z "$line" ] || : >shown; done
	ok "a live view by $awk" test -e live
done
check 'no column' -s 2 -M 'top.awk: no column "end"' -i whole.tsv -- \
	sh -c 'flowcut -x -c end | awk -f "$top/examples/top/top.awk"'

and_real skype.pcap sh
