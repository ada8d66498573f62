# made-calls.awk: flow records of calls with known codecs, of video, of what
# a super-node relays and of a file, which the synthetic campus has not, or not
# in such numbers.  Messages are drawn one by one: length, gap, loss, first
# nibbles.  A further column, `made`, says what each flow is; -v N=calls of a
# kind, -v SEED=number.  Before each call, but for kinds that end in "alone",
# its caller sends eight probes, so that it can be known.
#
# kind: frame ms, rates in tenths of kb/s, frames in a message, deviation of
# lengths, share lost, what else.

BEGIN {
	OFS = "\t"
	x = SEED * 7919 % 2147483646 + 1
	print "#start", "end", "proto", "src", "sport", "dst", "dport", \
		"pkts", "rpkts", "bytes", "rbytes", "size", "rsize", "fun", \
		"rfun", "nib", "rnib", "win", "rwin", "made"
	voice("isac", 30, 100, 320, 1, 5, 0, "")
	voice("isac-loss", 30, 100, 320, 1, 5, .1, "")
	voice("isac-alone", 30, 100, 320, 1, 5, 0, "")
	voice("isac-counted", 30, 100, 320, 1, 5, 0, "counted")
	voice("isac-tcp", 30, 100, 320, 1, 5, 0, "tcp")
	voice("ilbc", 20, 152, 152, 3, 0, 0, "")
	voice("g729", 10, 80, 80, 6, 0, 0, "")
	voice("svopc", 20, 160, 240, 3, 6, 0, "")
	voice("silk", 20, 60, 400, 3, 40, 0, "")
	voice("silk-alone", 20, 60, 400, 3, 40, 0, "")
	voice("silk-100ms", 100, 60, 400, 1, 40, 0, "")
	voice("skypeout", 10, 80, 80, 2, 0, 0, "out")
	voice("video-2007", 30, 100, 320, 1, 5, 0, "350 490")
	voice("video-later", 20, 60, 400, 1, 15, 0, "350 1330")
	voice("video-big", 20, 60, 400, 1, 15, 0, "600 1330")
	streams("file", 1300, 1300, 20, 3500)
	streams("relay", 20, 600, 35, 3500)
}

# Park and Miller's generator: exact in any awk.
function unit()
{
	x = x * 48271 % 2147483647
	return x / 2147483647
}

function whole(lo, hi)
{
	return lo + int(unit() * (hi - lo + 1))
}

# About normal, mean 0 and deviation 1: twelve dice.
function normal(   k, sum)
{
	for (k = 0; k < 12; k++)
		sum += unit()
	return sum - 6
}

function hex(n,   s)
{
	while (n-- > 0)
		s = s substr("0123456789abcdef", whole(1, 16), 1)
	return s
}

function voice(kind, frame, least, most, frames, sd, loss, else_,   k)
{
	for (k = 0; k < N; k++) {
		caller(kind)
		ms = frame * whole(1, frames)
		rate = whole(least, most) / 10
		split(else_, range, " ")
		begin()
		messages = whole(300, 900)
		for (m = 0; m < messages; m++)
			speak(range[1], range[2], loss, sd)
		flow(kind, else_)
	}
}

# A message of voice, and between a fifth of them two of picture.
function speak(low, high, loss, sd,   n)
{
	time += ms
	if (unit() < loss)
		return
	n = rate * ms / 8 + 8
	if (else_tcp == 0 && time < 20000 && ms == 30)
		n *= 2
	n = int(n + 4 - 4 * else_tcp + sd * normal() + .5)
	message(n < 9 ? 9 : n, time + whole(0, 2))
	if (low + 0 > 300 && m % 5 == 0) {
		message(whole(low, high), time + 3)
		message(whole(low, high), time + 5)
	}
}

# One length in most messages, or relayed ones of many.
function streams(kind, low, high, gap, n,   k, m)
{
	for (k = 0; k < N; k++) {
		caller(kind)
		begin()
		for (m = 0; m < n; m++) {
			time += gap
			message(whole(low, unit() < .3 ? high : \
				(low + high) / 2), time + whole(0, 3))
		}
		flow(kind, kind == "relay" ? "mixed" : "")
	}
}

