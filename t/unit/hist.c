/* hist: texts as flow(5) defines them, and tables against counting by hand. */
#include "flow/hist.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static int pipe_end[2];

/* What is written, as a string. */
static const char *
text_of(const struct hist *h, enum hist_form form)
{
	static char text[4096];
	static struct out o;
	ssize_t n;

	out_open(&o, pipe_end[1], "pipe");
	hist_write(&o, h, form);
	out_flush(&o);
	n = read(pipe_end[0], text, sizeof text - 1);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* Text to a histogram and back. */
static const char *
again(const char *s, enum hist_form form)
{
	struct hist h = {0};
	const char *back = hist_parse(&h, form, s, strlen(s)) ?
	    text_of(&h, form) : "malformed";

	hist_free(&h);
	return back;
}

static bool
stays(const char *s, enum hist_form form)
{
	return strcmp(again(s, form), s) == 0;
}

static bool
is_refused(const char *s, enum hist_form form)
{
	return strcmp(again(s, form), "malformed") == 0;
}

static void
try_texts(void)
{
	ok(stays("-", HIST_DEC));
	ok(stays("0:1", HIST_DEC));
	ok(stays("0:3,18:2,1400:9007199254740992", HIST_DEC));
	ok(stays("02:1,8f:7", HIST_HEX));
	ok(stays("125/7/30:4,250/0/60:1", HIST_WIN));
	ok(stays("125/7/30:4,+3", HIST_WIN));
	ok(stays("+3", HIST_WIN));
	ok_as(strcmp(again("9:1,3:2,9:4", HIST_DEC), "3:2,9:5") == 0,
	    "equal keys add up, and keys come in rising order");
}

static void
try_malformed(void)
{
	ok_as(is_refused("", HIST_DEC), "nothing");
	ok_as(is_refused("1", HIST_DEC), "no count");
	ok_as(is_refused("1:", HIST_DEC), "an empty count");
	ok_as(is_refused("1:0", HIST_DEC), "a count of zero");
	ok_as(is_refused("1:1,", HIST_DEC), "a comma at the end");
	ok_as(is_refused("1:1;2:1", HIST_DEC), "another separator");
	ok_as(is_refused("4294967296:1", HIST_DEC), "a length of 2^32");
	ok_as(is_refused("1:9007199254740993", HIST_DEC), "more than 2^53");
	ok_as(is_refused("+3", HIST_DEC), "more lengths");
	ok_as(is_refused("2:1", HIST_HEX), "one hex digit");
	ok_as(is_refused("1/2:1", HIST_WIN), "a window of two numbers");
}

/* 65,000 keys that are multiples of each other's distance. */
static void
try_many(void)
{
	struct hist h = {0}, twice = {0};
	struct hist_bin *bin;
	bool good = true;

	for (uint64_t k = 65000; k > 0; k--)
		hist_add(&h, k << 20, k);
	hist_join(&twice, &h, HIST_DEC);
	hist_join(&twice, &h, HIST_DEC);
	bin = hist_sorted(&twice);
	for (uint32_t i = 0; i < twice.used; i++)
		good = good && bin[i].key == (uint64_t)(i + 1) << 20 &&
		    bin[i].n == 2 * (uint64_t)(i + 1);
	ok(twice.used == 65000);
	ok_as(good, "65,000 keys, each twice");
	free(bin);
	hist_free(&h);
	hist_free(&twice);
}

static void
try_limit(void)
{
	struct hist h = {0};

	for (uint64_t k = 0; k < 10; k++)
		hist_add_limited(&h, k % 5, 1, 3);
	ok_as(strcmp(text_of(&h, HIST_DEC), "0:2,1:2,2:2,+4") == 0,
	    "three different ones, the others together");
	hist_free(&h);
}

static void
try_window_key(void)
{
	uint32_t mean, sd, gap;

	hist_win_parts(hist_win_key(1400, 700, 123456), &mean, &sd, &gap);
	ok(mean == 1400 && sd == 700 && gap == 123456);
	hist_win_parts(hist_win_key(UINT64_MAX, 0, UINT64_MAX), &mean, &sd,
	    &gap);
	ok_as(mean == (1 << HIST_MEAN_BITS) - 1 && sd == 0 &&
	    gap == (1 << HIST_GAP_BITS) - 1,
	    "what is too large is the largest that fits");
}

int
main(void)
{
	if (pipe(pipe_end) == -1)
		return 1;
	try_texts();
	try_malformed();
	try_many();
	try_limit();
	try_window_key();
	return done();
}
