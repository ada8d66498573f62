#include "campus/noise.h"

enum { SPREAD = 64000, SEGMENT_US = 15000, MOST = 32 };

const struct model_noise *
noise_choose(double u)
{
	double part[MOST];
	size_t n = model_noises < MOST ? model_noises : MOST;

	for (size_t i = 0; i < n; i++)
		part[i] = model_noise[i].part;
	return &model_noise[rand_pick(part, n, u)];
}

/* Peer-to-peer applications and the like have no server. */
bool
noise_inbound(const struct model_noise *m, struct rand *r)
{
	return m->port == 0 && rand_chance(r, .4);
}

/* Servers have their port, and their clients another each time; the other
 * applications one of their own on each host. */
static void
ports(struct conversation *t, const struct model_noise *m, uint64_t k)
{
	struct conversation_end *host = &t->end[t->inside];
	struct conversation_end *other = &t->end[!t->inside];

	if (m->port != 0)
		other->port = m->port;
	if (m->form == PAYLOAD_NTP)
		host->port = m->port;
	else if (m->port != 0)
		host->port = (uint16_t)(1024 + k * 7 % SPREAD);
	else
		host->port = (uint16_t)(1024 + rand_mix(host->addr +
		    (uint64_t)m->form) % SPREAD);
}

static uint32_t
steps(struct conversation *t, const struct model_noise *m)
{
	double u = rand_unit(&t->rand);

	u *= rand_unit(&t->rand);
	return (uint32_t)(m->steps_lo + u * (m->steps_hi - m->steps_lo));
}

void
noise_set(struct conversation *t, const struct model_noise *m, uint64_t k,
    uint16_t taken)
{
	ports(t, m, k);
	if (t->end[t->inside].port == taken)
		t->end[t->inside].port ^= 1;
	t->form = m->form;
	t->course = m->stream ? CONVERSATION_STREAM : CONVERSATION_LADDER;
	t->tcp = m->tcp;
	t->replies = m->tcp ? (uint16_t)rand_range(&t->rand, 1, 12) : 1;
	t->left[0] = steps(t, m);
	t->left[1] = m->stream ? t->left[0] : 0;
	t->gap_us[0] = (uint32_t)(m->gap_ms * 1000);
	t->gap_us[1] = m->stream ? t->gap_us[0] : SEGMENT_US;
	t->pair = MODEL_PAIRS;
}
