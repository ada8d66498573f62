/*
 * expiring: what was last said about a key, for a while.
 *
 * A ring of entries in order of arrival with a keyed hash table over it.
 * It grows while its oldest entry is younger than the span, up to a bound;
 * then the oldest goes.  Which entry that is does not depend on the hash
 * key.  An entry costs 16 bytes, key, value, and 4 to 8 bytes of table.
 */
#ifndef EXPIRING_H
#define EXPIRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct expiring;

/* Keys, of at most HASH_LONG, and values of these many bytes; entries are
 * forgotten that are more than span_ns from the time asked about, and when more
 * than `most` (a power of two, at least 64) came after them. */
struct expiring *expiring_new(size_t key, size_t value, int64_t span_ns,
    size_t most);
void expiring_free(struct expiring *);

/* The value of the key's entry, valid until the next expiring_put; NULL if
 * there is none. */
void *expiring_find(const struct expiring *, const void *key, int64_t t_ns);

/* Makes this the key's entry. */
void expiring_put(struct expiring *, const void *key, const void *value,
    int64_t t_ns);

/* Both: true if there was one, whose value is then in `before`. */
bool expiring_swap(struct expiring *, const void *key, const void *value,
    int64_t t_ns, void *before);

#endif
