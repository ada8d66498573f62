#!/bin/bash
# Features and further columns of every flow of every capture at hand against a
# slow reference out of tshark's fields (t/models/features.awk).  `make check`
# takes captures that are made here and of the real ones the small, `make
# more-check` all.
#
# No value of 58 real captures differs.  The reference has what tshark's own
# fields and conversations lack: the end of flows, by silence, tear-down and the
# clock of a capture whose time steps back; whose SYN with ACK came first; and
# only outermost headers.  Times are compared to the microsecond, whatever the
# capture has.
# shellcheck disable=SC2016  # awk
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/captures.sh
. "$top/t/captures.sh"
need tshark datamash

fields() {
	tshark -n -r "$1" -o ip.defragment:FALSE -o ipv6.defragment:FALSE \
		-o tcp.desegment_tcp_streams:FALSE -T fields -E occurrence=f \
		-e frame.time_epoch -e frame.protocols -e ip.src -e ip.dst \
		-e ipv6.src -e ipv6.dst -e ip.proto -e ipv6.nxt -e ip.id \
		-e ip.frag_offset -e udp.srcport -e udp.dstport -e udp.length \
		-e tcp.srcport -e tcp.dstport -e tcp.len -e tcp.flags \
		-e tcp.seq_raw -e tcp.ack_raw -e ip.ttl -e ipv6.hlim \
		-e eth.src -e eth.dst -e vlan.id -e tcp.options.mss_val \
		-e tcp.options.wscale.shift -e tcp.window_size_value \
		-e udp.payload -e tcp.payload -e frame.len -e frame.cap_len \
		-e sll.src.eth -e ieee8021ad.id -e ipv6.fraghdr.ident \
		-e ipv6.fraghdr.offset -e ipv6.fraghdr.nxt 2>tshark.err
}

# theirs CAPTURE: "flow column value" out of tshark's fields.
theirs() {
	rm -f told
	: >told
	fields "$1" | awk -v told=told -f "$top/t/models/features.awk" >values
	# Of gaps the quantiles are those of their bins, flow(5): four
	# significant bits of whole microseconds.
	awk -F '\t' -v OFS='\t' '
	function bin(v,    unit) {
		for (unit = 1; v / unit >= 16; unit *= 2)
			continue
		return int(v / unit) * unit
	}
	{print}
	$2 ~ /gap$/ {print $1, $2 "bin", bin(int($3 / 1000))}' values |
		sort | datamash -g 1,2 min 3 q1 3 median 3 q3 3 max 3 mean 3 \
			pstdev 3 >numbers
	awk -F '\t' -v OFS='\t' '
	FILENAME == "told" && $2 == "flow" {flow[$1] = $3; next}
	FILENAME == "told" {print flow[$1], $2, $3; next}
	{
		split("min q1 median q3 max mean sd", statistic, " ")
		base = $2
		sub(/^bgap/, "gap", base)
		binned = sub(/bin$/, "", base)
		unit = base ~ /gap/ ? (binned ? 1e6 : 1e9) : 1
		for (i = 1; i <= 7; i++)
			if (base !~ /gap/ || binned == (i >= 2 && i <= 4))
				print flow[$1], base "_" statistic[i],
				    sprintf("%.6f", $(i + 2) / unit)
	}' told numbers | sort
}

# ours CAPTURE
ours() {
	bash "$top/examples/features/features.sh" "$1" >ours.csv
	pcap2flows -b -e link,splt=5 "$1" >ours.tsv
	awk '
	FNR == 1 {
		sub(/^#/, "")
		FS = FILENAME ~ /csv$/ ? "," : "\t"
		$0 = $0
		split("", at)
		for (i = 1; i <= NF; i++) {
			column[i] = $i
			at[$i] = i
		}
		next
	}
	{
		start = $at["start"]
		sub(/^0+/, "", start)
		start = substr(start, 1, index(start, ".") + 6)
		flow = $at["proto"] " " $at["src"] " " $at["sport"] " " \
		    $at["dst"] " " $at["dport"] " " start
		for (i = 1; i <= NF; i++)
			if (column[i] ~ (FILENAME ~ /csv$/ ? \
			    "^r?(pkts|bytes|full|duration|wait|ttlm..|mss|wscale|window|ent|flag_.)$|_(min|q1|median|q3|max|mean|sd)$" : \
			    "^r?(vlan|.mac|splt)$")) {
				v = $i == "-" ? "" : $i
				if (column[i] ~ /vlan/)
					sub(/\..*/, "", v)
				print flow "\t" column[i] "\t" v
			}
	}' ours.csv ours.tsv | sort
}
# What differs: "flow column theirs ours" a line; an empty value is no value.
differences() {
	# shellcheck disable=SC2317  # called by check
	awk -F '\t' -v OFS='\t' '
	$3 == "" {next}
	FILENAME == "wanted" {theirs[$1, $2] = $3; known[$1]; next}
	{
		there[$1]
		k = $1 SUBSEP $2
		v = k in theirs ? theirs[k] : ""
		delete theirs[k]
		e = v - $3
		far = $2 ~ /size/ ? 0.0015 : $2 ~ /ent$/ ? 0.00052 : \
		    $2 ~ /gap|duration|wait/ ? 0.0000015 : 0
		if (v != $3 && (v == "" || e > far || e < -far) && $1 in known)
			print $1, $2, v, $3
	}
	END {
		for (k in theirs) {
			split(k, part, SUBSEP)
			if (part[1] in there)
				print part[1], part[2], theirs[k], ""
		}
		for (f in known)
			if (!(f in there))
				print f, "flow", 1, 0
		for (f in there)
			if (!(f in known))
				print f, "flow", 0, 1
	}' wanted got | sort
}
made skype udp tcp odd campus
made_forms odd
captures=$(ls made/*)
for file in $(real); do
	[ -z "${MORE-}" ] && [ "$(wc -c <"$file")" -gt 16384 ] ||
		captures+=" $file"
done
plan $(($(wc -w <<<"$captures") + 1))

: >none
for file in $captures; do
	theirs "$file" >wanted
	ours "$file" >got
	check "${file##*/}: $(cut -f 1 got | uniq | wc -l) flows,\
 $(wc -l <got) values" -o none -- differences
done
# What one value more or another one would do.
awk -F '\t' -v OFS='\t' '$2 == "rpkts" && !n++ {$3++; was = $1}
	NR == 1 {print $1, "other", 5} {print}' got >changed
mv changed got
is 'a difference is seen' "$(differences | cut -f 2)" 'other
rpkts'
