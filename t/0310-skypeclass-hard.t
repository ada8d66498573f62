#!/bin/sh
# skypeclass where it is hard: on a synthetic campus with much traffic that is
# not Skype, whose truth is known, and on what can happen to its packets.
# shellcheck disable=SC2016  # awk's own $
. "${0%/*}/lib.sh"
plan 49

# The truth, columns that are needed: cid start end proto pkts rpkts class app.
known() {
	awk -F '\t' -v OFS='\t' '
	NR == 1 {
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			c[$i] = i
	}
	{
		print $c["cid"], $c["start"], $c["end"], $c["proto"],
			$c["pkts"], $c["rpkts"], $c["class"], $c["app"]
	}' "$1"
}
tracegen -c 20 -d 2h -s 3 -n 60 -w 64 -o campus.pcap -l whole-truth
known whole-truth >truth
pcap2flows campus.pcap >flows.tsv

# What the tests say: of the calls, and of the signaling of clients with six
# flows or more that are here, the percentage found, then false verdicts.
# Rows are known by the Community ID, which the truth gives for one class.
cat >judged.awk <<'EOF'
FNR == 1 {
	sub(/^#/, "")
	split("", c)
	for (i = 1; i <= NF; i++)
		c[$i] = i
	pass++
	next
}
pass == 1 {
	v = $c["class"]
	if ($1 in is && is[$1] != v)
		v = "?"
	is[$1] = v
	next
}
is[$1] == "-" { wrong += $c["class"] != "-" }
is[$1] == "sig" && $c["proto"] == "udp" {
	d = $c["dir"] == "in"
	me = d ? $c["dst"] " " $c["dport"] : $c["src"] " " $c["sport"]
	flows[me]++
	packets[me] += $c["pkts"] + $c["rpkts"]
	if ($c["class"] == "sig") {
		found[me]++
		pfound[me] += $c["pkts"] + $c["rpkts"]
	}
}
is[$1] == "voice" || is[$1] == "video" || is[$1] == "skypeout" {
	calls++
	heard += $c["class"] == is[$1]
	missed += $c["class"] != is[$1] && $c["proto"] == "udp" &&
		is[$1] != "skypeout"
}
END {
	for (me in flows)
		if (flows[me] >= 6) {
			f += flows[me]; p += packets[me]
			ff += found[me]; fp += pfound[me]
		}
	printf "%d calls %d heard %.1f%% flows %.1f%% packets %d false" \
		" %d missed between clients over UDP\n", calls, heard,
		f ? 100 * ff / f : 0, p ? 100 * fp / p : 0, wrong, missed
}
EOF
judged() { awk -F '\t' -f judged.awk truth -; }

# is_good NAME [FLOWS PACKETS [e2e]] <FLOWS: all calls, at least these
# percentages of signaling (99 if not given), nothing false.  e2e: calls
# between clients over UDP only, as the others are known by what else their
# clients send.
is_good() {
	skypeclass -a >out.tsv
	judged <out.tsv >said
	ok "$1: $(cat said)" awk -v f="${2:-99}" -v p="${3:-99}" \
		-v kind="${4:-}" '{
		heard = kind == "e2e" ? $11 == 0 : $1 == $3
		exit !(heard && $5 + 0 >= f && $7 + 0 >= p && $9 == 0)
	}' said
}

# Rows with other addresses and ports: edit AWK, over $f["src"] and so on.
edit() {
	awk -F '\t' -v OFS='\t' '
	NR == 1 {
		print
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			f[$i] = i
		next
	}
	function internal(a) { return a ~ /^10\./ }
	'"$1"' { print }' flows.tsv
}

is_good 'as it is' <flows.tsv
ok 'calls are among it' grep -Eq '^[1-9][0-9]* calls' said
skypeclass flows.tsv >plain.tsv

# Of the traffic that is hard to tell nothing is Skype's.
for app in random fixed rtp game vpn quic utp dht bt-mse shadowsocks tor ssh \
	mosh kcp cloudgame doq datachannel voiptunnel fixed12340; do
	awk -F '\t' -v app=$app '$8 == app {print $1}' truth >ids
	ok "$app: none of $(awk 'END {print NR}' ids) flows" sh -c '
	[ -s ids ] && awk "NR == FNR {is[\$1]; next} \$1 in is {exit 1}" \
		ids plain.tsv'
