#include "ipfix/collect.h"

#include <sys/socket.h>

#include <err.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* Exporters at a time; beyond that the one unheard for longest goes. */
enum { PEERS = 256, NAME = 80, BACKLOG = 16 };

struct peer {
	int fd;				/* a connection, or -1 */
	struct sockaddr_storage addr;	/* who it is */
	socklen_t addr_n;
	char name[NAME];
	struct import_stream *stream;
	uint64_t heard;			/* number of its latest message */
	size_t n;			/* bytes of a message that has begun */
	uint8_t message[IMPORT_MOST + 1];
};

struct collector {
	struct importer *importer;
	struct out *out;
	int fd;
	struct peer *peer[PEERS];
	size_t peers;
	uint64_t messages;
	int status;
};

static volatile sig_atomic_t stopped;

static void
stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/*
 * Files.
 */

/* Reads the next message whole.  Its length; 0 at the end of the file, or
 * where *fault says what is wrong. */
static size_t
read_message(FILE *file, uint8_t *message, const char **fault)
{
	size_t n = fread(message, 1, IMPORT_HEADER, file), length;

	if (n == 0 && !ferror(file))
		return 0;
	length = import_length(message, n, fault);
	if (*fault == NULL && length > n)
		n += fread(message + n, 1, length - n, file);
	if (*fault == NULL && ferror(file))
		*fault = strerror(errno);
	else if (*fault == NULL && (length == 0 || n < length))
		*fault = "the file ends within a message";
	return *fault == NULL ? length : 0;
}

static int
read_messages(struct importer *m, const char *name, FILE *file)
{
	static uint8_t message[IMPORT_MOST + 1];
	struct import_stream *stream = import_begin();
	const char *fault = NULL;
	unsigned long long at = 0;
	size_t length, inside = 0;

	while ((length = read_message(file, message, &fault)) > 0) {
		fault = import_message(m, stream, message, length, &inside);
		if (fault != NULL) {
			at += inside;
			break;
		}
		at += length;
	}
	if (fault == NULL && at == 0)
		fault = "empty input, not even a message";
	if (fault != NULL)
		warnx("%s: byte %llu: %s", name, at, fault);
	import_end(m, stream);
	return fault != NULL;
}

static int
read_file(struct importer *m, const char *name)
{
	FILE *file = fopen(name, "r");
	int status;

	if (file == NULL) {
		warn("%s", name);
		return 1;
	}
	status = read_messages(m, name, file);
	fclose(file);
	return status;
}

int
collect_files(struct importer *m, char *const *files)
{
	int status = 0;

	if (*files == NULL)
		return read_messages(m, "<stdin>", stdin);
	for (; *files != NULL; files++)
		status |= strcmp(*files, "-") == 0 ?
		    read_messages(m, "<stdin>", stdin) :
		    read_file(m, *files);
	return status;
}

/*
 * The network.
 */

static int
open_socket(bool udp, const char *host, const char *port)
{
	struct addrinfo want = { .ai_socktype = udp ? SOCK_DGRAM :
	    SOCK_STREAM, .ai_flags = AI_PASSIVE }, *found;
	int one = 1, fd, fault = getaddrinfo(host, port, &want, &found);

	if (fault != 0)
		errx(1, "%s: %s", port, gai_strerror(fault));
	fd = socket(found->ai_family, found->ai_socktype,
	    found->ai_protocol);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one,
	    sizeof one) < 0 || bind(fd, found->ai_addr,
	    found->ai_addrlen) < 0 || (!udp && listen(fd, BACKLOG) < 0))
		err(1, "%s", port);
	freeaddrinfo(found);
	return fd;
}

static void
drop_peer(struct collector *c, size_t i)
{
	struct peer *p = c->peer[i];

	if (p->fd != -1)
		close(p->fd);
	import_end(c->importer, p->stream);
	free(p);
	c->peer[i] = c->peer[--c->peers];
}

static void
complain(struct collector *c, const struct peer *p, const char *fault)
{
	out_flush(c->out);
	warnx("%s: %s", p->name, fault);
	c->status = 1;
}

static void
complain_at(struct collector *c, const struct peer *p, const char *fault,
    size_t at)
{
	char text[320];

	snprintf(text, sizeof text, "byte %zu of a message: %s", at, fault);
	complain(c, p, text);
}

static struct peer *
add_peer(struct collector *c, int fd, const struct sockaddr_storage *addr,
    socklen_t addr_n)
{
	size_t oldest = 0;
	struct peer *p;
	char host[64], port[16];

	for (size_t i = 1; i < c->peers; i++)
		if (c->peer[i]->heard < c->peer[oldest]->heard)
			oldest = i;
	if (c->peers == PEERS)
		drop_peer(c, oldest);
	p = mem_alloc(1, sizeof *p);
	c->peer[c->peers++] = p;
	p->fd = fd;
	p->addr = *addr;
	p->addr_n = addr_n;
	p->heard = ++c->messages;
	p->stream = import_begin();
	if (getnameinfo((const void *)addr, addr_n, host, sizeof host, port,
	    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) == 0)
		snprintf(p->name, sizeof p->name, "%.60s:%.10s", host, port);
	else
		snprintf(p->name, sizeof p->name, "an exporter");
	return p;
}

