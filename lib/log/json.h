/*
 * json: JSON text (RFC 8259), one object after the other, each taken apart
 * into paths and values: {"a":{"b":1},"c":["x","y"]} is a.b=1, c=x, c=y.
 *
 * Nothing is allocated.  What nests deeper than JSON_DEPTH is malformed; a
 * value whose path is longer than JSON_PATH bytes is left out.
 */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>

enum { JSON_DEPTH = 32, JSON_PATH = 128 };

/* Takes one value.  Strings come without quotes and escapes, numbers and
 * true, false as they stand; null does not come.  Both texts are valid until
 * the call returns, the value longer if it is a part of the object's text:
 * it is unless escapes were undone. */
typedef void json_take(void *arg, const char *path, size_t path_n,
    const char *value, size_t value_n);

enum json_result {
	JSON_OBJECT,		/* a whole object: *used bytes */
	JSON_CUT,		/* the text ends inside of the object */
	JSON_BAD		/* malformed at byte *used */
};

/* The object at s, which begins with "{".  Escapes are undone in place, so
 * that an object can be read but once; with take NULL nothing is changed. */
enum json_result json_object(char *s, size_t n, json_take *take, void *arg,
    size_t *used);

#endif
