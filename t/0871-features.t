#!/bin/sh
# Features of every flow of a capture against tshark's fields, put
# together by datamash; all columns are described.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"
capture_of skype
need tshark datamash mlr
plan 12

pcap=$capture
features() { sh "$top/examples/features/features.sh" "$@"; }
features "$pcap" >ours.csv
tr , '\t' <ours.csv >ours.tsv

# No flow here has a pause above 100 s or a port used twice, so tshark's
# conversations are flows.
tshark -r "$pcap" --enable-protocol communityid -o ip.defragment:FALSE \
	-Y '(udp or tcp) and not icmp and not icmpv6' -T fields \
	-E occurrence=f -e communityid -e frame.time_epoch -e _ws.col.Source \
	-e udp.srcport -e tcp.srcport -e udp.length -e tcp.len \
	-e tcp.flags.str -e _ws.col.Destination -e udp.dstport -e tcp.dstport 2>/dev/null |
awk -F '\t' -v OFS='\t' '
function usec(t) {return substr(t, 1, 10) % 10000000 * 1000000 + \
	substr(t, 12, 6)}
{
	me = $3 ":" $4 $5
	if (!($1 in first)) {
		first[$1] = me
		begin[$1] = usec($2)
		tuple[$1] = ($4 != "" ? "udp" : "tcp") OFS $3 OFS $4 $5 OFS \
		    $9 OFS $10 $11
	}
	side = me == first[$1] ? "f" : "r"
	t = usec($2)
	print $1, side "size", $6 != "" ? $6 - 8 : $7
	if ($1 in last)
		print $1, "gap", t - last[$1]
	if (($1, side) in slast)
		print $1, side "gap", t - slast[$1, side]
	else if (side == "r")
		wait[$1] = sprintf("%.6f", (t - begin[$1]) / 1e6)
	last[$1] = slast[$1, side] = t
	if ($8 != "") {
		seen[$1, side, "-"]
		for (i = 1; i <= 7; i++) {
			c = substr("AFRPUEC", i, 1)
			if (index($8, c))
				seen[$1, side, c]
		}
		if ($8 ~ /S/)
			seen[$1, side, $8 ~ /A/ ? "H" : "S"]
	}
}
END {
	for (f in first) {
		printf "%s\t%s\t%.6f\t%s", f, tuple[f], \
		    (last[f] - begin[f]) / 1e6, wait[f] >"flows"
		for (s = 1; s <= 2; s++)
			for (i = 1; i <= 9; i++) {
				side = substr("fr", s, 1)
				c = substr("SHAFRPUEC", i, 1)
				printf "\t%s", (f, "f", "-") in seen || \
				    (f, "r", "-") in seen ? \
				    ((f, side, c) in seen) + 0 : "" >"flows"
			}
		print "" >"flows"
	}
}' >values

is 'as many flows as conversations' "$(sed 1d ours.csv | wc -l)" \
	"$(wc -l <flows)"

# Columns of ours by name, sorted.
columns() { # mlr's list of names
	mlr --icsv --otsv cut -o -f "$1" ours.csv | sed 1d | sort
}
columns "cid,proto,src,sport,dst,dport,duration,wait,$(
	for r in '' r; do
		for c in S H A F R P U E C; do printf '%sflag_%s,' "$r" $c; done
	done | sed 's/,$//')" >got
sort flows >wanted
check 'who, duration, wait, flags' -o wanted -- cat got

# A gap's bin, flow(5): four significant bits.
bin='function bin(v,    unit) {
	for (unit = 1; v / unit >= 16; unit *= 2)
		continue
	return int(v / unit) * unit
}'
# name, kind of value (gaps in microseconds), digits
numbers() {
	awk -F '\t' -v OFS='\t' -v k="$2" -v gaps="$(($3 > 3))" "$bin"'
	$2 == k {print $1, $3, gaps ? bin($3) : $3}' values |
		sort | datamash -g 1 min 2 q1 3 median 3 q3 3 max 2 mean 2 \
			pstdev 2 | awk -v d="$3" -v OFS='\t' '{
		for (i = 2; i <= NF; i++)
			$i = sprintf("%." d "f", d > 3 ? $i / 1e6 : $i)
		print}' >wanted
	p=$1
	columns "cid,${p}_min,${p}_q1,${p}_median,${p}_q3,${p}_max,${p}_mean,${p}_sd" |
		awk -F '\t' '$2 != ""' >got
	# Rounding may differ in the last digit.
	paste wanted got | awk -F '\t' -v d="$3" '
	{
		n = NF / 2
		for (i = 1; i <= n; i++) {
			e = $i - $(i + n)
			if (i == 1 ? $i != $(i + n) : e * e > 2.3 * 10 ^ (-2 * d))
				print $i, $(i + n), "column " i
		}
	}' >why
	[ "$(wc -l <wanted)" -eq "$(wc -l <got)" ] || echo lines >>why
	cp why .why
	verdict "$1: $(wc -l <got) flows"
}
numbers size fsize 3
numbers gap gap 6
numbers fgap fgap 6
numbers rgap rgap 6

awk -F '\t' -v OFS='\t' '
	$2 ~ /size/ {n[$1, $2]++; b[$1, $2] += $3; f[$1, $2] += $3 > 0; id[$1]}
	END {for (c in id) print c, n[c, "fsize"] + 0, n[c, "rsize"] + 0,
		b[c, "fsize"] + 0, b[c, "rsize"] + 0, f[c, "fsize"] + 0,
		f[c, "rsize"] + 0}' values | sort >wanted
columns cid,pkts,rpkts,bytes,rbytes,full,rfull >got
check 'packets, bytes, packets with payload' -o wanted -- cat got

# The rest by hand.
"$top/t/mkpcap.pl" -l 101 >x.pcap <<'.'
1 ip(10.0.0.1,10.0.0.2) tcp(1,2,S)
2 ip(10.0.0.3,10.0.0.2) udp(1,2) data(5)
.
rows() { sed 1d | cut -d , -f "$1"; }
is 'flags: of a TCP side that sent nothing 0, of UDP empty' \
	"$(features x.pcap | rows 53-70)" '1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0
,,,,,,,,,,,,,,,,,'
"$top/t/mkpcap.pl" -l 101 >y.pcap <<'.'
1 ip(10.0.0.1,10.0.0.2) tcp(1,2,S)
1.1 ip(10.0.0.2,10.0.0.1) tcp(2,1,FA)
1.2 ip(10.0.0.1,10.0.0.2) tcp(1,2,FA)
.
is 'a capture given twice: two flows in the same seconds' \
	"$(features y.pcap y.pcap | rows 11,12)" '2,1
2,1'
is 'standard input' "$(features <y.pcap | rows 11,12)" '2,1'
check 'a capture that is not there' -s 1 -M 'absent: No such file' -- \
	sh "$top/examples/features/features.sh" absent

and_real skype.pcap sh
