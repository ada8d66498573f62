#!/bin/sh
# The commands under EXAMPLES in the pages of sigtag, rttcalc and popularity
# run as they stand there, as printed, and put out something.
. "${0%/*}/lib.sh"

need mandoc col mlr datamash gnuplot

# A command begins with "$ " and goes on till an empty line or the next one;
# each goes into a file NAME.1.sh and so on.
# They run in this order, so a picture finds the data made before it.
commands() { # program, of less than ten
	mandoc -Tascii "$top/bin/$1.1" | col -bx | awk -v name="$1" '
	/^[A-Z]/ { on = /^EXAMPLES/; out = "" }
	!on { next }
	/^ +\$ / { out = name "." ++n ".sh"; sub(/^ +\$ /, "") }
	/^ *$/ { out = "" }
	out != "" { print >out }'
}

prepare() {
	awk -v seed=11 -v rows=500 -f "$top/t/models/gen.awk" >sig.tsv
	sigtag sig.tsv >tagged.tsv
}

prepare
for program in sigtag rttcalc popularity; do
	commands $program
done
set -- *.sh
plan $(($# * 2 + 2))
for script; do
	prepare
	# shellcheck disable=SC2016
	check "$script" -- sh -c '. ./"$1" >result' - "$script"
	# shellcheck disable=SC2012
	newest=$(sed -n 's/.*>\([a-z.]*\)$/\1/p; s/.*output "\([^"]*\).*/\1/p' \
		"$script")
	ok "$script: result" test -s "${newest:-result}"
done

# Grouping by key in front gives what no grouping gives.
sigtag sig.tsv | sed 's/^#//' | LC_ALL=C sort >wanted
sh ./sigtag.6.sh
sed 's/^#//' tagged.tsv | LC_ALL=C sort >grouped
ok 'sigtag -s on rows grouped as the page says' cmp wanted grouped
ok 'and -s has read them' grep -q 'sigtag -s' sigtag.6.sh
