/*
 * outbox: IPFIX messages of bounded length, filled through libfixbuf and sent
 * by outlet when they are full.
 */
#ifndef OUTBOX_H
#define OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fixbuf/public.h>

#include "ipfix/outlet.h"

struct outbox {
	fBuf_t *buf;
	fbExporter_t *to;		/* the message below */
	uint8_t message[OUTLET_MOST];
	struct outlet *outlet;
	const char *name;		/* of where it goes, for messages */
	bool open;			/* a message has begun, which has */
	size_t used;			/* so many bytes, */
	uint16_t set;			/* at its end a set of that template, */
	uint64_t waiting;		/* so many records */
	uint64_t sent;			/* records in messages that have left */
};

/* What is appended: the i-th of something.  False: fixbuf says why not. */
typedef bool outbox_one(void *arg, size_t i, GError **);

/* The session has its templates already, since fixbuf sends those by itself
 * that it gets later; it is the outbox' from now on. */
void outbox_open(struct outbox *, const struct outlet_want *, fbSession_t *);

/* Bytes that a record may have. */
size_t outbox_room(const struct outbox *);

/* Sends the message that has begun, if any.  This and the next return false
 * if nothing can be sent; errno says why. */
bool outbox_emit(struct outbox *);

/* Appends something that is no record; time: of a message that begins with
 * it, in seconds.  Ends the program if no message has room for it. */
bool outbox_append(struct outbox *, outbox_one *one, void *arg, size_t i,
    uint32_t time);

/* Appends a record of `length` bytes, at most outbox_room, by that template;
 * the internal one says how it lies.
 * The length is known before, so that no set is left empty because the record
 * does not fit behind its header. */
bool outbox_record(struct outbox *, uint16_t id, uint16_t internal,
    void *record, size_t size, size_t length, uint32_t time);

/* The same for the end: all has gone, as far as can be known. */
bool outbox_close(struct outbox *);

#endif
