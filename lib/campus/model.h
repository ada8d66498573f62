/*
 * model: every number of the synthetic campus in one place: what clients
 * do, how often and to whom.  Sections and figures are the paper's ("JV":
 * its journal version, "TD": Tracking Down Skype Traffic, "[8]": Revealing
 * Skype Traffic).  Counts marked "a week" hold for 1,700 clients.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "base/rand.h"

/* 2007-04-22 00:00 of a campus at UTC+2. */
#define MODEL_EPOCH_S INT64_C(1177192800)
#define MODEL_WEEK_S INT64_C(604800)

/* ---- Who: kinds of clients ---- */

enum model_kind { MODEL_CORE, MODEL_ACTIVE, MODEL_QUIET, MODEL_KINDS };

/* Core: super-nodes, on the whole week (JV: 1 %).  Quiet: installed and
 * hardly used (Fig. 1: 39.5 % of clients below 1 bps). */
extern const double model_kind_share[MODEL_KINDS];

/* When the first session begins: weight of each hour of the week from
 * Sunday 0 h on (JV, Fig. 1). */
extern const uint8_t model_hour[168];

extern const struct rand_dist model_session_h;	/* JV, Fig. 6 */
extern const struct rand_dist model_pause_h;	/* JV, Fig. 6 */
extern const double model_breaks;	/* clients whose pauses are breaks, the
					   others' are nights and days */
extern const double model_sessions[3];		/* share with 1, 2, 3 */
extern const struct rand_dist model_quiet_h;	/* presence of quiet ones */
extern const struct rand_dist model_quiet_flows;

/* How busy a client is, mean 1 (Fig. 1 inset). */
extern const struct rand_dist model_busy;

/* ---- To whom: pairs ---- */

enum model_pair {
	MODEL_PROBE, MODEL_HEARTBEAT, MODEL_DIALOG, MODEL_MIX, MODEL_PAIRS
};

extern const char *const model_pair_name[MODEL_PAIRS];

/* Pairs that the client begins, per hour of a client of busyness 1
 * (Table I). */
extern const double model_pairs_out[MODEL_PAIRS];
extern const double model_core_busy;

/* Of the time on line, the part in which pairs of the kind begin. */
extern const double model_birth_part[MODEL_PAIRS];

/* A client looks for many peers at its login, half of them in the first
 * minute, and for some at each refresh, an hour after its login or after an
 * event since: both clients of Fig. 3, data of 2006, do so.  The rest begins
 * as a Poisson process. */
extern const struct rand_dist model_login, model_login_s;
enum { MODEL_LOGIN_S = 240 };		/* how long a login takes */
extern const double model_login_most;	/* part of all that it will meet */
extern const double model_refresh_part;	/* of what is not at logins */
extern const double model_refresh_in_part;	/* of what others begin, who
						   hear of it then */
extern const double model_refresh_most;	/* peers at one, on average, */
extern const double model_refresh_in_most;	/* and of these */
extern const struct rand_dist model_refresh_size;	/* mean 1 */
extern const double model_event;		/* an hour has one */

/* Pairs that others begin with a client in its session (Fig. 7, right), as
 * a probe and otherwise; how the others are divided. */
extern const struct rand_dist model_pairs_in_probe;
extern const struct rand_dist model_pairs_in_talk;
extern const double model_in_talk_share[MODEL_PAIRS];

/* External endpoints shared by clients (Fig. 7, left): a part of the
 * contacts goes to pools of which each endpoint has `mean` contacts; the
 * rest to endpoints of their own. */
enum model_group {
	MODEL_OUT_PROBE, MODEL_OUT_TALK, MODEL_IN_PROBE, MODEL_IN_TALK,
	MODEL_GROUPS
};
enum { MODEL_TIERS = 3 };

struct model_tier {
	double part, mean;
};

extern const struct model_tier model_tier[MODEL_GROUPS][MODEL_TIERS];

/* Endpoints behind one address with another, of those that are only probed
 * and of others.  The paper has 304,690 endpoints on 263,886 addresses;
 * 199,745 pairs are probes, so 105,000 endpoints or more are not, and they
 * are on 51,358 addresses, which cannot be.  If only those share addresses,
 * two and two, ours are on 90,000; if all shared alike, on 120,000. */
extern const double model_nat[2];

/* ---- When: visits of a pair ---- */

extern const struct rand_dist model_visits[MODEL_PAIRS];
extern const struct rand_dist model_return_s;	/* Sec. IV: 10-12 min */
extern const double model_hourly[MODEL_PAIRS];	/* part that returns at the
						   client's full hours */
extern const struct rand_dist model_hour_late_s;
enum { MODEL_HOUR_LATE_S = 50 };	/* how long a refresh takes */
enum { MODEL_REST_S = 230 };	/* least silence between two flows */