static struct peer *
find_peer(struct collector *c, const struct sockaddr_storage *addr,
    socklen_t addr_n)
{
	for (size_t i = 0; i < c->peers; i++)
		if (c->peer[i]->addr_n == addr_n &&
		    memcmp(&c->peer[i]->addr, addr, addr_n) == 0)
			return c->peer[i];
	return add_peer(c, -1, addr, addr_n);
}

/* A datagram is a message. */
static void
take_datagram(struct collector *c)
{
	static uint8_t message[IMPORT_MOST + 1];
	struct sockaddr_storage from;
	socklen_t from_n = sizeof from;
	const char *fault;
	struct peer *p;
	ssize_t n;
	size_t length, at = 0;

	memset(&from, 0, sizeof from);
	n = recvfrom(c->fd, message, sizeof message, 0, (void *)&from,
	    &from_n);
	if (n < 0) {
		if (errno != EINTR)
			err(1, "receiving");
		return;
	}
	p = find_peer(c, &from, from_n);
	p->heard = ++c->messages;
	length = import_length(message, (size_t)n, &fault);
	if (fault == NULL && length != (size_t)n)
		fault = "the datagram is not one whole message";
	if (fault == NULL)
		fault = import_message(c->importer, p->stream, message,
		    length, &at);
	if (fault != NULL)
		complain_at(c, p, fault, at);
}

/* Takes the whole messages of p; false if they are none. */
static bool
take_messages(struct collector *c, struct peer *p)
{
	const char *fault = NULL;
	size_t at = 0, length, inside = 0;

	while ((length = import_length(p->message + at, p->n - at,
	    &fault)) > 0 && length <= p->n - at) {
		fault = import_message(c->importer, p->stream,
		    p->message + at, length, &inside);
		if (fault != NULL)
			break;
		at += length;
		p->heard = ++c->messages;
	}
	if (fault != NULL) {
		complain_at(c, p, fault, inside);
		return false;
	}
	memmove(p->message, p->message + at, p->n - at);
	p->n -= at;
	return true;
}

static bool
take_bytes(struct collector *c, struct peer *p)
{
	ssize_t n = read(p->fd, p->message + p->n, sizeof p->message - p->n);

	if (n < 0 && errno == EINTR)
		return true;
	if (n > 0) {
		p->n += (size_t)n;
		return take_messages(c, p);
	}
	if (n < 0)
		complain(c, p, strerror(errno));
	else if (p->n > 0)
		complain(c, p, "the connection ended within a message");
	return false;
}

static void
take_connection(struct collector *c)
{
	struct sockaddr_storage from;
	socklen_t from_n = sizeof from;
	int fd;

	memset(&from, 0, sizeof from);
	fd = accept(c->fd, (void *)&from, &from_n);
	if (fd >= 0)
		add_peer(c, fd, &from, from_n);
	else if (errno != EINTR && errno != ECONNABORTED)
		err(1, "accepting");
}

static void
take_what_came(struct collector *c, bool udp)
{
	struct pollfd wait[PEERS + 1];
	size_t n = udp ? 0 : c->peers;

	for (size_t i = 0; i < n; i++)
		wait[i] = (struct pollfd){c->peer[i]->fd, POLLIN, 0};
	wait[n] = (struct pollfd){c->fd, POLLIN, 0};
	if (poll(wait, n + 1, -1) < 0) {
		if (errno != EINTR)
			err(1, "poll");
		return;
	}
	for (size_t i = n; i-- > 0; )
		if (wait[i].revents != 0 && !take_bytes(c, c->peer[i]))
			drop_peer(c, i);
	if (wait[n].revents != 0) {
		if (udp)
			take_datagram(c);
		else
			take_connection(c);
	}
	out_flush(c->out);
}

int
collect_network(struct importer *m, struct out *out, bool udp,
    const char *host, const char *port)
{
	struct sigaction action = { .sa_handler = stop };
	struct collector c = { .importer = m, .out = out };

	c.fd = open_socket(udp, host, port);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	while (!stopped)
		take_what_came(&c, udp);
	for (size_t i = 0; i < c.peers; i++)
		if (c.peer[i]->n > 0)
			complain(&c, c.peer[i], "stopped within a message");
	while (c.peers > 0)
		drop_peer(&c, c.peers - 1);
	close(c.fd);
	return c.status;
}
