#!/bin/bash
# Whatever a recipe of the figures reads, make knows of: else what was made of an
# older script, program or table of the paper would be taken for made of this.
. "${0%/*}/lib.sh"
ldd "$(command -v pcap2flows)" | grep -q 'lib[at]san' &&
	skip_all 'it is of recipes, which a sanitizer does not look into'

need tracegen gnuplot strace
plan 4

# Each recipe is traced.  git reads all to say whether it was changed.
mkdir traces bin
cat >bash <<END
#!/bin/bash
exec strace -f --seccomp-bpf -qq -s 4096 -e trace=openat,execve,/^rename \
	-o "$scratch/traces/\$\$" bash "\$@"
END
printf '#!/bin/sh\nexit 1\n' >bin/git
chmod +x bash bin/git
made() {
	make -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
		OUT="$scratch/fig/out" CAMPUS='tracegen -c 4 -d 1h -w 96' \
		"$@" figures paper-check truth-check overlay
}

./bash -c : 2>/dev/null || skip_all 'strace cannot trace here'
rm -f traces/*
PATH=$PWD/bin:$PATH made -j2 SHELL="$scratch/bash" >said 2>&1 || cat said >.why
verdict 'all is made'
made -pn >database 2>said
is 'and known' "$?$(<said)" 0
is 'what recipes read' "$("$top/t/undeclared.pl" "$top" database traces/* |
	grep -vE "/(made-of|([.]|out/[.])?settings|source)( |\$)" | head -n 20)" ''

# All pictures read it: four of each figure, two of each of an overlay's six.
grep -v 'plots/lib/style\.gp' database >lacks
is 'what is left out is seen' "$("$top/t/undeclared.pl" "$top" lacks traces/* |
	grep -c " $top/plots/lib/style.gp\$")" 40
