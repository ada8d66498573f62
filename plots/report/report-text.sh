# shellcheck shell=bash
# shellcheck disable=SC2154 # variables and functions of report.sh
# report-text.sh: the words of the report, a function a section.
set -euo pipefail
shopt -s inherit_errexit

page() {
	cat <<'EOF'
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Following Skype signaling: paper and measurement</title>
<style>
EOF
	cat "$plots/report/report.css"
	cat <<'EOF'
</style>
</head>
<body>
EOF
	head_of_page
	fig1
	fig2
	fig3
	fig4
	fig5
	fig6
	fig7
	tables
	readings
	real_clients
	checks
	fit
	provenance
	printf '</body>\n</html>\n'
}

head_of_page() {
	cat <<'EOF'
<h1>Following Skype signaling, step by step</h1>
<p class="under">Every figure and table of D. Rossi, M. Mellia and M. Meo,
<cite>Following Skype Signaling Footsteps</cite>, 4th International
Telecommunication Networking Workshop on QoS in Multiservice IP Networks
(IT-NEWS), Venice 2008, drawn again from packets by the programs of this
project. Its classifier is that of Bonfiglio et al., <cite>Revealing Skype
Traffic: When Randomness Plays with You</cite>, SIGCOMM 2007, <a
href="https://doi.org/10.1145/1282380.1282386">doi:10.1145/1282380.1282386</a>.</p>
EOF
	made_of
	lacks
	echo '<div class="say">'
	if [ -z "$PCAP" ]; then
		model
	else
		measurement
	fi
	notices
	cat <<'EOF'
<p>Strong curves in colour are measured by these programs; thin grey ones are
the paper’s own, read off its figures. The shade around a curve is its 95 %
band (Dvoretzky, Kiefer, Wolfowitz): where the paper’s line lies within it, the
n values drawn here cannot tell both apart. The band takes the n for
independent; flows and packets of one client are not, so the true one is
wider.</p>
</div>
<nav aria-label="Contents"><a href="#fig1">Bitrate</a>
<a href="#fig2">Flow length</a>
<a href="#fig3">Activity</a> <a href="#fig4">Payload</a>
<a href="#fig5">Map</a> <a href="#fig6">Round-trip time</a>
<a href="#fig7">Popularity</a> <a href="#tab1">Kinds</a>
<a href="#tab2">Places</a> <a href="#timeout">Timeout</a>
<a href="#text">Numbers</a> <a href="#readings">Readings</a>
EOF
	[ ! -f "$fig/real.tsv" ] || echo '<a href="#real">Two real clients</a>'
	echo '<a href="#check">Check</a>'
	[ -n "$PCAP" ] || echo '<a href="#truth">Truth</a>'
	[ ! -f "$fig/accuracy.tsv" ] || echo '<a href="#accuracy">Accuracy</a>'
	cat <<'EOF'
<a href="#fit">Contradictions</a>
<a href="#how">Provenance</a></nav>
EOF
}

# Version, commit and settings in a line.
made_of() {
	local asked version
	sigtag -V >"$tmp/version"
	read -r _ version <"$tmp/version"
	asked=$(settings)
	asked=$(escaped "$asked")
	printf '<p class="under">flows %s, commit %s; make figures %s</p>\n' \
		"$version" "$commit" "$asked"
}

# First of all what a reader must not take from this page.
lacks() {
	echo '<section class="lacks" aria-labelledby="lacks">'
	echo '<h3 id="lacks">What is not reproduced</h3>'
	PCAP=$PCAP SCALE=$SCALE $AWK -f "$plots/report/lacks.awk" \
		"$fig/paper-check.tsv"
	echo '</section>'
}

# What whoever reads these figures must know of their settings.
notices() {
	local line text
	while read -r line; do
		text=$(escaped "$line")
		printf '<p><strong>%s</strong></p>\n' "$text"
	done <"$fig/notices.txt"
}

model() {
	local number
	number=$(clients)
	cat <<EOF
<p><strong>This page is about a model.</strong> Its packets were made by
<code>tracegen</code>, a synthetic campus of $number clients over one week
whose behaviour is drawn from the very curves that it is compared with.
Places, addresses and round-trip times are invented in the same way.</p>
<p>A generator fitted to these curves shows that the pipeline measures what is
on the wire; <strong>it is no evidence for the paper’s findings.</strong>
Evidence comes from captures of real traffic only:
<code>make&nbsp;figures PCAP=…</code></p>
EOF
}

