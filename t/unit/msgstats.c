/*
 * msgstats, flowmsg, msgread, msgwrite and msgfew: what a few messages give by
 * hand, what is held as its tally is written, and two halves joined.
 */
#include "flow/msgstats.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/flowslot.h"
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
add(struct msgtally **f, struct message m)
{
	if (*f == NULL)
		*f = msgtally_new();
	msgtally_add(*f, &m);
}

static void
try_by_hand(void)
{
	struct msgtally *f = NULL;

	add(&f, message_of(18, "1a2b02ff00112233"));
	ok_as(is_column(f, NIB, "=1a2b02ff00112233"), "one message's bytes");
	add(&f, message_of(18, "1a2c8d"));
	add(&f, message_of(0, ""));
	add(&f, message_of(7, "ff"));
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

static bool
is_empty(const struct msgtally *f)
{
	return is_column(f, SIZE, "-") && is_column(f, FUN, "-") &&
	    is_column(f, NIB, "-") && is_column(f, WIN, "-");
}

/* Of few lengths and of many. */
static void
try_reused(void)
{
	struct msgtally *few = NULL, *many = NULL, *fresh[2];

	msgtally_reuse(true);
	add(&few, message_of(18, "1a2b02ff00112233"));
	for (uint32_t n = 1; n < 1000; n++)
		add(&many, message_of(n, "1a2b02ff00112233"));
	msgtally_free(few);
	msgtally_free(many);
	for (int i = 0; i < 2; i++)
		fresh[i] = msgtally_new();
	ok_as(is_empty(fresh[0]) && is_empty(fresh[1]),
	    "what is used again has no messages");
	add(&fresh[1], message_of(7, "ff"));
	ok(is_column(fresh[1], SIZE, "7:1"));
	msgtally_free(fresh[0]);
	msgtally_free(fresh[1]);
	msgtally_reuse(false);
}

static void
try_tcp_has_no_function(void)
{
	struct message m = message_of(8, "0000020000000000");
	struct msgtally *f = NULL;

	m.proto = PROTO_TCP;
	add(&f, m);
	ok(is_column(f, FUN, "-"));
	msgtally_free(f);
}

/*
 * Flows, whose messages are held.
 */
static struct pool blocks;
static struct flow_full full;

static void
begin_flow(void)
{
	static const struct packet none = {.proto = PROTO_UDP};

	flow_begin(&full.flow, &none, &full.few);
}

static void
add_held(const struct message *m, enum flow_side side, int64_t t_ms)
{
	struct packet p = {.t_ns = t_ms * 1000000, .proto = m->proto,
	    .length = m->length, .captured = m->seen, .payload = m->first};

	flow_add(&full.flow, side, &p, &blocks);
}

static void
end_flow(void)
{
	struct pool_chain chain = {0};

	flow_clear(&full.flow, &chain);
	pool_give(&blocks, &chain);
}

/* The column without tallies, and then with them. */
static bool
is_held(enum flow_side side, enum msgstats_column c, const char *wanted)
{
	struct flowmsg_side part[2];
	char few[MSGFEW_COLUMN + 1];

	flowmsg_part(&full.flow, part);
	*msgfew_put_column(few, &part[side], c) = '\0';
	if (wanted != NULL && strcmp(few, wanted) != 0) {
		printf("# got %s\n# not %s\n", few, wanted);
		return false;
	}
	flowmsg_count(&full.flow);
	return is_column(full.flow.tally[side], c, few);
}

/* 30 messages of 100 and 102 bytes in turn, 20 ms apart: mean 101, standard
 * deviation 1, gap (29 * 20) / 29.  A 31st of video size and one of no bytes
 * count in no window, nor does what the other side sends. */
static void
add_window(int messages)
{
	struct message m[2] = {message_of(100, "00"), message_of(102, "00")};
	struct message video = message_of(400, "00"), none = message_of(0, "");

	begin_flow();
	for (int i = 0; i < messages; i++) {
		add_held(&m[i % 2], FORWARD, i * 20);
		if (i == 28) {
			add_held(&video, FORWARD, 570);
			add_held(&none, FORWARD, 575);
		}
		add_held(&m[0], REVERSE, i * 20 + 1);
	}
}

static void
try_window(void)
{
	add_window(29);
	ok_as(is_held(FORWARD, WIN, "-"), "29 messages are no window");
	end_flow();
	add_window(30);
	ok(is_held(FORWARD, WIN, "101/1/20:1"));
	end_flow();
	add_window(30);
	ok(is_held(REVERSE, WIN, "100/0/20:1"));
	end_flow();
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

/* Many messages are like the one before. */
static void
add_random(unsigned n, unsigned new_of_8)
{
	struct message m = random_message();
	int64_t t_ms = 0;

	begin_flow();
	for (unsigned i = 0; i < n; i++) {
		if (draw(8) < new_of_8)
			m = random_message();
		t_ms += draw(40);
		add_held(&m, draw(3) == 0 ? REVERSE : FORWARD, t_ms);
	}
}

/* Any number of messages that is held, through both writers. */
static void
try_held_as_counted(void)
{
	bool same = true;

	for (unsigned n = 0; n < FLOWMSG_MOST - 5; n++)
		for (unsigned i = 0; i < 4 * 9; i++) {
			add_random(n, i / 4);
			same = same && is_held(FORWARD,
			    (enum msgstats_column)(i % 4), NULL);
			end_flow();
		}
	ok_as(same, "messages that are held are written as their tally is");
}

/* The same messages, taken when there are many, or not. */
static void
try_taken(void)
{
	struct pool_chain chain = {0};
	struct flowmsg_taken taken;
	char whole[TEXT];

	begin_flow();
	for (int i = 0; i < 110; i++) {
		struct message m = message_of((uint32_t)i % 3 + 90, "0a");

		add_held(&m, FORWARD, i * 20);
	}
	flowmsg_count(&full.flow);
	snprintf(whole, sizeof whole, "%s",
	    column_of(full.flow.tally[0], WIN));
	end_flow();
	begin_flow();
	for (int i = 0; i < 110; i++) {
		struct message m = message_of((uint32_t)i % 3 + 90, "0a");

		add_held(&m, FORWARD, i * 20);
		if (i % 50 != 49)
			continue;
		taken = flowmsg_take(&full.flow);
		flowmsg_count_taken(&taken, &chain);
		pool_give(&blocks, &chain);
	}
	flowmsg_count(&full.flow);
	ok_as(is_column(full.flow.tally[0], WIN, whole),
	    "windows go on where messages were taken");
	ok(is_column(full.flow.tally[0], WIN, "91/1/20:3"));
	ok(is_column(full.flow.tally[0], SIZE, "90:37,91:37,92:36"));
	end_flow();
}

/* Two halves, one of them through text, and joined. */
static void
try_joined(void)
{
	struct msgtally *whole = NULL, *half[2] = {NULL, NULL}, *read = NULL;
	bool same = true;

	for (int i = 0; i < 500; i++) {
		struct message m = random_message();

		add(&whole, m);
		add(&half[i / 200 > 0], m);
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
	pool_init(&blocks, sizeof(struct msgblock));
	out_open(&out, pipe_end[1], "pipe");
	try_by_hand();
	try_reused();
	try_tcp_has_no_function();
	try_window();
	try_held_as_counted();
	try_taken();
	try_joined();
	try_nib_texts();
	pool_free(&blocks);
	return done();
}
