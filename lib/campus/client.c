#include "campus/client.h"

#include <string.h>

enum { HOUR_S = 3600, WEEK_H = 168 };

/* Quantities that are drawn evenly over the clients of a kind. */
enum quantity { OPENING, LENGTH, LENGTH_2, LENGTH_3, BUSY, PROBED, TALKED,
	SESSIONS, REST, CALLER, QUANTITIES };

uint32_t
client_kind_end(uint32_t n, enum model_kind kind)
{
	uint32_t core = (uint32_t)(n * model_kind_share[MODEL_CORE] + .5);
	uint32_t quiet = (uint32_t)(n * model_kind_share[MODEL_QUIET] + .5);

	if (core == 0 && n > 1)
		core = 1;
	return kind == MODEL_CORE ? core : kind == MODEL_ACTIVE ? n - quiet :
	    n;
}

int64_t
client_online_s(const struct client *c)
{
	int64_t sum = 0;

	for (int i = 0; i < c->sessions; i++)
		sum += c->close_s[i] - c->open_s[i];
	return sum;
}

/* A first opening after the rhythm of day and week. */
static int64_t
opening_s(double u, int64_t duration_s, struct rand *r)
{
	int64_t hours = (duration_s + HOUR_S - 1) / HOUR_S, h;
	double sum = 0, at = 0;

	for (h = 0; h < hours; h++)
		sum += model_hour[h % WEEK_H];
	for (h = 0; h < hours - 1; h++) {
		at += model_hour[h % WEEK_H];
		if (at > u * sum)
			break;
	}
	return h * HOUR_S + rand_range(r, 0, HOUR_S - 1);
}

static void
add_session(struct client *c, int64_t open_s, int64_t close_s)
{
	c->open_s[c->sessions] = (int32_t)open_s;
	c->close_s[c->sessions] = (int32_t)close_s;
	c->sessions++;
}

/* A pause between two sessions: each is of the client's own class. */
static int64_t
pause_s(const double *u, struct rand *r)
{
	double low = u[REST] < model_breaks ? 0 : model_breaks;
	double high = u[REST] < model_breaks ? model_breaks : 1;

	return (int64_t)(HOUR_S * rand_at(&model_pause_h,
	    low + (high - low) * rand_unit(r)));
}

/* Sessions of an active client. */
static void
plan_sessions(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	int n = (int)rand_pick(model_sessions, 3, u[SESSIONS]) + 1;
	int64_t least = duration_s < 2 * HOUR_S ? duration_s / 2 : HOUR_S / 2;
	int64_t open = opening_s(u[OPENING], duration_s, r), close;
	double wanted = 0, had = 0;

	for (int i = 0; i < n; i++) {
		int64_t length = (int64_t)(HOUR_S * rand_at(&model_session_h,
		    u[LENGTH + i]));

		if (i == 0 && open > duration_s - least)
			open = duration_s - least;
		close = open + length;
		wanted += (double)length;
		if (open + least > duration_s)
			continue;
		if (close > duration_s)
			close = duration_s;
		add_session(c, open, close);
		had += (double)(close - open);
		open = close + pause_s(u, r);
	}
	c->room = had / wanted;
}

/* A whole number whose mean is the expected one. */
static uint32_t
draw_count(double expected, struct rand *r)
{
	uint32_t whole = (uint32_t)expected;

	return whole + (rand_unit(r) < expected - whole);
}

static void
plan_in(struct client *c, const double *u, struct rand *r)
{
	uint32_t talk = (uint32_t)(.999 + c->room *
	    rand_at(&model_pairs_in_talk, u[TALKED]));
	uint32_t *n = c->plan + CLIENT_IN, left = talk;

	n[MODEL_PROBE] = (uint32_t)(.999 + c->room *
	    rand_at(&model_pairs_in_probe, u[PROBED]));
	for (int k = MODEL_MIX; k > MODEL_DIALOG - 1; k--) {
		n[k] = draw_count(talk * model_in_talk_share[k], r);
		if (n[k] > left)
			n[k] = left;
		left -= n[k];
	}
	n[MODEL_HEARTBEAT] = left;
}

