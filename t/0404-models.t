#!/bin/sh
# sigtag, rttcalc and popularity against models in awk (t/models), which
# compute the same the long way, on random records of a small world.
. "${0%/*}/lib.sh"

models=$top/t/models
seeds=${SEEDS:-$(seq 40)}
rows=${ROWS:-200}
plan 10
echo "# seeds $(echo "$seeds" | paste -s -d ' ' -), $rows rows each"

for seed in $seeds; do
	awk -v seed="$seed" -v rows="$rows" -f "$models/gen.awk" >"in$seed"
done

# Rows in another order: those with one key together.
grouped() { # awk expression for the key
	awk -F '\t' -v OFS='\t' -v hosts="$2" '
	function pair(a, b) { return a < b ? a " " b : b " " a }
	NR == 1 {
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			at[$i] = i
		print "#", $0
		next
	}
	{
		src = $at["src"]
		dst = $at["dst"]
		to = dst " " $at["dport"]
		tcp = $at["proto"] == "tcp"
		if (hosts)
			key = pair("@" src, "@" dst)
		else
			key = tcp ? "tcp " src ">" to : \
			    "udp " pair(src " " $at["sport"], to)
		print '"$1"', $0
	}' | LC_ALL=C sort -s -t "$(printf '\t')" -k 1,1 | cut -f 2- |
		sed '1s/^/#/'
}

# same NAME FILTER MODEL: two shell commands from stdin to stdout.
same() {
	: >.why
	for seed in $seeds; do
		sh -c "$2" <"in$seed" >got 2>&1
		sh -c "$3" <"in$seed" >wanted
		[ "$(wc -l <wanted)" -gt 1 ] || echo "nothing wanted" >>.why
		cmp -s got wanted || {
			echo "seed $seed:"
			diff wanted got | head -n 10
		} >>.why
	done
	verdict "$1"
}

same sigtag sigtag "awk -f $models/sigtag.awk"
same 'sigtag -g host' 'sigtag -g host' "awk -v hosts=1 -f $models/sigtag.awk"
same rttcalc rttcalc "awk -v most=10 -f $models/rttcalc.awk"
same 'rttcalc -m 4' 'rttcalc -m 4' "awk -v most=4 -f $models/rttcalc.awk"
same popularity popularity "awk -f $models/popularity.awk"
same 'popularity -g host' 'popularity -g host' \
	"awk -v hosts=1 -f $models/popularity.awk"

for seed in $seeds; do
	mv "in$seed" "random$seed"
	grouped key 0 <"random$seed" >"in$seed"
done
same 'sigtag -s on rows grouped by pair' 'sigtag -s' \
	"awk -f $models/sigtag.awk"
for seed in $seeds; do
	grouped key 1 <"random$seed" >"in$seed"
done
same 'sigtag -s -g host on rows grouped by hosts' 'sigtag -s -g host' \
	"awk -v hosts=1 -f $models/sigtag.awk"
for seed in $seeds; do
	grouped dst 0 <"random$seed" >"in$seed"
done
same 'popularity -s on rows grouped by dst' 'popularity -s' \
	"awk -f $models/popularity.awk"
same 'popularity -s -g host' 'popularity -s -g host' \
	"awk -v hosts=1 -f $models/popularity.awk"
