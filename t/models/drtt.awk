# drtt.awk: number and least of the round trips of data, out of tshark's
# acks_frame and ack_rtt, less those that flow(5) does not count: of segments
# of which a part was sent again, or that 16 others wait before.  Fields as
# t/0211-more-tshark.t asks for them.

BEGIN { FS = "\t" }

# How far a is ahead of b, modulo 2^32.
function ahead(a, b,    d) {
	d = (a - b + 4294967296) % 4294967296
	return d >= 2147483648 ? d - 4294967296 : d
}

{
	k = $1 $12 " " $2 " " $3 $13 " " $4
	other = $3 $13 " " $4 " " $1 $12 " " $2
	n = $17
	if ($21 in end && end[$21] == $19 && !($21 in again)) {
		trips[other]++
		if (!(other in least) || $22 < least[other])
			least[other] = $22
	}
	left = 0
	for (i = 1; i <= waiting[other]; i++)
		if (ahead(end[wait[other, i]], $19) > 0)
			wait[other, ++left] = wait[other, i]
	waiting[other] = left
	if ($20 > 0)
		send()
}

function send(    i, x) {
	begin[n] = $18
	end[n] = ($18 + $20 + ($23 ~ /^(1|True)$/)) % 4294967296
	if (k in high && ahead($18, high[k]) < 0) {
		again[n]
		for (i = 1; i <= waiting[k]; i++) {
			x = wait[k, i]
			if (ahead(end[n], begin[x]) > 0 &&
			    ahead(end[x], $18) > 0)
				again[x]
		}
	}
	if (!(k in high) || ahead(end[n], high[k]) > 0)
		high[k] = end[n]
	if (waiting[k] < 16)
		wait[k, ++waiting[k]] = n
	else
		again[n]
}

END {
	for (k in trips)
		printf "%s drttn %d\n%s drttmin %.3f\n", k, trips[k], k, \
		    least[k] * 1000
}
