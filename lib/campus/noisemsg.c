#include "campus/noisemsg.h"

#include <string.h>

enum { SEGMENT = 1448 };

void
noisemsg_choose(struct payload *l, struct rand *r)
{
	static const struct {
		uint16_t lo[2], hi[2];	/* of a request and a reply */
	} other[PAYLOAD_FORMS] = {
		[PAYLOAD_DNS] = { { 29, 45 }, { 29, 45 } },
		[PAYLOAD_NTP] = { { 48, 48 }, { 48, 48 } },
		[PAYLOAD_DHT] = { { 56, 47 }, { 56, 47 } },
		[PAYLOAD_UTP] = { { 20, 20 }, { 1402, 1402 } },
		[PAYLOAD_RTP20] = { { 172, 172 }, { 172, 172 } },
		[PAYLOAD_RTP30] = { { 62, 62 }, { 62, 62 } },
		[PAYLOAD_QUIC] = { { 30, 30 }, { 1252, 1252 } },
		[PAYLOAD_STUN] = { { 20, 32 }, { 20, 32 } },
		[PAYLOAD_RANDOM] = { { 20, 20 }, { 400, 400 } },
		[PAYLOAD_FIXED] = { { 30, 30 }, { 300, 300 } },
		[PAYLOAD_VPN] = { { 42, 42 }, { 130, 130 } },
		[PAYLOAD_GAME] = { { 40, 70 }, { 90, 260 } },
		[PAYLOAD_TLS] = { { 120, 600 }, { 900, SEGMENT } },
		[PAYLOAD_HTTP] = { { 200, 500 }, { 700, SEGMENT } },
		[PAYLOAD_MSE] = { { 17, 90 }, { 90, SEGMENT } },
		[PAYLOAD_SHADOWSOCKS] = { { 60, 120 }, { 140, 900 } },
		[PAYLOAD_TOR] = { { 514, 514 }, { 514, 514 } },
		[PAYLOAD_SSH] = { { 36, 36 }, { 36, 44 } },
		[PAYLOAD_MOSH] = { { 56, 62 }, { 76, 110 } },
		[PAYLOAD_KCP] = { { 24, 24 }, { 220, 1376 } },
		[PAYLOAD_CLOUDGAME] = { { 52, 52 }, { 76, 76 } },
		[PAYLOAD_DOQ] = { { 58, 110 }, { 84, 190 } },
		[PAYLOAD_DATACHANNEL] = { { 60, 60 }, { 140, 140 } },
		[PAYLOAD_VOIPTUNNEL] = { { 64, 64 }, { 72, 72 } },
		[PAYLOAD_FIXED12340] = { { 32, 32 }, { 32, 32 } },
	};


	l->n = (uint32_t)rand_range(r, other[l->form].lo[l->reply],
	    other[l->form].hi[l->reply]);
	if ((l->form == PAYLOAD_QUIC || l->form == PAYLOAD_DOQ) &&
	    l->step == 0)
		l->n = 1200;
}

static void
dns_write(const struct payload *l, uint64_t flow, uint8_t *b)
{
	b = payload_put(b, flow & 0xffff, 2);
	b = payload_put(b, l->reply ? 0x8180 : 0x0100, 2);
	b = payload_put(b, 1, 2);
	b = payload_put(b, l->reply, 2);
	b = payload_put(b, 0, 4);
	*b++ = 3;			/* name: h77.example */
	*b++ = 'h';
	*b++ = (uint8_t)('0' + flow / 65536 % 10);
	*b++ = (uint8_t)('0' + flow / 655360 % 10);
	*b++ = 7;
	memcpy(b, "example", 8);
	b = payload_put(b + 8, 0x00010001, 4);
	if (!l->reply)
		return;
	b = payload_put(b, 0xc00c, 2);
	b = payload_put(b, 0x00010001, 4);
	b = payload_put(b, 3600, 4);
	b = payload_put(b, 4, 2);
	/* 198.51.100.x */
	payload_put(b, 0xc6336400 | (flow >> 40 & 0xff), 4);
}

