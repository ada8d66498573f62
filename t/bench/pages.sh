#!/bin/bash
# pages: puts the tables of `make bench` into README.md and flows-quality(7),
# with the version that was measured.
# Usage: pages.sh BENCH.TXT, in the project's folder
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

bench=$1
version=$(bin/pcap2flows -V)
version=$(cut -d ' ' -f 2 <<<"$version")
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT

# shape, tool, wall s, CPU s, wall x, CPU x, MiB
awk '
	NR > 1 && NF >= 7 {
		tool = $2
		for (i = 3; i <= NF - 5; i++)
			tool = tool " " $i
		print $1 "\t" tool "\t" $(NF - 4) "\t" $(NF - 3) "\t" \
			$(NF - 2) "\t" $(NF - 1) "\t" $NF
	}' OFS='\t' "$bench" >"$rows"
[ "$(wc -l <"$rows")" -ge 15 ] || {
	echo "pages: $bench: rows are missing; make bench" >&2
	exit 1
}

markdown() {
	awk -F '\t' '
		function shown(x) { return sprintf(x < 10 ? "%.1f" : "%.0f", x) }
		BEGIN {
			print "| shape | tool | wall × | CPU × |"
			print "|---|---|---|---|"
			about["mix"] = "mix: a third as many records as packets"
			about["campus"] = "campus: a twelfth as many"
			about["flood"] = "flood: each packet a flow of its own"
			about["small"] = "small: frames of 60 bytes, 65,536 flows"
			about["elephant"] = "elephant: one flow"
		}
		$2 == "loop" || $2 == "cat" || !($1 in about) { next }
		{
			tool = $2
			if (tool ~ /^pcap2flows/)
				tool = "`" tool "`"
			if ($2 == "pcap2flows")
				tool = tool ", all features"
			print "| " ($1 == shape ? "" : about[$1] " ") "| " \
				tool " | " shown($5) " | " shown($6) " |"
			shape = $1
		}' "$rows"
}

mdoc() {
	echo '.Bl -column "elephant" "pcap2flows -b" "wall x" "CPU x" "MiB"'
	echo '.It Sy shape Ta Sy tool Ta Sy wall x Ta Sy CPU x Ta Sy MiB'
	awk -F '\t' '
		$2 == "loop" || $2 == "cut" || $2 == "cat" { next }
		{ print ".It " $1 " Ta " $2 " Ta " $5 " Ta " $6 " Ta " $7 }
	' "$rows"
	echo '.El'
}

# What stands between the two lines that say so.
replace() { # file begin end <text
	local new=$1.new
	awk -v begin="$2" -v end="$3" '
		FNR == NR { text[++n] = $0; next }
		$0 == begin {
			print
			for (i = 1; i <= n; i++)
				print text[i]
			within = 1
			done++
		}
		$0 == end { within = 0 }
		!within { print }
		END { exit done != 1 || within }
	' - "$1" >"$new" || {
		rm -f "$new"
		echo "pages: $1: no place for the table" >&2
		exit 1
	}
	mv "$new" "$1"
}

text=$(
	echo
	echo "Ratios to a bare libpcap loop over the same packets (\`make bench\`),"
	echo "measured with version $version, medians:"
	echo
	markdown
	echo
)
replace README.md '<!-- make bench-pages -->' '<!-- end -->' <<<"$text"
text=$(
	echo "Measured with version $version, ratios to the loop, and of filters to cut:"
	mdoc
)
replace bin/flows-quality.7 '.\\" make bench-pages' '.\\" end' <<<"$text"
