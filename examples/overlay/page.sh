#!/bin/bash
# page: the figures of one overlay on one page.
# Usage: page.sh flows.tsv tab1.tsv
# NAME, SELECT, PCAP, GROUP, PROTO: what it says of itself.

top=${0%/*}/../..
plots=$top/plots
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"
: "${SELECT:=}" "${GROUP:=}" "${NAME:=${SELECT:-all flows}}"

name=$(escaped "$NAME")
source=$(escaped "${PCAP:-the synthetic campus}")
chosen=$(escaped "${SELECT:-nothing: all flows}")
# shellcheck disable=SC2016  # awk
count=$($AWK -F '\t' -v proto="$PROTO" '
/^#/ { for (i = 1; i <= NF; i++) if ($i == "proto") at = i; next }
proto == "any" || $at == proto { n++ }
END { print n + 0 }' "$1")

figure() { # file caption
	printf '<figure><img src="%s.svg" alt="">\n' "$1"
	printf '<figcaption>%s</figcaption></figure>\n' "$2"
}

case $GROUP in
host) client='an internal host' peers='port of the client left out' ;;
*) client='an internal endpoint (address and port)' peers='both ports' ;;
esac

cat <<END
<!doctype html>
<html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$name: the footsteps of an overlay</title>
<style>
END
cat "$top/plots/report/report.css"
cat <<END
img { width: 100%; }
</style>
<h1>$name, measured as Skype was</h1>
<p class="under">$count flows out of $source, chosen by
<code>$chosen</code></p>
<p>Every flow chosen counts as signaling: nothing here looked for calls or
other payload.  A client is $client; pairs are of $peers.  Grey, where it is,
is what the paper printed of Skype in 2007: another network, at another time,
seen elsewhere.  It is there to show where the axes come from, not to be
met.</p>
END
figure fig1 "Average bitrate that clients sent of this traffic; right: peers \
contacted per 5 minutes.  Lifetimes count as 300 s at least, so in a capture \
of minutes the bitrate is bytes over 300 s."
figure fig2 "Packets per source flow; right: duration of source flows.  A flow \
ends after 200 s of silence, so what a short capture cuts looks shorter."
figure fig4 "Payload of packets to peers met once with at most one packet \
(probe) and to all others."
figure fig5 "Where the external addresses are, as the geolocation base has it."
figure fig6 "Round-trip times outside of the monitor, by kind of the pair."
figure fig7 "Popularity: how many different endpoints of the other side \
contacted each."
echo '<div class="scroll">'
$AWK -v html=1 -f "$top/plots/lib/table.awk" "$2"
echo '</div>'
