/*
 * saidname: names that are said on the wire: answers of DNS (RFC 1035), the
 * server name of TLS (RFC 6066), the host of HTTP/1 (RFC 9112).  Nothing is
 * read beyond the bytes that are given, and work is bounded by their number.
 */
#ifndef SAIDNAME_H
#define SAIDNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "packet/bytes.h"

/* A name, small letters; bytes that no host name has are "?". */
enum { SAIDNAME_MAX = 255, SAIDNAME_ANSWERS = 64 };

struct saidname {
	size_t n;
	char text[SAIDNAME_MAX + 1];
};

/* Takes a name as it stands in a message or a log; the point behind it goes.
 * False for nothing, for what is too long, and for an address. */
bool saidname_set(struct saidname *, const char *s, size_t n);

/* An answer of DNS: the addresses of the name that was asked for. */
struct saidname_dns {
	struct saidname name;
	size_t n;		/* at most SAIDNAME_ANSWERS are kept */
	struct addr addr[SAIDNAME_ANSWERS];
	uint32_t ttl_s;		/* the least of them */
};

/* False if it is no whole answer with an address. */
bool saidname_dns(struct bytes message, struct saidname_dns *);

/* The server name of a ClientHello, from its first byte on; SAIDNAME_MORE if
 * what is there of it ends too early. */
enum saidname_result { SAIDNAME_NONE, SAIDNAME_FOUND, SAIDNAME_MORE };
enum saidname_result saidname_hello(struct bytes, struct saidname *);

/* The same of a TLS record that begins one. */
enum saidname_result saidname_tls(struct bytes, struct saidname *);

/* The host of a request. */
bool saidname_http(struct bytes, struct saidname *);

#endif
