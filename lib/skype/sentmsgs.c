#include "skype/sentmsgs.h"

#include <string.h>

#include "flow/hist.h"
#include "base/num.h"

void
sentmsgs_begin(struct sentmsgs *s, bool tcp, uint64_t pkts, uint64_t bytes)
{
	size_t head = offsetof(struct sentmsgs, nib);

	/* nib is 2 KiB and cleared when it is needed. */
	memset(s, 0, head);
	s->tcp = tcp;
	s->pkts = pkts;
	s->bytes = bytes;
}

static bool
empty(const char *s, size_t n)
{
	return n == 1 && *s == '-';
}

static void
count_big(struct sentmsgs *f, const struct hist_bin *bin)
{
	f->big += bin->n;
	if (bin->n > f->big_alike)
		f->big_alike = bin->n;
	if (bin->key <= SKYPEMSG_VIDEO_HIGH)
		f->video += bin->n;
	if (bin->key <= SKYPEMSG_VIDEO_LATER)
		f->video_later += bin->n;
}

static const char *
read_size(struct sentmsgs *f, const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t packets = 0, bytes = 0, next = 0;

	hist_scan(&scan, HIST_DEC, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		if (bin.key < next)
			return "not lengths in rising order";
		next = bin.key + 1;
		packets += bin.n;
		bytes += bin.key * bin.n;
		if (packets > f->pkts || bytes > f->bytes)
			return "more than the flow's packets and bytes";
		if (bin.key > 0)
			f->sized += bin.n;
		if (bin.key >= SKYPEMSG_VIDEO_LOW)
			count_big(f, &bin);
	}
	if (step == HIST_BAD)
		return "not a histogram of lengths";
	/* The bytes of a TCP segment in fragments are counted as they come;
	 * those behind the first fragment have no length of their own. */
	return bytes < f->bytes && !f->tcp ? "less than the flow's bytes" :
	    NULL;
}

static const char *
read_fun(struct sentmsgs *f, const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t next = 0;

	hist_scan(&scan, HIST_HEX, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		if ((bin.key & MSGSTATS_FUN_MASK) != bin.key || bin.key < next)
			return "not functions in rising order";
		next = bin.key + 1;
		f->fun[msgstats_fun_index((uint8_t)bin.key)] = bin.n;
		f->fun_n += bin.n;
		if (f->fun_n > f->sized)
			return "more functions than messages";
	}
	return step == HIST_BAD ? "not a histogram of functions" : NULL;
}

/* nib of a single message: = and whole bytes. */
static const char *
read_one(struct sentmsgs *f, const char *s, size_t n)
{
	unsigned fun;

	if (n % 2 == 0 || n > 1 + MSGSTATS_NIBBLES)
		return "not a message's first bytes";
	for (size_t i = 1; i < n; i++)
		if (num_hex(s[i]) < 0)
			return "not a message's first bytes";
	f->one = true;
	f->messages = n > 1;
	if (f->tcp)
		return NULL;
	if (f->fun_n != (n >= 7))
		return "contradicts the functions";
	if (n < 7)
		return NULL;
	fun = (unsigned)(num_hex(s[5]) << 4 | num_hex(s[6]));
	fun &= MSGSTATS_FUN_MASK;
	return f->fun[msgstats_fun_index((uint8_t)fun)] == 1 ? NULL :
	    "contradicts the functions";
}

/* fun holds the low nibble of byte 3 and the highest bit of the other. */
static bool
agrees_with_fun(const struct sentmsgs *f)
{
	uint64_t high = 0, high_fun = 0;

	for (int v = 0; v < 16; v++) {
		if (f->nib[SKYPEMSG_FUN_LOW][v] != f->fun[v] + f->fun[v + 16])
			return false;
		high_fun += f->fun[v + 16];
	}
	for (int v = 8; v < 16; v++)
		high += f->nib[SKYPEMSG_FUN_HIGH][v];
	return high == high_fun;
}

static const char *
read_nib(struct sentmsgs *f, const char *s, size_t n)
{
	const char *bad = NULL;

	f->text = s;
	f->text_n = n;
	if (n > 0 && *s == '=') {
		bad = read_one(f, s, n);
	} else if (empty(s, n)) {
		f->one = true;
		bad = f->fun_n > 0 ? "contradicts the functions" : NULL;
	} else {
		memset(f->nib, 0, sizeof f->nib);
		memset(f->top, 0, sizeof f->top);
		if (!msgread_nib(f->nib, f->top, &f->messages, s, n))
			return "not 16 histograms of nibbles";
		if (!f->tcp && !agrees_with_fun(f))
			return "contradicts the functions";
	}
	return bad == NULL && f->messages > f->sized ?
	    "more than the flow's messages" : bad;
}

static const char *
read_win(struct sentmsgs *f, const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t windows = 0;

	hist_scan(&scan, HIST_WIN, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		uint32_t mean, sd, gap;

		windows += bin.n;
		if (windows > f->sized / MSGSTATS_WINDOW)
			return "more windows than messages fill";
		if (bin.key == HIST_MORE)
			continue;
		hist_win_parts(bin.key, &mean, &sd, &gap);
		if (mean > LIMIT_LENGTH || sd > LIMIT_LENGTH)
			return "not a window of messages";
		bayes_add(&f->voice, f->tcp, mean, sd, gap, bin.n);
		f->windows += bin.n;
		if (gap < SENTMSGS_FAST_MS) {
			f->fast += bin.n;
			f->fast_ms += bin.n * gap * MSGSTATS_WINDOW;
		}
	}
	return step == HIST_BAD ? "not a histogram of windows" : NULL;
}

