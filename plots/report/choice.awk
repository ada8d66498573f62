# choice.awk: in words, which clients fig3 shows and why.  Input:
# fig3-clients.tsv.

BEGIN {
	FS = "\t"
	why["session"] = "of those with one session of four hours or more, without" \
		" a silence above an hour, that relay nothing, the one that met" \
		" most peers"
	why["relay"] = "none has one session of four hours without a silence above" \
		" an hour, so of those that relay nothing the one that met most" \
		" peers"
	why["any"] = "all relay, so the one that met most peers"
	words["left"] = "left, of the clients without calls"
	words["right"] = "right, of those with calls"
}

{
	say(words[$1] ", " why[$7] " (" $5 " peers in " \
		($6 >= 2 ? sprintf("%.1f hours", $6) : \
		$6 >= 1 / 30 ? sprintf("%.0f minutes", 60 * $6) : \
		sprintf("%.0f seconds", 3600 * $6)) ")")
	seen[$1]
}

END {
	if (!("left" in seen))
		say("no client is without calls")
	if (!("right" in seen))
		say("no client has calls")
	print toupper(substr(said, 1, 1)) substr(said, 2) \
		". A client relays if it has a signaling flow of more than a" \
		" thousand packets one way."
}

function say(text)
{
	said = said (said == "" ? "" : "; ") text
}
