#include "names/quicpacket.h"

#include <nettle/gcm.h>
#include <nettle/hmac.h>
#include <string.h>

enum { SALT = 20, KEY = 16, IV = 12, TAG = 16, SAMPLE = 16, NUMBER = 4 };

/* Versions from first to last; initial, retry: the types of long headers. */
struct version {
	uint32_t first, last;
	uint8_t initial, retry;
	const char *prefix;		/* of the labels of keys */
	uint8_t salt[SALT];
};

static const struct version versions[] = {
	{ 1, 1, 0, 3, "quic", {
	    0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	    0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a } },
	{ 0x6b3343cf, 0x6b3343cf, 1, 0, "quicv2", {
	    0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
	    0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9 } },
	{ 0xff000021, 0xff000022, 0, 3, "quic", {	/* drafts 33, 34 */
	    0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	    0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a } },
	{ 0xff00001d, 0xff000020, 0, 3, "quic", {	/* 29 to 32 */
	    0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
	    0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99 } },
	{ 0xff000017, 0xff00001c, 0, 3, "quic", {	/* 23 to 28 */
	    0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
	    0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02 } },
};

struct keys {
	uint8_t key[KEY], iv[IV], hp[KEY];
};

/* An Initial packet, protected. */
struct shut {
	const struct version *version;
	struct bytes whole;		/* header and payload */
	size_t number_at;		/* where its number begins */
	struct quicid id;
};

static const struct version *
find_version(uint32_t v)
{
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (v >= versions[i].first && v <= versions[i].last)
			return &versions[i];
	return NULL;
}

bool
quicpacket_number(struct bytes *b, uint64_t *v)
{
	size_t n = (size_t)1 << (bytes_u8(b, 0) >> 6);

	*v = bytes_u8(b, 0) & 0x3f;
	for (size_t i = 1; i < n; i++)
		*v = *v << 8 | bytes_u8(b, i);
	return bytes_skip(b, n);
}

/* HKDF-Expand-Label (RFC 8446 section 7.1; RFC 5869) without context, of no
 * more than one block; label: what comes behind "tls13 ". */
static void
expand_label(struct hmac_sha256_ctx *secret, const char *label, size_t n,
    uint8_t *to)
{
	static const char tls[] = "tls13 ";
	enum { K = sizeof tls - 1 };
	size_t label_n = strlen(label);
	const uint8_t begin[] = { 0, (uint8_t)n, (uint8_t)(K + label_n) };
	const uint8_t end[] = { 0, 1 };		/* context, block */

	hmac_sha256_update(secret, sizeof begin, begin);
	hmac_sha256_update(secret, K, (const uint8_t *)tls);
	hmac_sha256_update(secret, label_n, (const uint8_t *)label);
	hmac_sha256_update(secret, sizeof end, end);
	hmac_sha256_digest(secret, n, to);
}

/* RFC 9001 section 5.2. */
static void
client_keys(const struct version *v, const struct quicid *id, struct keys *k)
{
	const struct { const char *name; uint8_t *to; size_t n; } made[] = {
		{ " key", k->key, KEY }, { " iv", k->iv, IV },
		{ " hp", k->hp, KEY }
	};
	uint8_t secret[SHA256_DIGEST_SIZE];
	struct hmac_sha256_ctx hmac;
	char label[16];

	hmac_sha256_set_key(&hmac, SALT, v->salt);
	hmac_sha256_update(&hmac, id->n, id->byte);
	hmac_sha256_digest(&hmac, sizeof secret, secret);
	hmac_sha256_set_key(&hmac, sizeof secret, secret);
	expand_label(&hmac, "client in", sizeof secret, secret);
	hmac_sha256_set_key(&hmac, sizeof secret, secret);
	for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
		strcpy(label, v->prefix);
		strcat(label, made[i].name);
		expand_label(&hmac, label, made[i].n, made[i].to);
	}
}

/* The header without its protection (RFC 9001 section 5.4), and the nonce out
 * of the packet's number; returns its length. */
