#include "names/saidname.h"

#include <string.h>
#include <strings.h>

static bool
saidname_host_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	    c == '_' || c == '.' || c == '*';
}

bool
saidname_set(struct saidname *name, const char *s, size_t n)
{
	struct addr a;

	while (n > 0 && s[n - 1] == '.')
		n--;
	if (n == 0 || n > SAIDNAME_MAX || addr_parse(s, n, &a))
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s[i] >= 'A' && s[i] <= 'Z' ?
		    (char)(s[i] + ('a' - 'A')) : s[i];

		name->text[i] = saidname_host_byte(c) ? c : '?';
	}
	name->text[n] = '\0';
	name->n = n;
	return true;
}

/*
 * DNS.
 */

enum { DNS_HEADER = 12, DNS_JUMPS = 16, TYPE_A = 1, TYPE_AAAA = 28,
    CLASS_IN = 1 };

/* The domain name at *at of the message, which goes on behind it; to: room
 * for SAIDNAME_MAX bytes, or NULL.  Each pointer must lead backward. */
static bool
dns_name(const struct bytes *m, size_t *at, char *to, size_t *n)
{
	size_t p = *at, behind = 0, jumps = 0;

	*n = 0;
	while (p < m->n && m->p[p] != 0) {
		size_t len = m->p[p];

		if (len >= 0xc0) {
			size_t target = bytes_be16(m, p) & 0x3fffu;

			if (p + 2 > m->n || ++jumps > DNS_JUMPS || target >= p)
				return false;
			if (behind == 0)
				behind = p + 2;
			p = target;
			continue;
		}
		if (len > 63 || p + 1 + len > m->n ||
		    *n + len + 1 > SAIDNAME_MAX)
			return false;
		if (to != NULL) {
			memcpy(to + *n, m->p + p + 1, len);
			to[*n + len] = '.';
		}
		*n += len + 1;
		p += 1 + len;
	}
	if (p >= m->n)
		return false;
	*at = behind > 0 ? behind : p + 1;
	return true;
}

/* One record of the answer section; false if the message ends in it. */
static bool
dns_record(const struct bytes *m, size_t *at, struct saidname_dns *d)
{
	size_t n, length;
	uint32_t ttl;
	uint16_t type;

	if (!dns_name(m, at, NULL, &n) || *at + 10 > m->n)
		return false;
	type = bytes_be16(m, *at);
	ttl = bytes_be32(m, *at + 4);
	length = bytes_be16(m, *at + 8);
	*at += 10;
	if (*at + length > m->n)
		return false;
	if (bytes_be16(m, *at - 8) == CLASS_IN && d->n < SAIDNAME_ANSWERS &&
	    ((type == TYPE_A && length == 4) ||
	    (type == TYPE_AAAA && length == 16))) {
		d->addr[d->n++] = length == 4 ? addr_from4(m->p + *at) :
		    addr_from6(m->p + *at);
		if (ttl < d->ttl_s)
			d->ttl_s = ttl;
	}
	*at += length;
	return true;
}

bool
saidname_dns(struct bytes m, struct saidname_dns *d)
{
	uint16_t flags = bytes_be16(&m, 2);
	size_t at = DNS_HEADER, n;
	char name[SAIDNAME_MAX + 1];

	d->n = 0;
	d->ttl_s = UINT32_MAX;
	/* A response to a query, without an error. */
	if (m.n < DNS_HEADER || (flags & 0x8000) == 0 ||
	    (flags & 0x780f) != 0 || bytes_be16(&m, 4) != 1)
		return false;
	if (!dns_name(&m, &at, name, &n) || at + 4 > m.n)
		return false;
	at += 4;
	for (unsigned i = bytes_be16(&m, 6); i > 0; i--)
		if (!dns_record(&m, &at, d))
			break;
	return d->n > 0 && saidname_set(&d->name, name, n);
}

/*
 * TLS.
 */

/* Takes a field of `width` bytes of length and its bytes; false if they are
 * not all there. */
static bool
tls_skip(struct bytes *b, unsigned width)
{
	size_t n = width == 1 ? bytes_u8(b, 0) : bytes_be16(b, 0);

	return bytes_skip(b, width) && bytes_skip(b, n);
}

