/*
 * held: what a program under run.h holds: blocks of memory and geolocation
 * bases.  While run_on is set they are noted.
 */
#ifndef HELD_H
#define HELD_H

#include <stddef.h>

/* What is not noted. */
void *__real_malloc(size_t);
void *__real_realloc(void *, size_t);

/* Frees and closes all that was noted. */
void held_free(void);

#endif
