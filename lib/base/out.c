#include "base/out.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
out_open(struct out *o, int fd, const char *name)
{
	int flags;

	o->fd = fd;
	o->name = name;
	o->written = 0;
	o->await = NULL;
	o->n = 0;
	/* Said before anything is read. */
	if ((flags = fcntl(fd, F_GETFL)) < 0 ||
	    (flags & O_ACCMODE) == O_RDONLY) {
		errno = EBADF;
		err(1, "%s", name);
	}
}

void
out_open_temporary(struct out *o, const char *name)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int fd;

	if (dir == NULL || *dir == '\0')
		dir = "/tmp";
	if (snprintf(path, sizeof path, "%s/flowsXXXXXX", dir) >=
	    (int)sizeof path)
		errx(1, "TMPDIR is too long");
	if ((fd = mkstemp(path)) < 0)
		err(1, "cannot make a %s in %s", name, dir);
	unlink(path);
	out_open(o, fd, name);
}

static _Noreturn void
fail_write(const struct out *o)
{
	if (errno == EPIPE)
		_exit(1);
	err(1, "%s: cannot write", o->name);
}

static void
write_all(const struct out *o, const char *s, size_t n)
{
	while (n > 0) {
		ssize_t k = write(o->fd, s, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			fail_write(o);
		s += k;
		n -= (size_t)k;
	}
}

void
out_flush(struct out *o)
{
	size_t n = o->n;

	if (o->await != NULL)
		o->await(o->await_arg);
	o->n = 0;
	write_all(o, o->buf, n);
	o->written += n;
}

void
out_close(struct out *o)
{
	out_flush(o);
	if (close(o->fd) < 0 && errno != EINTR)
		fail_write(o);
}

void
out_mem(struct out *o, const void *p, size_t n)
{
	const char *s = p;

	/* The buffer is filled to the brim, so that writes stay of one size. */
	while (n > sizeof o->buf - o->n) {
		size_t k = sizeof o->buf - o->n;

		memcpy(o->buf + o->n, s, k);
		o->n += k;
		s += k;
		n -= k;
		out_flush(o);
	}
	if (n > 0)
		memcpy(o->buf + o->n, s, n);
	o->n += n;
}

void
out_str(struct out *o, const char *s)
{
	out_mem(o, s, strlen(s));
}

static const char pair[] =
    "00010203040506070809101112131415161718192021222324"
    "25262728293031323334353637383940414243444546474849"
    "50515253545556575859606162636465666768697071727374"
    "75767778798081828384858687888990919293949596979899";

char *
out_put_pad(char *p, uint64_t v, unsigned width)
{
	char *d = p + width;

	for (; d - p >= 2; v /= 100)
		memcpy(d -= 2, &pair[v % 100 * 2], 2);
	if (d > p)
		*p = (char)('0' + v % 10);
	return p + width;
}

static unsigned
width_of(uint64_t v)
{
	uint64_t unit = 10;
	unsigned width = 1;

	for (; width < 20 && v >= unit; unit *= 10)
		width++;
	return width;
}

/* The digits of v < 10000. */
static inline void
put_four(char *p, uint32_t v)
{
	memcpy(p, &pair[v / 100 * 2], 2);
	memcpy(p + 2, &pair[v % 100 * 2], 2);
}

/* Most of them are small: counts, lengths, or ports. */
char *
out_put_digits(char *p, uint64_t v)
{
	uint32_t n = (uint32_t)v;

	if (v < 100) {
		memcpy(p, &pair[v * 2], 2);
		return p + 2;
	}
	if (v < 1000) {
		*p = (char)('0' + n / 100);
		memcpy(p + 1, &pair[n % 100 * 2], 2);
		return p + 3;
	}
	if (v < 10000) {
		put_four(p, n);
		return p + 4;
	}
	if (v < 100000) {
		*p = (char)('0' + n / 10000);
		put_four(p + 1, n % 10000);
		return p + 5;
	}
	return out_put_pad(p, v, width_of(v));
}

/* The digits of v < 1000000. */
static inline void
put_six(char *p, uint32_t v)
{
	memcpy(p, &pair[v / 10000 * 2], 2);
	put_four(p + 2, v % 10000);
}

/* The first six digits are those of the time before, but for a change every
 * three hours; of the same thread, since several write times. */
char *
out_put_time(char *p, int64_t ns, unsigned decimals)
{
	static _Thread_local uint32_t before = UINT32_MAX;
	static _Thread_local char text[8];
	uint64_t t = (uint64_t)ns, s = t / 1000000000;
	uint32_t part = (uint32_t)(t - s * 1000000000), micro = part / 1000;
	uint32_t high = (uint32_t)(s / 10000);

	if (high != before) {
		out_put_pad(text, high, 6);
		before = high;
	}
	memcpy(p, text, sizeof text);
	put_four(p + 6, (uint32_t)(s - high * UINT64_C(10000)));
	p[10] = '.';
	put_six(p + 11, micro);
	if (decimals != 9)
		return p + 17;
	return out_put_pad(p + 17, part - micro * 1000, 3);
}

void
out_pad(struct out *o, uint64_t v, unsigned width)
{
	char digits[20], *end = out_put_u64(digits, v);

	if (end - digits < (ptrdiff_t)width)
		end = out_put_pad(digits, v, width);
	out_mem(o, digits, (size_t)(end - digits));
}

void
out_u64(struct out *o, uint64_t v)
{
	out_upto(o, out_put_u64(out_room(o, 20), v));
}

void
out_time(struct out *o, int64_t ns, unsigned decimals)
{
	out_upto(o, out_put_time(out_room(o, 20), ns, decimals));
}

void
out_fixed(struct out *o, int64_t v, unsigned decimals)
{
	uint64_t abs = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	uint64_t unit = 1;

	for (unsigned i = 0; i < decimals; i++)
		unit *= 10;
	if (v < 0)
		out_char(o, '-');
	out_u64(o, abs / unit);
	if (decimals > 0) {
		out_char(o, '.');
		out_pad(o, abs % unit, decimals);
	}
}
