/*
 * writer: writes flows that have ended, in a thread of its own once there
 * are many, so that no packet waits for text.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>

#include "entry.h"

struct writer;

/* write gets each flow once, in the order of writer_put.  It is called in the
 * thread of the caller for the first some thousand flows, for all where that
 * is asked for or no thread can be made, and else in another; never in two at
 * a time. */
struct writer *writer_new(void (*write)(void *arg, struct ended *), void *arg,
    bool only_here);

/* Takes over what the entry leads to; gives the pool back what is written. */
void writer_put(struct writer *, const struct entry *, enum flow_why,
    struct pool *);

/* Waits for the last flow to be written; frees the writer. */
void writer_end(struct writer *);

#endif
