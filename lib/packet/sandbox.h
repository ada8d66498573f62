/*
 * sandbox: what a program that reads hostile bytes for weeks gives up before
 * it reads the first.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

/* Becomes the user of that name, with the groups of that user, for good, and
 * drops all capabilities.  NULL: nobody, if root; otherwise it stays who it
 * is.  Ends the program on failure, with status 2 if there is no such user. */
void sandbox_drop(const char *user);

/* From now on: no new privileges; no file system but making and renaming
 * files beneath the directories, those of the two that are not -1 (Landlock,
 * where the kernel has it); no system calls but what reading, writing, memory
 * and time need (seccomp).  Others fail with EPERM.  Ends the program on
 * failure.
 * No thread can be made afterwards; those made before are under seccomp, but
 * not under Landlock. */
void sandbox_close(int dir_fd, int other_fd);

#endif
