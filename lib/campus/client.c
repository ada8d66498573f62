#include "campus/client.h"

#include <string.h>

enum { HOUR_S = 3600, WEEK_H = 168 };

/* Which draw each dimension of the even sequence serves. */
enum { DIM_START, DIM_LENGTH, DIM_BUSY, DIM_PROBED, DIM_TALKED, DIM_SESSIONS,
	DIM_CALLS };

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

/* Sessions of an active client; returns the part of the time wanted that
 * the trace has room for. */
static double
sessions(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	int n = (int)rand_pick(model_sessions, 3, u[DIM_SESSIONS]) + 1;
	int64_t least = duration_s < 2 * HOUR_S ? duration_s / 2 : HOUR_S / 2;
	int64_t open = opening_s(u[DIM_START], duration_s, r), close;
	double wanted = 0, had = 0;

	for (int i = 0; i < n; i++) {
		int64_t length = (int64_t)(HOUR_S * rand_at(&model_session_h,
		    i == 0 ? u[DIM_LENGTH] : rand_unit(r)));

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
		open = close + (int64_t)(HOUR_S * rand_draw(r,
		    &model_pause_h));
	}
	return had / wanted;
}

static int64_t
online_s(const struct client *c)
{
	int64_t sum = 0;

	for (int i = 0; i < c->sessions; i++)
		sum += c->close_s[i] - c->open_s[i];
	return sum;
}

static uint32_t
count(double expected, struct rand *r)
{
	uint32_t whole = (uint32_t)expected;

	return whole + (rand_unit(r) < expected - whole);
}

/* Pairs begun from outside; part: of a week's, for traces cut short. */
static void
plan_in(struct client *c, const double *u, double part, struct rand *r)
{
	uint32_t talk = (uint32_t)(.999 + part *
	    rand_at(&model_pairs_in_talk, u[DIM_TALKED]));
	uint32_t *n = c->plan + CLIENT_IN, left = talk;

	n[MODEL_PROBE] = (uint32_t)(.999 + part *
	    rand_at(&model_pairs_in_probe, u[DIM_PROBED]));
	for (int k = MODEL_MIX; k > MODEL_DIALOG - 1; k--) {
		n[k] = count(talk * model_in_talk_share[k], r);
		if (n[k] > left)
			n[k] = left;
		left -= n[k];
	}
	n[MODEL_HEARTBEAT] = left;
}

static void
plan_out(struct client *c, double busy, struct rand *r)
{
	double hours = (double)online_s(c) / HOUR_S;

	for (int k = 0; k < MODEL_PAIRS; k++)
		c->plan[k] = count(model_pairs_out[k] * busy * hours, r);
	/* Enough to be seen as a client at all. */
	if (c->plan[MODEL_PROBE] < 8)
		c->plan[MODEL_PROBE] = 8;
}

/* Calls, where signaling is by far the most of what a client begins. */
static void
plan_calls(struct client *c, const double *u, double part, struct rand *r)
{
	uint32_t n, most = 0;

	for (int k = 0; k < MODEL_PAIRS; k++)
		most += c->plan[k];
	most /= 8;
	n = count(part * rand_at(&model_calls, u[DIM_CALLS]), r);
	c->plan[CLIENT_CALL] = n < most ? n : most;
}

static void
plan_core(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	add_session(c, 0, duration_s);
	double part = (double)duration_s / MODEL_WEEK_S;

	plan_in(c, u, part < 1 ? part : 1, r);
	plan_out(c, model_core_busy, r);
}

static void
plan_active(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	double part = sessions(c, u, duration_s, r);

	plan_in(c, u, part, r);
	plan_out(c, rand_at(&model_busy, u[DIM_BUSY]), r);
	plan_calls(c, u, part, r);
}

static void
plan_quiet(struct client *c, const double *u, int64_t duration_s,
    struct rand *r)
{
	int64_t open = opening_s(u[DIM_START], duration_s, r);
	int64_t length = (int64_t)(HOUR_S * rand_at(&model_quiet_h,
	    u[DIM_LENGTH]));

	if (length > duration_s)
		length = duration_s;
	if (open + length > duration_s)
		open = duration_s - length;
	add_session(c, open, open + length);
	c->plan[MODEL_PROBE] = (uint32_t)rand_at(&model_quiet_flows,
	    u[DIM_BUSY]);
	c->plan[CLIENT_IN] = 1;
}

void
client_plan(struct client *c, uint32_t i, uint32_t n, int64_t duration_s,
    uint64_t seed)
{
	struct rand r = rand_for(seed, 1, i);
	uint32_t core = client_kind_end(n, MODEL_CORE);
	uint32_t active = client_kind_end(n, MODEL_ACTIVE);
	double u[8], low, high;

	for (unsigned d = 0; d < 8; d++)
		u[d] = rand_even(seed, i, d);
	memset(c, 0, sizeof *c);
	/* 10.0.0.0/9, one host each. */
	c->addr = 0x0a000000 | rand_permute(seed, 23, i + 1);
	c->port = (uint16_t)rand_range(&r, 1025, 65534);
	c->kind = i < core ? MODEL_CORE : i < active ? MODEL_ACTIVE :
	    MODEL_QUIET;
	/* The rarely used are hardly known, super-nodes to most: few draws of
	 * a long tail, so each has its turn. */
	low = c->kind == MODEL_CORE ? n - core : c->kind == MODEL_ACTIVE ?
	    n - active : 0;
	high = c->kind == MODEL_CORE ? n : c->kind == MODEL_ACTIVE ?
	    n - core : n - active;
	if (c->kind == MODEL_CORE)
		u[DIM_PROBED] = u[DIM_TALKED] = (i + .5) / core;
	u[DIM_PROBED] = (low + u[DIM_PROBED] * (high - low)) / n;
	u[DIM_TALKED] = (low + u[DIM_TALKED] * (high - low)) / n;
	if (c->kind == MODEL_CORE)
		plan_core(c, u, duration_s, &r);
	else if (c->kind == MODEL_ACTIVE)
		plan_active(c, u, duration_s, &r);
	else
		plan_quiet(c, u, duration_s, &r);
}

/* From time on line to time of the trace. */
static int64_t
wall_us(const struct client *c, int64_t online_us)
{
	int i = 0;

	for (; i < c->sessions - 1; i++) {
		int64_t length = (int64_t)1000000 *
		    (c->close_s[i] - c->open_s[i]);

		if (online_us < length)
			break;
		online_us -= length;
	}
	return (int64_t)1000000 * c->open_s[i] + online_us;
}

int64_t
client_birth(const struct client *c, unsigned slot, struct rand *r)
{
	uint32_t k = c->done[slot], n = c->plan[slot];
	double part = slot < CLIENT_CALL && c->kind == MODEL_ACTIVE ?
	    model_birth_part[slot % MODEL_PAIRS] : .95;

	if (k >= n)
		return INT64_MAX;
	/* The first thing that a client does is to look for others. */
	if (k == 0 && slot == MODEL_PROBE)
		return wall_us(c, 0);
	return wall_us(c, (int64_t)((k + rand_unit(r)) / n * part *
	    (double)online_s(c) * 1e6));
}

int
client_session(const struct client *c, int64_t t_us)
{
	for (int i = 0; i < c->sessions; i++)
		if (t_us < (int64_t)1000000 * c->close_s[i])
			return i;
	return -1;
}