static size_t
unmask_header(const struct shut *s, const struct keys *k, uint8_t *header,
    uint8_t *nonce)
{
	struct aes128_ctx aes;
	uint8_t mask[SAMPLE];
	size_t n;

	aes128_set_encrypt_key(&aes, k->hp);
	aes128_encrypt(&aes, SAMPLE, mask,
	    s->whole.p + s->number_at + NUMBER);
	memcpy(header, s->whole.p, s->number_at + NUMBER);
	header[0] = (uint8_t)(header[0] ^ (mask[0] & 0x0f));
	n = (header[0] & 3u) + 1;
	memcpy(nonce, k->iv, IV);
	for (size_t i = 0; i < n; i++) {
		uint8_t *b = &header[s->number_at + i];

		*b = (uint8_t)(*b ^ mask[1 + i]);
		nonce[IV - n + i] = (uint8_t)(nonce[IV - n + i] ^ *b);
	}
	return s->number_at + n;
}

/* plain: room for the whole packet. */
static bool
decrypt(const struct shut *s, const struct quicid *id, uint8_t *plain,
    struct bytes *frames)
{
	struct bytes text = s->whole;
	uint8_t nonce[IV], tag[TAG];
	struct gcm_aes128_ctx gcm;
	struct keys k;
	size_t header;

	client_keys(s->version, id, &k);
	/* The header goes where the text in plain goes then. */
	header = unmask_header(s, &k, plain, nonce);
	bytes_skip(&text, header);
	bytes_clip(&text, text.n - TAG);
	gcm_aes128_set_key(&gcm, k.key);
	gcm_aes128_set_iv(&gcm, IV, nonce);
	gcm_aes128_update(&gcm, header, plain);
	gcm_aes128_decrypt(&gcm, text.n, plain, text.p);
	gcm_aes128_digest(&gcm, TAG, tag);
	*frames = (struct bytes){ plain, text.n };
	return memcmp(tag, text.p + text.n, TAG) == 0;
}

/* Takes a connection ID; false if it is none. */
static bool
take_id(struct bytes *b, struct quicid *id)
{
	id->n = bytes_u8(b, 0);
	if (id->n > QUICPACKET_ID || !bytes_have(b, 1 + (size_t)id->n))
		return false;
	memcpy(id->byte, b->p + 1, id->n);
	return bytes_skip(b, 1 + (size_t)id->n);
}

/* Takes the next packet off the datagram, however much of it is there; *is
 * tells whether it is an Initial packet and whole. */
static bool
take_packet(struct bytes *datagram, struct shut *s, bool *is)
{
	enum { LONG = 0x80, FORM_AND_VERSION = 5 };
	struct bytes b = *datagram;
	uint8_t type = bytes_u8(&b, 0) >> 4 & 3;
	uint64_t n;
	struct quicid source;

	s->whole.p = b.p;
	s->version = find_version(bytes_be32(&b, 1));
	if ((bytes_u8(&b, 0) & LONG) == 0 || s->version == NULL ||
	    !bytes_skip(&b, FORM_AND_VERSION) || !take_id(&b, &s->id) ||
	    !take_id(&b, &source) || type == s->version->retry)
		return false;
	*is = type == s->version->initial;
	if (*is && (!quicpacket_number(&b, &n) || n > b.n ||
	    !bytes_skip(&b, (size_t)n)))
		return false;		/* the token */
	if (!quicpacket_number(&b, &n) || n > b.n)
		return false;
	s->number_at = (size_t)(b.p - s->whole.p);
	s->whole.n = s->number_at + (size_t)n;
	*is = *is && n >= NUMBER + SAMPLE;
	return bytes_skip(datagram, s->whole.n);
}

enum quic_result
quicpacket_next(struct bytes *datagram, const struct quicid *first,
    uint8_t *plain, struct bytes *frames, struct quicid *id)
{
	struct shut s;
	bool is;

	if (!take_packet(datagram, &s, &is))
		return QUIC_NONE;
	if (!is)
		return QUIC_SHUT;
	*id = s.id;
	if (decrypt(&s, id, plain, frames))
		return QUIC_OPEN;
	if (first == NULL)
		return QUIC_SHUT;
	*id = *first;
	return decrypt(&s, id, plain, frames) ? QUIC_OPEN : QUIC_SHUT;
}
