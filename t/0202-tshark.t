#!/bin/sh
# Over captures that are made here and all real ones at hand: the same 5-tuples with the same packet counts
# and Community IDs as tshark finds, and an account that adds up.  tshark is
# asked for the outermost IP header; later fragments, of which it does not tell
# the ports, get them from their first.
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

need tshark
made skype udp tcp odd campus
made_forms odd
made_forms tcp
editcap -F pcap -s 60 made/skype.pcap made/skype-cut.pcap

captures="$(ls made/*) $(real)"
n=0
for capture in $captures; do n=$((n + 2)); done
plan $((n + 1))

cat >fields.awk <<'EOS'
# proto src sport dst dport of each frame that is UDP or TCP.
BEGIN { FS = "\t" }
{
	v6 = $1 == "" || $14 ~ /^[^:]*:[^:]*:ipv6/
	src = v6 ? $2 : $1; dst = v6 ? $4 : $3
	offset = $8 + $15
	id = src " " dst " " (v6 ? $16 : $5 " " $7)
	if ($9 != "")
		what = 17 " " $9 " " $10
	else if ($11 != "")
		what = 6 " " $11 " " $12
	else
		what = ""
	if (offset > 0)
		what = first[id]
	else if (!v6 && $5 != 17 && $5 != 6)
		next
	else if (what != "")
		first[id] = what
	if (what == "")
		next
	split(what, w, " ")
	proto = w[1]; sport = w[2]; dport = w[3]
	# Its Community ID is that of the innermost IP header.
	count(offset > 0 || gsub(/:ipv?6?:/, ":", $14) > 1 ? "" : $13)
}
function count(cid,    a, b, key) {
	a = src " " sport; b = dst " " dport
	key = proto " " (a < b ? a " " b : b " " a)
	packets[key]++
	if (cid != "")
		known[key] = cid
}
END { for (key in packets) print key, packets[key],
	key in known ? known[key] : "-" }
EOS

# The same of our records.
cat >records.awk <<'EOS'
BEGIN { FS = "\t" }
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; at["cid"] = 1; next }
{
	a = $at["src"] " " $at["sport"]; b = $at["dst"] " " $at["dport"]
	key = ($at["proto"] == "tcp" ? 6 : 17) " " \
	    (a < b ? a " " b : b " " a)
	packets[key] += $at["pkts"] + $at["rpkts"]
	cid[key] = $at["cid"]
}
END { for (key in packets) print key, packets[key], cid[key] }
EOS

ask_tshark() {
	tshark -n -r "$1" -o ip.defragment:FALSE -o ipv6.defragment:FALSE \
	    --enable-protocol communityid -Y 'udp || tcp || ip.frag_offset > 0 || ipv6.fraghdr.offset > 0' \
	    -T fields -E occurrence=f -e ip.src -e ipv6.src -e ip.dst \
	    -e ipv6.dst -e ip.proto -e ipv6.nxt -e ip.id -e ip.frag_offset \
	    -e udp.srcport -e udp.dstport -e tcp.srcport -e tcp.dstport \
	    -e communityid -e frame.protocols -e ipv6.fraghdr.offset \
	    -e ipv6.fraghdr.ident 2>/dev/null | awk -f fields.awk | sort
}

# Sums of the terms, of the records, and the frames of the capture.
adds_up() {
	frames=$(awk -F '\t' -v name="$1" '$1 == name { print $2 }' frames)
	flows=$(awk '{ n += $6 } END { print n + 0 }' got)
	awk -v frames="$frames" -v flows="$flows" '/packets [0-9]+ = / {
		sub(/.*packets /, ""); all = $1
		n = split($0, term, " [=+] ")
		for (i = 2; i <= n; i++) {
			sub(/.* /, "", term[i]); sum += term[i]
		}
		good = all == frames && sum == all && term[2] == flows
	} END { exit !good }' account
}

# shellcheck disable=SC2086  # names are words
capinfos -c -M -T -r $captures >frames 2>/dev/null
for capture in $captures; do
	name=$(basename "$capture")
	ask_tshark "$capture" >wanted
	pcap2flows -v -b -t 1000000000 "$capture" 2>account |
		awk -f records.awk | sort >got
	awk 'NR == FNR { unknown[$1, $2, $3, $4, $5] = $NF == "-"; next }
		unknown[$1, $2, $3, $4, $5] { $NF = "-" } { print }' \
		wanted got >known
	diff wanted known >.why
	verdict "$name: tuples, packets, Community IDs"
	ok "$name: account" adds_up "$capture"
done
tell_real "$(real | wc -l)"
