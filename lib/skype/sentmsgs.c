#include "skype/sentmsgs.h"

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

	if (n % 2 != 0 || n > MSGSTATS_NIBBLES ||
	    !read_digits(v.s + 1, n, &nib))
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
	return f->fun[f->first_fun] == 1 ? NULL :
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
	return f->tcp || agrees_with_fun(f) ? NULL :
	    "contradicts the functions";
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
