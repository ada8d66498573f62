/*
 * sandbox: what a process can still do in it.  Each trial is a process of its
 * own.
 */
#define _GNU_SOURCE		/* syscall, MAP_ANONYMOUS */

#include "packet/sandbox.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static char path[] = "/tmp/sandboxXXXXXX";
static int dir = -1;

static bool
has_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

/* Runs the trial behind the sandbox; true if it returned true. */
static bool
inside(int dir_fd, bool (*trial)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		sandbox_close(&(struct sandbox_keep){.dir = {-1, dir_fd}});
		/* Not _exit: before it the sanitizers make calls of theirs. */
		syscall(SYS_exit_group, trial() ? 0 : 1);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool
denied(long r, int wanted)
{
	return r == -1 && errno == wanted;
}

static bool
reads_no_file(void)
{
	return denied(open("/etc/passwd", O_RDONLY), EPERM);
}

static bool
opens_no_socket(void)
{
	return denied(socket(AF_INET, SOCK_STREAM, 0), EPERM);
}

static bool
runs_no_program(void)
{
	char *argv[] = {(char []){"/bin/true"}, NULL}, *none[] = {NULL};

	return denied(execve("/bin/true", argv, none), EPERM);
}

static bool
makes_no_process(void)
{
	return denied(fork(), EPERM);
}

static bool
traces_nobody(void)
{
	return denied(syscall(SYS_ptrace, 0L, 0L, 0L, 0L), EPERM);
}

static bool
gets_memory(void)
{
	char *p = malloc(64 << 20);

	if (p == NULL)
		return false;
	memset(p, 1, 64 << 20);
	free(p);
	return true;
}

static bool
gets_no_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE |
	    MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EPERM;
}

static bool
has_no_new_privileges(void)
{
	return denied(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), EPERM);
}

static bool
makes_a_file(void)
{
	int fd = openat(dir, "a.part", O_WRONLY | O_CREAT | O_EXCL, 0600);

	return fd != -1 && write(fd, "x", 1) == 1 && close(fd) == 0 &&
	    renameat(dir, "a.part", dir, "a") == 0;
}

static bool
reads_no_file_elsewhere(void)
{
	return denied(open("/etc/passwd", O_RDONLY), EACCES);
}

static bool
makes_no_file_elsewhere(void)
{
	return denied(open("/tmp/sandbox-elsewhere", O_WRONLY | O_CREAT, 0600),
	    EACCES);
}

int
main(void)
{
	ok(inside(-1, reads_no_file));
	ok(inside(-1, opens_no_socket));
	ok(inside(-1, runs_no_program));
	ok(inside(-1, makes_no_process));
	ok(inside(-1, traces_nobody));
	ok(inside(-1, gets_memory));
	ok(inside(-1, gets_no_code));
	ok(inside(-1, has_no_new_privileges));
	if (mkdtemp(path) == NULL || (dir = open(path, O_RDONLY)) == -1)
		return 1;
	ok(inside(dir, makes_a_file));
	ok(faccessat(dir, "a", F_OK, 0) == 0);
	ok(!has_landlock() || inside(dir, reads_no_file_elsewhere));
	ok(!has_landlock() || inside(dir, makes_no_file_elsewhere));
	ok(inside(dir, opens_no_socket));
	unlinkat(dir, "a", 0);
	close(dir);
	rmdir(path);
	return done();
}