static void
plan_out(struct client *c, double busy, struct rand *r)
{
	double hours = (double)client_online_s(c) / HOUR_S;

	for (int k = 0; k < MODEL_PAIRS; k++)
		c->plan[k] = draw_count(model_pairs_out[k] * busy * hours, r);
	/* Enough to be seen as a client at all. */
	if (c->plan[MODEL_PROBE] < 8)
		c->plan[MODEL_PROBE] = 8;
}

static void
plan_core(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	add_session(c, 0, duration_s);
	c->room = (double)duration_s / MODEL_WEEK_S;
	if (c->room > 1)
		c->room = 1;
	plan_in(c, u, r);
	plan_out(c, model_core_busy, r);
}

static void
plan_active(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	plan_sessions(c, u, duration_s, r);
	plan_in(c, u, r);
	plan_out(c, rand_at(&model_busy, u[BUSY]), r);
	c->caller = u[CALLER] < model_talkers ? CLIENT_TALKER :
	    u[CALLER] < model_talkers + model_one_call ? CLIENT_ONE_CALL :
	    CLIENT_SILENT;
}

static void
plan_quiet(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	int64_t open = opening_s(u[OPENING], duration_s, r);
	int64_t length = (int64_t)(HOUR_S * rand_at(&model_quiet_h,
	    u[LENGTH]));

	if (length > duration_s)
		length = duration_s;
	if (open + length > duration_s)
		open = duration_s - length;
	add_session(c, open, open + length);
	c->plan[MODEL_PROBE] = (uint32_t)rand_at(&model_quiet_flows, u[BUSY]);
	c->plan[CLIENT_IN] = 1;
}

/* The rarely used are hardly known, super-nodes to most: the quantiles of
 * each kind lie one behind the other, and of the few super-nodes each has
 * the middle of its own. */
static void
rank_popularity(double *u, enum model_kind kind, uint32_t i, uint32_t of,
    uint32_t n)
{
	uint32_t core = client_kind_end(n, MODEL_CORE);
	uint32_t active = client_kind_end(n, MODEL_ACTIVE);
	uint32_t below = kind == MODEL_CORE ? n - core :
	    kind == MODEL_ACTIVE ? n - active : 0;

	if (kind == MODEL_CORE)
		u[PROBED] = u[TALKED] = (i + .5) / of;
	u[PROBED] = (below + u[PROBED] * of) / n;
	u[TALKED] = (below + u[TALKED] * of) / n;
}

void
client_plan(struct client *c, uint32_t i, uint32_t n, int64_t duration_s,
    uint64_t seed)
{
	struct rand r = rand_for(seed, 1, i);
	uint32_t core = client_kind_end(n, MODEL_CORE);
	uint32_t active = client_kind_end(n, MODEL_ACTIVE);
	enum model_kind kind = i < core ? MODEL_CORE : i < active ?
	    MODEL_ACTIVE : MODEL_QUIET;
	uint32_t first = kind == MODEL_CORE ? 0 : kind == MODEL_ACTIVE ?
	    core : active;
	uint32_t of = client_kind_end(n, kind) - first;
	double u[QUANTITIES];

	for (unsigned q = 0; q < QUANTITIES; q++)
		u[q] = rand_even(seed, kind * QUANTITIES + q, i - first, of);
	rank_popularity(u, kind, i - first, of, n);
	memset(c, 0, sizeof *c);
	/* 10.0.0.0/9, one host each. */
	c->addr = 0x0a000000 | rand_permute(seed, 23, i + 1);
	c->port = (uint16_t)rand_range(&r, 1025, 65534);
	c->kind = (uint8_t)kind;
	c->rhythm = rand_u64(&r);
	if (kind == MODEL_CORE)
		plan_core(c, u, duration_s, &r);
	else if (kind == MODEL_ACTIVE)
		plan_active(c, u, duration_s, &r);
	else
		plan_quiet(c, u, duration_s, &r);
}
