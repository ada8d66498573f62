/*
 * whole: is a message whole?  libfixbuf takes a set or a record that is longer
 * than what holds it for the end of the message, without a word.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include <stddef.h>
#include <stdint.h>

#include <fixbuf/public.h>

/* The first set, or template, that is not as RFC 7011 3.3 and 3.4 want it:
 * what is wrong, and *at, the offset in the message of what holds it; NULL if
 * there is none. */
const char *whole_sets(const uint8_t *message, size_t length, size_t *at);

/* The same for the first record that is longer than the rest of its set, by
 * the templates of the session. */
const char *whole_records(fbSession_t *, const uint8_t *message,
    size_t length, size_t *at);

#endif
