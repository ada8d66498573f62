/* nibfew: texts counted by hand, those that it leaves to msgread, and any text
 * at random: what it takes, msgread takes and counts alike. */
#include "flow/nibfew.h"

#include <string.h>

#include "tap.h"

static uint8_t nib[MSGSTATS_NIBBLES][16];
static struct msgread_top top[MSGSTATS_NIBBLES];
static uint64_t messages;

static bool
takes(const char *text)
{
	return nibfew_read(nib, top, &messages, text, strlen(text));
}

/* 16 groups, all alike but the last. */
static const char *
groups(const char *group, const char *last)
{
	static char text[4096];

	*text = '\0';
	for (int g = 0; g < MSGSTATS_NIBBLES - 1; g++)
		strcat(strcat(text, group), ";");
	return strcat(text, last);
}

static void
try_counts(void)
{
	ok(takes(groups("7:2", "0:1,f:1")));
	ok(messages == 2);
	ok(nib[0][7] == 2 && nib[14][7] == 2 && nib[15][7] == 0);
	ok(top[0].n == 2 && top[0].values == 1 << 7);
	ok(top[15].n == 1 && top[15].values == (1 << 15 | 1));
	ok(takes(groups("1:9,3:7,a:9", "0:25")));
	ok(messages == 25);
	ok(top[3].n == 9 && top[3].values == (1 << 10 | 1 << 1));
	ok(nib[15][0] == 25 && top[15].n == 25);
	ok(takes(groups("d:12,e:99", "0:99,1:12")));
	ok(messages == 111);
	ok(takes(groups("4:1,4:1", "4:2")));
	ok(nib[2][4] == 2 && top[2].n == 2 && top[2].values == 1 << 4);
}

static void
try_others(void)
{
	ok(!takes(""));
	ok(!takes("7"));
	ok(!takes("7:1"));
	ok_as(!takes(groups("7:100", "7:100")), "three digits");
	ok_as(!takes(groups("7:2", "-")), "an empty group");
	ok_as(!takes(groups("7:2", "7:2;7:2")), "17 groups");
	ok_as(!takes(groups("7:2", "7:2;")), "a mark behind the last");
	ok_as(!takes(groups("7:2", "")), "no last group");
	ok_as(!takes(groups("7:2", "7:1")), "totals of a pair differ");
	ok_as(!takes(groups("7:2", "7:2x")), "a count with a letter");
	ok_as(!takes(groups("A:2", "7:2")), "a capital digit");
	ok_as(!takes(groups("7.2", "7:2")), "no colon");
	ok_as(!takes(groups("7:2 ", "7:2")), "another mark");
	ok_as(!takes(groups("7:/", "7:2")), "the byte before 0");
	ok_as(!takes(groups("7::", "7::")), "the byte behind 9");
	ok_as(!takes(groups("7:99,7:99,7:99", "7:99,7:99,7:99")),
	    "a sum of more than 255");
}

/* The next of some numbers that look random. */
static unsigned
next_number(void)
{
	static uint32_t x = 1;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

/* A byte of the text becomes another one of its kind. */
static void
spoil(char *text)
{
	static const char bytes[] = "0123456789abcdef:,;-/G";

	for (unsigned n = next_number() % 3; n > 0; n--)
		text[next_number() % strlen(text)] =
		    bytes[next_number() % (sizeof bytes - 1)];
}

static bool
agrees(const char *text, unsigned *taken)
{
	uint64_t wide[MSGSTATS_NIBBLES][16] = {{0}}, n = 0;
	struct msgread_top most[MSGSTATS_NIBBLES] = {{0}};
	bool same;

	if (!takes(text))
		return true;
	++*taken;
	same = msgread_groups(wide, most, &n, text, strlen(text)) &&
	    n == messages;
	for (int g = 0; g < MSGSTATS_NIBBLES; g++) {
		same &= most[g].n == top[g].n &&
		    (top[g].n == 0 || most[g].values == top[g].values);
		for (int v = 0; v < 16; v++)
			same &= wide[g][v] == nib[g][v];
	}
	return same;
}

static void
try_any(void)
{
	static const char *const group[] = {
		"7:2", "0:1,f:1", "3:1,4:1", "9:14", "a:7,b:7", "1:0,2:2",
		"c:1,c:1", "0:2,1:0"
	};
	unsigned same = 0, taken = 0, n = 100000;

	for (unsigned i = 0; i < n; i++) {
		char text[4096] = "";

		for (int g = 0; g < MSGSTATS_NIBBLES; g++)
			strcat(strcat(text, group[next_number() % 100 < 99 ?
			    next_number() % 3 : next_number() % 8]),
			    g + 1 < MSGSTATS_NIBBLES ? ";" : "");
		spoil(text);
		same += agrees(text, &taken);
	}
	ok(same == n);
	ok(taken > n / 10 && taken < n);
}

int
main(void)
{
	try_counts();
	try_others();
	try_any();
	return done();
}
