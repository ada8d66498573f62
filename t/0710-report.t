#!/bin/sh
# The report in a real browser, chromium without a screen: the page loads, all
# pictures are there and nothing is wider than the page, on a desk and on a
# telephone, for a synthetic campus and for a capture with nearly nothing.
. "${0%/*}/lib.sh"

browser=
for b in chromium chromium-browser google-chrome; do
	[ -n "$browser" ] || browser=$(command -v $b)
done
[ -n "$browser" ] || skip_all 'no chromium here: make deps browser-check'
need gnuplot tracegen

chromium_run() {
	timeout 60 "$browser" --headless --no-sandbox --disable-gpu \
		--allow-file-access-from-files --user-data-dir="$scratch/user" \
		--virtual-time-budget=20000 --enable-logging=stderr "$@" 2>errors
}
echo '<p>here</p>' >here.html
chromium_run --dump-dom "file://$scratch/here.html" | grep -q here ||
	skip_all 'chromium does not run here'
plan 29

report() { # folder setting ...
	mkdir -p "$1"
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/$1/fig" \
		OUT="$scratch/$1" "$2" "$scratch/$1/report.html"
}

# What the page looks like, a word and a number a line.  A frame as wide as
# asked for, since a browser's window cannot be as narrow as a telephone.
cat >measure.js <<'EOF'
function luminance(colour) {
	var part = colour.match(/[0-9.]+/g).slice(0, 3).map(function (v) {
		v /= 255;
		return v <= .03928 ? v / 12.92 : Math.pow((v + .055) / 1.055, 2.4);
	});
	return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
}

// Of a variable of the page against its paper.
function contrast(page, name) {
	var e = page.createElement("i"), a, b;
	page.body.appendChild(e);
	e.style.color = "var(--" + name + ")";
	a = luminance(page.defaultView.getComputedStyle(e).color);
	e.style.color = "var(--sheet)";
	b = luminance(page.defaultView.getComputedStyle(e).color);
	e.remove();
	return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}

onload = function () {
	var frame = document.getElementById("frame"), said = [];
	var page = frame.contentDocument, root = page.documentElement;
	[375, 768, 1280].forEach(function (wide) {
		frame.style.width = wide + "px";
		var over = 0, gone = 0, small = 0, parted = 0;
		page.querySelectorAll("pre").forEach(function (e) {
			over += e.scrollWidth > e.clientWidth + 1;
		});
		page.querySelectorAll("figure svg").forEach(function (e) {
			var box = e.getBoundingClientRect();
			gone += box.width < 250 || box.height < 100 ||
			    box.right > wide || !e.querySelector("path");
			e.querySelectorAll("text").forEach(function (t) {
				var box = t.getBoundingClientRect();
				small += 9 > e.getScreenCTM().a * parseFloat(page
				    .defaultView.getComputedStyle(t).fontSize);
			});
		});
		// A cell stands below its head.
		page.querySelectorAll("table").forEach(function (e) {
			var head = e.querySelector("thead tr:last-child");
			var row = e.querySelector("tbody tr");
			parted += !row || head.cells.length !== row.cells.length ||
			    Array.from(row.cells).some(function (c, i) {
				return Math.abs(c.getBoundingClientRect().right -
				    head.cells[i].getBoundingClientRect().right) > 2;
			});
		});
		said.push(wide + " page-too-wide " +
		    (root.scrollWidth > root.clientWidth ? 1 : 0));
		said.push(wide + " parts-too-wide " + over);
		said.push(wide + " pictures-gone " + gone);
		said.push(wide + " text-too-small " + small);
		said.push(wide + " heads-lost " + parted);
	});
	said.push("pictures " + page.querySelectorAll("figure svg").length);
	said.push("unspoken " + Array.from(page.querySelectorAll("figure svg"))
	    .filter(function (e) {
		return e.getAttribute("role") !== "img" ||
		    !/\.$/.test(e.getAttribute("aria-label"));
	}).length);
	said.push("unnamed " + Array.from(page.querySelectorAll("table"))
	    .filter(function (e, i) {
		return e.caption.textContent.indexOf("Table " + (i + 1) + ". ") ||
		    Array.from(e.querySelectorAll("th")).some(function (t) {
			return !t.scope;
		    });
	}).length);
	said.push("pale " + ["ours", "other", "paper", "dots", "axis", "ink",
	    "quiet", "link", "missed"].filter(function (name) {
		return contrast(page, name) < 3;
	}).length);
	said.push("dark " + (luminance(page.defaultView.getComputedStyle(root)
	    .backgroundColor) < .1 ? 1 : 0));
	said.push("dead-links " + Array.from(page.querySelectorAll("a"))
	    .filter(function (a) {
		var to = a.getAttribute("href");
		return to[0] === "#" && !page.querySelector(to);
	}).length);
	document.body.textContent = said.join("\n");
};
EOF

look() { # folder [option of the browser ...]
	folder=$1
	shift
	cat >"$folder/frame.html" <<EOF
<!DOCTYPE html><body><iframe id="frame" src="report.html"
style="height:900px"></iframe><script>
$(cat measure.js)
</script>
EOF
	chromium_run "$@" --dump-dom "file://$scratch/$folder/frame.html" |
		sed 's/<[^>]*>//g' >"$folder/seen"
}

of() { sed -n "s/.*\b$2 //p" "$1/seen" | tr '\n' ' ' | sed 's/ $//'; }

# Files that the page links to and that are not there.
absent() { # folder
	grep -oE 'href="(data/)?fig[0-9][^"]*' "$1/report.html" |
		sed 's/href="//' | while read -r f; do
		[ -s "$1/$f" ] || echo "$f"
	done
}

looked() { # folder
	look "$1"
	is "$1: the page is not too wide" "$(of "$1" page-too-wide)" '0 0 0'
	is "$1: no command is" "$(of "$1" parts-too-wide)" '0 0 0'
	is "$1: pictures are seen" "$(of "$1" pictures-gone)" '0 0 0'
	is "$1: letters have nine pixels" "$(of "$1" text-too-small)" '0 0 0'
	is "$1: tables keep their heads" "$(of "$1" heads-lost)" '0 0 0'
	is "$1: two pictures a figure" "$(of "$1" pictures)" 14
	is "$1: pictures are told in words" "$(of "$1" unspoken)" 0
	is "$1: tables have numbers and names" "$(of "$1" unnamed)" 0
	is "$1: links lead somewhere" "$(of "$1" dead-links)$(absent "$1")" 0
	is "$1: light, and nothing is pale" "$(of "$1" dark) $(of "$1" pale)" \
		'0 0'
	is "$1: no error" "$(grep -E 'CONSOLE|net::ERR|Failed to load' errors)" \
		''
	look "$1" --blink-settings=preferredColorScheme=0
	is "$1: dark, and nothing is pale" "$(of "$1" dark) $(of "$1" pale)" \
		'1 0'
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

# On paper: all is there, and no page is nearly empty.
for folder in campus nothing; do
	chromium_run --no-pdf-header-footer --print-to-pdf="$folder/page.pdf" \
		"file://$scratch/$folder/report.html"
	is "$folder: printed" "$(head -c 4 "$folder/page.pdf")" %PDF
done
