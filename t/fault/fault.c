/*
 * fault: preloaded into a program, makes its calls fail.
 *
 *	FAULT=read:N	the N-th read fails: EIO
 *	FAULT=write:N	the N-th write fails: ENOSPC (standard error's do not)
 *	FAULT=close:N	the N-th close fails: EIO
 *	FAULT=open:N	the N-th open fails: EMFILE
 *	FAULT=memory:N	the N-th allocation fails
 *	FAULT=short	each read and write moves half of the bytes, at most 7
 *	FAULT=eintr	each second read, write and close is interrupted
 *
 * FAULT_COUNT names a file; at the end "KIND COUNT" for each kind is added.
 */
#define _GNU_SOURCE		/* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum kind { READ, WRITE, CLOSE, OPEN, MEMORY, KINDS };

static const char *const names[KINDS] = {
	"read", "write", "close", "open", "memory"
};
static const int error[KINDS] = {EIO, ENOSPC, EIO, EMFILE, ENOMEM};

static bool begun, shortened, interrupted;
static unsigned long count[KINDS], at[KINDS];

/* What dlsym itself needs before it can find malloc. */
static char early[65536];
static size_t early_n;

#define NEXT(result, arguments, name) \
	static result (*next) arguments; \
	if (next == NULL) \
		*(void **)&next = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void
begin(void)
{
	const char *s = getenv("FAULT");

	for (int i = 0; s != NULL && i < KINDS; i++) {
		size_t n = strlen(names[i]);

		if (strncmp(s, names[i], n) == 0 && s[n] == ':')
			at[i] = strtoul(s + n + 1, NULL, 10);
	}
	shortened = s != NULL && strcmp(s, "short") == 0;
	interrupted = s != NULL && strcmp(s, "eintr") == 0;
	/* Tools that the program calls need not bear with it: gzip does not. */
	if (interrupted)
		unsetenv("LD_PRELOAD");
	begun = true;
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *f;

	begun = false;
	if (path == NULL || (f = fopen(path, "a")) == NULL)
		return;
	for (int i = 0; i < KINDS; i++)
		fprintf(f, "%s %lu\n", names[i], count[i]);
	fclose(f);
}

static bool
fails(enum kind k)
{
	if (!begun || ++count[k] != at[k])
		return false;
	errno = error[k];
	return true;
}

static bool
is_interrupted(void)
{
	static unsigned long n;

	if (!begun || !interrupted || ++n % 2 == 0)
		return false;
	errno = EINTR;
	return true;
}

static size_t
cut(size_t n)
{
	if (!begun || !shortened || n < 2)
		return n;
	return n < 14 ? (n + 1) / 2 : 7;
}

ssize_t
read(int fd, void *p, size_t n)
{
	NEXT(ssize_t, (int, void *, size_t), "read");
	return fails(READ) || is_interrupted() ? -1 : next(fd, p, cut(n));
}

ssize_t
write(int fd, const void *p, size_t n)
{
	NEXT(ssize_t, (int, const void *, size_t), "write");
	if (fd == STDERR_FILENO)
		return next(fd, p, n);
	return fails(WRITE) || is_interrupted() ? -1 : next(fd, p, cut(n));
}

int
close(int fd)
{
	int r;

	NEXT(int, (int), "close");
	r = next(fd);
	return fails(CLOSE) || is_interrupted() ? -1 : r;
}

int
open(const char *path, int flags, ...)
{
	va_list arg;
	int mode;

	NEXT(int, (const char *, int, ...), "open");
	va_start(arg, flags);
	mode = va_arg(arg, int);
	va_end(arg);
	return fails(OPEN) ? -1 : next(path, flags, mode);
}

int
openat(int dir, const char *path, int flags, ...)
{
	va_list arg;
	int mode;

	NEXT(int, (int, const char *, int, ...), "openat");
	va_start(arg, flags);
	mode = va_arg(arg, int);
	va_end(arg);
	return fails(OPEN) ? -1 : next(dir, path, flags, mode);
}

static void *
take_early(size_t n)
{
	void *p = early + early_n;

	early_n += (n + 15) / 16 * 16;
	return early_n <= sizeof early ? p : NULL;
}

static bool
is_early(const void *p)
{
	return (const char *)p >= early && (const char *)p < early +
	    sizeof early;
}

void *
malloc(size_t n)
{
	static bool finding;

	if (finding)
		return take_early(n);
	finding = true;
	NEXT(void *, (size_t), "malloc");
	finding = false;
	return fails(MEMORY) ? NULL : next(n);
}

void *
calloc(size_t n, size_t size)
{
	static bool finding;

	if (finding)
		return take_early(n * size);
	finding = true;
	NEXT(void *, (size_t, size_t), "calloc");
	finding = false;
	return fails(MEMORY) ? NULL : next(n, size);
}

void *
realloc(void *p, size_t n)
{
	NEXT(void *, (void *, size_t), "realloc");
	if (is_early(p))
		abort();
	return fails(MEMORY) ? NULL : next(p, n);
}

int
posix_memalign(void **p, size_t alignment, size_t n)
{
	NEXT(int, (void **, size_t, size_t), "posix_memalign");
	return fails(MEMORY) ? ENOMEM : next(p, alignment, n);
}

void
free(void *p)
{
	NEXT(void, (void *), "free");
	if (!is_early(p))
		next(p);
}
