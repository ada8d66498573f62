/*
 * utf8: characters of UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing
 * above 10ffff).
 */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>

/* Length of the character at s, of n bytes, n > 0; 0 if there is none. */
size_t utf8_length(const char *s, size_t n);

#endif