measurement() {
	local of
	of=$(escaped "$PCAP")
	cat <<EOF
<p><strong>This page is about a measurement:</strong> what these programs found
in <code>$of</code>. What the paper measured is another network
in another year; where both differ, neither need be wrong. A figure for which
the capture has nothing shows its axes and says so.</p>
<p>The project’s own synthetic traffic is fitted to the paper’s curves. It
shows that the pipeline measures what is on the wire; it is no evidence for
the paper’s findings, and none of it is in this page.</p>
EOF
}

fig1() {
	section fig1 'What signaling costs a client'
	figure fig1 'Figure 1, CDF of bitrate and of peers contacted' <<'EOF'
<b>Figure 1.</b> Left, average bitrate of the signaling a client sends over its
lifetime; right, the paper’s inset, how many different peers it contacts in five
minutes. <span class="paper">The paper: signaling is cheap. Four clients in ten
send less than 1 bit/s, one in twenty more than 100; in five minutes a client
contacts 16 peers on average.</span>
EOF
	shown <<EOF
plots/records/contacts.sh $fig/listed.tsv $fig/flows.tsv >$fig/contacts.tsv
plots/fig1.sh $fig/contacts.tsv >$fig/fig1.tsv
$(drawn fig1)
EOF
}

fig2() {
	section fig2 'How long flows are'
	figure fig2 'Figure 2, 1 − CDF of source-flow length and duration' <<'EOF'
<b>Figure 2.</b> Left, packets in a source flow, one direction of a flow; right,
the paper’s inset, its duration. All axes are logarithmic: a straight fall is a
heavy tail. <span class="paper">The paper: some 80 % of signaling flows are a
single packet, yet carry less than 5 % of the bytes; the longest last for
hours.</span>
EOF
	shown <<EOF
plots/fig2.sh $fig/flows.tsv >$fig/fig2.tsv
$(drawn fig2)
EOF
}

fig3() {
	local choice
	section fig3 'What two clients do'
	choice=$($AWK -f "$plots/report/choice.awk" "$fig/fig3-clients.tsv")
	figure fig3 'Figure 3, packets of two clients over time' <<EOF
<b>Figure 3.</b> A dot is a packet. Peers are numbered as they are first met,
upward those the client sends to, downward those that it hears from. Above, the
paper’s two clients, of 2006; below, two of ours. $choice
<span class="paper">The paper: new peers are met at a steady rate, and the
client comes back to some after ten minutes and at each full hour.</span>
EOF
	shown <<EOF
plots/records/two-clients.sh $fig/flows.tsv >$fig/fig3-clients.tsv
$(from)plots/fig3.sh $fig/fig3-clients.tsv >$fig/fig3.tsv
$(drawn fig3)
EOF
}

fig4() {
	section fig4 'What packets carry'
	figure fig4 'Figure 4, CDF of payload of probes and other signaling' <<'EOF'
<b>Figure 4.</b> Left, UDP payload of signaling packets, both directions, to
peers that are only probed and to all others; right, the paper’s insets, shares
in bins of ten bytes, of the same bytes in both. <span class="paper">The paper:
probes have few sizes, among them 10, 13 and 18 bytes; other signaling carries
more.</span>
EOF
	shown <<EOF
plots/fig4.sh $fig/flows.tsv >$fig/fig4.tsv
$(drawn fig4)
EOF
}

fig5() {
	section fig5 'Where peers are'
	figure fig5 'Figure 5, map of external peers' <<'EOF'
<b>Figure 5.</b> External addresses with known coordinates, a dot a place: left
the paper’s, right ours; crosshairs at Paris and Torino, the paper’s landmarks.
<span class="paper">The paper: peers are everywhere, and most of them in Europe,
where its campus is.</span>
EOF
	shown <<EOF
plots/fig5.sh $fig/flows.tsv >$fig/fig5.tsv
$(drawn fig5)
EOF
}

fig6() {
	section fig6 'How far peers are'
	figure fig6 'Figure 6, round-trip times of probes and other signaling' <<'EOF'
<b>Figure 6.</b> Round-trip time from the monitor to the peer and back, in bins
of 1/40 decade, the paper’s on the same bins. <span class="paper">The paper:
probes peak at 67 ms; the peers that are kept show two groups, at 52 and 133 ms,
and few at 100.</span>
EOF
	shown <<EOF
plots/fig6.sh $fig/flows.tsv >$fig/fig6.tsv
$(drawn fig6)
EOF
}

