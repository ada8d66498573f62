/*
 * pool: objects of one size, taken and given back one by one.  Memory goes
 * back to the system with the pool.  Objects are not initialised, and begin
 * at a line of the cache.
 */
#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct pool {
	size_t size;		/* of an object, with what fills its line */
	void *spare;		/* objects given back, each with the next */
	char *fresh;		/* never taken, of the latest piece */
	size_t left;
	void *pieces;		/* each begins with the next */
};

/* Objects that nobody needs any more; all zero: none.  It may be collected
 * in another thread than the pool's. */
struct pool_chain {
	void *first, *last;
};

void pool_init(struct pool *, size_t size);
void pool_free(struct pool *);

void *pool_take(struct pool *);

/* Adds an object to the chain. */
void pool_collect(struct pool_chain *, void *object);

/* Adds all of the second, and empties it. */
void pool_join(struct pool_chain *, struct pool_chain *);

/* Gives all of the chain back, and empties it. */
void pool_give(struct pool *, struct pool_chain *);

#endif
