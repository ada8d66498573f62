#include "model/flowmodel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

bool
model_is_turned(const struct model *m)
{
	const struct packet *p = &model_packet[m->packet[0]];

	return p->proto == PROTO_TCP && (p->tcp_flags & (TCP_SYN | TCP_ACK)) ==
	    (TCP_SYN | TCP_ACK);
}

bool
model_is_like_first(const struct model *m, int i)
{
	const struct packet *a = &model_packet[m->packet[0]];

	return a->sport == model_packet[i].sport &&
	    memcmp(&a->src, &model_packet[i].src, sizeof a->src) == 0;
}

bool
model_is_forward(const struct model *m, int i)
{
	return model_is_like_first(m, i) != model_is_turned(m);
}

static FILE *to;

/* The k-th packet of a side, in order; -1 behind the last. */
static int
nth(const struct model *m, int side, int k)
{
	for (int i = 0; i < m->n; i++)
		if (model_is_forward(m, m->packet[i]) == !side && k-- == 0)
			return m->packet[i];
	return -1;
}

static int64_t
last_time(const struct model *m, int side, int before)
{
	int64_t t = TIME_NONE;

	for (int i = 0; i < before; i++)
		if (model_is_forward(m, m->packet[i]) == !side &&
		    model_packet[m->packet[i]].t_ns > t)
			t = model_packet[m->packet[i]].t_ns;
	return t;
}

void
model_put_time(FILE *f, int64_t t)
{
	if (t == TIME_NONE)
		fputs("\t-", f);
	else
		fprintf(f, "\t%010lld.%09lld", (long long)(t / NS_PER_S),
		    (long long)(t % NS_PER_S));
}

static void
put_time(int64_t t)
{
	model_put_time(to, t);
}

/* Place in the list of the first packet of the side behind place i. */
static int
turn_after(const struct model *m, int side, int i)
{
	while (i < m->n && model_is_forward(m, m->packet[i]) != !side)
		i++;
	return i;
}

static void
put_turns(const struct model *m)
{
	int r = turn_after(m, 1, 0), s = turn_after(m, 0, r);

	put_time(r < m->n ? last_time(m, 0, r) : TIME_NONE);
	put_time(r < m->n ? model_packet[m->packet[r]].t_ns : TIME_NONE);
	put_time(s < m->n ? last_time(m, 1, s) : TIME_NONE);
	put_time(s < m->n ? model_packet[m->packet[s]].t_ns : TIME_NONE);
}

static void
put_flags(const struct model *m, int side)
{
	static const char letter[] = "FSRPAUEC", order[] = "SHAFRPUEC";
	char seen[128] = {0};
	bool any = false;
	int i;

	fputc('\t', to);
	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		unsigned f = model_packet[i].tcp_flags;

		for (int bit = 0; bit < 8; bit++)
			if (f >> bit & 1 && bit != 1)
				seen[(int)letter[bit]] = 1;
		if (f & TCP_SYN)
			seen[f & TCP_ACK ? 'H' : 'S'] = 1;
	}
	for (int k = 0; order[k] != '\0'; k++)
		if (seen[(int)order[k]]) {
			fputc(order[k], to);
			any = true;
		}
	if (!any)
		fputc('-', to);
}

static void
put_counts(const unsigned *count, unsigned n, const char *form)
{
	const char *comma = "";

	for (unsigned i = 0; i < n; i++)
		if (count[i] > 0) {
			fputs(comma, to);
			fprintf(to, form, i, count[i]);
			comma = ",";
		}
	if (*comma == '\0')
		fputc('-', to);
}

static void
put_size(const struct model *m, int side)
{
	unsigned count[1500] = {0};
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		if (!model_packet[i].later_fragment)
			count[model_packet[i].length]++;
	fputc('\t', to);
	put_counts(count, 1500, "%u:%u");
}

static void
put_fun(const struct model *m, int side)
{
	unsigned count[256] = {0};
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		if (model_packet[i].captured > 2 &&
		    model_packet[i].proto == PROTO_UDP)
			count[model_packet[i].payload[2] & 0x8f]++;
	fputc('\t', to);
	put_counts(count, 256, "%02x:%u");
}

static void
put_nib(const struct model *m, int side)
{
	unsigned count[16][16] = {{0}};
	int i, n = 0, only = 0;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		const struct packet *p = &model_packet[i];

		if (p->captured == 0)
			continue;
		n++;
		only = i;
		for (unsigned b = 0; b < 8 && b < p->captured; b++) {
			count[2 * b][p->payload[b] / 16]++;
			count[2 * b + 1][p->payload[b] % 16]++;
		}
	}
	fputc('\t', to);
	if (n == 1) {
		fputc('=', to);
		for (unsigned b = 0; b < 8 &&
		    b < model_packet[only].captured; b++)
			fprintf(to, "%02x", model_packet[only].payload[b]);
	}
	if (n == 0)
		fputc('-', to);
	for (int g = 0; g < 16 && n > 1; g++) {
		if (g > 0)
			fputc(';', to);
		put_counts(count[g], 16, "%x:%u");
	}
}

static int
by_number(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	for (int i = 0; i < 3; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* One window over the 30 messages. */
static void
window_of(const int *message, unsigned w[3])
{
	double sum = 0, spread = 0;
	double span = (double)(model_packet[message[29]].t_ns -
	    model_packet[message[0]].t_ns);

	for (int i = 0; i < 30; i++)
		sum += model_packet[message[i]].length;
	for (int i = 0; i < 30; i++) {
		double d = 30 * (double)model_packet[message[i]].length - sum;

		spread += d * d;
	}
	w[0] = (unsigned)floor(sum / 30 + .5);
	w[1] = (unsigned)floor(sqrt(spread / 30) / 30 + .5);
	w[2] = (unsigned)floor((span > 0 ? span : 0) / 29e6 + .5);
}

static void
put_win(const struct model *m, int side)
{
	static unsigned win[MODEL_PACKETS / 30][3];
	int message[30], n = 0, i, windows = 0;
	const char *comma = "";

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		uint32_t v = model_packet[i].length;

		if (v == 0 || (v >= 350 && v <= 500) ||
		    (v >= 800 && v <= 980))
			continue;
		message[n++] = i;
		if (n == 30)
			window_of(message, win[windows++]);
		n %= 30;
	}
	qsort(win, (size_t)windows, sizeof win[0], by_number);
	fputs(windows > 0 ? "\t" : "\t-", to);
	for (i = 0; i < windows; i += n) {
		for (n = 1; i + n < windows &&
		    by_number(win[i], win[i + n]) == 0; n++)
			continue;
		fprintf(to, "%s%u/%u/%u:%d", comma, win[i][0], win[i][1],
		    win[i][2], n);
		comma = ",";
	}
}

static uint64_t
sum_of(const struct model *m, int side, bool bytes)
{
	uint64_t sum = 0;
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		sum += bytes ? model_packet[i].length : 1;
	return sum;
}

void
model_put_columns(FILE *f, const struct model *m, bool features)
{
	to = f;
	for (int what = 0; what < 4; what++)
		fprintf(to, "\t%llu", (unsigned long long)sum_of(m, what & 1,
		    what > 1));
	put_time(last_time(m, 0, m->n));
	put_time(last_time(m, 1, m->n));
	put_turns(m);
	put_flags(m, 0);
	put_flags(m, 1);
	fprintf(to, "\t%s", m->why);
	for (int what = 0; features && what < 8; what++)
		(what < 2 ? put_size : what < 4 ? put_fun : what < 6 ?
		    put_nib : put_win)(m, what & 1);
}
