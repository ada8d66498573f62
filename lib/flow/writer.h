/*
 * writer: writes flows that have ended, and counts their messages before, in
 * a thread of its own once there are many, so that no packet waits for that.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>

#include "flow/flowslot.h"

struct writer;

/* write gets each flow once, in the order of writer_put.  It is called in the
 * thread of the caller for the first some thousand flows, for all where that
 * is asked for or no thread can be made, and else in another; never in two at
 * a time. */
struct writer *writer_new(void (*write)(void *arg, struct flow_ended *),
    void *arg, bool only_here);

/* Takes over what the slot leads to. */
void writer_put(struct writer *, const struct flowslot *, enum flow_why);

/* Counts the messages of a full flow that is still to come. */
void writer_count(struct writer *, struct flow *);

/* Adds what is no longer needed. */
void writer_spare(struct writer *, struct flow_spare *);

/* Waits for the last flow to be written; frees the writer. */
void writer_end(struct writer *);

#endif
