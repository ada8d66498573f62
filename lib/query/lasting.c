#include "query/lasting.h"

#include <stdalign.h>

#include "base/mem.h"

struct lasting_block {
	struct lasting_block *before;
	alignas(max_align_t) unsigned char bytes[];
};

static struct lasting_block *latest;

void *
lasting_alloc(size_t size)
{
	struct lasting_block *block = mem_alloc(1, sizeof *block + size);

	block->before = latest;
	latest = block;
	return block->bytes;
}