done

# Over TCP from the first byte on, and at port 12340, the flow alone would be a
# call: the tests as published take many for one.
skypeclass -a -p flows.tsv >published.tsv
for app in shadowsocks voiptunnel ssh fixed12340; do
	awk -F '\t' -v app=$app '$8 == app {print $1}' truth >ids
	is "$app: as published, calls are among them" "$(awk -F '\t' '
		NR == FNR {is[$1]; next}
		$1 in is && $(NF - 2) ~ /voice|skypeout/ {n++}
		END {print (n > 0)}' ids published.tsv)" 1
done
# One such flow lists nobody.
awk -F '\t' '$8 == "fixed12340" {print $1}' truth >ids
awk -F '\t' 'NR == FNR {is[$1]; next} FNR == 1 || $1 in is' ids flows.tsv \
	>alone.tsv
is 'flows to port 12340 alone: nothing' "$(skypeclass alone.tsv | wc -l)" 1

edit '{
	for (k = 1; k <= 2; k++) {
		a = k == 1 ? "src" : "dst"; p = k == 1 ? "sport" : "dport"
		if (!internal($f[a]))
			continue
		key = $f[a] " " $f[p]
		if (!(key in port))
			port[key] = 1024 + n++
		$f[a] = "198.51.100.1"
		$f[p] = port[key]
	}
}' >nat.tsv
is_good 'all behind one address' <nat.tsv

edit '$f["start"] > "1177196000" {
	for (k = 1; k <= 2; k++) {
		a = k == 1 ? "src" : "dst"; p = k == 1 ? "sport" : "dport"
		if (internal($f[a]))
			$f[p] = ($f[p] + 30000) % 65536
	}
}' >moved
ok 'half of the flows have another port' sh -c \
	'! cmp -s moved flows.tsv'
is_good 'clients that change their port' <moved

edit '{
	for (k = 1; k <= 2; k++) {
		a = k == 1 ? "src" : "dst"
		split($f[a], b, ".")
		$f[a] = sprintf("2001:db8:%x::%x:%x", b[1], b[2], \
			b[3] * 256 + b[4])
	}
}' >six.tsv
is_good 'over IPv6' <six.tsv
for port in 443 80; do
	edit '{
		for (k = 1; k <= 2; k++) {
			a = k == 1 ? "src" : "dst"
			p = k == 1 ? "sport" : "dport"
			if (internal($f[a]) && $f["proto"] == "udp")
				if (port[$f[a]] == "" || port[$f[a]] == $f[p]) {
					port[$f[a]] = $f[p]
					$f[p] = '$port'
				}
		}
	}' >port.tsv
	is_good "clients at UDP port $port" <port.tsv
done

# Flows that others began, and only these: the clients answer.
edit '$f["dir"] != "in" {next}' >answers.tsv
is_good 'clients that only answer' <answers.tsv

# Packets lost, sent again, or never seen.
for loss in 5 20; do
	perl "$top/t/thin.pl" -l $loss campus.pcap | pcap2flows >thin.tsv
	is_good "$loss % of all packets lost" 99 99 e2e <thin.tsv
done
perl "$top/t/thin.pl" -r 20 campus.pcap | pcap2flows >twice.tsv
is_good 'a fifth of all packets twice' <twice.tsv
pcap2flows -f 'src net 10.0.0.0/8' campus.pcap >outward.tsv
is_good 'only what clients send' <outward.tsv
pcap2flows -f 'dst net 10.0.0.0/8' campus.pcap >inward.tsv
is_good 'only what clients get' 30 30 e2e <inward.tsv

# In mid-call: from three seconds into one on.
awk -F '\t' '$7 == "voice" && $5 > 1000 {printf "%d", $2 + 3; exit}' truth \
	>when
first=$(awk -F '\t' 'NR > 1 {print $2; exit}' truth)
perl "$top/t/thin.pl" -b "$(awk -v a="$first" '{printf "%d", $1 - a}' when)" \
	campus.pcap | pcap2flows >late.tsv
ok 'a call has begun before' awk -F '\t' -v t="$(cat when)" '
	NR == FNR {if ($7 == "voice" && $2 < t && $3 > t + 10) is[$1]; next}
	$1 in is && $2 > t - 2 {n++} END {exit !n}' truth late.tsv
