#include "campus/model.h"

#include "campus/payload.h"

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
const double model_breaks = .33;
const double model_sessions[3] = { .46, .37, .17 };
POINTS(model_quiet_h,
	{ 0, 6 }, { .5, 12 }, { .9, 40 }, { 1, 90 });
POINTS(model_quiet_flows,
	{ 0, 7 }, { .9, 10 }, { 1, 14 });

POINTS(model_busy,
	{ 0, .1 }, { .1, .34 }, { .25, .52 }, { .5, .81 }, { .75, 1.22 },
	{ .9, 1.7 }, { .97, 2.5 }, { .99, 3.6 }, { 1, 6 });

const char *const model_pair_name[MODEL_PAIRS] = {
	"probe", "heartbeat", "dialog", "mix"
};

const double model_pairs_out[MODEL_PAIRS] = { 6.1, 2.82, 4.62, 2.27 };
const double model_core_busy = .42;
const double model_birth_part[MODEL_PAIRS] = { 1, .85, 1, .35 };

POINTS(model_login, { 0, 20 }, { 1, 40 });
POINTS(model_login_s, { 0, 0 }, { .65, 50 }, { 1, MODEL_LOGIN_S });
const double model_login_most = .35;
const double model_refresh_part = .5, model_refresh_in_part = .25;
const double model_refresh_most = 22, model_refresh_in_most = 20;
POINTS(model_refresh_size, { 0, .5 }, { .5, .95 }, { 1, 1.6 });
const double model_event = .15;

POINTS(model_pairs_in_probe,
	{ 0, 1 }, { .665, 1 }, { .665, 2 }, { .72, 2 }, { .72, 3 },
	{ .76, 3 }, { .79, 5 }, { .832, 10 }, { .84, 50 }, { .855, 100 },
	{ .88, 200 }, { .909, 300 }, { .93, 450 }, { .945, 600 },
	{ .961, 700 }, { .979, 850 }, { .99, 1000 }, { .9955, 1250 },
	{ .999, 1900 }, { 1, 8766 });
POINTS(model_pairs_in_talk,
	{ 0, 0 }, { .582, 0 }, { .582, 1 }, { .72, 1 }, { .72, 2 },
	{ .748, 2 }, { .748, 3 }, { .774, 3 }, { .81, 10 }, { .83, 45 },
	{ .857, 100 }, { .903, 200 }, { .94, 330 }, { .978, 500 },
	{ .993, 800 }, { .999, 1500 }, { 1, 7090 });
const double model_in_talk_share[MODEL_PAIRS] = { 0, .37, .55, .08 };

const struct model_tier model_tier[MODEL_GROUPS][MODEL_TIERS] = {
	[MODEL_OUT_PROBE] = { { .15, 1.2 }, { .02, 4 }, { 0, 1 } },
	[MODEL_OUT_TALK] = { { .3, 1.5 }, { .22, 4.5 }, { .06, 11 } },
	[MODEL_IN_PROBE] = { { .36, 1.2 }, { .04, 4 }, { 0, 1 } },
	[MODEL_IN_TALK] = { { .4, 1.2 }, { .05, 4 }, { 0, 1 } },
};
const double model_nat[2] = { 0, .71 };

static const struct rand_point one_visit[] = { { 0, 1 }, { 1, 1 } };
static const struct rand_point heartbeat_visits[] = {
	{ 0, 2 }, { .3, 4 }, { .6, 12 }, { .9, 40 }, { 1, 95 }
};
static const struct rand_point dialog_visits[] = {
	{ 0, 1 }, { .7, 1 }, { .7, 2 }, { .85, 3 }, { .95, 5 }, { 1, 9 }
};
static const struct rand_point mix_visits[] = {
	{ 0, 4 }, { .15, 24 }, { .5, 66 }, { .9, 124 }, { 1, 216 }
};
const struct rand_dist model_visits[MODEL_PAIRS] = {
	RAND_DIST(one_visit), RAND_DIST(heartbeat_visits),
	RAND_DIST(dialog_visits), RAND_DIST(mix_visits),
};
POINTS(model_return_s,
	{ 0, 240 }, { .2, 330 }, { .25, 590 }, { .9, 730 }, { 1, 900 });
