# two-clients.awk: chooses the two clients of fig3.  Input: what client-flows.awk
# writes, its sums, then the rest, sorted.  Output, a line each:
#	SIDE IP PORT PACKETS PEERS HOURS RULE
#
# Of the clients that have signaling, the one that sent to most peers: left of
# those without calls, right of those with.  By the first rule that leaves a
# client:
#	session	all it did is one session of four hours or more, without a silence
#		above an hour, and it relays nothing: no signaling flow of more than
#		a thousand packets one way
#	relay	it relays nothing
#	any	all clients
#
# Times are compared as text, which is their order, made by `""'.

BEGIN {
	FS = OFS = "\t"
	n = split("session relay any", rule, " ")
}

NF == 6 {
	signals[$1] = $2
	calls[$1] = $3
	packets[$1] = $4
	peers[$1] = $5
	relayed[$1] = $6
	next
}

{
	from = $2 ""
	to = $3 ""
}

$1 != client {
	close_client()
	client = $1 ""
	first = stop = from
	silence = 0
}

{
	if (from > stop && (quiet = us(from) - us(stop)) > silence)
		silence = quiet
	if (to > stop)
		stop = to
}

END {
	close_client()
	put("left")
	put("right")
}

function close_client(   side)
{
	if (client == "" || signals[client] + 0 == 0)
		return
	life = us(stop) - us(first)
	side = calls[client] + 0 > 0 ? "right" : "left"
	if (relayed[client] + 0 <= 1000) {
		if (silence <= 3600000000 && life >= 14400000000)
			candidate(side, "session")
		candidate(side, "relay")
	}
	candidate(side, "any")
}

function candidate(side, name,   ip, port)
{
	if (peers[client] + 0 <= most[side, name])
		return
	most[side, name] = peers[client] + 0
	ip = port = client
	sub(/:[0-9]*$/, "", ip)
	sub(/.*:/, "", port)
	chosen[side, name] = side OFS ip OFS port OFS packets[client] OFS \
		peers[client] OFS sprintf("%.4f", life / 3600000000)
}

function put(side,   i)
{
	for (i = 1; i <= n; i++)
		if ((side, rule[i]) in chosen) {
			print chosen[side, rule[i]], rule[i]
			return
		}
}

function us(t)
{
	return int((length(t) > 17 ? substr(t, 1, 17) : t) * 1000000 + 0.5)
}
