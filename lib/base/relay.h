/*
 * relay: work in batches, prepared in one thread and done in another; and in
 * both where it lags behind.
 *
 * Batches are the caller's, some of them; the relay says whose turn
 * each is.  A batch is not the caller's from relay_pass until it is done.  They
 * are begun and are done in the order in which they are passed.  When none is
 * free, who passes them does the next one, at the same time as the other does
 * that before it, unless one of the two is to be done apart.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stdbool.h>
#include <stdint.h>

enum { RELAY_MOST = 8 };

struct relay;

/* Does each batch, by its number from 0 to batches - 1, two, four or
 * RELAY_MOST, in a thread of its own, which gets no signals, or here, in the
 * caller's.  NULL if no thread is to be had. */
struct relay *relay_start(void (*work)(void *arg, unsigned batch, bool here),
    void *arg, unsigned batches);

/* The batch that is to be prepared now. */
unsigned relay_batch(const struct relay *);

/* It is prepared.  Waits until there is another, and returns how many have
 * been done.  A batch that is to be done apart is the other thread's, and those
 * behind it are not begun before it is done. */
uint64_t relay_pass(struct relay *, bool apart);

/* What was passed is begun now, though it is little. */
void relay_hurry(struct relay *);

/* For the work on a batch: waits until all before it are done. */
void relay_turn(struct relay *, unsigned batch);

/* Waits until all that were passed have been done; frees the relay. */
void relay_end(struct relay *);

#endif
