#!/bin/sh
# What all programs have in common: one table of good and bad input, run
# over every filter, and what applies over the two others.
. "${0%/*}/lib.sh"

filters='skypeclass sigtag rttcalc popularity geojoin flowmerge flowpart
	flowid flowanon flowcut flowsort flownames'
echo '240.0.0.0,240.0.0.255,IT,Torino,45.07,7.69' >base.csv
printf %032d 0 >key
printf '#cid\tstart\tclient\taddress\tname\thow\tuntil\n' >names

# What to give a filter so that it has something to do.
options() {
	case $1 in
	skypeclass) echo -a ;;
	flowpart) echo '-n 4' ;;
	flowanon) echo "-K key" ;;
	geojoin) echo "-d base.csv" ;;
	flownames) echo "-j names" ;;
	esac
}

# Columns that -h says are read, and two good rows for them.
needs() { "$1" -h | awk '/^columns made/ {on = 0} on {print $1}
	/^columns read/ {on = 1}'; }

table() { # program: header and two rows, an unknown column on the right
	needs "$1" | awk '
	BEGIN {
		split("cid=1:AAAA start=0000001000.000001 " \
		    "end=0000001001.000002 proto=udp src=10.0.0.1 sport=1000 " \
		    "dst=240.0.0.1 dport=2000 dir=out pkts=1 rpkts=1 bytes=4 " \
		    "rbytes=4 last=0000001000.000001 " \
		    "rlast=0000001001.000002 ask=0000001000.000001 " \
		    "reply=0000001001.000002 ask2=- turn=- flags=- rflags=- " \
		    "why=idle size=4:1 rsize=4:1 fun=02:1 rfun=02:1 " \
		    "nib==01030204 rnib==01030205 win=- rwin=- class=sig " \
		    "via=endpoint tag=probe pair=probe", word, " ")
		for (i in word) {
			at = index(word[i], "=")
			value[substr(word[i], 1, at - 1)] = \
			    substr(word[i], at + 1)
		}
	}
	{ name[++n] = $1 }
	function row(    i, s) {
		for (i = 1; i <= n; i++)
			s = s value[name[i]] "\t"
		print s "kept byte for byte"
	}
	END {
		s = "#"
		for (i = 1; i <= n; i++)
			s = s name[i] "\t"
		print s "note"
		row()
		value["cid"] = "1:BBBB"
		value["dport"] = 2001
		row()
	}'
}

# A column to the front: the same records in another order.
turned() { awk -F '\t' -v OFS='\t' '
	{ sub(/^#/, ""); last = $NF; NF--; print (NR == 1 ? "#" : "") last, $0 }'
}

ends_by_pipe() { # program: a reader that goes away stops it
	{
		# shellcheck disable=SC2046
		"$1" $(options "$1") big.tsv 2>.err
		echo $? >.status
	} | head -n 1 >/dev/null
	case $(cat .status) in 141 | 1) [ ! -s .err ] ;; *) false ;; esac
}

each_filter() {
	f=$1
	opt=$(options "$f")
	table "$f" >good.tsv
	# shellcheck disable=SC2086  # options are words
	"$f" $opt good.tsv >good.out 2>/dev/null
	head -n 1 good.tsv >header.tsv
	head -n 1 good.out >header.out
	last=$(needs "$f" | tail -n 1)

	# shellcheck disable=SC2086
	{
	ok "$f: two good rows give rows" awk 'END {exit NR < 2}' good.out
	check "$f -h" -- "$f" -h
	cp .out help
	ok "$f -h names the columns" grep -q '^columns read:' help
	check "$f -V" -- "$f" -V
	"$f" -h >help
	check "$f --help" -o help -- "$f" --help
	"$f" -V >version
	check "$f --version" -o version -- "$f" --version
	check "$f: bad option" -s 2 -M '^usage: ' -- "$f" -9
	check "$f: empty input" -s 1 -M '<stdin>: empty input' -- "$f" $opt
	check "$f: header only" -o header.out -- "$f" $opt header.tsv
	check "$f: stdin" -i good.tsv -o good.out -- "$f" $opt
	check "$f: - is stdin" -i good.tsv -o good.out -- "$f" $opt -- -

	printf %s "$(cat good.tsv)" >in.tsv
	check "$f: no final newline" -o good.out \
		-M 'in.tsv:3: no line feed at the end' -- "$f" $opt in.tsv
	{ cat good.tsv; echo; } >in.tsv
	check "$f: empty line" -s 1 -M 'in.tsv:4: 1 column where' -- \
		"$f" $opt in.tsv
	{ cat good.tsv; echo short; } >in.tsv
	check "$f: short row" -s 1 -M 'in.tsv:4: 1 column where' -- \
		"$f" $opt in.tsv
	check "$f -k: short row" -s 1 -o good.out -M '1 bad row dropped' -- \
		"$f" $opt -k in.tsv
	check "$f -v" -s 1 -o good.out -M "^$f: records in 3, out $(sed 1d \
		good.out | grep -c ''), dropped 1\$" -- "$f" $opt -kv in.tsv
	sed 's/$/\r/' good.tsv >in.tsv
	check "$f: CRLF" -s 1 -M 'in.tsv:1: carriage return' -- \
		"$f" $opt in.tsv
	{ printf '\357\273\277'; cat good.tsv; } >in.tsv
	check "$f: byte order mark" -o good.out -- "$f" $opt in.tsv
	{ cat header.tsv; sed -n 2p good.tsv | tr k '\000'; } >in.tsv
	check "$f: NUL" -s 1 -M 'in.tsv:2: control byte' -- "$f" $opt in.tsv
	sed "s/\tnote/\t$last/" good.tsv >in.tsv
	check "$f: a column twice" -s 1 -M 'in.tsv:1: column named twice' -- \
		"$f" $opt in.tsv
	sed "1s/\t$last\t/\tz$last\t/" good.tsv >in.tsv
	check "$f: missing column" -s 2 \
		-M "in.tsv:1: no column \"$last\" \\([a-z2]+ makes it\\)" -- \
		"$f" $opt in.tsv
	sed 1d good.tsv >in.tsv
	check "$f: no header" -s 2 -M 'in.tsv:1: no header' -- "$f" $opt in.tsv
	sed '1s/^#//' good.tsv >in.tsv
	sed '1s/^#//' good.out >plain.out
	check "$f: a plain header leaves plain" -o plain.out -- "$f" $opt in.tsv
	{ sed 2q in.tsv; sed 2d good.tsv | turned | sed 's/^#//'; } >two.tsv
	check "$f: plain headers in two orders" -o plain.out -- \
		"$f" $opt two.tsv
	{ printf '#separator \\x09\n'; sed '1s/^#/#fields\t/' good.tsv
	  printf '#close\t2007-04-22\n'; } >in.tsv
	check "$f: Zeek's header" -o good.out -- "$f" $opt in.tsv

	{ sed 2q good.tsv; cat header.tsv; sed -n 3p good.tsv; } >in.tsv
	check "$f: header again" -o good.out -- "$f" $opt in.tsv
	{ sed 2q good.tsv; sed 2d good.tsv | turned; } >in.tsv
	check "$f: header in another order" -o good.out -- "$f" $opt in.tsv
	{ sed 2q good.tsv; sed "s/\t$last\t/\tz$last\t/" header.tsv; } >in.tsv
	check "$f: header again without a needed column" -s 2 \
		-M "in.tsv:3: no column \"$last\"" -- "$f" $opt in.tsv
	{ sed 2q good.tsv; sed 's/\tnote/\tnote\tmore/' header.tsv; } >in.tsv
	check "$f: header again with a new column" -s 1 \
		-M 'in.tsv:3: column that the first header lacks: "more"' -- \
		"$f" $opt in.tsv

	check "$f: missing file" -s 1 -M 'absent.tsv: No such file' -- \
		"$f" $opt absent.tsv
	check "$f: directory" -s 1 -M '/: .*directory' -- "$f" $opt /
	cp good.tsv in.tsv
	check "$f: input is output" -s 1 -E "$f: in.tsv: is the file that is written to" \
		-- sh -c '"$@" in.tsv >>in.tsv' - "$f" $opt
	check "$f: and stays" -o good.tsv -- cat in.tsv
	check "$f: full disk" -s 1 -M '<stdout>: cannot write: No space' -- \
		sh -c '"$@" >/dev/full' - "$f" $opt good.tsv
	check "$f: closed stdout" -s 1 -M '<stdout>' -- \
		sh -c '"$@" >&-' - "$f" $opt good.tsv
	{ cat good.tsv; echo short; } >in.tsv
	check "$f: closed stderr" -s 1 -i in.tsv -o good.out -- \
		sh -c '"$@" 2>&-' - "$f" $opt -k
	check "$f: closed stdin" -s 1 -M '<stdin>: ' -- \
		sh -c '"$@" <&-' - "$f" $opt
	check "$f -h: full disk" -s 1 -M 'No space' -- \
		sh -c '"$@" >/dev/full' - "$f" -h
	check "$f: foreign locale" -o good.out -- \
		env LC_ALL=de_DE.UTF-8 "$f" $opt good.tsv

	columns=$(sed 's/^#//' header.tsv | tr '\t' ,)
	sed 1d good.tsv >in.tsv
	sed 1d good.out >rows.out
	check "$f -H" -i in.tsv -o rows.out -- "$f" $opt -H "$columns"
	{ printf '\357\273\277'; cat in.tsv; } >mark.tsv
	check "$f -H: byte order mark" -o rows.out -- \
		"$f" $opt -H "$columns" mark.tsv
	check "$f -H: empty input" -o .none -- "$f" $opt -H "$columns"
	check "$f -H: missing column" -s 2 -M '^[a-z]+: -H: no column' -- \
		"$f" $opt -H cid,note

	awk 'BEGIN {for (s = "x"; length(s) < 1000000; ) s = s s}
		NR > 1 {$0 = substr($0, 1, length($0) - 18) s} {print}' \
		good.tsv >in.tsv
	check "$f: rows of a megabyte" -- "$f" $opt in.tsv
	}

	awk -F '\t' -v OFS='\t' 'NR == 1 {print; next} {
		cid = dst = 0
		for (k = 1; k <= NF; k++)
			if ($k ~ /^1:[AB]/) {
				cid = k
				was = $k
			} else if ($k == "240.0.0.1")
				dst = k
		for (i = 10000; i < 40000; i++) {
			if (cid)
				$cid = was i
			if (dst)
				$dst = "240.0." int(i / 250) % 250 "." i % 250
			print
		}
	}' good.tsv >big.tsv
	ok "$f: early reader" ends_by_pipe "$f"
}

