#!/bin/bash
# make real: the two clients of 2006 through the pipe.  What comes out was
# counted before from the same dots by another program, which matched the peers
# of both directions otherwise.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

need pcap2flows
plan 9

mkdir fig
printf '200\tprobe\t5\t5\t5\n200\tdialog\t5\t15\t90\n200\tsingle\t10\t40\n' \
	>fig/timeouts.tsv
printf 'growth left\t0.5\ngrowth left login\t17\n' >fig/values.tsv
ok 'real' sh -c "'$top/plots/real/real.sh' fig >real.tsv"

# within NAME NUMBER WANTED PERCENT
within() {
	is "$1" "$(awk -v a="$2" -v b="$3" -v most="$4" 'BEGIN {
		d = a / b - 1
		print (d * d <= most * most / 10000) ? b : a
	}')" "$3"
}

cell() { # line column
	awk -F '\t' -v line="$1" -v n="$2" '$2 == line { print $n; exit }' \
		real.tsv
}

rows() { # column timeout ...
	local column=$1 t
	shift
	for t; do
		cell "$t" "$column"
	done | paste -s -d ' ' -
}

near() { # NAME GOT WANTED: numbers, each within 4 %
	is "$1" "$(printf '%s\n%s\n' "$2" "$3" | awk '
		NR == 1 { split($0, got) }
		NR == 2 {
			for (i = 1; i <= NF; i++) {
				d = got[i] / $i - 1
				printf "%s ", d * d <= .0016 ? $i : got[i]
			}
		}')" "$3 "
}

near 'p1: flows at 50, 100, 200, 400 s' "$(rows 3 50 100 200 400)" \
	'3269 3210 2436 1858'
near 'p2: flows at 50, 100, 200, 400 s' "$(rows 5 50 100 200 400)" \
	'619 594 567 550'
within 'p1: probes, %' "$(cell probe 3)" 42.4 5
within 'p2: probes, %' "$(cell probe 4)" 39.6 5
is 'the timeout hardly changes them' "$(awk -F '\t' '
	$2 ~ /^probe/ { a[++n] = $3; b[n] = $4 }
	END {
		print (a[1] - a[2]) ^ 2 <= 1, (b[1] - b[2]) ^ 2 <= 1
	}' real.tsv)" '1 1'
# Known from the dots alone, without the pipe.
is 'the login' "$(cell 'new in the first five minutes' 3) $(cell \
	'new in the first five minutes' 4)" '42 24'
is 'growth' "$(cell 'new in five minutes, variance : mean' 3) $(cell \
	'new in five minutes, variance : mean' 4)" '6.3 15.2'
is 'and beside it the campus, or nothing' "$(cell dialog 5) $(cell \
	'new in the first five minutes' 5) $(cell \
	'new in the first five minutes' 6)" '50.0 17 -'
