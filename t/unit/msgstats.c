/*
 * msgstats, msgread, msgwrite and msgfew: what a few messages give by hand, the
 * same messages without tables, and two halves joined.
 */
#include "flow/msgstats.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/msgfew.h"
#include "flow/msgread.h"
#include "flow/msgwrite.h"
#include "tap.h"

#define SIZE MSGSTATS_SIZE
#define FUN MSGSTATS_FUN
#define NIB MSGSTATS_NIB
#define WIN MSGSTATS_WIN

enum { TEXT = 1 << 15 };

static int pipe_end[2];
static struct out out;

static const char *
written(void)
{
	static char text[TEXT];
	ssize_t n;

	out_flush(&out);
	n = read(pipe_end[0], text, sizeof text - 1);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static const char *
column_of(const struct msgtally *f, enum msgstats_column c)
{
	msgwrite_column(&out, f, c);
	return written();
}

static bool
is_column(const struct msgtally *f, enum msgstats_column c, const char *wanted)
{
	const char *got = column_of(f, c);

	if (strcmp(got, wanted) == 0)
		return true;
	printf("# got %s\n# not %s\n", got, wanted);
	return false;
}

/* A message of so many bytes, of which the first ones are given in hex. */
static struct message
message_of(uint32_t length, const char *hex)
{
	struct message m = {.length = length, .proto = PROTO_UDP};

	for (; *hex != '\0'; hex += 2) {
		unsigned v;

		sscanf(hex, "%2x", &v);
		m.first[m.seen++] = (uint8_t)v;
	}
	return m;
}

static void
add(struct msgtally **f, struct message m, int64_t t_ms)
{
	m.t_ns = t_ms * 1000000;
	if (*f == NULL)
		*f = msgtally_new();
	msgtally_add(*f, &m);
}

static void
try_by_hand(void)
{
	struct msgtally *f = NULL;

	add(&f, message_of(18, "1a2b02ff00112233"), 0);
	ok_as(is_column(f, NIB, "=1a2b02ff00112233"), "one message's bytes");
	add(&f, message_of(18, "1a2c8d"), 10);
	add(&f, message_of(0, ""), 20);
	add(&f, message_of(7, "ff"), 30);
	ok(is_column(f, SIZE, "0:1,7:1,18:2"));
	ok(is_column(f, FUN, "02:1,8d:1"));
	ok_as(is_column(f, NIB, "1:2,f:1;a:2,f:1;2:2;b:1,c:1;0:1,8:1;2:1,d:1;"
	    "f:1;f:1;0:1;0:1;1:1;1:1;2:1;2:1;3:1;3:1"),
	    "a message counts in the nibbles it has");
	ok(is_column(f, WIN, "-"));
	msgtally_free(f);
	ok_as(is_column(NULL, SIZE, "-") && is_column(NULL, NIB, "-"),
	    "no messages at all");
}

static void
try_tcp_has_no_function(void)
{
	struct message m = message_of(8, "0000020000000000");
	struct msgtally *f = NULL;

	m.proto = PROTO_TCP;
	add(&f, m, 0);
	ok(is_column(f, FUN, "-"));
	msgtally_free(f);
}

/* 30 messages of 100 and 102 bytes in turn, 20 ms apart: mean 101, standard
 * deviation 1, gap (29 * 20) / 29.  A 31st of video size and one of no bytes
 * count in no window. */
static void
try_window(void)
{
	struct msgtally *f = NULL;

	for (int i = 0; i < 29; i++)
		add(&f, message_of(i % 2 ? 102 : 100, "00"), i * 20);
	add(&f, message_of(400, "00"), 570);
	add(&f, message_of(0, ""), 575);
	ok_as(is_column(f, WIN, "-"), "29 messages are no window");
	add(&f, message_of(102, "00"), 580);
	ok(is_column(f, WIN, "101/1/20:1"));
	msgtally_free(f);
}

static uint32_t
draw(uint32_t n)
{
	static uint32_t state = 7;

	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(state >> 8) * n >> 24);
}

