/*
 * writer: writes flows that have ended, and counts their messages before, in
 * a thread of its own once there are many, so that no packet waits for that.
 * Where more flows end than it can write, as all do at the end of a file, the
 * caller's thread writes as well.
 */
#ifndef WRITER_H
#define WRITER_H

#include <stdbool.h>

#include "base/out.h"
#include "flow/flowslot.h"

struct writer;

/* write gets each flow once.  It is called in the thread of the caller for the
 * first some thousand flows, for all where that is asked for or no thread can
 * be made, and else in two, at the same time: what it writes to the output that
 * it is given leaves in the order of writer_put.  The output given here is the
 * writer's until writer_end. */
struct writer *writer_new(void (*write)(void *arg, struct out *,
    struct flow_ended *), void *arg, struct out *, bool only_here);

/* Takes over what the slot leads to. */
void writer_put(struct writer *, const struct flowslot *, enum flow_why);

/* Counts the messages of a full flow that is still to come. */
void writer_count(struct writer *, struct flow *);

/* Adds what is no longer needed. */
void writer_spare(struct writer *, struct flow_spare *);

/* What it was given leaves soon. */
void writer_flush(struct writer *);

/* Waits for the last flow to be written, some of it may still wait in the
 * output; frees the writer. */
void writer_end(struct writer *);

#endif
