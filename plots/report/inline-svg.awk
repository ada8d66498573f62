# inline-svg.awk: makes gnuplot's SVG part of a page: its own size gives way to
# the page's, its colours to the page's variables, titles that browsers would show
# as tips go, and identifiers get a prefix, since pictures share the page.
# Command line: id, words.

BEGIN {
	name["0,114,178"] = "ours"
	name["213,94,0"] = "other"
	name["128,128,128"] = "paper"
	name["96,96,96"] = "dots"
	name["196,196,196"] = "coast"
	name["221,221,221"] = "grid"
	name["68,68,68"] = "axis"
	name["0,0,0"] = "ink"
}

/<svg/ {
	sub(/ width="[0-9]*" height="[0-9]*"/, "")
	in_tag = 1
}

in_tag && />/ {
	sub(/>/, " role=\"img\" aria-label=\"" words "\">")
	in_tag = 0
}

{
	gsub(/<title>[^<]*<\/title>/, "")
	gsub(/<desc>[^<]*<\/desc>/, "")
	gsub(/id="/, "id=\"" id "-")
	gsub(/id='/, "id='" id "-")
	gsub(/href='#/, "href='#" id "-")
	gsub(/href="#/, "href=\"#" id "-")
	gsub(/url\(#/, "url(#" id "-")
	gsub(/"black"/, "\"var(--ink)\"")
	gsub(/"gray"/, "\"var(--axis)\"")
	gsub(/#[fF][fF][fF][fF][fF][fF]/, "var(--sheet)")
	colours()
	gsub(/[ \t]+$/, "")
	if ($0 != "")
		print
}

# What rgb( 0, 114, 178) is called on the page.
function colours(   out, rgb)
{
	while (match($0, /rgb\([ 0-9,]*\)/)) {
		rgb = substr($0, RSTART + 4, RLENGTH - 5)
		gsub(/ /, "", rgb)
		out = out substr($0, 1, RSTART - 1) (rgb in name ? \
			"var(--" name[rgb] ")" : "rgb(" rgb ")")
		$0 = substr($0, RSTART + RLENGTH)
	}
	$0 = out $0
}
