/*
 * payload: what the payload of a packet looks like: its length and its bytes,
 * for Skype's messages and for the other protocols of a campus.
 */
#ifndef PAYLOAD_H
#define PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rand.h"

enum payload_form {
	/* Skype: signaling of a pair that is a probe; other signaling; relayed
	 * data; five pings; NAT discovery; bursts; calls; TCP. */
	PAYLOAD_PROBE, PAYLOAD_SIGNAL, PAYLOAD_BULK, PAYLOAD_PING,
	PAYLOAD_NAT, PAYLOAD_BURST,
	PAYLOAD_VOICE, PAYLOAD_VIDEO, PAYLOAD_SKYPEOUT,
	PAYLOAD_TCP, PAYLOAD_TCPVOICE,
	/* Not Skype. */
	PAYLOAD_DNS, PAYLOAD_NTP, PAYLOAD_DHT, PAYLOAD_UTP, PAYLOAD_RTP20,
	PAYLOAD_RTP30, PAYLOAD_QUIC, PAYLOAD_STUN, PAYLOAD_RANDOM,
	PAYLOAD_FIXED, PAYLOAD_VPN, PAYLOAD_GAME, PAYLOAD_TLS, PAYLOAD_HTTP,
	/* Not Skype, and close to it: over TCP without a word in the clear,
	 * at the pace of a codec, with one of Skype's ports or bytes. */
	PAYLOAD_MSE, PAYLOAD_SHADOWSOCKS, PAYLOAD_TOR, PAYLOAD_SSH,
	PAYLOAD_MOSH, PAYLOAD_KCP, PAYLOAD_CLOUDGAME, PAYLOAD_DOQ,
	PAYLOAD_DATACHANNEL, PAYLOAD_VOIPTUNNEL, PAYLOAD_FIXED12340,
	PAYLOAD_FORMS
};

/* The names of truth columns class and app. */
struct payload_name {
	const char *class, *app;
};

extern const struct payload_name payload_names[PAYLOAD_FORMS];

struct payload {
	uint8_t form;
	uint8_t fun;		/* Skype's function byte, low 4 bits */
	bool again;		/* a request sent once more, same number */
	bool reply;
	uint8_t rate;		/* of a call, kb/s */
	uint32_t step;		/* the k-th packet of its side */
	uint32_t n;		/* payload bytes */
	int64_t age_us;		/* since the flow began */
};

/* Prepares the tables; call once. */
void payload_init(void);

/* Chooses fun and n for a packet whose other fields are set. */
void payload_choose(struct payload *, struct rand *);

/* Writes the n bytes.  number: Skype's message number, or a number that
 * stays the same for all packets of one side of a flow.  If nobody is to see
 * them only the random numbers go on. */
void payload_write(const struct payload *, uint16_t number, uint64_t flow,
    struct rand *, uint8_t *, bool seen);

/* Writes a number of so many bytes, the highest first; returns what is behind
 * it. */
static inline uint8_t *
payload_put(uint8_t *b, uint64_t v, unsigned bytes)
{
	while (bytes-- > 0)
		*b++ = (uint8_t)(v >> 8 * bytes);
	return b;
}

#endif
