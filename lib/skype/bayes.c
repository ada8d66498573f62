#include "skype/bayes.h"

#include <stddef.h>

/*
 * Codecs of Skype: frame in ms, rates in tenths of kb/s, the most speech in
 * one message in ms, the most copies of it (redundancy factor), and the
 * standard deviation of a message's length in bytes.
 *
 * [8], table 2, says of the first seven what frames and rates they have, and
 * in 4.2 that up to 60 ms and 4 copies go into a message; its deviations are
 * 7.5 bytes where the rate is variable and 1 where it is not.
 *
 * g729d, g729e: ITU-T G.729, annexes D and E: 6.4 and 11.8 kb/s.
 * svopc: in Skype from 3.2 (2007) to 4.0, 16 kHz at about 20 kb/s (J.
 *	Lindblom, A sinusoidal voice over packet coder, IEEE Trans. Speech and
 *	Audio Processing 13(5), 2005); frames of 20 ms.
 * silk: from 4.0 (2009) on: 6 to 40 kb/s over its four bandwidths, 1 to 5
 *	frames of 20 ms (K. Vos, S. Jensen, K. Soerensen, SILK Speech Codec,
 *	Internet-Draft draft-vos-silk).  It repairs losses by itself, so one
 *	copy.  No source gives the deviation of its variable lengths; 25
 *	bytes accepts windows of up to about 90.
 */
static const struct codec {
	const char *name;
	int frame_ms;
	int least, most, step;
	int most_ms, most_copies;
	double sd, log10_sd;
} codecs[BAYES_CODECS] = {
	{ "isac", 30, 100, 320, 10, 60, 4, 7.5, 0.87506126339170004687 },
	{ "ilbc", 20, 152, 152, 1, 60, 4, 1, 0 },
	{ "ilbc", 30, 133, 133, 1, 60, 4, 1, 0 },
	{ "g729", 10, 80, 80, 1, 60, 4, 1, 0 },
	{ "ipcm", 10, 800, 800, 1, 60, 4, 7.5, 0.87506126339170004687 },
	{ "eg711", 10, 480, 640, 80, 60, 4, 1, 0 },
	{ "pcm", 10, 640, 640, 1, 60, 4, 1, 0 },
	{ "g729d", 10, 64, 64, 1, 60, 4, 1, 0 },
	{ "g729e", 10, 118, 118, 1, 60, 4, 1, 0 },
	{ "svopc", 20, 160, 240, 10, 60, 4, 7.5, 0.87506126339170004687 },
	{ "silk", 20, 60, 400, 10, 100, 1, 25, 1.39794000867203760957 }
};

static const double LOG10_E = 0.43429448190325182765;
static const double LOG10_SQRT_2PI = 0.39908993417905752478;

enum {
	SKYPE_HEADER = 4,	/* of a UDP message, in the clear */
	BLOCK_HEADER = 8,	/* around each copy */
	LENGTHS = 2048		/* longer: as far from any codec as these */
};

/* What the likelihoods are made of, for each codec: squared distance of each
 * whole mean length from the nearest working point, over UDP and TCP, and its
 * weight; and the likelihood of each gap. */
enum { GAPS = 256 };		/* longer: the floor for all */
static float distance2[2][BAYES_CODECS][LENGTHS];
static double weight[BAYES_CODECS], top[BAYES_CODECS];
static double gap_likelihood[GAPS][BAYES_CODECS];
static bool ready;

/* Beyond 11 deviations is the floor. */
static void
add_point(float *d2, double mean, double sd)
{
	int low = (int)(mean - 11 * sd), high = (int)(mean + 11 * sd) + 1;

	for (int i = low < 0 ? 0 : low; i < LENGTHS && i <= high; i++) {
		double d = i - mean;

		if (d * d < (double)d2[i])
			d2[i] = (float)(d * d);
	}
}

/* Mean length of a message: [8], 4.2, with the frames' bytes in bits. */
static double
mean_length(int rate, int ms, int copies, bool tcp)
{
	double block = rate * ms / 80.0 + BLOCK_HEADER;

	return tcp ? block : block * copies + SKYPE_HEADER;
}

static void
add_points(float *d2, const struct codec *c, bool tcp)
{
	for (int rate = c->least; rate <= c->most; rate += c->step)
		for (int ms = c->frame_ms; ms <= c->most_ms; ms += c->frame_ms)
			for (int n = 1; n <= (tcp ? 1 : c->most_copies); n++)
				add_point(d2, mean_length(rate, ms, n, tcp),
				    c->sd);
}

static double
floored(double log10_likelihood)
{
	return log10_likelihood > BAYES_FLOOR ? log10_likelihood : BAYES_FLOOR;
}

/* log10 N(gap; nearest multiple of the frame, 1 ms). */
static double
likelihood_of_gap(const struct codec *c, int gap_ms)
{
	int frames = (gap_ms + c->frame_ms / 2) / c->frame_ms;
	int most = c->most_ms / c->frame_ms, d;

	frames = frames < 1 ? 1 : frames > most ? most : frames;
	d = gap_ms - frames * c->frame_ms;
	return floored(-LOG10_E * d * d / 2 - LOG10_SQRT_2PI);
}

static void
prepare_codec(int c)
{
	const struct codec *codec = &codecs[c];

	weight[c] = LOG10_E / (2 * codec->sd * codec->sd);
	top[c] = -codec->log10_sd - LOG10_SQRT_2PI;
	for (int gap = 0; gap < GAPS; gap++)
		gap_likelihood[gap][c] = likelihood_of_gap(codec, gap);
	for (int tcp = 0; tcp < 2; tcp++) {
		for (int i = 0; i < LENGTHS; i++)
			distance2[tcp][c][i] = 1e9F;
		add_points(distance2[tcp][c], codec, tcp);
	}
}

static void
prepare(void)
{
	for (int c = 0; c < BAYES_CODECS; c++)
		prepare_codec(c);
	ready = true;
}

/* The mean over the window's messages of log10 N(length; mu, sigma): the sum
 * of squares about mu is that about the mean and the mean's own distance. */
void
bayes_add(struct bayes *b, bool tcp, uint32_t mean, uint32_t sd,
    uint32_t gap_ms, uint64_t count)
{
	uint32_t i = mean < LENGTHS ? mean : LENGTHS - 1;
	const double *of_gap;
	double n = (double)count, sd2 = (double)sd * sd;

	if (gap_ms >= BAYES_SLOW_MS)
		return;
	if (!ready)
		prepare();
	of_gap = gap_likelihood[gap_ms < GAPS ? gap_ms : GAPS - 1];
	for (int c = 0; c < BAYES_CODECS; c++) {
		double d2 = (double)distance2[tcp][c][i] + sd2;

		b->length[c] += n * floored(top[c] - weight[c] * d2);
		b->gap[c] += n * of_gap[c];
	}
	b->windows += count;
}

static double
best_codec(const double sum[BAYES_CODECS], enum bayes_codecs known, uint64_t n,
    int *codec)
{
	*codec = 0;
	if (n == 0)
		return BAYES_FLOOR;
	for (int c = 1; c < (int)known; c++)
		if (sum[c] > sum[*codec])
			*codec = c;
	return sum[*codec] / (double)n;
}

struct belief
bayes_belief(const struct bayes *b, enum bayes_codecs known)
{
	struct belief is;

	is.length = best_codec(b->length, known, b->windows, &is.length_codec);
	is.gap = best_codec(b->gap, known, b->windows, &is.gap_codec);
	is.both = is.length < is.gap ? is.length : is.gap;
	return is;
}

const char *
bayes_codec(int c)
{
	return codecs[c].name;
}