fig7() {
	section fig7 'How popular endpoints are'
	figure fig7 'Figure 7, CDF of popularity of external and internal endpoints' \
		<<'EOF'
<b>Figure 7.</b> By how many endpoints of the other side an endpoint is
contacted: external ones left, internal ones right. <span class="paper">The
paper: nearly every external peer is contacted by one client only; a few
internal clients, super-nodes, by thousands.</span>
EOF
	shown <<EOF
plots/records/popularity.sh $fig/flows.tsv >$fig/popularity.tsv
plots/fig7.sh $fig/popularity.tsv >$fig/fig7.tsv
$(drawn fig7)
EOF
}

tables() {
	section tab1 'Probes, heartbeats, dialogs'
	table "$fig/tab1.tsv"
	echo '<p class="paper">The paper: half of all pairs meet once, for one'
	echo 'packet; the few mixed ones make most of the flows and packets.</p>'
	shown <<EOF
plots/records/kinds.sh $fig/flows.tsv >$fig/kinds.tsv
plots/tab1.sh $fig/kinds.tsv >$fig/tab1.tsv
LC_ALL=C awk -f plots/lib/table.awk $fig/tab1.tsv
EOF
	section tab2 'Places'
	table "$fig/tab2.tsv"
	echo '<p class="paper">The paper: probes go to Europe more than other'
	echo 'signaling does, which reaches for North America.</p>'
	shown <<EOF
plots/places/places.sh $fig/flows.tsv >$fig/places.tsv
plots/tab2.sh $fig/places.tsv >$fig/tab2.tsv
EOF
	section timeout 'When does a flow end?'
	table "$fig/timeout.tsv"
	echo '<p class="paper">The paper: up to some minutes the timeout hardly'
	echo 'matters; without any, heartbeats become dialogs.</p>'
	shown <<EOF
plots/timeouts/timeouts.sh $fig/listed.tsv $fig/pieces.tsv >$fig/timeouts.tsv
plots/timeouts/timeout-table.sh $fig/timeouts.tsv >$fig/timeout.tsv
EOF
	section text 'Numbers of the prose'
	table "$fig/text.tsv"
	shown <<EOF
$(from)plots/prose/gaps.sh $fig/flows.tsv $fig/pieces.tsv >$fig/gaps.tsv
plots/prose/prose.sh $fig/listed.tsv $fig/flows.tsv >$fig/prose.tsv
plots/prose/activity.sh $fig/listed.tsv $fig/flows.tsv >$fig/activity.tsv
plots/prose/values.sh $fig >$fig/values.tsv
plots/prose/prose-table.sh $fig/values.tsv >$fig/text.tsv
EOF
}

readings() {
	section readings 'Two ways to read it'
	table "$fig/readings.tsv"
	shown <<EOF
plots/prose/readings.sh $fig >$fig/read-otherwise.tsv
awk -f plots/prose/readings-table.awk $fig/read-otherwise.tsv $fig/values.tsv
EOF
}

# Measured on real packets, and no part of what the campus is fitted to.
real_clients() {
	[ -f "$fig/real.tsv" ] || return 0
	section real 'Two real clients'
	cat <<'EOF'
<p>The two clients of 2006 whose packets Figure 3 of the paper shows, sent
through the same programs beside what the other figures are made of: this is
what behaviour looks like that no generator made. That the timeout hardly
matters holds for the kinds of their pairs, and not for the number of their
flows.</p>
EOF
	table "$fig/real.tsv"
	shown <<EOF
plots/real/real.sh $fig >$fig/real.tsv
EOF
}

checks() {
	local rows
	section check 'Every number, checked'
	cat <<'EOF'
<p>Each number of the paper beside ours. The bounds are what the synthetic week
is held to at full scale; what has none is reported and not required.</p>
EOF
	$AWK -f "$plots/report/missed-rows.awk" "$fig/paper-check.tsv" \
		>"$tmp/missed"
	[ ! -s "$tmp/missed" ] || table "$tmp/missed"
	rows=$($AWK '/^\t/ { n++ } END { print n + 0 }' "$fig/paper-check.tsv")
	printf '<details><summary>All %s rows</summary>\n' "$rows"
	table "$fig/paper-check.tsv"
	echo '</details>'
	shown <<EOF
make paper-check $(settings)
EOF
	[ -n "$PCAP" ] || truth
	[ ! -f "$fig/accuracy.tsv" ] || accuracy
}

