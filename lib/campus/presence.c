#include "campus/presence.h"

enum { US = 1000000, HOUR_S = 3600 };

/* The refreshes of a session, one after the other. */
struct refresh {
	struct rand rand;
	double s;		/* seconds since the session's begin */
	double weight;		/* how many new peers it brings, mean 1 */
};

static struct refresh
refresh_begin(const struct client *c, int session)
{
	return (struct refresh){ .rand = rand_for(c->rhythm, 0,
	    (uint64_t)session) };
}

/* An hour after the one before, or after an event that came since. */
static void
refresh_next(struct refresh *f)
{
	double event = rand_unit(&f->rand), when = rand_unit(&f->rand);

	f->s += HOUR_S * (event < model_event ? 1 + when : 1);
	f->weight = rand_draw(&f->rand, &model_refresh_size);
}

static double
session_s(const struct client *c, int session)
{
	return c->close_s[session] - c->open_s[session];
}

int
presence_session(const struct client *c, int64_t t_us)
{
	for (int i = 0; i < c->sessions; i++)
		if (t_us < (int64_t)US * c->close_s[i])
			return i;
	return -1;
}

int64_t
presence_refresh(const struct client *c, int session, int64_t t_us)
{
	struct refresh f = refresh_begin(c, session);
	double length = session_s(c, session);

	for (refresh_next(&f); f.s < length; refresh_next(&f)) {
		int64_t at = (int64_t)US * c->open_s[session] +
		    (int64_t)(f.s * US);

		if (at >= t_us)
			return at;
	}
	return INT64_MAX;
}

/* How much there is of a session beside its refreshes. */
struct span {
	double free_s, weight;
};

static struct span
session_span(const struct client *c, int session, double from)
{
	double length = session_s(c, session);
	struct refresh f = refresh_begin(c, session);
	struct span span = { 0 };

	for (refresh_next(&f); f.s < length; refresh_next(&f)) {
		span.free_s += f.s - from;
		span.weight += f.weight;
		from = f.s + MODEL_HOUR_LATE_S;
	}
	if (length > from)
		span.free_s += length - from;
	return span;
}

/* When in a session, in seconds, the part v of all has begun that begins
 * after `from': the part `refreshes' at refreshes, the rest between them. */
static double
within_session(const struct client *c, int session, double from,
    double refreshes, double v)
{
	double length = session_s(c, session), part;
	struct span span = session_span(c, session, from);
	struct refresh f = refresh_begin(c, session);

	if (span.weight == 0)
		return length > from ? from + (length - from) * v : from;
	for (refresh_next(&f); f.s < length; refresh_next(&f)) {
		part = (1 - refreshes) * (f.s - from) / span.free_s;
		if (v < part)
			return from + (f.s - from) * v / part;
		v -= part;
		part = refreshes * f.weight / span.weight;
		if (v < part)
			return f.s + rand_at(&model_hour_late_s, v / part);
		v -= part;
		from = f.s + MODEL_HOUR_LATE_S;
	}
	part = (1 - refreshes) * (length - from) / span.free_s;
	return v < part ? from + (length - from) * v / part : length;
}

/* How long a login takes: no more than a quarter of a short session. */
static double
login_s(const struct client *c, int session)
{
	double most = session_s(c, session) / 4;

	return most < MODEL_LOGIN_S ? most : MODEL_LOGIN_S;
}

/* The time of which u of all beginnings lie before: the part `login' is at
 * logins, of the rest the part `refreshes' at refreshes. */
static int64_t
birth_us(const struct client *c, double u, double login, double refreshes)
{
	double online = (double)client_online_s(c), part, s;
	int i;

	for (i = 0; ; i++) {
		part = login / c->sessions;
		if (u < part) {
			s = rand_at(&model_login_s, u / part) *
			    login_s(c, i) / MODEL_LOGIN_S;
			break;
		}
		u -= part;
		part = (1 - login) * session_s(c, i) / online;
		if (u < part || i == c->sessions - 1) {
			s = u < part ? u / part : .9999;
			s = within_session(c, i, login > 0 ?
			    login_s(c, i) : 0, refreshes, s);
			break;
		}
		u -= part;
	}
	/* Neither a login nor a refresh lasts longer than its session. */
	if (s >= session_s(c, i))
		s = session_s(c, i) * .9999;
	return (int64_t)US * c->open_s[i] + (int64_t)(s * US);
}

/* The part of a client's own pairs that it begins at its logins: so many
 * that they are model_login peers each time, but never most of all. */
static double
login_part(const struct client *c)
{
	struct rand r = rand_for(c->rhythm, 1, 0);
	double wanted = c->sessions * rand_draw(&r, &model_login), n = 0;

	/* Kinds that begin early have more of theirs at the login. */
	for (int k = 0; k < MODEL_PAIRS; k++)
		n += c->plan[k] / model_birth_part[k];
	return wanted < model_login_most * n ? wanted / n : model_login_most;
}

/* The part at refreshes of what a client begins (from 0) or others begin
 * with it (from CLIENT_IN): never so many that one is a flood. */
static double
refresh_part(const struct client *c, unsigned from)
{
	double part = from == 0 ? model_refresh_part : model_refresh_in_part;
	double most = from == 0 ? model_refresh_most : model_refresh_in_most;
	double n = 1;

	most *= (double)client_online_s(c) / HOUR_S;
	for (unsigned k = from; k < from + MODEL_PAIRS; k++)
		n += c->plan[k];
	return part * n < most ? part : most / n;
}

int64_t
presence_birth(struct client *c, unsigned slot, struct rand *r)
{
	uint32_t left = c->plan[slot] - c->done[slot];
	double part = slot < CLIENT_CALL && c->kind == MODEL_ACTIVE ?
	    model_birth_part[slot % MODEL_PAIRS] : .95;

	if (left == 0)
		return INT64_MAX;
	c->at[slot] = rand_next_of(r, c->at[slot], left);
	/* The first thing that a client does is to look for others. */
	if (c->done[slot] == 0 && slot == MODEL_PROBE)
		return (int64_t)US * c->open_s[0];
	if (slot == CLIENT_CALL)
		return birth_us(c, c->at[slot] * part, 0, 0);
	if (slot < CLIENT_IN)
		return birth_us(c, c->at[slot] * part, login_part(c),
		    refresh_part(c, 0));
	/* Callers stay below CLIENT_SLOTS, which cppcheck does not see. */
	/* cppcheck-suppress arrayIndexOutOfBoundsCond */
	return birth_us(c, c->at[slot] * part, 0, refresh_part(c, CLIENT_IN));
}