is_good 'in mid-call' <late.tsv

# A snap length of 64 was used above; all of each packet says the same.
tracegen -c 20 -d 2h -s 3 -n 60 -o whole.pcap
pcap2flows whole.pcap | skypeclass >whole.tsv
ok 'whole packets: the same verdicts' sh -c '
	cut -f 1,2 whole.tsv >a; cut -f 1,2 plain.tsv >b; cmp a b &&
	awk -F "\t" "{print \$(NF - 2)}" whole.tsv >a &&
	awk -F "\t" "{print \$(NF - 2)}" plain.tsv >b && cmp a b'
rm -f whole.pcap

# Signaling on a call's tuple, before and after it, in one flow: a call with
# polls each 60 s, made of two records and joined.
joined() { # messages of signaling
	awk -F '\t' -v OFS='\t' -v n="$1" '
	NR == FNR {
		if ($7 == "voice" && $4 == "udp" && $5 > 900 && $6 > 900)
			cid = $1
		next
	}
	FNR == 1 {
		print
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			f[$i] = i
	}
	$1 == cid {
		print
		t = $f["end"] + 60
		for (i = 0; i < n; i++)
			poll(i)
		exit
	}
	function hex(    s, k) {
		for (k = 0; k < 10; k++) {
			x = (x * 48271 + 11) % 2147483647
			s = s substr("0123456789abcdef", \
				1 + int(x / 134217728), 1)
		}
		return s
	}
	function poll(i,    at, back) {
		at = sprintf("%.6f", t + 60 * i)
		back = sprintf("%.6f", t + 60 * i + 0.1)
		$f["start"] = $f["last"] = $f["ask"] = at
		$f["end"] = $f["rlast"] = $f["reply"] = back
		$f["ask2"] = $f["turn"] = "-"
		$f["pkts"] = $f["rpkts"] = 1
		$f["bytes"] = 30; $f["rbytes"] = 18
		$f["size"] = "30:1"; $f["rsize"] = "18:1"
		$f["fun"] = "02:1"; $f["rfun"] = "02:1"
		$f["nib"] = "=" sprintf("%04x", i * 2) "02" hex()
		$f["rnib"] = "=" sprintf("%04x", i * 2 + 9) "02" hex()
		$f["win"] = $f["rwin"] = "-"
		print
	}' truth flows.tsv | LC_ALL=C sort | flowmerge
}
joined 300 >both.tsv
is 'one flow of both' "$(awk 'END {print NR}' both.tsv)" 2
is 'is a call' "$(skypeclass -a both.tsv |
	awk -F '\t' 'NR > 1 {print $(NF - 2), $(NF - 1)}')" 'voice flow'

# Evidence from parts, summed, says what one pass does: rows at random, and
# pieces of flows that were merged first.
for k in 0 1 2 3 4; do
	awk -v k=$k 'NR == 1 || (NR * 7919) % 5 == k' flows.tsv | skypeclass -e
done >parts
skypeclass -E parts flows.tsv >summed.tsv
ok 'five parts, summed: the same' cmp summed.tsv plain.tsv
skypeclass -e flows.tsv >at-once
ok 'and the same evidence' sh -c '
	head -n 1 flows.tsv | skypeclass -e -E parts | cmp - at-once'
pcap2flows -A 600 campus.pcap | LC_ALL=C sort | flowmerge >merged.tsv
skypeclass -e merged.tsv >merged
ok 'flows merged from pieces: the same evidence' cmp merged at-once

# Rows that are not written are not read again: long runs of them before and
# behind those that are, in a file that is no longer written and through a pipe.
skypeclass -a flows.tsv >all
column=$(head -n 1 all | tr '\t' '\n' | sed -n '/^class$/=')
awk -F '\t' -v c="$column" 'NR > 1 && $c == "-"' all >foreign
awk -F '\t' -v c="$column" 'NR == 1 || $c != "-"' all >wanted
{ head -n 1 all; head -n 1000 foreign; tail -n +2 wanted
	tail -n +1001 foreign; } >runs.tsv
touch -t 200804220000 runs.tsv
check 'runs of rows left out' -o wanted -- skypeclass runs.tsv
check '... from a file at standard input' -o wanted -i runs.tsv -- skypeclass
check '... behind a pipe' -o wanted -- sh -c 'cat runs.tsv | skypeclass'