static void
ntp_write(const struct payload *l, struct rand *r, uint8_t *b)
{
	uint64_t era = UINT64_C(0xc9d40000) << 32;

	memset(b, 0, 48);
	b[0] = l->reply ? 0x24 : 0x23;
	b[1] = l->reply ? 2 : 3;
	b[2] = 6;			/* polls every 64 s */
	b[3] = 0xec;
	payload_put(b + 4, rand_u64(r) & 0xffff, 4);
	payload_put(b + 8, rand_u64(r) & 0xffff, 4);
	payload_put(b + 12, 0xc0000201, 4);
	for (int i = 16; i < 48; i += 8)
		payload_put(b + i, era + ((uint64_t)l->age_us << 12) +
		    (rand_u64(r) & 0xffffff), 8);
}

static void
dht_write(const struct payload *l, uint64_t flow, struct rand *r, uint8_t *b)
{
	static const char query[] = "d1:ad2:id20:01234567890123456789e"
	    "1:q4:ping1:t2:aa1:y1:qe";
	static const char reply[] = "d1:rd2:id20:01234567890123456789e"
	    "1:t2:aa1:y1:re";
	struct rand id = rand_for(flow, 20, l->reply);

	if (l->reply)
		memcpy(b, reply, sizeof reply - 1);
	else
		memcpy(b, query, sizeof query - 1);
	rand_fill(&id, b + 12, 20);
	uint8_t *t = b + (l->reply ? 38 : 47);

	t[0] = (uint8_t)('a' + rand_below(r, 26));
	t[1] = (uint8_t)('a' + l->step % 26);
}

static void
rtp_write(const struct payload *l, uint64_t flow, uint8_t *b)
{
	uint32_t samples = l->form == PAYLOAD_RTP20 ? 160 : 240;

	b = payload_put(b, l->form == PAYLOAD_RTP20 ? 0x8000 : 0x8061, 2);
	b = payload_put(b, (flow >> 8 & 0xffff) + l->step, 2);
	b = payload_put(b, (flow >> 24) + l->step * samples, 4);
	payload_put(b, flow >> 32 ^ l->reply, 4);
}

static void
stun_write(const struct payload *l, struct rand *r, uint8_t *b)
{
	payload_put(b, l->reply ? 0x0101 : 0x0001, 2);
	payload_put(b + 2, l->n - 20, 2);
	payload_put(b + 4, 0x2112a442, 4);
	rand_fill(r, b + 8, 12);
	if (l->n == 32) {		/* XOR-MAPPED-ADDRESS */
		payload_put(b + 20, 0x00200008, 4);
		payload_put(b + 24, 0x0001, 2);
	}
}

/* Text without end, in lines. */
static void
text(uint8_t *b, size_t n, struct rand *r)
{
	static const char letter[] = "etaoin shrdlu cm";

	for (size_t i = 0; i < n; i++)
		b[i] = i % 64 == 63 ? '\n' :
		    (uint8_t)letter[rand_u64(r) >> 60];
}

static void
http_write(const struct payload *l, struct rand *r, uint8_t *b)
{
	static const char get[] = "GET /index.html HTTP/1.1\r\n"
	    "Host: www.example.com\r\nConnection: close\r\nCookie: ";
	static const char ok[] = "HTTP/1.1 200 OK\r\n"
	    "Content-Type: text/plain\r\nConnection: close\r\n\r\n";

	text(b, l->n, r);
	if (!l->reply) {
		for (uint32_t i = 0; i < l->n; i++)
			b[i] = b[i] == '\n' ? 'x' : b[i];
		memcpy(b, get, sizeof get - 1);
		memcpy(b + l->n - 4, "\r\n\r\n", 4);
	} else if (l->step == 0) {
		memcpy(b, ok, sizeof ok - 1);
	}
}

/* SSH (RFC 4253) tells its version, then all is encrypted, lengths too. */
static void
ssh_write(const struct payload *l, struct rand *r, uint8_t *b)
{
	static const char version[] = "SSH-2.0-OpenSSH_9.6\r\n";

	rand_fill(r, b, l->n);
	if (l->step == 0)
		memcpy(b, version, sizeof version - 1);
}

/* KCP: conversation, command 81, window, then numbers; the lowest byte
 * first. */
