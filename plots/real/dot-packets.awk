# dot-packets.awk: a capture of what the published dots of Fig. 3 tell of a client:
# a packet a dot, without payload.  Reads what dot-pairs.awk wrote, sorted so that
# the best comes first: numbers are one peer's that are each other's best; then
# the dots in order of time.  Command line: below, how often the figure draws a
# dot below 0, and above, one above.  The client is 10.0.0.1, raw IP, and time
# begins at 1.1.2006.

BEGIN {
	EPOCH = 1136073600
	printf "%s", bytes(212, 195, 178, 161, 2, 0, 4, 0)
	printf "%s", little(0) little(0) little(65535) little(101)
}

FILENAME == ARGV[1] {
	if (!($4 in above_of) && !($5 in below_of)) {
		above_of[$4] = $5
		below_of[$5]
	}
	next
}

FILENAME != ARGV[1] {
	split($0, dot, ",")
	name = dot[2] + 0
	if (name < 0 && name in above_of)
		peer = number(above_of[name])
	else
		peer = number(name)
	n = int(dot[3] / (name < 0 ? below : above) + 0.5)
	for (i = 0; i < (n > 1 ? n : 1); i++)
		packet(dot[1] * 3600, name > 0, peer)
}

function number(name)
{
	if (!(name in numbered))
		numbered[name] = ++peers
	return numbered[name]
}

function packet(seconds, out, peer,   t, me, it)
{
	t = EPOCH + 60 + seconds
	me = bytes(10, 0, 0, 1)
	it = bytes(198, 18 + int(peer / 65536), int(peer / 256) % 256, \
		peer % 256)
	printf "%s", little(int(t)) little(int((t - int(t)) * 1000000)) \
		little(28) little(28) \
		bytes(69, 0, 0, 28, 0, 0, 0, 0) bytes(64, 17, 0, 0) \
		(out ? me it : it me) \
		(out ? big(20000) big(30000) : big(30000) big(20000)) \
		big(8) big(0)
}

function bytes(a, b, c, d, e, f, g, h)
{
	return sprintf("%c%c%c%c", a, b, c, d) \
		(e == "" ? "" : sprintf("%c%c%c%c", e, f, g, h))
}

function big(v)
{
	return sprintf("%c%c", int(v / 256), v % 256)
}

function little(v)
{
	return sprintf("%c%c%c%c", v % 256, int(v / 256) % 256, \
		int(v / 65536) % 256, int(v / 16777216))
}
