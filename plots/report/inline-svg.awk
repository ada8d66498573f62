# inline-svg.awk: makes gnuplot's SVG part of a page: its own size gives way to
# the page's, titles that browsers would show as tips go, and identifiers get
# a prefix, since pictures share the page.  Command line: id, words.

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
	gsub(/[ \t]+$/, "")
	if ($0 != "")
		print
}
