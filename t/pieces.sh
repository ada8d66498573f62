# shellcheck shell=sh
# pieces.sh: does work in pieces give what one process gives?  Sourced behind
# lib.sh by the tests of examples/cluster.
#
#	cut_capture FILE PREFIX K	PREFIX1.pcap … out of a capture
#	one CAPTURE ...		what one process makes of them, in ./one: the
#				records flows.tsv, endpoints.tsv,
#				popularity.tsv, and the figures' data
#	is_one FOLDER		does it hold the same records?
#	same_figures FOLDER CAPTURE ...	is the figures' data made of its
#				records, and of the captures, the same?

# shellcheck disable=SC2034,SC2154  # for tests; lib.sh
places=$top/lib/geo/places.csv

cut_capture() { perl "$top/t/cutpcap.pl" "$1" "$2" "$3" 7; }

# The figures' data, as the Makefile makes it, in a folder here.
figures_data() { # folder captures [option ...]
	data=$PWD/$1 of=$2
	shift 2
	make -C "$top" -s BUILD="${BUILD:-build}" BIN="${BIN:-bin}" \
		FIG="$data" OUT="$data" PCAP="$of" "$@" reduced
}

absolute() { for f; do printf '%s ' "$PWD/$f"; done; }

one() { figures_data one "$(absolute "$@")"; }

# Sorted, and without what a cut may change, flowmerge(1), and the peers of
# endpoints, which stay apart.
plain() {
	sort "$@" | awk -F '\t' -v OFS='\t' '
	NR == 1 {
		for (i = 1; i <= NF; i++)
			if ($i ~ /^(why|win|rwin|peers)$/)
				hide[i]
	}
	{
		for (i in hide)
			$i = ""
		sub(/\t$/, "")
		print
	}'
}

is_one() {
	for file in flows endpoints popularity; do
		plain "one/$file.tsv" >.one
		plain "$1/$file.tsv" >.many
		cmp .one .many || { diff .one .many | head -n 5; return 1; }
	done
}

same_figures() {
	rm -rf data
	mkdir data
	cp "$1/flows.tsv" "$1/endpoints.tsv" "$1/popularity.tsv" data
	shift
	set -- "$(absolute "$@")"
	for file in flows endpoints popularity; do
		set -- "$@" -o "$PWD/data/$file.tsv"
	done
	figures_data data "$@" || return
	for file in one/fig*.tsv one/t*.tsv; do
		cmp "$file" "data/${file##*/}" || return
	done
}

# What popularity is counted of.
popularity_of() {
	awk -F '\t' 'NR == 1 {
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			at[$i] = i
		print "#" $0
		next
	}
	$at["class"] == "sig" && $at["proto"] == "udp"' "$1" | popularity
}