/* ---- What: flows ---- */

/* A flow in which the internal side sends at most one packet: is it
 * answered; begun outside: does the client answer (Table I: .91, .86). */
extern const double model_answered;
extern const double model_answers[MODEL_PAIRS];

/* Instead of an answer the other side's keep-alive comes, after the time of
 * one of the timers (clients of 2006: JV, Fig. 3): in a part of the flows in
 * which the internal side sends one packet and which are no probes, and in a
 * part of those of some packets by a timer. */
enum { MODEL_KEEPALIVES = 3 };
extern const double model_keepalive, model_return;
extern const uint32_t model_keepalive_s[MODEL_KEEPALIVES][2];
extern const double model_keepalive_part[MODEL_KEEPALIVES];

/* A visit of a mixed pair in which it sends more (Fig. 2). */
extern const double model_mix_long;

/* Steps of a flow that has more than one (Fig. 2), and how its requests
 * follow each other (Fig. 2 inset; JV: polls). */
enum model_pace {
	MODEL_PACE_PAIR,	/* two packets, or three, by a timer */
	MODEL_PACE_RTT,		/* at the pace of the replies */
	MODEL_PACE_PING,	/* five pings at that pace */
	MODEL_PACE_RETRY,	/* a request sent again until answered */
	MODEL_PACE_MORE,	/* six and more */
	MODEL_PACE_POLL,	/* for minutes or hours */
	MODEL_PACE_NAT,
	MODEL_PACE_BURST,
	MODEL_PACE_DOUBLE,	/* two packets at once */
	MODEL_PACES
};

extern const double model_pace[MODEL_PACES];
extern const struct rand_dist model_pair_gap_s, model_pair_steps;
extern const struct rand_dist model_rtt_steps;
extern const struct rand_dist model_more_steps, model_more_gap_s;
extern const struct rand_dist model_poll_s;	/* how long polls go on */
extern const double model_poll_gap_s[4], model_poll_gap_part[4];
extern const struct rand_dist model_burst;

/* Relayed data at super-nodes: part of their long visits, packets of the
 * side that sends more, the other side's part of it, gap (Fig. 2). */
extern const double model_bulk[MODEL_PAIRS];
extern const struct rand_dist model_bulk_packets, model_bulk_back;
extern const struct rand_dist model_bulk_gap_ms;

enum model_size {
	MODEL_SIZE_REQUEST, MODEL_SIZE_REPLY, MODEL_SIZE_SIGNAL,
	MODEL_SIZE_BULK, MODEL_SIZES
};

extern const struct rand_dist model_sizes[MODEL_SIZES];	/* Fig. 4 */

/* ---- Where and how far ---- */

/* Part of the addresses of a kind of peer (probe, other) in a continent,
 * country, city; NULL: what is left of it (Table II). */
struct model_place {
	const char *continent, *country, *city;
	double probe, talk;
};

extern const struct model_place model_place[];
extern const size_t model_places;

#define MODEL_LAT 45.07		/* Torino */
#define MODEL_LON 7.69
#define MODEL_KM_PER_MS 100.0	/* of round trip, in fibre */
#define MODEL_FAR_KM 3000

/* Access, detours and application on top of it, in ms, of probed peers and
 * others, near and far: what of Fig. 6 distance does not explain. */
extern const struct rand_dist model_access_ms[2][2];

/* ---- Calls ---- */

extern const double model_calls;	/* of an active client, a week */
extern const double model_talkers;	/* active clients that have most */
extern const struct rand_dist model_talk;	/* how much they talk */
extern const double model_one_call;	/* active clients with one or two, */
extern const double model_second_call;	/* those with two of them, */
extern const double model_short_calls;	/* and which part of the holding
					   times theirs are from */
extern const struct rand_dist model_hold_s;	/* TD, Fig. 12 */
extern const double model_call_tcp;		/* JV */
extern const double model_call_video, model_call_out;
enum { MODEL_PHONE_PORT = 12340 };	/* [8]: of calls to telephones */

/* ---- TCP fallback of probes that are not answered ---- */

extern const double model_fallback;
extern const double model_fallback_port[3];	/* the peer's, 80, 443 */

/* ---- Traffic that is not Skype ---- */

struct model_noise {
	uint8_t form;		/* enum payload_form */
	uint8_t stream, tcp;
	uint16_t port;		/* of the server; 0: any */
	double part;		/* of the noise flows */
	double steps_lo, steps_hi;	/* requests or packets a side */
	double gap_ms;
};

extern const struct model_noise model_noise[];
extern const size_t model_noises;
extern const double model_noise_per_h;		/* flows per client */

#endif
