# exchanged-popularity.awk: of WHERE KIND ENDPOINT PEER, each row once and sorted,
# how many endpoints exchanged packets with one peer only, %, and how many peers an
# internal one has on average.

BEGIN {
	FS = OFS = "\t"
}

$1 FS $2 FS $3 != key { settle() }

{
	key = $1 FS $2 FS $3
	peers++
}

END {
	settle()
	put("external probe")
	put("external nonprobe")
	put("internal probe")
	put("internal nonprobe")
	print "probe popularity, exchanged", n["internal probe"] ? \
		sprintf("%.1f", all["internal probe"] / n["internal probe"]) : "-"
}

function settle(   of)
{
	if (peers) {
		split(key, of, FS)
		n[of[1] " " of[2]]++
		all[of[1] " " of[2]] += peers
		one[of[1] " " of[2]] += peers == 1
	}
	peers = 0
}

function put(what)
{
	print what ", exchanged", n[what] ? \
		sprintf("%.1f", 100 * one[what] / n[what]) : "-"
}