n=0
for f in $filters; do n=$((n + 1)); done
plan $((n * 45 + 32))

for f in $filters; do
	each_filter "$f"
done

for f in pcap2flows tracegen flowfrom; do
	check "$f -h" -- "$f" -h
	check "$f -V" -- "$f" -V
	"$f" -h >help
	check "$f --help" -o help -- "$f" --help
	"$f" -V >version
	check "$f --version" -o version -- "$f" --version
	check "$f: bad option" -s 2 -M '^usage: ' -- "$f" -9
done
check "tracegen: full disk" -s 1 -M 'cannot write: No space' -- \
	sh -c 'tracegen -c 2 -d 60 >/dev/full'
check "pcap2flows: empty input" -s 1 -M '<stdin>' -- pcap2flows
check "pcap2flows: missing file" -s 1 -M 'absent.pcap: No such file' -- \
	pcap2flows absent.pcap
check "pcap2flows: directory" -s 1 -M '/: .*directory' -- pcap2flows /
check "pcap2flows: no capture" -s 1 -M 'base.csv' -- pcap2flows base.csv
check "flowfrom: a tool not known" -s 2 -M 'no tool "x" is known: zeek' -- \
	flowfrom x
check "flowfrom: empty input" -s 1 -M '<stdin>' -- flowfrom zeek
check "flowfrom: missing file" -s 1 -M 'absent: No such file' -- \
	flowfrom zeek absent
check "flowfrom: directory" -s 1 -M '/: .*directory' -- flowfrom zeek /
# shellcheck disable=SC2016  # the inner shell's
check "flowfrom: full disk" -s 1 -M 'cannot write: No space' -- \
	sh -c 'flowfrom zeek "$1" >/dev/full' - "$top/t/from/conn.log"
for p in 'pcap2flows' 'flowid good.tsv' 'flowfrom zeek'; do
	# shellcheck disable=SC2086  # words
	for nets in '' ' '; do
		check "$p: -n without a network" -s 2 \
			-M "^${p%% *}: -n: not a network: \"\"" -- \
			"${p%% *}" -n "$nets" ${p#"${p%% *}"}
	done
done
check "flowfrom: no network" -s 2 -M '^flowfrom: -n: not a network: "x"' -- \
	flowfrom -n x zeek
