/*
 * member: a reader that shares the packets of an interface with others, each
 * a process of its own that sends its records and its account to the one that
 * began them.
 */
#ifndef MEMBER_H
#define MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "record/reader.h"
#include "record/watch.h"

enum member_tells {
	MEMBER_READY,		/* it has joined the group, and waits */
	MEMBER_COUNTS,		/* each second */
	MEMBER_ANSWER,		/* to SIGUSR1 */
	MEMBER_END		/* all its records have left */
};

/* Goes through a pipe in one piece. */
struct member_note {
	enum member_tells what;
	int group;
	struct reader_counts counts;
	char failure[80];	/* of the interface; or "" */
};

struct member {
	pid_t pid;		/* 0: it has ended */
	int notes, lines;	/* pipes from it; -1: closed */
	int go;			/* to it; -1: closed */
	struct member_note last;
	bool asked;		/* it owes an answer */
	bool ended;		/* it said so */
	char *text;		/* the begin of a line */
	size_t n, room;
};

/* Begins one more behind those, whose pipes it must not keep, and waits until
 * it is ready.  False if it has failed, and said why. */
bool member_start(struct member *, const struct member *others, size_t n,
    const struct watch_want *, int group);

/* It begins to read. */
bool member_go(struct member *);

/* The next note; false at the end. */
bool member_read_note(struct member *, struct member_note *);

/* Waits for its end; its status as waitpid has it. */
int member_wait(struct member *);

#endif
