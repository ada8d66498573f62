/*
 * out: buffered writing of records to a file descriptor.
 *
 * Every write is checked when it happens.  A failed one ends the program
 * with status 1 and a message naming the file; a reader that went away
 * (EPIPE) ends it with status 1 and no message.
 */
#ifndef OUT_H
#define OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { OUT_SIZE = 1 << 16, OUT_ROOM = 64 };

struct out {
	int fd;
	const char *name;		/* as messages show it */
	uint64_t written;		/* bytes that have left */
	void (*await)(void *arg);	/* called before some leave, or NULL */
	void *await_arg;
	size_t n;			/* bytes waiting in buf */
	char buf[OUT_SIZE + OUT_ROOM];	/* a number fits beyond OUT_SIZE */
};

/* Begins writing to fd, which is open; nothing is written yet. */
void out_open(struct out *, int fd, const char *name);

/* Begins writing to an unlinked file in TMPDIR, or /tmp. */
void out_open_temporary(struct out *, const char *name);

/* Writes all that waits. */
void out_flush(struct out *);

/* Flushes and closes; what close() reports is an error too. */
void out_close(struct out *);

/* Appends n bytes, a string, one byte. */
void out_mem(struct out *, const void *, size_t n);
void out_str(struct out *, const char *);

static inline void
out_char(struct out *o, char c)
{
	if (o->n >= OUT_SIZE)
		out_flush(o);
	o->buf[o->n++] = c;
}

/* Room for n <= OUT_SIZE bytes, to be written there; then out_upto with where
 * they end. */
static inline char *
out_room(struct out *o, size_t n)
{
	if (o->n + n > OUT_SIZE)
		out_flush(o);
	return o->buf + o->n;
}

static inline void
out_upto(struct out *o, const char *end)
{
	o->n = (size_t)(end - o->buf);
}

/* The digits of v at p; in the second form the last `width` <= 20 of them,
 * with zeros before; a time or duration, as out_time.  Where they end. */
static inline char *out_put_u64(char *p, uint64_t v);
char *out_put_pad(char *p, uint64_t v, unsigned width);
char *out_put_time(char *p, int64_t ns, unsigned decimals);

/* The same of what has more digits than one. */
char *out_put_digits(char *p, uint64_t v);

/* Most numbers are counts of one packet, or of none. */
static inline char *
out_put_u64(char *p, uint64_t v)
{
	if (v >= 10)
		return out_put_digits(p, v);
	*p = (char)('0' + v);
	return p + 1;
}

/* Appends v in decimal; in the second form zero-padded to width <= 20. */
void out_u64(struct out *, uint64_t v);
void out_pad(struct out *, uint64_t v, unsigned width);

/* Appends a time or duration: 10 zero-padded digits of seconds, a point and
 * `decimals` (6 or 9) digits, cut, not rounded.  ns >= 0. */
void out_time(struct out *, int64_t ns, unsigned decimals);

/* Appends v / 10^decimals with that many decimals, sign included. */
void out_fixed(struct out *, int64_t v, unsigned decimals);

#endif
