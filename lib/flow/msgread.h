/*
 * msgread: message statistics from text, the columns size, fun, nib and win
 * of flow(5).
 */
#ifndef MSGREAD_H
#define MSGREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/msgstats.h"

/* Adds a column of a record to *f, which is made if it is NULL and the text
 * is not "-".  False where it is malformed. */
bool msgread_column(struct msgtally **f, enum msgstats_column, const char *s,
    size_t n);

/* The largest count of a nibble's values, and which of them have it. */
struct msgread_top {
	uint64_t n;
	uint16_t values;	/* bits 1 << value */
};

/* nib alone, for programs that only test it: 16 groups, or one message.  Adds
 * to nib; *messages += those that have a nibble; false if malformed. */
bool msgread_nib(uint64_t nib[MSGSTATS_NIBBLES][16], uint64_t *messages,
    const char *s, size_t n);

/* The same of 16 groups; also top, for each nibble, which is zero before. */
bool msgread_groups(uint64_t nib[MSGSTATS_NIBBLES][16],
    struct msgread_top top[MSGSTATS_NIBBLES], uint64_t *messages,
    const char *s, size_t n);

#endif
