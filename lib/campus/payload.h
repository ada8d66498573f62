/*
 * look: what the payload of a packet looks like: its length and its bytes,
 * for Skype's messages and for the other protocols of a campus.
 */
#ifndef LOOK_H
#define LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rand.h"

enum look_form {
	/* Skype: signaling of a pair that is a probe; other signaling; relayed
	 * data; five pings; NAT discovery; bursts; calls; TCP. */
	LOOK_PROBE, LOOK_SIGNAL, LOOK_BULK, LOOK_PING, LOOK_NAT, LOOK_BURST,
	LOOK_VOICE, LOOK_VIDEO, LOOK_SKYPEOUT, LOOK_TCP, LOOK_TCPVOICE,
	/* Not Skype. */
	LOOK_DNS, LOOK_NTP, LOOK_DHT, LOOK_UTP, LOOK_RTP20, LOOK_RTP30,
	LOOK_QUIC, LOOK_STUN, LOOK_RANDOM, LOOK_FIXED, LOOK_VPN, LOOK_GAME,
	LOOK_TLS, LOOK_HTTP,
	LOOK_FORMS
};

/* The names of truth columns class and app. */
struct look_name {
	const char *class, *app;
};

extern const struct look_name look_names[LOOK_FORMS];

struct look {
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
void look_init(void);

/* Chooses fun and n for a packet whose other fields are set. */
void look_choose(struct look *, struct rand *);

/* Writes the n bytes.  number: Skype's message number, or a number that
 * stays the same for all packets of one side of a flow. */
void look_write(const struct look *, uint16_t number, uint64_t flow,
    struct rand *, uint8_t *);

#endif