static struct message
random_message(void)
{
	struct message m = {.length = draw(300) * draw(2),
	    .proto = PROTO_UDP, .seen = (uint8_t)draw(9)};

	for (unsigned i = 0; i < m.seen; i++)
		m.first[i] = (uint8_t)draw(256);
	return m;
}

/* Messages 20 ms apart, of which many are like the one before. */
static void
draw_messages(struct message *m, unsigned n, unsigned new_of_8)
{
	for (unsigned i = 0; i < n; i++) {
		m[i] = i > 0 && draw(8) >= new_of_8 ? m[i - 1] :
		    random_message();
		m[i].t_ns = i * INT64_C(20000000);
	}
}

static bool
is_same_by_tally(const struct message *m, unsigned n)
{
	struct msgtally *f = NULL;
	bool same = true;

	for (unsigned i = 0; i < n; i++)
		add(&f, m[i], i * 20);
	for (enum msgstats_column c = SIZE; c <= WIN; c++) {
		char few[MSGFEW_COLUMN + 1];

		*msgfew_put_column(few, m, n, c) = '\0';
		same = same && is_column(f, c, few);
	}
	msgtally_free(f);
	return same;
}

/* Every number of messages that is few, through both writers. */
static void
try_few_as_many(void)
{
	bool same = true;

	for (unsigned n = 0; n <= FLOWMSG_MOST; n++)
		for (unsigned new_of_8 = 0; new_of_8 <= 8; new_of_8++) {
			struct message m[FLOWMSG_MOST];

			draw_messages(m, n, new_of_8);
			same = same && is_same_by_tally(m, n);
		}
	ok_as(same, "a few messages are written as their tables would be");
}

/* Two halves, one of them through text, and joined. */
static void
try_joined(void)
{
	struct msgtally *whole = NULL, *half[2] = {NULL, NULL}, *read = NULL;
	bool same = true;

	for (int i = 0; i < 500; i++) {
		struct message m = random_message();

		add(&whole, m, 0);
		add(&half[i / 200 > 0], m, 0);
	}
	for (enum msgstats_column c = SIZE; c < WIN; c++) {
		const char *text = column_of(half[0],
		    c);

		same = same && msgread_column(&read,
		    c, text, strlen(text));
	}
	msgtally_join(&read, half[1]);
	for (enum msgstats_column c = SIZE; c < WIN; c++) {
		char text[TEXT];

		snprintf(text, sizeof text, "%s", column_of(whole,
		    c));
		same = same && is_column(read, c, text);
	}
	ok_as(same, "500 messages, and 200 and 300 of them joined");
	msgtally_free(whole);
	msgtally_free(half[0]);
	msgtally_free(half[1]);
	msgtally_free(read);
}

static bool
is_nib(const char *s, uint64_t messages)
{
	static uint64_t nib[MSGSTATS_NIBBLES][16];
	uint64_t n = 0;

	return msgread_nib(nib, &n, s, strlen(s)) && n == messages;
}

static void
try_nib_texts(void)
{
	ok(is_nib("-", 0));
	ok(is_nib("=02", 1));
	ok_as(is_nib("1:2;a:1,b:1;-;-;-;-;-;-;-;-;-;-;-;-;-;-", 2),
	    "two messages of one byte");
	ok_as(!is_nib("=0", 1), "half a byte");
	ok_as(!is_nib("1:2;a:1;-;-;-;-;-;-;-;-;-;-;-;-;-;-", 2),
	    "a byte with more high nibbles than low ones");
	ok_as(!is_nib("1:1;1:1;2:2;2:2;-;-;-;-;-;-;-;-;-;-;-;-", 1),
	    "more second bytes than first ones");
	ok_as(!is_nib("1:1;1:1", 1), "two groups of 16");
}

int
main(void)
{
	if (pipe(pipe_end) == -1)
		return 1;
	out_open(&out, pipe_end[1], "pipe");
	try_by_hand();
	try_tcp_has_no_function();
	try_window();
	try_few_as_many();
	try_joined();
	try_nib_texts();
	return done();
}
