/*
 * progress: one line on a terminal while long work runs: done, rate, time
 * left.  Silent when stderr is not a terminal.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

/* total_bytes: 0 when it is not known. */
void progress_start(const char *what, uint64_t total_bytes);

/* Cheap enough to call for each packet: the clock is looked at once in some
 * thousand calls. */
void progress_step(uint64_t bytes_done, uint64_t packets_done);

/* Clears the line, so that a message can stand there; it comes back. */
void progress_clear(void);

/* Clears the line for good. */
void progress_end(void);

#endif
