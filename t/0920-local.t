#!/bin/sh
# examples/cluster on one machine: map and reduce under `local`, what is done
# is left out, what failed is tried again, half-written files are never read.
. "${0%/*}/lib.sh"
# shellcheck source=t/pieces.sh
. "$top/t/pieces.sh"

need look
cluster=$top/examples/cluster
tracegen -c 6 -d 6h -s 4 -w 96 >a.pcap && one a.pcap || exit 1

cut_capture a.pcap a 11
PATH=$scratch/path:$PATH

job() { "$cluster/job" -n 3 -c 2 -d "$places" "$@"; }
stamp() { find job -type f ! -path '*/log/*' -printf '%p %T@ %s\n' | sort; }

# A program that fails as long as there is the file `broken`, and tells how
# often it was called.
mkdir path
spoil() { # program
	real=$(command -v "$1")
	printf '%s\n' '#!/bin/sh' "[ \"\$1\" = -h ] && exec $real -h" \
		"echo $1 >>$scratch/calls" \
		"[ ! -e $scratch/broken ] || { rm $scratch/broken; exit 1; }" \
		"exec $real \"\$@\"" >"path/$1"
	chmod +x "path/$1"
}
run() { # folder [capture ...]
	"$cluster/job" -n 3 "$@" <names && "$cluster/local" -j 1 "$1"
}
calls() { grep -c "^$1" calls; }

plan 42

check 'job' -- job job a??.pcap
is 'tasks of two captures' "$(cat job/list/6)" "$scratch/a11.pcap"
check 'the same job again' -- job job a??.pcap
check 'another in its folder' -s 1 -M 'another job: captures differs' -- \
	job job a0?.pcap
check 'another number of parts' -s 1 -M 'settings differs' -- \
	"$cluster/job" -n 4 -c 2 -d "$places" job a??.pcap
check 'job: bad option' -s 2 -M '^Usage: job' -- "$cluster/job" -9
for wrong in '-n x' '-n 0' '-c 99999999999999999999' '-t x' '-P x'; do
	# shellcheck disable=SC2086  # words
	check "job $wrong" -s 2 -M "^job: ${wrong% *}: not .*\"${wrong#* }\"" -- \
		"$cluster/job" $wrong odd
done
check 'local: no number of jobs' -s 2 -M '^local: -j: .*"x"' -- \
	"$cluster/local" -j x .
check 'local: another folder' -s 1 -M "^local: /: no job's folder" -- \
	"$cluster/local" /
check 'job: a line feed in a name' -s 1 -M 'line feed in the name' -- \
	"$cluster/job" none 'a
b.pcap'
check 'job: no captures' -s 1 -M 'no captures' -- job none
ok 'leaves no folder' test ! -e none
check 'local: no folder' -s 2 -M '^usage: local' -- "$cluster/local"

check 'local' -- "$cluster/local" -j 2 job
ok 'what one process gives' is_one job
ok "the figures' data" same_figures job a??.pcap
is "no scratch files left" "$(ls job/tmp)" ""
stamp >before
check 'again' -- "$cluster/local" job
stamp >after
ok 'nothing is done again' cmp before after

head -c 1000 job/run/3 >half
cp half job/run/3
rm job/ask/1 job/results
check 'a run cut short, an absent part' -- "$cluster/local" job
ok 'are made again' is_one job
stamp | grep -v -e run/3 -e /1 -e results -e '[a-z].tsv' >after
grep -v -e run/3 -e /1 -e results -e '[a-z].tsv' before | cmp -s - after
is 'and nothing else' $? 0
cp half job/run/3
rm job/ask/2
check 'reduce does not read half a file' -s 1 -M 'run/3: absent, or not' -- \
	sh -c 'cd job && kit/reduce flows 2'
ok 'nor leaves one' test ! -e job/ask/2
rm job/flows/0
check 'nor one that is absent' -s 1 -M 'flows/0: absent, or not' -- \
	sh -c 'cd job && rm tags/0 to/0 && kit/reduce tags 0'

: >names
spoil pcap2flows
spoil sigtag
: >broken
check 'a task that fails once' -s 0 -M "map . failed" -- run once a0?.pcap
is 'is tried again' "$(calls pcap2flows)" 10
printf "%s\n" "$scratch"/a0?.pcap | sed '$s/$/.absent/' >names
check 'an absent capture' -s 1 \
	-M 'local: map failed, tried 2 times: 9' -- run absent
grep -q 'a09.pcap.absent: No such file' .err
is 'is named' $? 0
ok 'leaves no result' test ! -e absent/flows.tsv
cp a09.pcap a09.pcap.absent
: >calls
check 'is read when it has come' -- "$cluster/local" absent
is 'and it alone' "$(calls pcap2flows)" 1
ok 'no base: no places' sh -c 'head -n 1 absent/flows.tsv | grep -q rtt$'
rm -r absent
"$cluster/job" -n 2 -P tcp -f '-n 240.0.0.0/4' tcp a.pcap
check 'options' -- "$cluster/local" tcp
ok 'go to pcap2flows' sh -c "cut -f 9 tcp/flows.tsv | grep -q in"
is 'popularity of TCP' "$(sed 1d tcp/popularity.tsv | wc -l)" "$(
	pcap2flows -n 240.0.0.0/4 a.pcap | skypeclass | sigtag |
	awk 'NR == 1 || $4 == "tcp"' | popularity | sed 1d | wc -l)"

"$cluster/job" -n 3 -t 20 -s '-s 30 -P 0' short a??.pcap
check 'timeout, options of skypeclass' -- "$cluster/local" short
pcap2flows -t 20 a??.pcap | skypeclass -s 30 -P 0 | sigtag | rttcalc >short.tsv
plain short.tsv >one.tsv
plain short/flows.tsv >many.tsv
ok 'go to all who need them' cmp one.tsv many.tsv
