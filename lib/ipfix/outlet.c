#include "ipfix/outlet.h"

#include <sys/socket.h>

#include <err.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/pathmtu.h"

/* RFC 7011 10.3.3: packets of 512 bytes where the way is not known; headers
 * of IP and UDP; a datagram at most. */
enum { UNKNOWN_PATH = 512, HEADERS4 = 28, HEADERS6 = 48,
    DATAGRAM_MOST = 65487 };

/* The collector closes its end once it has read all. */
enum { CLOSING_MS = 10000 };

struct outlet {
	enum outlet_to to;
	size_t longest;
	FILE *file;
	int fd;
	uint64_t rate, records;
	struct timespec began;
};

static size_t
datagram_longest(int fd, int family)
{
	size_t mtu = pathmtu(fd, family);
	size_t headers = family == AF_INET6 ? HEADERS6 : HEADERS4;

	if (mtu < UNKNOWN_PATH)
		mtu = UNKNOWN_PATH;
	return mtu - headers < DATAGRAM_MOST ? mtu - headers : DATAGRAM_MOST;
}

static void
open_collector(struct outlet *w, const struct outlet_want *want)
{
	struct addrinfo hints = { .ai_socktype = want->to == OUTLET_UDP ?
	    SOCK_DGRAM : SOCK_STREAM }, *found;
	int fault = getaddrinfo(want->host, want->port, &hints, &found);

	if (fault != 0)
		errx(1, "%s: %s", want->host, gai_strerror(fault));
	for (struct addrinfo *a = found; a != NULL; a = a->ai_next) {
		w->fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
		if (w->fd >= 0 && connect(w->fd, a->ai_addr,
		    a->ai_addrlen) == 0) {
			if (want->to == OUTLET_UDP && w->longest == 0)
				w->longest = datagram_longest(w->fd,
				    a->ai_family);
			freeaddrinfo(found);
			return;
		}
		fault = errno;
		if (w->fd >= 0)
			close(w->fd);
	}
	errno = fault;
	err(1, "%s: port %s", want->host, want->port);
}

const char *
outlet_name(const struct outlet_want *want)
{
	return want->to != OUTLET_FILE ? want->host : want->file != NULL ?
	    want->file : "<stdout>";
}

struct outlet *
outlet_open(const struct outlet_want *want)
{
	struct outlet *w = mem_alloc(1, sizeof *w);

	w->to = want->to;
	w->longest = want->longest;
	w->rate = want->rate;
	if (w->to == OUTLET_FILE) {
		w->file = want->file != NULL ? fopen(want->file, "w") : stdout;
		if (w->file == NULL)
			err(1, "%s", outlet_name(want));
	} else {
		open_collector(w, want);
	}
	if (w->longest == 0)
		w->longest = OUTLET_MOST;
	clock_gettime(CLOCK_MONOTONIC, &w->began);
	return w;
}

size_t
outlet_longest(const struct outlet *w)
{
	return w->longest;
}

/* Until the records before this message are due. */
static void
keep_rate(const struct outlet *w)
{
	struct timespec due = w->began;
	uint64_t s = w->records / w->rate, rest = w->records % w->rate;

	due.tv_sec += (time_t)s;
	due.tv_nsec += (long)(rest * (uint64_t)NS_PER_S / w->rate);
	if (due.tv_nsec >= NS_PER_S) {
		due.tv_sec++;
		due.tv_nsec -= NS_PER_S;
	}
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) ==
	    EINTR)
		;
}

bool
outlet_send(struct outlet *w, const uint8_t *message, size_t n,
    uint64_t records)
{
	if (w->rate > 0)
		keep_rate(w);
	w->records += records;
	if (w->to == OUTLET_FILE)
		return fwrite(message, 1, n, w->file) == n;
	while (n > 0) {
		ssize_t sent = send(w->fd, message, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return false;
		message += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Over TCP: waits until the collector has closed its end, too, so that a
 * connection which breaks on the last bytes is seen. */
static bool
take_leave(int fd)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	char bytes[512];
	ssize_t n;

	if (shutdown(fd, SHUT_WR) < 0)
		return false;
	do {
		if (poll(&wait, 1, CLOSING_MS) == 0)
			return true;
		n = recv(fd, bytes, sizeof bytes, 0);
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0;
}

static bool
close_collector(struct outlet *w)
{
	socklen_t n = sizeof(int);
	int fault = 0;

	if (w->to == OUTLET_TCP) {
		if (!take_leave(w->fd))
			fault = errno;
	} else if (getsockopt(w->fd, SOL_SOCKET, SO_ERROR, &fault, &n) < 0) {
		fault = errno;
	}
	close(w->fd);
	errno = fault;
	return fault == 0;
}

bool
outlet_close(struct outlet *w)
{
	bool ok;

	if (w->to != OUTLET_FILE)
		ok = close_collector(w);
	else
		ok = fflush(w->file) != EOF && !ferror(w->file) &&
		    fclose(w->file) != EOF;
	free(w);
	return ok;
}
