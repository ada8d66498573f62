/*
 * nibfew: the column nib of flow(5) where its counts are small, as of few
 * messages: read in a fraction of the time that others take (msgread.h).
 */
#ifndef NIBFEW_H
#define NIBFEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/msgread.h"

/* Reads 16 groups: the counts of each nibble's values, which of them are the
 * most frequent, and how many messages there are.  False where some count has
 * more than two digits, a group is empty, or the text is malformed. */
bool nibfew_read(uint8_t nib[MSGSTATS_NIBBLES][16],
    struct msgread_top top[MSGSTATS_NIBBLES], uint64_t *messages,
    const char *s, size_t n);

#endif
