#include "cid.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <nettle/base64.h>
#include <nettle/sha1.h>

/* The specification's buffer: seed, two addresses, protocol, a zero byte,
 * two ports. */
enum { CID_MOST = 2 + 2 * 16 + 2 + 2 * 2 };

static size_t
put_addr(uint8_t *p, const struct addr *a)
{
	size_t skip = addr_is4(a) ? 12 : 0;

	memcpy(p, a->b + skip, 16 - skip);
	return 16 - skip;
}

static size_t
put_port(uint8_t *p, uint16_t port)
{
	p[0] = (uint8_t)(port >> 8);
	p[1] = (uint8_t)port;
	return 2;
}

void
cid_format(char text[CID_TEXT], const struct addr *src, const struct addr *dst,
    uint8_t proto, uint16_t sport, uint16_t dport)
{
	int order = memcmp(src->b, dst->b, sizeof src->b);
	bool swap = order > 0 || (order == 0 && sport > dport);
	uint8_t buf[CID_MOST] = {0}, digest[SHA1_DIGEST_SIZE];
	struct sha1_ctx sha;
	size_t n = 2;

	n += put_addr(buf + n, swap ? dst : src);
	n += put_addr(buf + n, swap ? src : dst);
	buf[n++] = proto;
	buf[n++] = 0;
	n += put_port(buf + n, swap ? dport : sport);
	n += put_port(buf + n, swap ? sport : dport);
	sha1_init(&sha);
	sha1_update(&sha, n, buf);
	sha1_digest(&sha, sizeof digest, digest);
	memcpy(text, "1:", 2);
	base64_encode_raw(text + 2, sizeof digest, digest);
	text[CID_TEXT - 1] = '\0';
}
