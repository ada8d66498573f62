#include "base/scan.h"

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 64 };

static inline bool
is_forbidden(unsigned char c)
{
	return ((c < 0x20) & (c != '\t') & (c != '\n')) | (c == 0x7f);
}

/* Is one of the 64 bytes at p forbidden?  Where all is well there is no
 * branch; for other machines the compiler makes vector code of the loop. */
#ifdef __SSE2__

static inline bool
block_forbidden(const unsigned char *p)
{
	__m128i bad = _mm_setzero_si128();

	for (int i = 0; i < BLOCK; i += 16) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)
		    (p + i));
		__m128i low = _mm_cmpeq_epi8(x, _mm_min_epu8(x,
		    _mm_set1_epi8(0x1f)));
		__m128i good = _mm_or_si128(_mm_cmpeq_epi8(x,
		    _mm_set1_epi8('\t')), _mm_cmpeq_epi8(x,
		    _mm_set1_epi8('\n')));

		bad = _mm_or_si128(bad, _mm_andnot_si128(good, low));
		bad = _mm_or_si128(bad, _mm_cmpeq_epi8(x,
		    _mm_set1_epi8(0x7f)));
	}
	return _mm_movemask_epi8(bad) != 0;
}

#else

static inline bool
block_forbidden(const unsigned char *p)
{
	unsigned char bad = 0;

	for (int i = 0; i < BLOCK; i++)
		bad |= is_forbidden(p[i]);
	return bad != 0;
}

#endif

bool
scan_forbidden(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;

	for (; n >= BLOCK; p += BLOCK, n -= BLOCK)
		if (block_forbidden(p))
			return true;
	for (; n > 0; p++, n--)
		if (is_forbidden(*p))
			return true;
	return false;
}

/* Bit i of the result: byte i of the 64 at s is sep. */
#ifdef __SSE2__

static inline uint64_t
sixteen(const char *s, __m128i sep)
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)s);

	return (uint64_t)(unsigned)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(bytes, sep));
}

static inline uint64_t
marks(const char *s, char sep)
{
	__m128i seps = _mm_set1_epi8(sep);

	return sixteen(s, seps) | sixteen(s + 16, seps) << 16 |
	    sixteen(s + 32, seps) << 32 | sixteen(s + 48, seps) << 48;
}

#else

/* Eight at a time: a byte is sep where the difference is 0, which is where
 * no carry and no bit of its own gets into its top bit.  The multiplication
 * gathers the top bits. */
static uint64_t
eight(const unsigned char *p, uint64_t seps)
{
	const uint64_t low7 = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint64_t x = 0;

	for (int i = 0; i < 8; i++)
		x |= (uint64_t)p[i] << 8 * i;
	x ^= seps;
	x = ~(((x & low7) + low7) | x | low7);
	return (x >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t
marks(const char *s, char sep)
{
	uint64_t seps = UINT64_C(0x0101010101010101) * (unsigned char)sep;
	uint64_t m = 0;

	for (int i = 0; i < 8; i++)
		m |= eight((const unsigned char *)s + 8 * i, seps) << 8 * i;
	return m;
}

#endif

/* The same of the last n <= 64 bytes before end, of `all` bytes of text. */
static uint64_t
last_marks(const char *end, size_t n, size_t all, char sep)
{
	char block[BLOCK];

	if (n == 0)
		return 0;
	if (all >= BLOCK)
		return marks(end - BLOCK, sep) >> (BLOCK - n);
	memset(block, ~sep, sizeof block);
	memcpy(block, end - n, n);
	return marks(block, sep);
}

size_t
scan_split(const char *s, size_t n, char sep, struct rec_span *f, size_t most)
{
	const char *end = s + n, *from = s;
	size_t k = 0;

	for (size_t left = n;; s += BLOCK, left -= BLOCK) {
		uint64_t m = left >= BLOCK ? marks(s, sep) :
		    last_marks(end, left, n, sep);

		for (; m != 0; m &= m - 1) {
			const char *p = s + __builtin_ctzll(m);

			if (k < most)
				f[k] = (struct rec_span){from,
				    (size_t)(p - from)};
			k++;
			from = p + 1;
		}
		if (left <= BLOCK)
			break;
	}
	if (k < most)
		f[k] = (struct rec_span){from, (size_t)(end - from)};
	return k + 1;
}

/* A block's marks are stored without looking whether there is room: there
 * is, as long as those before it were not too many. */
size_t
scan_starts(const char *s, size_t n, char sep, uint32_t *at, size_t most)
{
	struct rec_span none;
	size_t k = 0;

	at[0] = 0;
	for (size_t i = 0;; i += BLOCK) {
		uint64_t m = n - i >= BLOCK ? marks(s + i, sep) :
		    last_marks(s + n, n - i, n, sep);

		for (; m != 0; m &= m - 1)
			at[++k] = (uint32_t)i + 1 +
			    (uint32_t)__builtin_ctzll(m);
		if (k >= most)
			return scan_split(s, n, sep, &none, 0);
		if (n - i <= BLOCK)
			break;
	}
	at[k + 1] = (uint32_t)n + 1;
	return k + 1;
}

#ifdef __SSE2__

/* What is told of bytes: the least of those that are no TABs, and all ones
 * where one was 0x7f. */
struct told {
	__m128i least, del;
};

/* Bit i: byte i of the 16 at s is a TAB. */
static inline uint64_t
sixteen_tabs(const char *s, struct told *told)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)s);
	__m128i tabs = _mm_cmpeq_epi8(x, _mm_set1_epi8('\t'));

	told->least = _mm_min_epu8(told->least, _mm_or_si128(x, tabs));
	told->del = _mm_or_si128(told->del, _mm_cmpeq_epi8(x,
	    _mm_set1_epi8(0x7f)));
	return (uint64_t)(unsigned)_mm_movemask_epi8(tabs);
}