/* The server name among the extensions, of which not all may be there. */
static enum saidname_result
tls_extensions(struct bytes b, struct saidname *name)
{
	while (bytes_have(&b, 4)) {
		uint16_t type = bytes_be16(&b, 0), n = bytes_be16(&b, 2);
		size_t len;

		bytes_skip(&b, 4);
		if (!bytes_have(&b, n))
			return SAIDNAME_MORE;
		len = bytes_be16(&b, 3);
		if (type == 0 && n >= 5 && bytes_u8(&b, 2) == 0 &&
		    len <= n - 5u)
			return saidname_set(name, (const char *)b.p + 5, len) ?
			    SAIDNAME_FOUND : SAIDNAME_NONE;
		bytes_skip(&b, n);
	}
	return SAIDNAME_MORE;
}

enum saidname_result
saidname_hello(struct bytes b, struct saidname *name)
{
	enum { HEADER = 4, FIXED = 34 };
	enum saidname_result r;
	size_t whole;

	if (b.n == 0)
		return SAIDNAME_MORE;
	if (b.p[0] != 1)
		return SAIDNAME_NONE;
	whole = (size_t)bytes_u8(&b, 1) << 16 | bytes_be16(&b, 2);
	if (!bytes_skip(&b, HEADER))
		return SAIDNAME_MORE;
	bytes_clip(&b, whole);
	r = b.n < whole ? SAIDNAME_MORE : SAIDNAME_NONE;
	if (!bytes_skip(&b, FIXED) || !tls_skip(&b, 1) || !tls_skip(&b, 2) ||
	    !tls_skip(&b, 1) || !bytes_skip(&b, 2))
		return r;
	switch (tls_extensions(b, name)) {
	case SAIDNAME_FOUND:
		return SAIDNAME_FOUND;
	case SAIDNAME_NONE:
		return SAIDNAME_NONE;
	case SAIDNAME_MORE:
		break;
	}
	return r;
}

enum saidname_result
saidname_tls(struct bytes b, struct saidname *name)
{
	enum { RECORD = 5, HANDSHAKE = 4 };
	size_t record = bytes_be16(&b, 3);

	if (b.n < RECORD + HANDSHAKE || b.p[0] != 22 || b.p[1] != 3)
		return SAIDNAME_NONE;
	bytes_skip(&b, RECORD);
	bytes_clip(&b, record);
	return saidname_hello(b, name);
}

/*
 * HTTP.
 */

static bool
http_is_request(struct bytes b)
{
	static const char *const method[] = { "GET ", "POST ", "HEAD ", "PUT ",
	    "DELETE ", "OPTIONS ", "PATCH ", "CONNECT " };

	for (size_t i = 0; i < sizeof method / sizeof *method; i++) {
		size_t n = strlen(method[i]);

		if (b.n > n && memcmp(b.p, method[i], n) == 0)
			return true;
	}
	return false;
}

bool
saidname_http(struct bytes b, struct saidname *name)
{
	static const char field[] = "Host:";
	enum { K = sizeof field - 1 };

	if (!http_is_request(b))
		return false;
	for (;;) {
		const uint8_t *lf = memchr(b.p, '\n', b.n);
		const char *s;
		size_t n;

		if (lf == NULL)
			return false;
		bytes_skip(&b, (size_t)(lf - b.p) + 1);
		lf = memchr(b.p, '\n', b.n);
		n = lf != NULL ? (size_t)(lf - b.p) : 0;
		s = (const char *)b.p;
		if (lf == NULL || n <= 1)
			return false;	/* cut, or the end of the head */
		if (n <= K || strncasecmp(s, field, K) != 0)
			continue;
		s += K;
		n -= K;
		while (n > 0 && (*s == ' ' || *s == '\t')) {
			s++;
			n--;
		}
		while (n > 0 && (s[n - 1] == '\r' || s[n - 1] == ' '))
			n--;
		for (size_t i = 0; i < n; i++)
			if (s[i] == ':')
				n = i;	/* the port */
		return saidname_set(name, s, n);
	}
}