# An endpoint, and the probes that make it known.
function caller(kind,   k)
{
	++callers
	else_tcp = kind ~ /-tcp$/
	address = "10." int(callers / 65536) "." int(callers / 256) % 256 "." \
		callers % 256
	port = whole(1024, 65535)
	for (k = 0; kind !~ /alone$/ && k < 8; k++)
		print stamp(k * 60000), stamp(k * 60000), "udp", address, \
			port, peer(k), 30000 + k, 1, 0, 30, 0, "30:1", "-", \
			"02:1", "-", "=" hex(4) "02" hex(10), "-", "-", "-", \
			"probe"
}

function peer(k)
{
	return "240." k "." int(callers / 256) % 256 "." callers % 256
}

function stamp(ms)
{
	return sprintf("%010d.%06d", 1000000000 + int(ms / 1000), \
		ms % 1000 * 1000)
}

function begin()
{
	split("", sizes)
	split("", windows)
	most_size = bytes = sent = time = 0
	filled = sum = squares = 0
}

# Video sizes are left out of windows, as pcap2flows does.
function message(n, at,   key, mean, sd)
{
	sizes[n]++
	if (n > most_size)
		most_size = n
	bytes += n
	sent++
	if (n >= 350 && n <= 500 || n >= 800 && n <= 980)
		return
	if (filled++ == 0)
		first = at
	sum += n
	squares += n * n
	if (filled < 30)
		return
	mean = sum / 30
	sd = squares / 30 - mean * mean
	key = int(mean + .5) "/" int(sqrt(sd > 0 ? sd : 0) + .5) "/" \
		int((at - first) / 29 + .5)
	windows[key]++
	filled = sum = squares = 0
}

function text(count,   k, s)
{
	for (k in count)
		s = s "," k ":" count[k]
	return s == "" ? "-" : substr(s, 2)
}

function size_text(   n, s)
{
	for (n = 0; n <= most_size; n++)
		if (n in sizes)
			s = s "," n ":" sizes[n]
	return substr(s, 2)
}

# Nibble groups of messages: of v values from the first on, each by chance; or
# one value of a mix.
function nibble(values, start,   k, v, n, s)
{
	split("", n)
	for (k = 0; k < sent; k++)
		n[start + int(unit() * values)]++
	for (v = 0; v < 16; v++)
		if (v in n)
			s = s "," sprintf("%x", v) ":" n[v]
	return substr(s, 2)
}

function flow(kind, else_,   g, nib, fun, n, proto)
{
	proto = else_ == "tcp" ? "tcp" : "udp"
	fun = "0d:" sent
	for (g = 1; g <= 16; g++) {
		if (else_ == "out")
			n = g > 8 ? nibble(16, 0) : nibble(1, g)
		else if (g == 5 && else_ != "tcp")
			n = nibble(8, 0)
		else if (g == 6 && else_ == "mixed")
			n = "2:" sent - int(sent / 2) - int(sent / 4) \
				",7:" int(sent / 4) ",d:" int(sent / 2)
		else if (g == 6 && else_ != "tcp")
			n = "d:" sent
		else if (g < 3 && else_ == "counted")
			n = nibble(1, 3)
		else
			n = nibble(16, 0)
		nib = nib (g > 1 ? ";" : "") n
	}
	if (else_ == "out")
		fun = "06:" sent
	if (else_ == "mixed")
		fun = "02:" sent - int(sent / 2) - int(sent / 4) \
			",07:" int(sent / 4) ",0d:" int(sent / 2)
	if (else_ == "tcp")
		fun = "-"
	print stamp(600000), stamp(600000 + time), proto, address, port, \
		peer(0), else_ == "out" ? 12340 : 30000, sent, 0, bytes, 0, \
		size_text(), "-", fun, "-", nib, "-", text(windows), "-", kind
}