const char *
sentmsgs_read(struct sentmsgs *f, enum msgstats_column c, const char *s,
    size_t n)
{
	switch (c) {
	case MSGSTATS_SIZE:
		return read_size(f, s, n);
	case MSGSTATS_FUN:
		return f->tcp && !empty(s, n) ? "function of a TCP flow" :
		    read_fun(f, s, n);
	case MSGSTATS_NIB:
		return read_nib(f, s, n);
	case MSGSTATS_WIN:
		return read_win(f, s, n);
	}
	return NULL;
}

uint64_t
sentmsgs_signaling(const struct sentmsgs *f)
{
	uint64_t n = 0;

	for (int v = 0; v < 16; v++)
		if (SKYPEMSG_SIGNALING >> v & 1)
			n += f->fun[v];
	return n;
}

uint64_t
sentmsgs_voice(const struct sentmsgs *f)
{
	return f->fun[SKYPEMSG_VOICE];
}

/* A nibble of 7 to 16 that has one value in more than 3/4 of 8 messages or
 * more.  Random messages do that once in 100,000 such flows. */
static bool
has_header(const struct sentmsgs *f)
{
	if (f->one || f->messages < 8)
		return false;
	for (int g = SKYPEMSG_REST; g < MSGSTATS_NIBBLES; g++)
		if (f->top[g].n * 4 > f->messages * 3)
			return true;
	return false;
}

bool
sentmsgs_looks_signaling(const struct sentmsgs *f)
{
	return f->fun_n > 0 && sentmsgs_signaling(f) * 10 > f->fun_n * 9 &&
	    !has_header(f);
}

/* FNV-1a.  The record's own text decides between equally frequent values,
 * so that none of them is favoured and the verdict is always the same. */
enum { FNV_PRIME = 16777619 };
#define FNV_START UINT32_C(2166136261)

static inline uint32_t
fnv(uint32_t h, char c)
{
	return (h ^ (unsigned char)c) * FNV_PRIME;
}

/* Of both texts at once: each step waits for the one before, but not for
 * that of the other text. */
static void
text_hashes(const struct sentmsgs f[2], uint32_t hash[2])
{
	size_t n[2] = {
		f[0].one ? 0 : f[0].text_n, f[1].one ? 0 : f[1].text_n
	};
	size_t both = n[0] < n[1] ? n[0] : n[1];
	uint32_t h[2] = { FNV_START, FNV_START };

	for (size_t i = 0; i < both; i++) {
		h[0] = fnv(h[0], f[0].text[i]);
		h[1] = fnv(h[1], f[1].text[i]);
	}
	for (int d = 0; d < 2; d++) {
		for (size_t i = both; i < n[d]; i++)
			h[d] = fnv(h[d], f[d].text[i]);
		hash[d] = n[d] > 0 ? h[d] ^ h[d] >> 15 : 0;
	}
}

/* One of these values, of which there is one at least. */
static unsigned
pick(unsigned values, uint32_t salt)
{
	unsigned n = 0;

	if ((values & (values - 1)) != 0) {
		for (unsigned v = values; v != 0; v &= v - 1)
			n++;
		for (n = salt % n; n > 0; n--)
			values &= values - 1;
	}
	return (unsigned)__builtin_ctz(values);
}

/* The most frequent signaling function. */
static unsigned
most_frequent_fun(const struct sentmsgs *f, uint32_t salt)
{
	uint64_t most = 0;
	unsigned values = 0;

	for (unsigned v = 0; v < 16; v++) {
		if (!(SKYPEMSG_SIGNALING >> v & 1) || f->fun[v] < most)
			continue;
		if (f->fun[v] > most)
			values = 0;
		most = f->fun[v];
		values |= 1u << v;
	}
	return pick(values, salt);
}

/* The text is =HEX, checked: the digits' low bits, and 9 more for letters. */
static void
sign_of_one(struct sign *sign, const struct sentmsgs *f)
{
	size_t n = f->text_n - 1;
	uint64_t nib = 0;

	for (size_t i = 1; i <= n; i++) {
		unsigned c = (unsigned char)f->text[i];

		nib = nib << 4 | ((c & 15) + (c >> 6) * 9);
	}
	sign->nibbles = (uint8_t)n;
	if (n > 0)
		sign->nib = nib << (64 - 4 * n);
}

static void
sign_of_many(struct sign *sign, const struct sentmsgs *f, uint32_t hash)
{
	for (unsigned g = 0; g < MSGSTATS_NIBBLES && f->top[g].n > 0; g++) {
		unsigned v = pick(f->top[g].values, hash + g * 40503U);

		sign->nib |= (uint64_t)v << (60 - 4 * g);
		sign->nibbles++;
	}
}

static struct sign
sign_of(const struct sentmsgs *f, uint32_t hash)
{
	struct sign sign = { .fun = SIGN_NONE };

	if (f->one)
		sign_of_one(&sign, f);
	else
		sign_of_many(&sign, f, hash);
	if (sentmsgs_looks_signaling(f))
		sign.fun = (uint8_t)most_frequent_fun(f, hash +
		    MSGSTATS_NIBBLES * 40503U);
	return sign;
}

void
sentmsgs_signs(const struct sentmsgs f[2], struct sign sign[2])
{
	uint32_t hash[2];

	text_hashes(f, hash);
	for (int d = 0; d < 2; d++)
		if (f[d].pkts > 0)
			sign[d] = sign_of(&f[d], hash[d]);
}
