#include "model.h"

#include "look.h"

#define POINTS(name, ...) \
	static const struct rand_point name##_points[] = { __VA_ARGS__ }; \
	const struct rand_dist name = RAND_DIST(name##_points)

const double model_kind_share[MODEL_KINDS] = { .01, .595, .395 };

const uint8_t model_hour[168] = {
	38, 36, 36, 36, 37, 38, 40, 43, 47, 52, 51, 54,	/* Sunday */
	52, 52, 56, 55, 56, 53, 52, 52, 50, 45, 40, 39,
	20, 20, 18, 18, 30, 60, 110, 140, 110, 90, 90, 95,
	100, 95, 80, 60, 55, 55, 50, 48, 40, 30, 25, 20,
	20, 20, 18, 18, 30, 60, 110, 140, 110, 90, 90, 95,
	100, 95, 80, 60, 55, 55, 50, 48, 40, 30, 25, 20,
	20, 20, 18, 18, 30, 60, 110, 140, 110, 90, 90, 95,
	100, 95, 80, 60, 55, 55, 50, 48, 40, 30, 25, 20,
	20, 20, 18, 18, 30, 60, 110, 140, 110, 90, 90, 95,
	100, 95, 80, 60, 55, 55, 50, 48, 40, 30, 25, 20,
	20, 20, 18, 18, 30, 60, 110, 140, 110, 90, 90, 95,
	100, 95, 80, 60, 55, 55, 50, 48, 40, 30, 25, 20,
	44, 42, 43, 43, 45, 48, 50, 54, 58, 62, 60, 58,	/* Saturday */
	55, 50, 45, 40, 35, 30, 25, 20, 15, 10, 6, 2,
};

POINTS(model_session_h,
	{ 0, .5 }, { .07, 1.05 }, { .2, 1.8 }, { .33, 2.6 }, { .43, 3.6 },
	{ .52, 4.7 }, { .6, 6.0 }, { .66, 7.5 }, { .76, 8.5 }, { .86, 9.3 },
	{ .92, 10 }, { .96, 11.5 }, { .98, 14 }, { 1, 24 });
POINTS(model_pause_h,
	{ 0, .5 }, { .15, 1.2 }, { .3, 4 }, { .36, 12 }, { .5, 14 },
	{ .75, 16 }, { .9, 20 }, { 1, 24 });
const double model_sessions[3] = { .55, .32, .13 };
POINTS(model_quiet_h, { 0, 3 }, { .5, 10 }, { .9, 40 }, { 1, 90 });
POINTS(model_quiet_flows, { 0, 8 }, { .8, 12 }, { 1, 24 });

POINTS(model_busy,
	{ 0, .05 }, { .1, .28 }, { .25, .45 }, { .5, .75 }, { .75, 1.25 },
	{ .9, 1.9 }, { .97, 3 }, { .99, 4.5 }, { 1, 7 });

const char *const model_pair_name[MODEL_PAIRS] = {
	"probe", "heartbeat", "dialog", "mix"
};

const double model_pairs_out[MODEL_PAIRS] = { 8.5, 3.4, 5.0, 2.3 };
const double model_birth_part[MODEL_PAIRS] = { 1, .85, 1, .35 };

POINTS(model_pairs_in_probe,
	{ 0, 1 }, { .65, 1 }, { .65, 2 }, { .76, 6 }, { .79, 15 },
	{ .84, 60 }, { .90, 200 }, { .95, 600 }, { .98, 1300 },
	{ .995, 3000 }, { 1, 6000 });
POINTS(model_pairs_in_talk,
	{ 0, 0 }, { .58, 0 }, { .58, 1 }, { .72, 1 }, { .82, 6 },
	{ .85, 60 }, { .9, 170 }, { .95, 300 }, { .98, 460 }, { .995, 1000 },
	{ 1, 5000 });
const double model_in_talk_share[MODEL_PAIRS] = { 0, .37, .55, .08 };

const struct model_tier model_tier[MODEL_GROUPS][MODEL_TIERS] = {
	[MODEL_OUT_PROBE] = { { .15, 1.2 }, { .02, 4 }, { 0, 1 } },
	[MODEL_OUT_TALK] = { { .3, 1.5 }, { .2, 4 }, { .04, 10 } },
	[MODEL_IN_PROBE] = { { .4, 1.2 }, { .05, 4 }, { 0, 1 } },
	[MODEL_IN_TALK] = { { .4, 1.2 }, { .05, 4 }, { 0, 1 } },
};
const double model_nat = .268;

static const struct rand_point one_visit[] = { { 0, 1 }, { 1, 1 } };
static const struct rand_point heartbeat_visits[] = {
	{ 0, 2 }, { .4, 4 }, { .7, 10 }, { .9, 25 }, { 1, 60 }
};
static const struct rand_point dialog_visits[] = {
	{ 0, 1 }, { .75, 1 }, { .75, 2 }, { .88, 2 }, { .95, 4 }, { 1, 8 }
};
static const struct rand_point mix_visits[] = {
	{ 0, 4 }, { .2, 20 }, { .6, 60 }, { .9, 110 }, { 1, 200 }
};
const struct rand_dist model_visits[MODEL_PAIRS] = {
	RAND_DIST(one_visit), RAND_DIST(heartbeat_visits),
	RAND_DIST(dialog_visits), RAND_DIST(mix_visits),
};
POINTS(model_return_s,
	{ 0, 240 }, { .2, 330 }, { .25, 590 }, { .9, 730 }, { 1, 900 });
const double model_hourly[MODEL_PAIRS] = { 0, .45, .2, 0 };
POINTS(model_hour_late_s, { 0, 0 }, { .8, 15 }, { 1, 50 });

const double model_answered = .8;
const double model_answers[MODEL_PAIRS] = { .82, .7, 1, .9 };

const double model_mix_long = .19;

const double model_pace[MODEL_PACES] = {
	[MODEL_PACE_PAIR] = .50, [MODEL_PACE_RTT] = .24,
	[MODEL_PACE_PING] = .13, [MODEL_PACE_RETRY] = .06,
	[MODEL_PACE_MORE] = .04, [MODEL_PACE_POLL] = .003,
	[MODEL_PACE_NAT] = .02, [MODEL_PACE_BURST] = .007,
};
POINTS(model_pair_gap_s,
	{ 0, .005 }, { .05, .3 }, { .2, .9 }, { .25, 1 }, { .6, 2 },
	{ .68, 5 }, { .95, 8 }, { 1, 20 });
POINTS(model_pair_steps, { 0, 2 }, { .8, 2 }, { .8, 3 }, { 1, 3 });
POINTS(model_rtt_steps, { 0, 2 }, { .75, 2 }, { .75, 3 }, { 1, 4 });
POINTS(model_more_steps, { 0, 6 }, { .75, 10 }, { .95, 30 }, { 1, 90 });
POINTS(model_more_gap_s, { 0, .3 }, { .7, 1.5 }, { 1, 6 });
POINTS(model_poll_s,
	{ 0, 100 }, { .5, 300 }, { .8, 900 }, { .95, 3000 }, { 1, 9900 });
const double model_poll_gap_s[4] = { 10, 20, 60, 180 };
const double model_poll_gap_part[4] = { .2, .5, .2, .1 };
POINTS(model_burst, { 0, 2 }, { .7, 4 }, { 1, 9 });

const double model_bulk[MODEL_PAIRS] = { 0, 0, .03, .011 };
POINTS(model_bulk_packets,
	{ 0, 100 }, { .12, 350 }, { .29, 1000 }, { .48, 3200 }, { .68, 10000 },
	{ .79, 20000 }, { .88, 34000 }, { .94, 60000 }, { .974, 100000 },
	{ .992, 160000 }, { 1, 264972 });
POINTS(model_bulk_back, { 0, .5 }, { 1, 1 });
POINTS(model_bulk_gap_ms, { 0, 28 }, { .8, 40 }, { 1, 60 });

static const struct rand_point request_sizes[] = {
	{ 0, 3 }, { .0078, 3 }, { .0080, 10 }, { .0430, 10 }, { .0479, 13 },
	{ .1434, 13 }, { .1434, 14 }, { .1657, 14 }, { .1744, 18 },
	{ .2026, 18 }, { .2306, 27 }, { .2364, 27 }, { .2519, 33 },
	{ .2580, 33 }, { .2735, 38 }, { .2837, 38 }, { .3189, 57 },
	{ .3520, 66 }, { .3578, 66 }, { .4125, 73 }, { .5266, 85 },
	{ .6442, 100 }, { .7242, 120 }, { .7679, 130 }, { .7954, 148 },
	{ .8522, 223 }, { .8774, 294 }, { .9035, 429 }, { .9464, 490 },
	{ .9686, 612 }, { .9825, 1364 }, { 1, 1364 },
};
static const struct rand_point signal_sizes[] = {
	{ 0, 3 }, { .0080, 3 }, { .0095, 10 }, { .0190, 10 }, { .0207, 12 },
	{ .0386, 12 }, { .0386, 13 }, { .0663, 13 }, { .0663, 14 },
	{ .0814, 14 }, { .0814, 15 }, { .1001, 15 }, { .1071, 21 },
	{ .1261, 21 }, { .1603, 38 }, { .1708, 38 }, { .1953, 58 },
	{ .2252, 66 }, { .2723, 72 }, { .4018, 85 }, { .4703, 95 },
	{ .5136, 105 }, { .5593, 117 }, { .6166, 128 }, { .6511, 143 },
	{ .7189, 220 }, { .7482, 289 }, { .7645, 387 }, { .7876, 436 },
	{ .8199, 458 }, { .9022, 482 }, { .9336, 539 }, { .9642, 581 },
	{ .9978, 1125 }, { 1, 1364 },
};
const struct rand_dist model_sizes[MODEL_SIZES] = {
	RAND_DIST(request_sizes), RAND_DIST(request_sizes),
	RAND_DIST(signal_sizes),
};

/* Numbers of addresses, as Table II prints them; countries that it does not
 * name for one of the kinds are guesses below its last row. */
const struct model_place model_place[] = {
	{ "UNKNOWN", NULL, NULL, 54069, 10795 },
	{ "Africa", NULL, NULL, 4763, 946 },
	{ "America NO", NULL, NULL, 25246, 11857 },
	{ "America SO", NULL, NULL, 5709, 1530 },
	{ "Asia", NULL, NULL, 24777, 6241 },
	{ "Oceania", NULL, NULL, 1520, 391 },
	{ "Europe", "BE", NULL, 3655, 1170 },
	{ "Europe", "BG", NULL, 4110, 700 },
	{ "Europe", "DE", NULL, 13584, 2004 },
	{ "Europe", "ES", NULL, 5171, 780 },
	{ "Europe", "EU", NULL, 3000, 1212 },
	{ "Europe", "FI", NULL, 2500, 822 },
	{ "Europe", "FR", NULL, 9492, 2327 },
	{ "Europe", "NL", NULL, 5159, 1349 },
	{ "Europe", "PL", NULL, 11072, 1099 },
	{ "Europe", "SE", NULL, 4068, 1298 },
	{ "Europe", "IT", "Bari", 99, 20 },
	{ "Europe", "IT", "Bologna", 71, 38 },
	{ "Europe", "IT", "Firenze", 72, 19 },
	{ "Europe", "IT", "Milano", 290, 93 },
	{ "Europe", "IT", "Moncalieri", 20, 18 },
	{ "Europe", "IT", "Napoli", 54, 20 },
	{ "Europe", "IT", "Padova", 58, 12 },
	{ "Europe", "IT", "Roma", 365, 81 },
	{ "Europe", "IT", "Torino", 208, 139 },
	{ "Europe", "IT", "", 4722, 1055 },
	{ "Europe", "IT", NULL, 1171, 248 },
	{ "Europe", NULL, NULL, 27503, 5094 },
};
const size_t model_places = sizeof model_place / sizeof *model_place;

POINTS(model_access_probe_ms,
	{ 0, 10 }, { .1, 30 }, { .5, 52 }, { .8, 120 }, { .93, 350 },
	{ 1, 900 });
POINTS(model_access_talk_ms,
	{ 0, 8 }, { .1, 25 }, { .6, 45 }, { .85, 90 }, { .95, 300 },
	{ 1, 900 });

const double model_talkers = .34;
POINTS(model_calls, { 0, 1 }, { .5, 5 }, { .8, 12 }, { 1, 34 });
POINTS(model_hold_s,
	{ 0, 8 }, { .227, 30 }, { .332, 60 }, { .439, 120 }, { .510, 180 },
	{ .6, 300 }, { .675, 450 }, { .753, 690 }, { .81, 930 },
	{ .896, 1650 }, { .953, 3080 }, { 1, 6000 });
const double model_call_tcp = .32;
const double model_call_video = .12, model_call_out = .09;

const double model_fallback = .05;
const double model_fallback_port[3] = { .6, .15, .25 };

const struct model_noise model_noise[] = {
	{ LOOK_DNS, 0, 0, 53, .42, 1, 1, 0 },
	{ LOOK_NTP, 0, 0, 123, .03, 1, 20, 64000 },
	{ LOOK_DHT, 0, 0, 0, .15, 1, 2, 1000 },
	{ LOOK_UTP, 1, 0, 0, .02, 20, 400, 20 },
	{ LOOK_RTP20, 1, 0, 0, .006, 150, 3000, 20 },
	{ LOOK_RTP30, 1, 0, 0, .006, 150, 2500, 30 },
	{ LOOK_QUIC, 1, 0, 443, .02, 10, 400, 12 },
	{ LOOK_STUN, 0, 0, 3478, .05, 1, 12, 15000 },
	{ LOOK_RANDOM, 1, 0, 0, .02, 5, 500, 25 },
	{ LOOK_FIXED, 1, 0, 0, .02, 5, 500, 30 },
	{ LOOK_VPN, 0, 0, 1194, .02, 2, 200, 10000 },
	{ LOOK_GAME, 1, 0, 0, .006, 200, 3000, 50 },
	{ LOOK_TLS, 0, 1, 443, .12, 1, 5, 200 },
	{ LOOK_HTTP, 0, 1, 80, .11, 1, 1, 0 },
};
const size_t model_noises = sizeof model_noise / sizeof *model_noise;
const double model_noise_per_h = 2;

POINTS(model_exponential,
	{ 0, 0 }, { .048771, .05 }, { .095163, .1 }, { .181269, .2 },
	{ .259182, .3 }, { .362372, .45 }, { .451188, .6 }, { .550671, .8 },
	{ .632121, 1 }, { .713495, 1.25 }, { .77687, 1.5 }, { .834701, 1.8 },
	{ .889197, 2.2 }, { .925726, 2.6 }, { .950213, 3 }, { .969803, 3.5 },
	{ .981684, 4 }, { .993262, 5 }, { .997521, 6 }, { .999665, 8 },
	{ 1, 11 });
