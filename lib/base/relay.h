/*
 * relay: work in batches, prepared in one thread and done in another, in
 * turn.
 *
 * Batches are the caller's, RELAY_BATCHES of them; the relay says whose turn
 * each is.  A batch is the other thread's from relay_pass until that has
 * done it.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stdint.h>

enum { RELAY_BATCHES = 8 };

struct relay;

/* Does each batch, by its number from 0 to RELAY_BATCHES - 1, in a thread of
 * its own, which gets no signals.  NULL if no thread is to be had. */
struct relay *relay_start(void (*work)(void *arg, unsigned batch), void *arg);

/* The batch that is to be prepared now. */
unsigned relay_batch(const struct relay *);

/* It is prepared.  Waits until there is another, and returns how many have
 * been done. */
uint64_t relay_pass(struct relay *);

/* Waits until all that were passed have been done; frees the relay. */
void relay_end(struct relay *);

#endif
