#define _GNU_SOURCE		/* memfd_create, close_range */

#include "run.h"

#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "held.h"

enum { WORDS = 40, OUT_MOST = 256 << 20 };

int program_main(int argc, char **argv);

ssize_t __real_write(int, const void *, size_t);
int __real_close(int);
pid_t __real_fork(void);
int __real_sigaction(int, const struct sigaction *, struct sigaction *);
_Noreturn void __real_exit(int);
_Noreturn void __real__exit(int);

ssize_t __wrap_write(int, const void *, size_t);
int __wrap_close(int);
_Noreturn void __wrap_exit(int);
_Noreturn void __wrap__exit(int);
_Noreturn void __wrap_err(int, const char *, ...);
_Noreturn void __wrap_errx(int, const char *, ...);
void __wrap_warn(const char *, ...);
void __wrap_warnx(const char *, ...);
int __wrap_posix_spawnp(pid_t *, const char *,
    const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
    char *const *, char *const *);
pid_t __wrap_fork(void);
int __wrap_sigaction(int, const struct sigaction *, struct sigaction *);

bool run_on;
static jmp_buf back;
static int status;

/*
 * What is written.
 */
struct text {
	char *s;
	size_t n, cap;
};

static struct text out, said;

static void
append(struct text *t, const void *s, size_t n)
{
	if (t->n + n + 1 > t->cap) {
		t->cap = (t->n + n + 1) * 2;
		t->s = __real_realloc(t->s, t->cap);
		if (t->s == NULL || t->cap > OUT_MOST)
			RUN_FAULT("too much output");
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

static void
say(const char *form, va_list arg, bool with_errno)
{
	char line[8192];
	int e = errno;

	vsnprintf(line, sizeof line, form, arg);
	append(&said, line, strlen(line));
	if (with_errno) {
		append(&said, ": ", 2);
		append(&said, strerror(e), strlen(strerror(e)));
	}
	append(&said, "\n", 1);
}

ssize_t
__wrap_write(int fd, const void *s, size_t n)
{
	if (!run_on || fd != 1)
		return __real_write(fd, s, n);
	append(&out, s, n);
	return (ssize_t)n;
}

int
__wrap_close(int fd)
{
	return run_on && fd == 1 ? 0 : __real_close(fd);
}

_Noreturn void
__wrap_exit(int s)
{
	if (!run_on)
		__real_exit(s);
	status = s;
	longjmp(back, 1);
}

_Noreturn void
__wrap__exit(int s)
{
	if (!run_on)
		__real__exit(s);
	__wrap_exit(s);
}

_Noreturn void
__wrap_err(int s, const char *form, ...)
{
	va_list arg;

	va_start(arg, form);
	say(form, arg, true);
	va_end(arg);
	__wrap_exit(s);
}

_Noreturn void
__wrap_errx(int s, const char *form, ...)
{
	va_list arg;

	va_start(arg, form);
	say(form, arg, false);
	va_end(arg);
	__wrap_exit(s);
}

void
__wrap_warn(const char *form, ...)
{
	va_list arg;

	va_start(arg, form);
	say(form, arg, true);
	va_end(arg);
}

void
__wrap_warnx(const char *form, ...)
{
	va_list arg;

	va_start(arg, form);
	say(form, arg, false);
	va_end(arg);
}

/* No other processes but one that run_forks allows. */
bool run_forks;
static pid_t child;

int
__wrap_posix_spawnp(pid_t *pid, const char *name,
    const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr,
    char *const *argv, char *const *env)
{
	(void)pid, (void)name, (void)actions, (void)attr, (void)argv, (void)env;
	return ENOENT;
}

pid_t
__wrap_fork(void)
{
	if (!run_on)
		return __real_fork();
	if (!run_forks || child > 0) {
		errno = EAGAIN;
		return -1;
	}
	child = __real_fork();
	run_on = child != 0;
	return child;
}

/* Signals are the fuzzer's: it is interrupted when its time is over. */
int
__wrap_sigaction(int number, const struct sigaction *a, struct sigaction *old)
{
	return run_on ? 0 : __real_sigaction(number, a, old);
}

_Noreturn void
run_fault(const char *file, int line, const char *what)
{
	run_on = false;
	fprintf(stderr, "%s:%d: %s\nstatus %d\n%.3000s\n%.3000s\n", file, line,
	    what, status, said.s ? said.s : "", out.s ? out.s : "");
	abort();
}

/*
 * Static variables.
 */
extern char __start_variables[] __attribute__((weak));
extern char __stop_variables[] __attribute__((weak));

struct line {
	uint64_t word[8];
};

/* Red zones between them are copied too; memcpy would complain, and a loop
 * must not become one. */
__attribute__((no_sanitize("address", "undefined"))) static void
copy(char *to, const char *from, size_t n)
{
	size_t i = 0;

	for (; i + sizeof(struct line) <= n; i += sizeof(struct line)) {
		*(struct line *)(void *)(to + i) =
		    *(const struct line *)(const void *)(from + i);
		__asm__ volatile("" ::: "memory");
	}
	for (; i < n; i++)
		((volatile char *)to)[i] = from[i];
}

static void
restore_variables(void)
{
	static char *saved;
	size_t n = (size_t)(__stop_variables - __start_variables);

	if (n == 0)
		return;
	if (saved == NULL) {
		saved = __real_malloc(n);
		if (saved == NULL)
			RUN_FAULT("no memory");
		copy(saved, __start_variables, n);
	}
	copy(__start_variables, saved, n);
}

/*
 * The call.
 */
static int in_fd, file_fd, first_fd;

static void
prepare(void)
{
	if (first_fd != 0)
		return;
	in_fd = memfd_create("in", 0);
	file_fd = memfd_create("file", 0);
	first_fd = file_fd + 1;
	setenv("TMPDIR", "/dev/shm", 0);
	if (in_fd == -1 || file_fd == -1)
		RUN_FAULT("no memfd");
}

static void
fill(int fd, const void *p, size_t n)
{
	if (ftruncate(fd, 0) == -1 || pwrite(fd, p, n, 0) != (ssize_t)n ||
	    lseek(fd, 0, SEEK_SET) == -1)
		RUN_FAULT("memfd");
}

static int
words(char *text, char **word)
{
	static char path[40];
	static int n;		/* not in a register: setjmp is near */

	n = 0;
	snprintf(path, sizeof path, "/proc/self/fd/%d", file_fd);
	word[n++] = (char []){"program"};
	for (char *s = strtok(text, " "); s && n < WORDS - 1;
	    s = strtok(NULL, " "))
		word[n++] = strcmp(s, "FILE") == 0 ? path : s;
	word[n] = NULL;
	return n;
}

struct run
run_program(const char *options, const void *in, size_t in_n,
    const void *file, size_t file_n)
{
	static char text[1024];
	static char *word[WORDS];
	int n;

	prepare();
	restore_variables();
	fill(in_fd, in, in_n);
	fill(file_fd, file, file_n);
	if (dup2(in_fd, 0) == -1)
		RUN_FAULT("dup2");
	snprintf(text, sizeof text, "%s", options);
	n = words(text, word);
	out.n = said.n = 0;
	append(&out, "", 0);
	append(&said, "", 0);
	optind = 0;
	run_on = true;
	if (setjmp(back) == 0)
		status = program_main(n, word);
	run_on = false;
	held_free();
	close_range((unsigned)first_fd, ~0u, 0);
	if (child > 0)
		waitpid(child, NULL, 0);
	child = 0;
	return (struct run){status, out.s, said.s, out.n, said.n};
}
