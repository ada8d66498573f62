#define _GNU_SOURCE		/* sched_getaffinity */

#include "base/cores.h"

#include <sched.h>

/* Machines with more processors than the set can name have enough. */
unsigned
cores(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) == -1)
		return CPU_SETSIZE;
	return (unsigned)CPU_COUNT(&set);
}
