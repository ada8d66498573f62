#!/bin/sh
# make truth-check and paper-check on a few clients; a measurement that is not
# the truth is found, and a flow taken for another class is told from that.
. "${0%/*}/lib.sh"

need tracegen
plan 22

check_by_make() {
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
		OUT="$scratch/out" SCALE=0.004 \
		CAMPUS='tracegen -c 7 -d 3h -w 96' "$@"
}

ok 'make truth-check' check_by_make truth-check
is 'all is equal' "$(grep -c '^EQUAL$' out/truth-check.txt)" 1
is 'each figure and table has values' "$(awk -F '  +' \
	'/^(fig[1-7]|tab[12]|timeout|text|flows)[:,]/ && $2 + 0 > 0' \
	out/truth-check.txt | wc -l)" 12
is 'the truth has all flows' "$(sed -n 's/,//g; s/^flows.*columns *\([0-9]*\) .*/\1/p' \
	out/truth-check.txt)" "$(awk -F '\t' '!/^#/ && $13 != "-"' \
	fig/campus.truth | wc -l)"

ok 'make paper-check' check_by_make paper-check
is 'no number of the paper is left out' \
	"$(awk '/%|point|decade|most|least/' out/paper-check.txt | wc -l |
	awk '{print ($1 > 70)}')" 1
is 'clients are judged' "$(awk '/^clients  / {print $2, $3, $NF}' \
	out/paper-check.txt)" '7 7 PASS'
is 'nothing is without a verdict that has a bound' "$(awk -F '\t' \
	'$1 == "" && $6 != "-" && $6 != "" && $7 == ""' fig/paper-check.tsv)" ''

missed() { awk -F '\t' '$1 == "" && $NF ~ /^missed|^no data/' "$1"; }
is 'some are missed on so few clients' \
	"$(missed fig/paper-check.tsv | wc -l | awk '{print ($1 > 5)}')" 1
is 'each that is missed has a reason' \
	"$(grep -cE '^> Missed, .+: .+: .+\.$' fig/paper-check.tsv)" \
	"$(missed fig/paper-check.tsv | wc -l)"

for awk in mawk gawk; do
	command -v $awk >/dev/null || continue
	AWK=$awk "$top/plots/check/truth-figures.sh" fig/campus.truth \
		>fig/truth-figures.tsv
	AWK=$awk "$top/plots/check/truth-match.sh" fig/campus.truth \
		fig/flows.tsv >fig/truth-match.tsv
	AWK=$awk "$top/plots/check/truth-check.sh" fig/campus.truth fig
	AWK=$awk SCALE=0.004 "$top/plots/check/paper-check.sh" fig
done >both
cat fig/truth-check.tsv fig/paper-check.tsv | sort -u >once.sorted
is 'every awk says the same' "$(sort -u both | diff - once.sorted 2>&1)" ''

# What the check says of other figures and records.
mkdir other
cp -P fig/* other
says() {
	"$top/plots/check/truth-match.sh" fig/campus.truth other/flows.tsv \
		>other/truth-match.tsv || echo "failed"
	"$top/plots/check/truth-check.sh" fig/campus.truth other >said || echo "failed"
	awk -F '\t' '$1 == "+" {print $2} $2 ~ /^fig2/ {print $6}' said
}
awk '/^1\t/ && !n++ {$2 = 0.5} {print}' OFS='\t' fig/fig2.tsv >other/fig2.tsv
is 'one value of fig2 is wrong' "$(says)" '1
NOT EQUAL'
cp fig/fig2.tsv other
awk -F '\t' -v OFS='\t' 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i}
	NR == 9 {$at["rbytes"]++} {print}' fig/flows.tsv >other/flows.tsv
is 'one byte more in a flow' "$(says)" '0
NOT EQUAL'

# A signaling flow that was missed, and all that follows from it.
awk -F '\t' -v OFS='\t' 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i}
	$at["pair"] == "probe" && !n++ {next} {print}' fig/flows.tsv >less
PATH="$top/plots:$top/plots/records:$top/plots/places:$top/plots/prose:$PATH"
export PATH
for f in fig2 fig4 fig5 fig6 kinds places; do
	"$f.sh" less >"other/$f.tsv"
done
popularity.sh less >other/popularity.tsv
fig7.sh other/popularity.tsv >other/fig7.tsv
contacts.sh fig/endpoints.tsv less >other/contacts.tsv
fig1.sh other/contacts.tsv >other/fig1.tsv
cp less other/flows.tsv
prose.sh fig/endpoints.tsv less >other/prose.tsv
activity.sh fig/endpoints.tsv less >other/activity.tsv
values.sh other >other/values.tsv
awk -F '\t' -v OFS='\t' '$1 >= 200 || $1 == "inf" {
	if ($2 == "probe") { $3--; $4--; $5 -= 1 } } {print}' \
	fig/timeouts.tsv >other/timeouts.tsv
says >verdict
is 'a missed flow is told' "$(awk -F '\t' '/^= Flows of/ {on = 1}
	on && $2 == "sig" {print $2, $3, $4}' said)" 'sig - 1'
is 'and explains the length of flows' "$(head -n 1 verdict)" 0
is 'tab1, tab2, fig7 too' "$(awk -F '\t' '$2 ~ /^(tab|fig[1457])/ {n += $6}
	END {print n}' said)" 0

# Both checks know how many values there are.
rm -rf less
cp -r fig less
number() { SCALE=0.004 "$top/plots/check/paper-check.sh" less; }
grep -v '^clients' fig/values.tsv >less/values.tsv
check 'a number that is absent' -s 1 -M 'paper-check: absent: clients' -- number
cp fig/values.tsv less
sed '/^# duration/q' fig/fig2.tsv | sed '$d' >less/fig2.tsv
check 'a distribution that is absent' -s 1 \
	-M 'absent: distribution fig2/duration' -- number
awk '/^#/ {n++} n < 2 || ++m < 20' fig/fig2.tsv >less/fig2.tsv
check 'a distribution cut short' -s 1 \
	-M 'not whole: distribution fig2/duration' -- number
cp fig/fig2.tsv less
mkdir -p cut/paper cut/check
cp -r "$top/plots" cut
sed -i '40d' cut/plots/paper/check.tsv
check 'a list of fewer numbers' -s 1 -M '[0-9]+ values compared where there' \
	-- env SCALE=0.004 cut/plots/check/paper-check.sh less
tab=$(printf '\t')
printf '%s\n' "fig1${tab}1${tab}2" "fig1${tab}2${tab}2" >counts
printf '%s\n' "fig1${tab}a${tab}5${tab}1" "fig1${tab}a${tab}5${tab}2" >one
printf '%s\n' "fig1${tab}b${tab}5${tab}1" "fig1${tab}b${tab}5${tab}2" >two
compare_truth() { awk -f "$top/plots/check/truth-compare.awk" counts "$@"; }
check 'all values of the truth' -O "fig1${tab}2${tab}0${tab}0${tab}0" -- \
	compare_truth one two
check 'a value of the truth that has not come' -s 1 \
	-M '1 values of fig1 where there should be 2' -- compare_truth one
