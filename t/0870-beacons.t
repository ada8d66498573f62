#!/bin/sh
# Beacons planted into the campus: precision and recall; the columns, by hand.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
plan 12

beacons() { sh "$top/examples/beacons/beacons.sh" "$@"; }

plant() { # seed
	rm -f planted
	awk -v seed="$1" -v hours=2 -v truth=planted -f "$top/t/plant.awk" |
		sort -n | perl "$top/t/mkpcap.pl" >plant.pcap
	tracegen -c 30 -d 2h -s "$1" -w 96 >noise.pcap
	pcap2flows -t 20 noise.pcap >flows.tsv
	pcap2flows -t 20 plant.pcap >>flows.tsv
	beacons flows.tsv >ranked.tsv
}

# Precision and recall of what is answered and above 60.
measure() {
	awk -F '\t' -v OFS='\t' '
	NR == FNR {is[$0]; all++; next}
	!/^#/ && $6 == "yes" && $1 > 60 {n++; hit += ($2, $3, $4, $5) in is}
	END {printf "%.2f %.2f\n", n ? hit / n : 0, hit / all}' \
		SUBSEP='\t' planted ranked.tsv
}

for seed in 1 2; do
	plant $seed
	# shellcheck disable=SC2046  # two words
	set -- $(measure)
	ok "precision $1 is at least 0.95" expr "$1" '>=' 0.95
	ok "recall $2 is at least 0.95" expr "$2" '>=' 0.95
done
ok 'answered ones stand first' awk -F '\t' '
	/^#/ {next} $6 == "no" {no++} no && $6 == "yes" {exit 1}' ranked.tsv
is 'dead servers are told apart' "$(awk -F '\t' '
	$3 ~ /^10\.99/ && $7 > 600 {print $6}' ranked.tsv | sort | uniq -c |
	tr -s ' ')" ' 20 no'

# Seven contacts by hand: gaps 10 10 10 12 10 8, bytes 100 but one 150.
{
	printf '#start\tproto\tsrc\tsport\tdst\tdport\tdir\tpkts\trpkts\tbytes\n'
	i=0
	for t in 100 110 120 130 142 152 160; do
		i=$((i + 1))
		printf '%010d.000000\tudp\t10.0.0.1\t%d\t240.0.0.1\t53\tout\t1\t1\t%d\n' \
			$t $((1000 + i)) $((i == 3 ? 150 : 100))
	done
	printf '0000000220.000000\tudp\t10.0.0.2\t9\t240.0.0.1\t53\tout\t1\t0\t1\n'
	printf '0000000220.000000\tudp\t240.0.0.1\t9\t10.0.0.2\t53\tin\t1\t1\t1\n'
} >hand.tsv
# period 10, deviations 0 0 0 2 0 2: 0; cover 60/60; share 60/120.
printf '#score\tproto\tsrc\tdst\tdport\tanswered\tcontacts\tperiod\tjitter\tsizes\tcover\tspan\tshare\n' >wanted
printf '49.6\tudp\t10.0.0.1\t240.0.0.1\t53\tyes\t7\t10.000\t0.0000\t0.0000\t1.00\t60\t0.50\n' |
	sed 's/^49.6/'"$(awk 'BEGIN {printf "%.1f", 100 * 7 / 12 * 0.85}')/" \
	>>wanted
for AWK in mawk gawk; do
	command -v $AWK >/dev/null || AWK='awk'
	export AWK
	check "by hand, $AWK" -i hand.tsv -o wanted -- beacons
done
sed 1q wanted >header
check 'fewer contacts than LEAST' -i hand.tsv -o header -- env LEAST=8 \
	sh "$top/examples/beacons/beacons.sh"
sed 's/\tout\t1\t1/\tout\t1\t0/' hand.tsv >silent.tsv
sed 's/yes/no/' wanted >no
check 'nobody answers' -i silent.tsv -o no -- beacons
check 'nothing' -s 1 -M 'no records' -- beacons
cut -f 1-7 hand.tsv >less.tsv
check 'a column that is not there' -s 1 -M 'no column "pkts"' -- \
	beacons less.tsv