static void
kcp_write(const struct payload *l, uint64_t flow, uint8_t *b)
{
	static const uint8_t head[] = { 81, 0, 128, 0 };
	uint32_t ms = (uint32_t)(l->age_us / 1000);

	payload_put(b, flow, 4);
	memcpy(b + 4, head, sizeof head);
	for (unsigned i = 0; i < 4; i++) {
		b[8 + i] = (uint8_t)(ms >> 8 * i);
		b[12 + i] = (uint8_t)(l->step >> 8 * i);
	}
}

/* Of a record of TLS, or of DTLS 1.2. */
static void
record_header(const struct payload *l, uint8_t *b)
{
	if (l->form == PAYLOAD_TLS) {
		payload_put(b, l->step == 0 ? 22 : 23, 1);
		payload_put(b + 1, 0x0301, 2);
		payload_put(b + 3, l->n - 5, 2);
	} else {
		payload_put(b, 0x17fefd0001, 5);
		payload_put(b + 5, l->step, 6);
		payload_put(b + 11, l->n - 13, 2);
	}
}

/* Headers of a few bytes in front of random ones; what is not here has
 * none. */
static void
short_header(const struct payload *l, uint64_t flow, struct rand *r, uint8_t *b)
{
	rand_fill(r, b, l->n);
	switch (l->form) {
	case PAYLOAD_UTP:
		payload_put(b, 0x0100, 2);
		payload_put(b + 2, flow & 0xffff, 2);
		payload_put(b + 12, 0x00100000, 4);
		payload_put(b + 16, l->step, 2);
		break;
	case PAYLOAD_QUIC:
	case PAYLOAD_DOQ:
		b[0] = (uint8_t)(0x40 | (b[0] & 0x3f));
		payload_put(b + 1, flow ^ l->reply, 8);
		break;
	case PAYLOAD_FIXED:
		payload_put(b, flow, 2);	/* byte 3 is one of Skype's */
		payload_put(b + 2, 0x0200 | (flow >> 16 & 0xff), 2);
		payload_put(b + 4, 0x1d0c0b07, 4);	/* and its own mark */
		break;
	case PAYLOAD_VPN:
		payload_put(b, 0x30 + (uint64_t)l->reply, 1);
		payload_put(b + 1, 0, 3);
		payload_put(b + 4, l->step, 4);
		break;
	case PAYLOAD_GAME:
		payload_put(b, l->step, 4);
		payload_put(b + 4, flow & 0xffff, 2);
		break;
	case PAYLOAD_MOSH:	/* the side, and a number of 63 bits */
		payload_put(b, (uint64_t)l->reply << 63 | l->step, 8);
		break;
	case PAYLOAD_KCP:
		kcp_write(l, flow, b);
		break;
	case PAYLOAD_CLOUDGAME:	/* RTP of a kind of its own, and its input */
		payload_put(b, 0x90e1, 2);
		payload_put(b + 2, (flow & 0xffff) + l->step, 2);
		payload_put(b + 4, (uint64_t)l->age_us / 1000, 4);
		break;
	case PAYLOAD_FIXED12340:
		payload_put(b, flow, 4);
		break;
	case PAYLOAD_DATACHANNEL:
	case PAYLOAD_TLS:
		record_header(l, b);
		break;
	}
}

void
noisemsg_write(const struct payload *l, uint64_t flow, struct rand *r,
    uint8_t *b)
{
	switch (l->form) {
	case PAYLOAD_DNS:
		dns_write(l, flow, b);
		return;
	case PAYLOAD_NTP:
		ntp_write(l, r, b);
		return;
	case PAYLOAD_DHT:
		dht_write(l, flow, r, b);
		return;
	case PAYLOAD_STUN:
		stun_write(l, r, b);
		return;
	case PAYLOAD_HTTP:
		http_write(l, r, b);
		return;
	case PAYLOAD_SSH:
		ssh_write(l, r, b);
		return;
	default:
		break;
	}
	short_header(l, flow, r, b);
	if (l->form == PAYLOAD_RTP20 || l->form == PAYLOAD_RTP30)
		rtp_write(l, flow, b);
}