/* Of 16 bytes each: is there one below 0x20, or 0x7f? */
static inline unsigned
ends(const struct told *told)
{
	__m128i low = _mm_cmpeq_epi8(told->least, _mm_min_epu8(told->least,
	    _mm_set1_epi8(0x1f)));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(low, told->del));
}

/* The first of the 64 bytes at s that ends a line, as LF does, or has to;
 * there is one. */
static unsigned
first_end(const char *s)
{
	for (unsigned i = 0;; i += 16) {
		struct told told = { _mm_set1_epi8(-1), _mm_setzero_si128() };
		unsigned m;

		sixteen_tabs(s + i, &told);
		if ((m = ends(&told)) != 0)
			return i + (unsigned)__builtin_ctz(m);
	}
}

/* Bit i of *tabs: byte i of the 64 at s is a TAB, up to the line's end, at
 * *end.  False where that is not among them. */
static inline bool
line_marks(const char *s, uint64_t *tabs, unsigned *end)
{
	struct told told = { _mm_set1_epi8(-1), _mm_setzero_si128() };

	*tabs = sixteen_tabs(s, &told);
	*tabs |= sixteen_tabs(s + 16, &told) << 16;
	*tabs |= sixteen_tabs(s + 32, &told) << 32;
	*tabs |= sixteen_tabs(s + 48, &told) << 48;
	if (ends(&told) == 0)
		return false;
	*end = first_end(s);
	*tabs &= (UINT64_C(1) << *end) - 1;
	return true;
}

size_t
scan_line(const char *s, size_t n, uint32_t *at, size_t most, size_t *length)
{
	size_t k = 0;

	at[0] = 0;
	for (size_t i = 0; n - i >= BLOCK; i += BLOCK) {
		uint64_t tabs;
		unsigned end;
		bool is_last = line_marks(s + i, &tabs, &end);

		for (; tabs != 0; tabs &= tabs - 1)
			at[++k] = (uint32_t)i + 1 +
			    (uint32_t)__builtin_ctzll(tabs);
		if (k >= most)
			return 0;
		if (is_last) {
			*length = i + end;
			at[k + 1] = (uint32_t)*length + 1;
			return s[*length] == '\n' ? k + 1 : 0;
		}
	}
	return 0;
}

#else

size_t
scan_line(const char *s, size_t n, uint32_t *at, size_t most, size_t *length)
{
	(void)s;
	(void)n;
	(void)at;
	(void)most;
	(void)length;
	return 0;
}

#endif
