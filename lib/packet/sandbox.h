/*
 * sandbox: what a program that reads hostile bytes for weeks gives up before
 * it reads the first.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <sys/types.h>

#include <stddef.h>

/* Becomes the user of that name, with the groups of that user, for good, and
 * drops all capabilities.  NULL: nobody, if root; otherwise it stays who it
 * is.  The user that it has become, NULL if none.  Ends the program on failure,
 * with status 2 if there is no such user. */
const char *sandbox_drop(const char *user);

struct sandbox_keep {
	int dir[2];		/* files may be made and renamed beneath
				   these; -1: none */
	const pid_t *child;	/* which may be sent signals and waited for */
	size_t children;
};

/* From now on: no new privileges; no file system but making and renaming
 * files beneath the directories (Landlock, where the kernel has it); no
 * system calls but what reading, writing, memory and time, and the children,
 * need (seccomp).  Others fail with EPERM.  Ends the program on failure.
 * No thread can be made afterwards; those made before are under seccomp, but
 * not under Landlock.
 * On systems other than Linux it does nothing. */
void sandbox_close(const struct sandbox_keep *);

#endif
