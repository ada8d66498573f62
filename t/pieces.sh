# shellcheck shell=sh
# pieces.sh: does work in pieces give what one process gives?  Sourced behind
# lib.sh by the tests of examples/cluster.
#
#	cut_capture FILE PREFIX K	PREFIX1.pcap … out of a capture
#	one FOLDER CAPTURE ...		what one process makes of them: flows.tsv,
#					endpoints.tsv, popularity.tsv
#	is_one FOLDER			a folder with the same three files, by
#					default beside ./one
#	reduced FOLDER CAPTURE ...	the figures' data, in FOLDER/fig
#	same_figures FOLDER		are they those of ./one?

# shellcheck disable=SC2154  # lib.sh
plots=$top/plots places=$top/lib/places.csv

cut_capture() { perl "$top/t/cutpcap.pl" "$1" "$2" "$3" 7; }

one() {
	mkdir -p "$1"
	dir=$1
	shift
	pcap2flows "$@" >"$dir/all.tsv" &&
		skypeclass -e "$dir/all.tsv" >"$dir/endpoints.tsv" &&
		sh "$plots/flows.sh" "$dir/all.tsv" "$places" >"$dir/flows.tsv" &&
		sh "$plots/popularity.sh" "$dir/flows.tsv" \
			>"$dir/popularity.tsv"
}

# Sorted, and without what a cut may change, flowmerge(1).
plain() {
	sort "$@" | awk -F '\t' -v OFS='\t' '
	NR == 1 {
		for (i = 1; i <= NF; i++)
			if ($i ~ /^(why|win|rwin)$/)
				hide[i]
	}
	{
		for (i in hide)
			$i = ""
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

reduced() {
	dir=$1
	shift
	mkdir -p "$dir/fig"
	cp "$dir"/*.tsv "$dir/fig"
	sh "$plots/fig1.sh" "$dir/endpoints.tsv" "$dir/flows.tsv" \
		>"$dir/fig/fig1.tsv" || return
	sh "$plots/fig7.sh" "$dir/popularity.tsv" >"$dir/fig/fig7.tsv" || return
	for name in fig2 fig4 fig5 fig6 kinds places; do
		sh "$plots/$name.sh" "$dir/flows.tsv" >"$dir/fig/$name.tsv" ||
			return
	done
	sh "$plots/fig3-pick.sh" "$dir/flows.tsv" >"$dir/fig/clients" &&
		CAPTURES="$*" sh "$plots/fig3.sh" "$dir/fig/clients" \
			>"$dir/fig/fig3.tsv" &&
		pcap2flows -t 20 "$@" | sort >"$dir/fig/pieces" &&
		sh "$plots/timeouts.sh" "$dir/endpoints.tsv" "$dir/fig/pieces" \
			>"$dir/fig/timeouts.tsv" &&
		CAPTURES="$*" sh "$plots/gaps.sh" "$dir/flows.tsv" \
			>"$dir/fig/gaps.tsv" &&
		sh "$plots/values.sh" "$dir/fig/flows.tsv" \
			>"$dir/fig/text.tsv"
}

same_figures() {
	for file in one/fig/fig* one/fig/[kt]* one/fig/places.tsv; do
		cmp "$file" "$1/fig/${file##*/}" || return
	done
}
