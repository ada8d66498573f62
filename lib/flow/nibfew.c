#include "flow/nibfew.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/load.h"
#include "base/num.h"

enum { ENTRY = 4 };		/* bytes of "v:c," or "v:c;" */

struct few {
	uint8_t (*group)[16];	/* that is read … */
	uint8_t (*end)[16];	/* … and where the last one ends */
	uint64_t sum;		/* of all counts */
};

static inline bool
add_count(struct few *f, unsigned v, unsigned count, unsigned ends)
{
	if (f->group == f->end)
		return false;
	(*f->group)[v] = (uint8_t)((*f->group)[v] + count);
	f->sum += count;
	f->group += ends;
	return true;
}

/* One entry in a number, its first byte lowest; false if it is none.  Where a
 * group ends nothing foretells: of the two marks one is even. */
static inline bool
add_entry(struct few *f, uint32_t entry)
{
	const uint32_t comma = UINT32_C(0x2c303a00);	/* ":0," */
	const uint32_t even = UINT32_C(1) << 24;
	uint32_t rest = entry ^ comma ^ (entry & even) * (',' ^ ';');
	uint32_t v = (uint32_t)num_hex((char)(entry & 255));

	/* The rest but the value: a digit's, 0 to 9.  Bits above the value's
	 * four are set if there is none. */
	if (((v | rest | (rest + UINT32_C(0x60000))) & UINT32_C(0xfff0ff00)) !=
	    0)
		return false;
	return add_count(f, v, rest >> 16, entry >> 24 & 1);
}

/* One whose count has two digits; left: bytes to the end of the text. */
static bool
add_longer(struct few *f, const char *s, size_t left)
{
	char mark = left > ENTRY ? s[ENTRY] : ',';
	unsigned ten, one;

	if (left < ENTRY || num_hex(s[0]) < 0 || s[1] != ':' ||
	    (mark != ',' && mark != ';'))
		return false;
	ten = (unsigned)(unsigned char)s[2] - '0';
	one = (unsigned)(unsigned char)s[3] - '0';
	return ten <= 9 && one <= 9 && add_count(f, (unsigned)num_hex(s[0]),
	    ten * 10 + one, mark == ';');
}

/* The most frequent of a nibble's values; returns the sum of all counts. */
#ifdef __SSE2__

static inline uint64_t
sum_up(const uint8_t count[16], struct msgread_top *top)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)count);
	__m128i most = _mm_max_epu8(x, _mm_srli_si128(x, 8));
	__m128i sum = _mm_sad_epu8(x, _mm_setzero_si128());

	most = _mm_max_epu8(most, _mm_srli_si128(most, 4));
	most = _mm_max_epu8(most, _mm_srli_si128(most, 2));
	most = _mm_max_epu8(most, _mm_srli_si128(most, 1));
	most = _mm_unpacklo_epi8(most, most);
	most = _mm_shuffle_epi32(_mm_shufflelo_epi16(most, 0), 0);
	top->n = (uint64_t)(_mm_cvtsi128_si32(most) & 255);
	top->values = (uint16_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, most));
	return (uint64_t)_mm_cvtsi128_si32(sum) +
	    (uint64_t)_mm_extract_epi16(sum, 4);
}

#else

static inline uint64_t
sum_up(const uint8_t count[16], struct msgread_top *top)
{
	unsigned most = 0, values = 0;
	uint64_t sum = 0;

	for (int v = 0; v < 16; v++) {
		sum += count[v];
		most = count[v] > most ? count[v] : most;
	}
	for (int v = 0; v < 16; v++)
		values |= (unsigned)(count[v] == most) << v;
	top->n = most;
	top->values = (uint16_t)values;
	return sum;
}

#endif

/* What is true of the groups' totals (msgread.c); and none of the counts has
 * overflown, which would be missing here. */
static bool
totals_agree(uint8_t nib[MSGSTATS_NIBBLES][16],
    struct msgread_top top[MSGSTATS_NIBBLES], uint64_t all, uint64_t *messages)
{
	uint64_t sum = 0, before = UINT64_MAX;
	bool agree = true;

	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g += 2) {
		uint64_t n = sum_up(nib[g], &top[g]);

		agree &= n == sum_up(nib[g + 1], &top[g + 1]) && n <= before;
		before = n;
		sum += 2 * n;
		if (g == 0)
			*messages = n;
	}
	return agree && sum == all;
}

/* Adds all entries; behind the last one there is no mark. */
static bool
add_entries(struct few *f, const char *s, size_t left)
{
	for (;;) {
		while (left > ENTRY && add_entry(f, load4(s))) {
			s += ENTRY;
			left -= ENTRY;
		}
		if (left == ENTRY - 1)
			return add_entry(f, load3(s) | (uint32_t)',' << 24);
		if (!add_longer(f, s, left))
			return false;
		if (left == ENTRY)
			return true;
		s += ENTRY + 1;
		left -= ENTRY + 1;
	}
}

bool
nibfew_read(uint8_t nib[MSGSTATS_NIBBLES][16],
    struct msgread_top top[MSGSTATS_NIBBLES], uint64_t *messages,
    const char *s, size_t n)
{
	struct few f = { nib, nib + MSGSTATS_NIBBLES, 0 };

	memset(nib, 0, MSGSTATS_NIBBLES * sizeof *nib);
	return add_entries(&f, s, n) && f.group == f.end - 1 &&
	    totals_agree(nib, top, f.sum, messages);
}
