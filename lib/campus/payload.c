#include "campus/payload.h"

#include "campus/model.h"
#include "campus/noisemsg.h"

const struct payload_name payload_names[PAYLOAD_FORMS] = {
	[PAYLOAD_PROBE] = { "sig", "skype" },
	[PAYLOAD_SIGNAL] = { "sig", "skype" },
	[PAYLOAD_BULK] = { "sig", "skype" },
	[PAYLOAD_PING] = { "sig", "skype" },
	[PAYLOAD_NAT] = { "sig", "skype" },
	[PAYLOAD_BURST] = { "sig", "skype" },
	[PAYLOAD_VOICE] = { "voice", "skype" },
	[PAYLOAD_VIDEO] = { "video", "skype" },
	[PAYLOAD_SKYPEOUT] = { "skypeout", "skype" },
	[PAYLOAD_TCP] = { "sig", "skype" },
	[PAYLOAD_TCPVOICE] = { "voice", "skype" },
	[PAYLOAD_DNS] = { "-", "dns" },
	[PAYLOAD_NTP] = { "-", "ntp" },
	[PAYLOAD_DHT] = { "-", "dht" },
	[PAYLOAD_UTP] = { "-", "utp" },
	[PAYLOAD_RTP20] = { "-", "rtp" },
	[PAYLOAD_RTP30] = { "-", "rtp" },
	[PAYLOAD_QUIC] = { "-", "quic" },
	[PAYLOAD_STUN] = { "-", "stun" },
	[PAYLOAD_RANDOM] = { "-", "random" },
	[PAYLOAD_FIXED] = { "-", "fixed" },
	[PAYLOAD_VPN] = { "-", "vpn" },
	[PAYLOAD_GAME] = { "-", "game" },
	[PAYLOAD_TLS] = { "-", "tls" },
	[PAYLOAD_HTTP] = { "-", "http" },
	[PAYLOAD_MSE] = { "-", "bt-mse" },
	[PAYLOAD_SHADOWSOCKS] = { "-", "shadowsocks" },
	[PAYLOAD_TOR] = { "-", "tor" },
	[PAYLOAD_SSH] = { "-", "ssh" },
	[PAYLOAD_MOSH] = { "-", "mosh" },
	[PAYLOAD_KCP] = { "-", "kcp" },
	[PAYLOAD_CLOUDGAME] = { "-", "cloudgame" },
	[PAYLOAD_DOQ] = { "-", "doq" },
	[PAYLOAD_DATACHANNEL] = { "-", "datachannel" },
	[PAYLOAD_VOIPTUNNEL] = { "-", "voiptunnel" },
	[PAYLOAD_FIXED12340] = { "-", "fixed12340" },
};

/* Size distributions are looked up in steps of 1/4096. */
enum { STEPS = 4096 };

static uint16_t sizes[MODEL_SIZES][STEPS];

void
payload_init(void)
{
	for (size_t i = 0; i < MODEL_SIZES; i++)
		for (size_t k = 0; k < STEPS; k++)
			sizes[i][k] = (uint16_t)(rand_at(&model_sizes[i],
			    ((double)k + 0.5) / STEPS) + 0.5);
}

static uint32_t
size(struct rand *r, enum model_size table)
{
	return sizes[table][rand_u64(r) >> 52];
}

/* A sum of three dice: about normal, mean 0, standard deviation 5. */
static int
blur(struct rand *r)
{
	uint64_t v = rand_u64(r);

	return (int)(v % 11 + (v >> 20) % 11 + (v >> 40) % 11) - 15;
}

/* ISAC: frames of 30 ms and 8 bytes of header, doubled in the first 20 s,
 * and Skype's own 4 bytes in front ([8], section IV). */
static uint32_t
voice_size(const struct payload *l, struct rand *r, bool tcp)
{
	int frame = l->rate * 30 / 8 + 8;
	int redundancy = !tcp && l->age_us < 20000000 ? 2 : 1;

	return (uint32_t)(frame * redundancy + (tcp ? 0 : 4) + blur(r));
}

