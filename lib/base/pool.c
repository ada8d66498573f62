#include "base/pool.h"

#include <string.h>

#include "base/fetch.h"
#include "base/mem.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { LINE = 64 };

void
pool_init(struct pool *p, size_t size)
{
	*p = (struct pool){.size = (size + LINE - 1) / LINE * LINE};
}

/* The first word of a piece, and of an object that nobody uses. */
static void *
next(const void *p)
{
	void *n;

	memcpy(&n, p, sizeof n);
	return n;
}

static void
set_next(void *p, void *n)
{
	memcpy(p, &n, sizeof n);
}

void
pool_free(struct pool *p)
{
	while (p->pieces != NULL) {
		void *piece = p->pieces;

		p->pieces = next(piece);
		mem_piece_free(piece);
	}
}

static void
add_piece(struct pool *p)
{
	void *piece = mem_piece();

	set_next(piece, p->pieces);
	p->pieces = piece;
	p->fresh = (char *)piece + LINE;
	p->left = (MEM_PIECE - LINE) / p->size;
}

/* Under ASan an object that nobody uses, but for its first word, must not be
 * touched. */
#ifdef __SANITIZE_ADDRESS__
static void
hide(const struct pool *p, const struct pool_chain *c)
{
	for (char *o = c->first; o != NULL; o = next(o))
		ASAN_POISON_MEMORY_REGION(o + sizeof(void *),
		    p->size - sizeof(void *));
}

static void
show(const struct pool *p, void *object)
{
	ASAN_UNPOISON_MEMORY_REGION(object, p->size);
}
#else
#define hide(p, c)
#define show(p, object)
#endif

void *
pool_take(struct pool *p)
{
	void *object = p->spare;

	if (object != NULL) {
		p->spare = next(object);
		if (p->spare != NULL)
			fetch_soon(p->spare, 1);
		show(p, object);
		return object;
	}
	if (p->left == 0)
		add_piece(p);
	object = p->fresh;
	p->fresh += p->size;
	p->left--;
	return object;
}

void
pool_collect(struct pool_chain *c, void *object)
{
	set_next(object, c->first);
	if (c->first == NULL)
		c->last = object;
	c->first = object;
}

void
pool_join(struct pool_chain *c, struct pool_chain *more)
{
	if (more->first == NULL)
		return;
	if (c->first == NULL)
		c->last = more->last;
	set_next(more->last, c->first);
	c->first = more->first;
	*more = (struct pool_chain){0};
}

void
pool_give(struct pool *p, struct pool_chain *c)
{
	if (c->first == NULL)
		return;
	hide(p, c);
	set_next(c->last, p->spare);
	p->spare = c->first;
	*c = (struct pool_chain){0};
}
