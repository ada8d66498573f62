/* Systems without such rings. */
#include "packet/ring.h"

struct ring *
ring_open(const struct ring_want *want, const struct bpf_program *filter)
{
	(void)want;
	(void)filter;
	return NULL;
}

bool
ring_filter(struct ring *r, const struct bpf_program *filter)
{
	(void)r;
	(void)filter;
	return false;
}

int
ring_fd(const struct ring *r)
{
	(void)r;
	return -1;
}

size_t
ring_take(struct ring *r, struct frame *frame, size_t most)
{
	(void)r;
	(void)frame;
	(void)most;
	return 0;
}

void
ring_count(struct ring *r, uint64_t *received, uint64_t *dropped)
{
	(void)r;
	(void)received;
	(void)dropped;
}

int
ring_error(struct ring *r)
{
	(void)r;
	return 0;
}

void
ring_close(struct ring *r)
{
	(void)r;
}