static uint32_t
video_size(const struct payload *l, struct rand *r)
{
	if (l->step % 5 == 1 || l->step % 5 == 2)
		return (uint32_t)rand_range(r, 350, 489);
	if (l->step % 30 == 0)
		return (uint32_t)rand_range(r, 491, 500);
	return voice_size(l, r, false);
}

static void
signal_choose(struct payload *l, struct rand *r)
{
	static const uint8_t fun[] = {
		2, 2, 2, 2, 3, 5, 5, 5, 7, 7, 0xd, 0xd, 0xd, 0xd, 0xd, 0xf
	};

	l->fun = fun[rand_u64(r) >> 60];
	l->n = size(r, l->form == PAYLOAD_BULK ? MODEL_SIZE_BULK :
	    MODEL_SIZE_SIGNAL);
}

/* NAT discovery: 02, answered by 07 of 11 bytes; 03, answered by 02. */
static void
nat_choose(struct payload *l, struct rand *r)
{
	if (l->step == 0) {
		l->fun = l->reply ? 7 : 2;
		l->n = l->reply ? 11 : size(r, MODEL_SIZE_REQUEST);
	} else {
		l->fun = l->reply ? 2 : 3;
		l->n = l->reply ? size(r, MODEL_SIZE_REPLY) : 23;
	}
}

static void
skype_choose(struct payload *l, struct rand *r)
{
	switch (l->form) {
	case PAYLOAD_PROBE:
		l->fun = 2;
		l->n = size(r, l->reply ? MODEL_SIZE_REPLY :
		    MODEL_SIZE_REQUEST);
		return;
	case PAYLOAD_NAT:
		nat_choose(l, r);
		return;
	case PAYLOAD_PING:
		l->fun = 2;
		l->n = size(r, MODEL_SIZE_SIGNAL);
		return;
	case PAYLOAD_BURST:
		l->fun = l->reply ? 0xf : 2;
		l->n = l->reply ? 1355 : size(r, MODEL_SIZE_SIGNAL);
		return;
	case PAYLOAD_TCP:
		l->n = size(r, MODEL_SIZE_SIGNAL);
		return;
	case PAYLOAD_SKYPEOUT:
		l->n = 32;	/* G.729: 20 bytes in 20 ms, 8 of header, 4 */
		return;
	case PAYLOAD_VIDEO:
		l->fun = 0xd;
		l->n = video_size(l, r);
		return;
	case PAYLOAD_VOICE:
	case PAYLOAD_TCPVOICE:
		l->fun = 0xd;
		l->n = voice_size(l, r, l->form == PAYLOAD_TCPVOICE);
		return;
	default:
		signal_choose(l, r);
	}
}

void
payload_choose(struct payload *l, struct rand *r)
{
	if (l->form < PAYLOAD_DNS) {
		skype_choose(l, r);
		return;
	}
	noisemsg_choose(l, r);
}

/* The header in the clear: message number, function, and in front of what
 * is obfuscated anew bits 4 to 6 of the function byte at random. */
static void
skype_write(const struct payload *l, uint16_t number, uint64_t flow,
    struct rand *r, uint8_t *b)
{
	rand_fill(r, b, l->n);
	if (l->form == PAYLOAD_TCP || l->form == PAYLOAD_TCPVOICE)
		return;
	if (l->form == PAYLOAD_SKYPEOUT) {
		payload_put(b, flow, 4);
		return;
	}
	if (l->form != PAYLOAD_VOICE && l->form != PAYLOAD_VIDEO)
		payload_put(b, number, 2);
	b[2] = (uint8_t)(l->fun < 5 ? l->fun : (b[2] & 0x70) | l->fun);
}

void
payload_write(const struct payload *l, uint16_t number, uint64_t flow,
    struct rand *r, uint8_t *b, bool seen)
{
	if (l->form < PAYLOAD_DNS && !seen)
		rand_skip(r, l->n);
	else if (l->form < PAYLOAD_DNS)
		skype_write(l, number, flow, r, b);
	else
		noisemsg_write(l, flow, r, b);
}
