#!/bin/sh
# Every command shown in a man page or in a README.md runs; where output is
# shown below it, that is what it prints.  In both, a command begins with
# "$ ", the lines that continue it with four blanks or "> ", and all other
# lines of its block are output.
. "${0%/*}/lib.sh"

tracegen -c 4 -d 2h -s 1 >a.pcap || exit 1
tracegen -c 4 -d 2h -s 2 >b.pcap || exit 1
cp a.pcap skype.pcap
cp a.pcap campus.pcap
cp "$top/lib/geo/places.csv" "$top"/t/from/* .
ln -s "$top/examples" examples
pcap2flows a.pcap >flows.tsv || exit 1
for day in yesterday monday tuesday; do cp flows.tsv $day.tsv; done
skypeclass flows.tsv >sig.tsv && sigtag sig.tsv >tagged.tsv || exit 1

# Literal blocks of the EXAMPLES of a page, or the blocks of a README.
blocks() {
	case $1 in
	*.md) awk '/^```/ {on = !on; print ""; next} on' "$1" ;;
	*) mandoc -Tascii -O width=120 "$1" | col -bx |
		awk '/^[A-Z]/ {on = /^EXAMPLES/; next}
		on {if (!sub(/^           /, "")) $0 = ""; print}' ;;
	esac
}

# Cuts blocks into N.sh, and N.want where output is shown.
cut_commands() {
	awk -v dir="$1" '
	/^\$ / {close(sh); sh = dir "/" ++n ".sh"; print substr($0, 3) >sh
		open = 1; next}
	open && sub(/^(    |> )/, "") {print >sh; next}
	sh && NF {open = 0; print >(dir "/" n ".want")}
	!NF {sh = ""; open = 0}'
}

# Tools that need not be there.
absent=' '
for tool in nfpcapd nfdump argus ra ndpiReader jq tshark duckdb \
	sqlite3 python3 Rscript; do
	command -v "$tool" >/dev/null || absent="$absent$tool "
done
python3 -c 'import pandas, matplotlib' 2>/dev/null ||
	absent="${absent}matplotlib "
Rscript -e 'library(ggplot2)' >/dev/null 2>&1 || absent="${absent}ggplot2 "
lacks() { # file of commands
	# shellcheck disable=SC2013  # words they are
	for word in $(cat "$1"); do
		case $word in
		*/parquet.sh) word=duckdb ;;
		*/sizes.py) word=matplotlib ;;
		*/sizes.R) word=ggplot2 ;;
		ndpi.csv | ndpi.tsv | cids=dht.cids) word=ndpiReader ;;
		esac
		case $absent in *" $word "*) return 0 ;; esac
	done
	return 1
}

set -- "$top"/bin/*.[157] "$top/README.md" "$top"/examples/*/README.md
plan $#
for page; do
	dir=$(echo "${page#"$top/"}" | tr / -).d
	mkdir "$dir"
	blocks "$page" | cut_commands "$dir"
	: >why
	for sh in $(find "$dir" -name '*.sh' | sort -t / -k 2n); do
		# What needs an interface, a server (t/0853), or this very run, is
		# only shown.
		grep -Eq -- '-i [a-z]+[0-9]|top.sh eth|psql|clickhouse' "$sh" &&
			continue
		grep -Eq '^(make|man|git|cd|sudo setcap) ' "$sh" && continue
		lacks "$sh" && continue
		if ! sh -e "$sh" >got 2>err </dev/null || [ -s err ]; then
			{ echo "fails: $(cat "$sh")"; cat err; } >>why
		fi
		[ ! -e "${sh%.sh}.want" ] ||
			diff -u "${sh%.sh}.want" got >>why
	done
	cp why .why
	verdict "${page#"$top/"}"
done
