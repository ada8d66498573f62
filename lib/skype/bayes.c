#include "skype/bayes.h"

#include <stddef.h>

/* Codecs of Skype ([8], table 2): frame in ms, rates in tenths of kb/s. */
static const struct codec {
	const char *name;
	int frame_ms;
	bool variable;		/* rate: sd of a length is 7.5, else 1 */
	int least, most, step;
} codecs[BAYES_CODECS] = {
	{ "isac", 30, true, 100, 320, 10 },
	{ "ilbc", 20, false, 152, 152, 1 },
	{ "ilbc", 30, false, 133, 133, 1 },
	{ "g729", 10, false, 80, 80, 1 },
	{ "ipcm", 10, true, 800, 800, 1 },
	{ "eg711", 10, false, 480, 640, 80 },
	{ "pcm", 10, false, 640, 640, 1 }
};

static const double LOG10_E = 0.43429448190325182765;
static const double LOG10_SQRT_2PI = 0.39908993417905752478;
static const double LOG10_7_5 = 0.87506126339170004687;

enum {
	MAX_FRAME_MS = 60,	/* of speech in one message */
	MAX_RF = 4,		/* redundancy factor: copies in a message */
	SKYPE_HEADER = 4,	/* of a UDP message, in the clear */
	BLOCK_HEADER = 8,	/* around each copy */
	LENGTHS = 2048		/* longer: as far from any codec as these */
};

/* Squared distance of each whole mean length from the nearest working point
 * of each codec, over UDP and TCP. */
static float distance2[2][BAYES_CODECS][LENGTHS];
static bool ready;

static void
add_point(float *d2, double mean)
{
	for (int i = 0; i < LENGTHS; i++) {
		double d = i - mean;

		if (d * d < (double)d2[i])
			d2[i] = (float)(d * d);
	}
}

/* Mean length of a message: [8], 4.2, with the frames' bytes in bits. */
static double
mean_length(int rate, int ms, int rf, bool tcp)
{
	double block = rate * ms / 80.0 + BLOCK_HEADER;

	return tcp ? block : block * rf + SKYPE_HEADER;
}

static void
add_points(float *d2, const struct codec *c, bool tcp)
{
	for (int rate = c->least; rate <= c->most; rate += c->step)
		for (int ms = c->frame_ms; ms <= MAX_FRAME_MS;
		    ms += c->frame_ms)
			for (int rf = 1; rf <= (tcp ? 1 : MAX_RF); rf++)
				add_point(d2, mean_length(rate, ms, rf, tcp));
}

static void
prepare(void)
{
	for (int tcp = 0; tcp < 2; tcp++)
		for (int c = 0; c < BAYES_CODECS; c++) {
			for (int i = 0; i < LENGTHS; i++)
				distance2[tcp][c][i] = 1e9F;
			add_points(distance2[tcp][c], &codecs[c], tcp);
		}
	ready = true;
}

static double
floored(double log10_likelihood)
{
	return log10_likelihood > BAYES_FLOOR ? log10_likelihood : BAYES_FLOOR;
}

/* Mean over the window's messages of log10 N(length; mu, sigma): the sum of
 * squares about mu is that about the mean and the mean's own distance. */
static double
length_likelihood(const struct codec *c, double d2, double sd)
{
	double s2 = c->variable ? 56.25 : 1, s = c->variable ? LOG10_7_5 : 0;

	return floored(-LOG10_E * (d2 + sd * sd) / (2 * s2) - s -
	    LOG10_SQRT_2PI);
}

/* log10 N(gap; nearest multiple of the frame, 1 ms). */
static double
gap_likelihood(const struct codec *c, uint32_t gap_ms)
{
	int gap = (int)gap_ms;
	int frames = (gap + c->frame_ms / 2) / c->frame_ms;
	int most = MAX_FRAME_MS / c->frame_ms, d;

	frames = frames < 1 ? 1 : frames > most ? most : frames;
	d = gap - frames * c->frame_ms;
	return floored(-LOG10_E * d * d / 2 - LOG10_SQRT_2PI);
}

void
bayes_add(struct bayes *b, bool tcp, uint32_t mean, uint32_t sd,
    uint32_t gap_ms, uint64_t count)
{
	uint32_t i = mean < LENGTHS ? mean : LENGTHS - 1;

	if (gap_ms >= BAYES_SLOW_MS)
		return;
	if (!ready)
		prepare();
	for (int c = 0; c < BAYES_CODECS; c++) {
		b->length[c] += (double)count * length_likelihood(&codecs[c],
		    (double)distance2[tcp][c][i], sd);
		b->gap[c] += (double)count * gap_likelihood(&codecs[c],
		    gap_ms);
	}
	b->windows += count;
}

static double
best(const double sum[BAYES_CODECS], uint64_t n, int *codec)
{
	*codec = 0;
	if (n == 0)
		return BAYES_FLOOR;
	for (int c = 1; c < BAYES_CODECS; c++)
		if (sum[c] > sum[*codec])
			*codec = c;
	return sum[*codec] / (double)n;
}

struct belief
bayes_belief(const struct bayes *b)
{
	struct belief is;

	is.length = best(b->length, b->windows, &is.length_codec);
	is.gap = best(b->gap, b->windows, &is.gap_codec);
	is.both = is.length < is.gap ? is.length : is.gap;
	return is;
}

const char *
bayes_codec(int c)
{
	return codecs[c].name;
}
