#include "record/header.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
header_init(struct header *h)
{
	*h = (struct header){.width = 0};
	strtab_init(&h->index);
}

void
header_free(struct header *h)
{
	strtab_free(&h->index);
	free(h->name);
	free(h->text);
	free(h->names);
}

static void
header_copy(struct header *h, const struct rec_span *f, size_t n)
{
	size_t size = (size_t)(f[n - 1].s + f[n - 1].n - f[0].s);

	h->name = mem_grow(h->name, &h->cap, n, sizeof *h->name);
	h->text = mem_resize(h->text, size + 1, 1);
	h->names = mem_resize(h->names, size + 1, 1);
	memcpy(h->text, f[0].s, size);
	memcpy(h->names, f[0].s, size);
	h->text_n = size;
	h->width = n;
	for (size_t i = 0; i < n; i++) {
		char *name = h->names + (f[i].s - f[0].s);

		name[f[i].n] = '\0';
		h->name[i] = (struct rec_span){name, f[i].n};
	}
}

const char *
header_set(struct header *h, const struct rec_span *name, size_t n,
    size_t *at)
{
	strtab_clear(&h->index);
	for (size_t i = 0; i < n; i++) {
		*at = i;
		if (name[i].n == 0)
			return "column without a name";
		if (strtab_add(&h->index, name[i].s, name[i].n) != i)
			return "column named twice";
	}
	header_copy(h, name, n);
	return NULL;
}

int
header_find(const struct header *h, const char *name, size_t n)
{
	uint32_t id = strtab_find(&h->index, name, n);

	return id == STRTAB_NONE ? HEADER_ABSENT : (int)id;
}