const double model_hourly[MODEL_PAIRS] = { 0, .4, .15, 0 };
POINTS(model_hour_late_s, { 0, 0 }, { .8, 15 }, { 1, MODEL_HOUR_LATE_S });

const double model_answered = .8;
const double model_answers[MODEL_PAIRS] = { .86, .7, 1, .9 };

const double model_keepalive = .4, model_return = .08;
const uint32_t model_keepalive_s[MODEL_KEEPALIVES][2] = {
	{ 20, 21 }, { 60, 61 }, { 180, 182 }
};
const double model_keepalive_part[MODEL_KEEPALIVES] = { .5, .12, .38 };

const double model_mix_long = .21;

const double model_pace[MODEL_PACES] = {
	[MODEL_PACE_PAIR] = .5, [MODEL_PACE_RTT] = .15,
	[MODEL_PACE_PING] = .122, [MODEL_PACE_RETRY] = .07,
	[MODEL_PACE_MORE] = .036, [MODEL_PACE_POLL] = .0012,
	[MODEL_PACE_NAT] = .03, [MODEL_PACE_BURST] = .007,
	[MODEL_PACE_DOUBLE] = .12,
};
POINTS(model_pair_gap_s,
	{ 0, .3 }, { .03, .95 }, { .04, 1 }, { .58, 2 }, { .62, 5 },
	{ .94, 6 }, { 1, 9.8 });
POINTS(model_pair_steps,
	{ 0, 2 }, { .75, 2 }, { .75, 3 }, { 1, 3 });
POINTS(model_rtt_steps,
	{ 0, 2 }, { .5, 2 }, { .5, 3 }, { .9, 3 }, { .9, 4 }, { 1, 4 });
POINTS(model_more_steps,
	{ 0, 6 }, { .63, 6 }, { .63, 7 }, { .72, 7 }, { .72, 8 }, { .765, 8 },
	{ .765, 9 }, { .82, 10 }, { .9, 14 }, { .965, 25 }, { .985, 40 },
	{ 1, 90 });
POINTS(model_more_gap_s, { 0, .3 }, { .9, 1.4 }, { 1, 6 });
POINTS(model_poll_s,
	{ 0, 100 }, { .5, 300 }, { .8, 900 }, { .95, 3000 }, { 1, 9900 });
const double model_poll_gap_s[4] = { 10, 20, 60, 180 };
const double model_poll_gap_part[4] = { .2, .5, .2, .1 };
POINTS(model_burst, { 0, 2 }, { .7, 4 }, { 1, 9 });

const double model_bulk[MODEL_PAIRS] = { 0, 0, .0037, .0121 };
POINTS(model_bulk_packets,
	{ 0, 100 }, { .09, 350 }, { .24, 1000 }, { .43, 3200 }, { .63, 10000 },
	{ .755, 20000 }, { .86, 34000 }, { .935, 60000 }, { .974, 100000 },
	{ .992, 160000 }, { 1, 264972 });
POINTS(model_bulk_back,
	{ 0, .55 }, { 1, 1 });
POINTS(model_bulk_gap_ms, { 0, 28 }, { .8, 40 }, { 1, 60 });