truth() {
	section truth 'The truth and the measurement'
	cat <<'EOF'
<p>What made these packets also wrote down what each flow is. From that file
alone, with awk and none of the programs that measure, every figure and table
follows again; here is how many of their values are the same.</p>
EOF
	table "$fig/truth-check.tsv"
	shown <<EOF
make truth-check $(settings)
EOF
}

accuracy() {
	section accuracy 'How often the classifier is right'
	if [ -f "$out/accuracy.svg" ]; then
		figure accuracy 'accuracy of the classifier' <<'EOF'
Synthetic campuses with much traffic that is not Skype, of seeds that nothing
was chosen by; each flow’s verdict beside the truth. On the right, of endpoints
with a score, the share that is Skype’s, with its 95 % limits.
EOF
	fi
	table "$fig/accuracy.tsv"
	shown <<EOF
make accuracy
EOF
}

fit() {
	section fit 'They do not all fit together'
	$AWK -f "$plots/report/contradictions.awk" "$fig/values.tsv" \
		"$fig/read-otherwise.tsv" >"$tmp/fit"
	table "$tmp/fit" words=1
}

provenance() {
	local drawer program said from_bases
	from_bases=$(bases)
	section how 'Provenance'
	echo '<p>All of it at once, in the folder of the project:</p>'
	shown <<EOF
make figures $(settings)
EOF
	echo '<p>The records that every reducer reads, step by step; each command'
	echo 'on this page is run with <code>bin</code> in the path:</p>'
	shown <<EOF
$(from)plots/records/records.sh $fig/pieces.tsv $fig/all.tsv $fig/endpoints.tsv $fig/listed.tsv $fig/campus.truth
skypeclass $fig/all.tsv | sigtag | rttcalc | geojoin$from_bases >$fig/flows.tsv
EOF
	for program in tracegen pcap2flows flowmerge skypeclass sigtag rttcalc \
		geojoin popularity; do
		said=$("$program" -V)
		echo "${said%%$'\n'*}"
	done >"$tmp/versions"
	drawer=$(gnuplot --version)
	provenance_table "$drawer" >"$tmp/how"
	table "$tmp/how" words=1
	case $GEODB in
	*dbip*)
		echo '<p class="note"><a href="https://db-ip.com">IP Geolocation'
		echo 'by DB-IP</a>, CC BY 4.0.</p>'
		;;
	esac
	echo '<p class="note">Coastline: Natural Earth, public domain. Points of'
	echo 'the paper: <code>plots/paper</code>.</p>'
}

# Settings are given in the environment: -v would read backslashes in them.
provenance_table() { # version of gnuplot
	local number of base
	number=$(clients)
	of=$(printable "$PCAP")
	base=$(printable "$GEODB")
	CLIENTS=$number COMMIT=$commit DRAWER=$1 PCAP=$of NETS=$NETS GEODB=$base \
		SCALE=$SCALE PROTO=$PROTO SEED=$SEED \
		$AWK -f "$plots/report/provenance.awk" "$tmp/versions"
}

drawn() {
	echo "plots/lib/draw.sh $1 $fig/$1.tsv $1.svg"
}

# The settings that a script of packets reads, before its name.
from() {
	if [ -n "$PCAP" ]; then
		printf 'PCAP=%s ' "$(quoted "$PCAP")"
		[ -z "$NETS" ] || printf 'NETS=%s ' "$(quoted "$NETS")"
	else
		printf 'SCALE=%s SEED=%s ' "$SCALE" "$SEED"
	fi
}

bases() {
	local name
	named "$GEODB"
	for name in "${names[@]}"; do
		printf ' -d %s' "$(quoted "$name")"
	done
}

settings() {
	[ -z "$PCAP" ] || printf 'PCAP=%s ' "$(quoted "$PCAP")"
	[ -z "$NETS" ] || printf 'NETS=%s ' "$(quoted "$NETS")"
	[ "$GEODB" = lib/geo/places.csv ] ||
		printf 'GEODB=%s ' "$(quoted "$GEODB")"
	[ "$PROTO" = udp ] || printf 'PROTO=%s ' "$PROTO"
	[ "$SEED" = 1 ] || printf 'SEED=%s ' "$SEED"
	[ -n "$PCAP" ] || printf 'SCALE=%s' "$SCALE"
}
