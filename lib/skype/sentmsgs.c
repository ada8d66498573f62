#include "skype/sentmsgs.h"

#include "base/load.h"
#include "base/mem.h"
#include "base/num.h"
#include "flow/hist.h"
#include "flow/nibfew.h"

/* The tables were cleared, and most sources fill none of them. */
static void
begin(struct sentmsgs *s, bool tcp, uint64_t pkts, uint64_t bytes)
{
	if (s->fun_n > 0)
		mem_clear(s->fun, sizeof s->fun);
	if (s->voice.windows > 0)
		mem_clear(&s->voice, sizeof s->voice);
	mem_clear(s, offsetof(struct sentmsgs, fun));
	s->tcp = tcp;
	s->pkts = pkts;
	s->bytes = bytes;
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
read_size(struct sentmsgs *f, struct rec_span v)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t packets = 0, bytes = 0, next = 0;

	hist_scan(&scan, HIST_DEC, v.s, v.n);
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
read_fun(struct sentmsgs *f, struct rec_span v)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t next = 0;

	hist_scan(&scan, HIST_HEX, v.s, v.n);
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

/* The value of n <= 16 hex digits, mostly 16. */
static bool
read_digits(const char *s, size_t n, uint64_t *nib)
{
	int all = 0;

	if (n == MSGSTATS_NIBBLES)
		return num_hex8(s, nib) && num_hex8(s + 8, nib);
	for (size_t g = 0; g < n; g++) {
		int digit = num_hex(s[g]);

		all |= digit;
		*nib = *nib << 4 | (unsigned)(digit & 15);
	}
	return all >= 0;
}

/* nib of a single message: = and whole bytes. */
static const char *
read_one(struct sentmsgs *f, struct rec_span v)
{
	size_t n = v.n - 1;
	uint64_t nib = 0;

	if (n % 2 != 0 || n > MSGSTATS_NIBBLES || !read_digits(v.s + 1, n, &nib))
		return "not a message's first bytes";
	f->one = true;
	f->first = nib;
	f->nibbles = (uint8_t)n;
	f->messages = n > 0;
	if (f->tcp)
		return NULL;
	if (f->fun_n != (n >= 6))
		return "contradicts the functions";
	if (n < 6)
		return NULL;
	f->first_fun = (uint8_t)msgstats_fun_index((uint8_t)(nib >>
	    4 * (n - 6)));
	return f->fun[f->first_fun] == 1 ? NULL : "contradicts the functions";
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

/* Groups of small counts: of few messages those are widened that are looked
 * at. */
static bool
read_few(struct sentmsgs *f, struct rec_span v)
{
	uint8_t nib[MSGSTATS_NIBBLES][16];
	unsigned from = SKYPEMSG_FUN_HIGH, to = SKYPEMSG_FUN_LOW + 1;

	if (!nibfew_read(nib, f->top, &f->messages, v.s, v.n))
		return false;
	if (f->messages >= CHI2_LEAST) {
		from = 0;
		to = MSGSTATS_NIBBLES;
	}
	for (unsigned g = from; g < to; g++)
		for (int k = 0; k < 16; k++)
			f->nib[g][k] = nib[g][k];
	return true;
}

static bool
read_many(struct sentmsgs *f, struct rec_span v)
{
	f->messages = 0;
	mem_clear(f->nib, sizeof f->nib);
	mem_clear(f->top, sizeof f->top);
	return msgread_groups(f->nib, f->top, &f->messages, v.s, v.n);
}

static const char *
read_groups(struct sentmsgs *f, struct rec_span v)
{
	f->text = v;
	if (!read_few(f, v) && !read_many(f, v))
		return "not 16 histograms of nibbles";
	return f->tcp || agrees_with_fun(f) ? NULL : "contradicts the functions";
}

static const char *
read_nib(struct sentmsgs *f, struct rec_span v)
{
	const char *bad = NULL;

	if (v.n > 0 && *v.s == '=') {
		bad = read_one(f, v);
	} else if (span_is_unknown(v)) {
		f->one = true;
		bad = f->fun_n > 0 ? "contradicts the functions" : NULL;
	} else {
		bad = read_groups(f, v);
	}
	return bad == NULL && f->messages > f->sized ?
	    "more than the flow's messages" : bad;
}

static const char *
read_win(struct sentmsgs *f, struct rec_span v)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t windows = 0;

	hist_scan(&scan, HIST_WIN, v.s, v.n);
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

static const char *
read_column(struct sentmsgs *f, enum msgstats_column c, struct rec_span v)
{
	switch (c) {
	case MSGSTATS_SIZE:
		return read_size(f, v);
	case MSGSTATS_FUN:
		return f->tcp && !span_is_unknown(v) ?
		    "function of a TCP flow" : read_fun(f, v);
	case MSGSTATS_NIB:
		return read_nib(f, v);
	case MSGSTATS_WIN:
		return read_win(f, v);
	}
	return NULL;
}

/* Was nothing sent, as in most answers? */
static bool
is_silent(const struct sentmsgs *f, const struct rec_span v[SENTMSGS_COLUMNS])
{
	return f->bytes == 0 && span_is_unknown(v[MSGSTATS_SIZE]) &&
	    span_is_unknown(v[MSGSTATS_FUN]) &&
	    span_is_unknown(v[MSGSTATS_NIB]) &&
	    span_is_unknown(v[MSGSTATS_WIN]);
}

const char *
sentmsgs_read(struct sentmsgs *f, bool tcp, uint64_t pkts, uint64_t bytes,
    const struct rec_span v[SENTMSGS_COLUMNS], enum msgstats_column *at)
{
	begin(f, tcp, pkts, bytes);
	if (is_silent(f, v)) {
		f->one = true;
		return NULL;
	}
	for (int c = MSGSTATS_SIZE; c <= MSGSTATS_WIN; c++) {
		const char *bad;

		*at = (enum msgstats_column)c;
		if ((bad = read_column(f, *at, v[c])) != NULL)
			return bad;
	}
	return NULL;
}

_Static_assert(SKYPEMSG_SIGNALING == (1 << 2 | 1 << 3 | 1 << 5 | 1 << 7 |
    1 << 13 | 1 << 15), "the functions that are summed below");

uint64_t
sentmsgs_signaling(const struct sentmsgs *f)
{
	return f->fun[2] + f->fun[3] + f->fun[5] + f->fun[7] + f->fun[13] +
	    f->fun[15];
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

/* The record's own text decides between equally frequent values, by its hash,
 * so that none of them is favoured and the verdict is always the same. */

/* FNV-1a. */
static inline uint32_t
hash_on(uint32_t h, uint32_t c)
{
	return (h ^ c) * UINT32_C(16777619);
}

static inline uint32_t
hash_four(uint32_t h, uint32_t text)
{
	h = hash_on(h, text & 255);
	h = hash_on(h, text >> 8 & 255);
	h = hash_on(h, text >> 16 & 255);
	return hash_on(h, text >> 24);
}

static uint32_t
hash_rest(uint32_t h, struct rec_span v, size_t i)
{
	for (; i + 4 <= v.n; i += 4)
		h = hash_four(h, load4(v.s + i));
	for (; i < v.n; i++)
		h = hash_on(h, (unsigned char)v.s[i]);
	return h ^ h >> 15;
}

/* Each step waits for the one before: both directions' go on together. */
static void
hash_texts(const struct sentmsgs source[2], uint32_t hash[2])
{
	const struct rec_span a = source[0].text, b = source[1].text;
	uint32_t ha = UINT32_C(2166136261), hb = ha;
	size_t both = a.n < b.n ? a.n : b.n, i = 0;

	for (; i + 4 <= both; i += 4) {
		ha = hash_four(ha, load4(a.s + i));
		hb = hash_four(hb, load4(b.s + i));
	}
	hash[0] = hash_rest(ha, a, i);
	hash[1] = hash_rest(hb, b, i);
}

/* One of these values of 16, more than two.  Without a branch, since nothing
 * foretells which: of 8, 4, 2 bits that may have it the upper ones are taken if
 * the lower ones have too few. */
static unsigned
pick_of_many(unsigned values, uint32_t salt)
{
	unsigned by2 = values - (values >> 1 & 0x5555);
	unsigned by4 = (by2 & 0x3333) + (by2 >> 2 & 0x3333);
	unsigned by8 = (by4 + (by4 >> 4)) & 0x0f0f;
	unsigned k = salt % ((by8 & 15) + (by8 >> 8)), at, low, upper;

	low = by8 & 15;
	upper = k >= low;
	k -= low & (0U - upper);
	at = upper * 8;
	low = by4 >> at & 15;
	upper = k >= low;
	k -= low & (0U - upper);
	at += upper * 4;
	low = by2 >> at & 3;
	upper = k >= low;
	k -= low & (0U - upper);
	at += upper * 2;
	return at + (k >= (values >> at & 1));
}

/* One of these, of which there is one at least; mostly there are one or two. */
static inline unsigned
pick(unsigned values, uint32_t salt)
{
	unsigned rest = values & (values - 1);

	if ((rest & (rest - 1)) != 0)
		return pick_of_many(values, salt);
	return (unsigned)__builtin_ctz(rest != 0 && (salt & 1) ? rest : values);
}

/* The most frequent signaling function. */
static unsigned
most_frequent_fun(const struct sentmsgs *f, uint32_t salt)
{
	uint64_t most = 0;
	unsigned values = 0;

	for (unsigned all = SKYPEMSG_SIGNALING; all != 0; all &= all - 1) {
		unsigned v = (unsigned)__builtin_ctz(all);

		if (f->fun[v] < most)
			continue;
		if (f->fun[v] > most)
			values = 0;
		most = f->fun[v];
		values |= 1u << v;
	}
	return pick(values, salt);
}

static void
sign_of_one(struct sign *sign, const struct sentmsgs *f)
{
	*sign = (struct sign){ .nibbles = f->nibbles, .fun = SIGN_NONE };
	if (f->nibbles > 0)
		sign->nib = f->first << (64 - 4 * f->nibbles);
	if (f->fun_n > 0 && SKYPEMSG_SIGNALING >> f->first_fun & 1)
		sign->fun = f->first_fun;
}

static void
sign_of_many(struct sign *sign, const struct sentmsgs *f, uint32_t hash)
{
	unsigned g = 0;

	*sign = (struct sign){ .fun = SIGN_NONE };
	for (; g < MSGSTATS_NIBBLES && f->top[g].n > 0; g++)
		sign->nib = sign->nib << 4 |
		    pick(f->top[g].values, hash + g * 40503U);
	if (g > 0)
		sign->nib <<= 64 - 4 * g;
	sign->nibbles = (uint8_t)g;
	if (sentmsgs_looks_signaling(f))
		sign->fun = (uint8_t)most_frequent_fun(f, hash +
		    MSGSTATS_NIBBLES * 40503U);
}

void
sentmsgs_sign(const struct sentmsgs source[2], struct sign sign[2])
{
	uint32_t hash[2] = { 0, 0 };

	if (!source[0].one || !source[1].one)
		hash_texts(source, hash);
	for (int d = 0; d < 2; d++)
		if (source[d].one)
			sign_of_one(&sign[d], &source[d]);
		else
			sign_of_many(&sign[d], &source[d], hash[d]);
}
