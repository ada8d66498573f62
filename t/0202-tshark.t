#!/bin/sh
# Over every capture at hand: the same 5-tuples with the same packet counts
# and Community IDs as tshark finds, and an account that adds up.  tshark is
# asked for the outermost IP header; later fragments, of which it does not tell
# the ports, get them from their first.
. "${0%/*}/lib.sh"

command -v tshark >/dev/null || skip_all 'no tshark'
shared skype.pcap

captures=$(find "$traces" -name '*.pcap' -o -name '*.pcapng' | sort)
n=0
for capture in $captures; do n=$((n + 2)); done
plan $n

cat >fields.awk <<'EOS'
# proto src sport dst dport of each frame that is UDP or TCP.
BEGIN { FS = "\t" }
{
	src = $1 $2; dst = $3 $4; proto = $5 != "" ? $5 : $6
	if ($9 == "" && $11 == "" && $8 + 0 == 0)
		next
	if (proto == 17) { sport = $9; dport = $10 }
	else if (proto == 6) { sport = $11; dport = $12 }
	else next
	id = proto " " src " " dst " " $7
	if ($8 + 0 > 0) {
		if (!(id in first))
			next
		split(first[id], port, " ")
		sport = port[1]; dport = port[2]
	} else
		first[id] = sport " " dport
	# Its Community ID is that of the innermost IP header.
	count($8 + 0 > 0 || gsub(/:ipv?6?:/, ":", $14) > 1 ? "" : $13)
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
	    --enable-protocol communityid -Y 'udp || tcp || ip.frag_offset > 0' \
	    -T fields -E occurrence=f -e ip.src -e ipv6.src -e ip.dst \
	    -e ipv6.dst -e ip.proto -e ipv6.nxt -e ip.id -e ip.frag_offset \
	    -e udp.srcport -e udp.dstport -e tcp.srcport -e tcp.dstport \
	    -e communityid -e frame.protocols 2>/dev/null | awk -f fields.awk | sort
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
