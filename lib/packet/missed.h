/*
 * missed: frames for which an interface itself had no room, as the system
 * counts them.
 */
#ifndef MISSED_H
#define MISSED_H

#include <stdint.h>

struct missed {
	int fd[2];		/* files of the kernel; -1: it has none */
	uint64_t last[2];	/* what they said when they were read */
	uint64_t before;	/* at the begin */
};

/* Begins to count; an interface that tells nothing misses nothing. */
void missed_open(struct missed *, const char *interface);

/* So many since.  An interface that has gone away, or begins anew, takes
 * nothing back. */
uint64_t missed_count(struct missed *);

void missed_close(struct missed *);

#endif
