#!/bin/sh
# The report in a real browser, chromium without a screen: the page loads, all
# pictures are there and nothing is wider than the page, on a desk and on a
# telephone, for a synthetic campus and for a capture with nearly nothing.
. "${0%/*}/lib.sh"

browser=
for b in chromium chromium-browser google-chrome; do
	[ -n "$browser" ] || browser=$(command -v $b)
done
[ -n "$browser" ] || skip_all 'no chromium'
command -v gnuplot >/dev/null || skip_all 'no gnuplot'
command -v tracegen >/dev/null || skip_all 'no tracegen'

chromium_run() {
	timeout 60 "$browser" --headless --no-sandbox --disable-gpu \
		--allow-file-access-from-files --user-data-dir="$scratch/user" \
		--virtual-time-budget=20000 --enable-logging=stderr "$@" 2>errors
}
echo '<p>here</p>' >here.html
chromium_run --dump-dom "file://$scratch/here.html" | grep -q here ||
	skip_all 'chromium does not run here'
plan 15

report() { # folder setting ...
	mkdir -p "$1"
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/$1/fig" \
		OUT="$scratch/$1" "$2" "$scratch/$1/report.html"
}

# What the page looks like, a word and a number a line.  A frame as wide as
# asked for, since a browser's window cannot be as narrow as a telephone.
cat >measure.js <<'EOF'
onload = function () {
	var frame = document.getElementById("frame"), said = [];
	var page = frame.contentDocument;
	[360, 1200].forEach(function (wide) {
		frame.style.width = wide + "px";
		var root = page.documentElement, over = 0, gone = 0;
		page.querySelectorAll(".scroll, pre").forEach(function (e) {
			over += e.scrollWidth > e.clientWidth + 1;
		});
		page.querySelectorAll("figure svg").forEach(function (e) {
			var box = e.getBoundingClientRect();
			gone += box.width < 250 || box.height < 100 ||
			    box.right > wide || !e.querySelector("path");
		});
		said.push(wide + " page-too-wide " +
		    (root.scrollWidth > root.clientWidth ? 1 : 0));
		said.push(wide + " parts-too-wide " + over);
		said.push(wide + " pictures-gone " + gone);
	});
	said.push("pictures " + page.querySelectorAll("figure svg").length);
	said.push("dead-links " + Array.from(page.querySelectorAll("nav a"))
	    .filter(function (a) {
		return !page.querySelector(a.getAttribute("href"));
	}).length);
	document.body.textContent = said.join("\n");
};
EOF

look() { # folder
	cat >"$1/frame.html" <<EOF
<!DOCTYPE html><body><iframe id="frame" src="report.html"
style="height:900px"></iframe><script>
$(cat measure.js)
</script>
EOF
	chromium_run --dump-dom "file://$scratch/$1/frame.html" |
		sed 's/<[^>]*>//g' >"$1/seen"
}

of() { sed -n "s/.*$2 //p" "$1/seen" | tr '\n' ' ' | sed 's/ $//'; }

looked() { # folder
	look "$1"
	is "$1: the page is not too wide" "$(of "$1" page-too-wide)" '0 0'
	is "$1: no table or command is" "$(of "$1" parts-too-wide)" '0 0'
	is "$1: pictures are seen" "$(of "$1" pictures-gone)" '0 0'
	is "$1: two pictures a figure" "$(of "$1" 'pictures')" 14
	is "$1: links lead somewhere" "$(of "$1" dead-links)" 0
	is "$1: no error" "$(grep -E 'CONSOLE|net::ERR|Failed to load' errors)" \
		''
}

ok 'a report of a synthetic campus' report campus \
	CAMPUS='tracegen -c 7 -d 3h -w 96'
looked campus
is 'it says that it is about a model' \
	"$(grep -c 'This page is about a model' campus/report.html)" 1

# No packet of Skype at all.
perl "$top/t/mkpcap.pl" </dev/null >none.pcap
ok 'a report of nearly nothing' report nothing PCAP="$scratch/none.pcap"
looked nothing