static const struct rand_point request_sizes[] = {
	{ 0, 2.5 }, { .0127, 21.45 }, { .0714, 41.45 }, { .0989, 60.45 },
	{ .1526, 68.45 }, { .3748, 87.45 }, { .5063, 100.45 },
	{ .6097, 120.45 }, { .6666, 130.45 }, { .705, 147.45 },
	{ .7857, 220.45 }, { .8236, 292.45 }, { .8593, 426.45 },
	{ .9227, 489.45 }, { .9542, 605.45 }, { .9724, 1090.45 },
	{ .9749, 1364 }, { 1, 1364 }
};
static const struct rand_point reply_sizes[] = {
	{ 0, 2.5 }, { 0, 3 }, { .0171, 3 }, { .0176, 10 }, { .0945, 10 },
	{ .1052, 13 }, { .315, 13 }, { .3641, 14.45 }, { .3834, 18 },
	{ .4453, 18 }, { .4624, 23.45 }, { .5278, 34.45 }, { .5417, 38 },
	{ .5555, 38 }, { .5988, 56.45 }, { .6639, 72.45 }, { .7726, 91.45 },
	{ .823, 102.45 }, { .8971, 132.45 }, { .9353, 235.45 },
	{ .9638, 451.45 }, { .9816, 542.45 }, { .9921, 1361.45 },
	{ 1, 1364.45 }
};
static const struct rand_point signal_sizes[] = {
	{ 0, 2.5 }, { 0, 3 }, { .0244, 3 }, { .0288, 10 }, { .0576, 10 },
	{ .0627, 11.45 }, { .1173, 12.45 }, { .2013, 13.45 },
	{ .3038, 15.45 }, { .3252, 21 }, { .3827, 21 }, { .3975, 25.45 },
	{ .4292, 28.45 }, { .4866, 38 }, { .5183, 38 }, { .5658, 57.45 },
	{ .6195, 69.45 }, { .7834, 88.45 }, { .8544, 102.45 },
	{ .9151, 119.45 }, { .9664, 131.45 }, { .9831, 143.45 },
	{ .9991, 904.45 }, { 1, 1361.45 }
};
static const struct rand_point bulk_sizes[] = {
	{ 0, 2.5 }, { .0117, 11.45 }, { .0569, 15.45 }, { .0609, 20.45 },
	{ .0717, 21.45 }, { .1037, 46.45 }, { .1205, 60.45 },
	{ .1517, 67.45 }, { .2145, 74.45 }, { .3338, 86.45 },
	{ .4009, 96.45 }, { .4914, 118.45 }, { .5443, 128.45 },
	{ .5824, 144.45 }, { .6616, 219.45 }, { .6968, 285.45 },
	{ .7135, 377.45 }, { .7389, 430.45 }, { .771, 453.45 },
	{ .816, 467.45 }, { .8822, 481.45 }, { .9144, 533.45 },
	{ .9558, 578.45 }, { .9705, 729.45 }, { .9831, 943.45 },
	{ .9974, 1125.45 }, { 1, 1361.45 }
};
const struct rand_dist model_sizes[MODEL_SIZES] = {
	RAND_DIST(request_sizes), RAND_DIST(reply_sizes),
	RAND_DIST(signal_sizes), RAND_DIST(bulk_sizes),
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

static const struct rand_point probe_near[] = {
	{ .000, 0 }, { .027, 20 }, { .135, 35 }, { .223, 39 }, { .480, 55 },
	{ .632, 63 }, { .722, 75 }, { .861, 145 }, { .920, 220 },
	{ .984, 525 }, { 1.000, 980 }
};
static const struct rand_point probe_far[] = {
	{ .000, 0 }, { .173, 20 }, { .449, 59 }, { .655, 114 }, { .745, 165 },
	{ .894, 333 }, { .964, 537 }, { 1.000, 980 }
};
static const struct rand_point talk_near[] = {
	{ .000, 0 }, { .032, 20 }, { .051, 24 }, { .116, 27 }, { .127, 31 },
	{ .169, 35 }, { .440, 47 }, { .663, 67 }, { .701, 82 }, { .701, 98 },
	{ .768, 106 }, { .776, 118 }, { .869, 129 }, { .895, 165 },
	{ .955, 192 }, { .992, 722 }, { 1.000, 980 }
};
static const struct rand_point talk_far[] = {
	{ .000, 0 }, { .029, 12 }, { .074, 16 }, { .115, 35 }, { .141, 39 },
	{ .276, 47 }, { .411, 59 }, { .612, 94 }, { .685, 102 },
	{ .787, 141 }, { .883, 251 }, { .956, 424 }, { 1.000, 863 },
	{ 1.000, 980 }
};
const struct rand_dist model_access_ms[2][2] = {
	{ RAND_DIST(probe_near), RAND_DIST(probe_far) },
	{ RAND_DIST(talk_near), RAND_DIST(talk_far) },
};

const double model_calls = 3.05;
const double model_talkers = .085;
POINTS(model_talk, { 0, .4 }, { .5, .8 }, { .9, 2 }, { 1, 4 });
const double model_one_call = .34, model_second_call = .2;
const double model_short_calls = .3;
POINTS(model_hold_s,
	{ 0, 8 }, { .117, 9 }, { .227, 30 }, { .332, 60 }, { .439, 120 },
	{ .51, 180 }, { .6, 300 }, { .675, 450 }, { .753, 690 }, { .81, 930 },
	{ .848, 1170 }, { .896, 1650 }, { .929, 2250 }, { .953, 3090 },
	{ .9645, 3570 }, { 1, 4800 });
const double model_call_tcp = .32;
const double model_call_video = .11, model_call_out = .09;

const double model_fallback = .05;
const double model_fallback_port[3] = { .6, .15, .25 };

const struct model_noise model_noise[] = {
	{ PAYLOAD_DNS, 0, 0, 53, .361, 1, 1, 0 },
	{ PAYLOAD_NTP, 0, 0, 123, .03, 1, 20, 64000 },
	{ PAYLOAD_DHT, 0, 0, 0, .15, 1, 2, 1000 },
	{ PAYLOAD_UTP, 1, 0, 0, .02, 20, 400, 20 },
	{ PAYLOAD_RTP20, 1, 0, 0, .006, 150, 3000, 20 },
	{ PAYLOAD_RTP30, 1, 0, 0, .006, 150, 2500, 30 },
	{ PAYLOAD_QUIC, 1, 0, 443, .02, 10, 400, 12 },
	{ PAYLOAD_STUN, 0, 0, 3478, .05, 1, 12, 15000 },
	{ PAYLOAD_RANDOM, 1, 0, 0, .02, 5, 500, 25 },
	{ PAYLOAD_FIXED, 1, 0, 0, .02, 5, 500, 30 },
	{ PAYLOAD_VPN, 0, 0, 1194, .02, 2, 200, 10000 },
	{ PAYLOAD_GAME, 1, 0, 0, .006, 200, 3000, 50 },
	{ PAYLOAD_TLS, 0, 1, 443, .12, 1, 5, 200 },
	{ PAYLOAD_HTTP, 0, 1, 80, .11, 1, 1, 0 },
	{ PAYLOAD_MSE, 1, 1, 0, .006, 20, 600, 24 },
	{ PAYLOAD_SHADOWSOCKS, 1, 1, 8388, .006, 20, 900, 20 },
	{ PAYLOAD_TOR, 1, 1, 9001, .005, 20, 900, 30 },
	{ PAYLOAD_SSH, 1, 1, 22, .005, 40, 1200, 23 },
	{ PAYLOAD_MOSH, 1, 0, 60001, .005, 40, 1200, 30 },
	{ PAYLOAD_KCP, 1, 0, 0, .005, 40, 900, 20 },
	{ PAYLOAD_CLOUDGAME, 1, 0, 0, .004, 200, 2000, 10 },
	{ PAYLOAD_DOQ, 1, 0, 853, .01, 4, 300, 20 },
	{ PAYLOAD_DATACHANNEL, 1, 0, 0, .005, 40, 1200, 20 },
	{ PAYLOAD_VOIPTUNNEL, 1, 1, 0, .004, 150, 1500, 20 },
	{ PAYLOAD_FIXED12340, 1, 0, 12340, .004, 150, 1500, 20 },
};
const size_t model_noises = sizeof model_noise / sizeof *model_noise;
const double model_noise_per_h = 2;
