/*
 * flowanon: replaces the addresses of flow records, one for one, so that
 * two addresses share as many leading bits as they did before: the
 * prefix-preserving scheme Crypto-PAn (Xu, Fan, Ammar, Moon, ICNP 2002), with
 * AES-128, for IPv4 over 32 and for IPv6 over 128 bits.  The same key gives
 * the same addresses in every file.
 *
 * The Community ID, which is a hash of the addresses and could be guessed
 * back, is made anew from the new ones.  Columns that hold bytes of payload,
 * or that name a host by other means, are left out.  Everything else stays as
 * it is.
 *
 * One pass; memory: one line, and 3 MiB that remember addresses seen.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <nettle/aes.h>

#include "base/addr.h"
#include "record/cid.h"
#include "record/endpair.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/collist.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
"usage: flowanon -K keyfile [-ahkVv] [-c columns] [-H names] [file ...]\n";

static const char *const need[] = { ENDPAIR_NEED };

enum { SRC, DST, CID };

static const char *const made[] = {
	[SRC] = "src",
	[DST] = "dst",
	[CID] = "cid",
};

enum { NEEDS = sizeof need / sizeof *need, COLS = sizeof made / sizeof *made };

/* What gives away what was said, or who a host is. */
static const char *const left_out[] = {
	"fun", "rfun", "nib", "rnib",
	"smac", "dmac", "rsmac", "rdmac",
	"tsrc", "tdst", "rtsrc", "rtdst",
	"name",
};

enum {
	V4_BITS = 32, V6_BITS = 128,
	KEY = AES128_KEY_SIZE + AES_BLOCK_SIZE,
	SEEN = 1 << 16,			/* addresses remembered */
	ENDPOINT_TEXT = ADDR_TEXT + 8	/* [address]:port */
};

struct seen {
	struct addr from, to;
	bool known;
};

struct job {
	struct rec_spec spec;
	struct rec *in;
	struct collist names;		/* -c; n = 0: ends of flows */
	bool all;			/* -a */
	struct aes128_ctx aes;
	uint8_t pad[AES_BLOCK_SIZE];
	bool has_key;
	char (*text)[ENDPOINT_TEXT];	/* of each column of -c */
	struct hash_key hash;
	struct seen *seen;
};

/*
 * Crypto-PAn.
 */

/* The addresses that the n bits are told from: for bit i, the first i bits of
 * the address and behind them those of the pad. */
static void
fill_blocks(const struct job *j, const uint8_t *b, unsigned n,
    uint8_t (*block)[AES_BLOCK_SIZE])
{
	for (unsigned i = 0; i < n; i++) {
		unsigned whole = i / 8;
		uint8_t mask = (uint8_t)(0xff00 >> i % 8);

		memcpy(block[i], j->pad, AES_BLOCK_SIZE);
		memcpy(block[i], b, whole);
		block[i][whole] = (uint8_t)((b[whole] & mask) |
		    (j->pad[whole] & ~mask));
	}
}

/* Bit i changes if the encrypted block i begins with a 1. */
static void
scramble_addr(const struct job *j, struct addr *a)
{
	uint8_t block[V6_BITS][AES_BLOCK_SIZE];
	uint8_t *b = addr_is4(a) ? a->b + 12 : a->b;
	unsigned n = addr_is4(a) ? V4_BITS : V6_BITS;

	fill_blocks(j, b, n, block);
	aes128_encrypt(&j->aes, n * AES_BLOCK_SIZE, block[0], block[0]);
	for (unsigned i = 0; i < n; i++)
		b[i / 8] ^= (uint8_t)((block[i][0] & 0x80) >> i % 8);
}

/* (An IPv6 address that comes out as an IPv4-mapped one, with a chance of 1
 * in 10^28, is IPv4 from then on.) */
static struct addr
new_addr(struct job *j, const struct addr *from)
{
	struct seen *s = &j->seen[hash_bytes(&j->hash, from->b,
	    sizeof from->b) % SEEN];

	if (!s->known || memcmp(&s->from, from, sizeof *from) != 0) {
		*s = (struct seen){*from, *from, true};
		scramble_addr(j, &s->to);
	}
	return s->to;
}

static int
hex_digit(uint8_t c)
{
	return num_hex((char)(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));
}

/* Reads 2 * KEY hexadecimal digits; false if they are not. */
static bool
read_hex(const uint8_t *text, uint8_t key[KEY])
{
	for (size_t i = 0; i < KEY; i++) {
		int high = hex_digit(text[2 * i]);
		int low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		key[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static void
set_key(struct job *j, const char *name)
{
	uint8_t text[2 * KEY + 2], key[KEY];
	FILE *f = fopen(name, "r");
	size_t n;

	if (f == NULL)
		err(1, "%s", name);
	n = fread(text, 1, sizeof text, f);
	if (ferror(f))
		err(1, "%s: cannot read", name);
	fclose(f);
	if (n == 2 * KEY + 1 && text[2 * KEY] == '\n')
		n--;
	if (n == KEY)
		memcpy(key, text, KEY);
	else if (n != 2 * KEY || !read_hex(text, key))
		errx(1, "%s: a key is %d bytes, or %d hexadecimal digits",
		    name, KEY, 2 * KEY);
	aes128_set_encrypt_key(&j->aes, key);
	aes128_encrypt(&j->aes, AES_BLOCK_SIZE, j->pad,
	    key + AES128_KEY_SIZE);
	j->has_key = true;
}

/*
 * Rows.
 */

static void
anonymise_flow(struct job *j)
{
	char src[ADDR_TEXT], dst[ADDR_TEXT], cid[CID_TEXT];
	struct endpair e;
	int column = endpair_read(j->in, false, &e);

	if (column >= 0) {
		rec_bad(j->in, (size_t)column, endpair_fault(column));
		return;
	}
	e.src.addr = new_addr(j, &e.src.addr);
	e.dst.addr = new_addr(j, &e.dst.addr);
	rec_set(j->in, SRC, src, addr_format(&e.src.addr, src));
	rec_set(j->in, DST, dst, addr_format(&e.dst.addr, dst));
	cid_format(cid, &e.src.addr, &e.dst.addr, e.proto, e.src.port,
	    e.dst.port);
	rec_set(j->in, CID, cid, strlen(cid));
	rec_write(j->in);
}

/* Finds the address in "address", "address:port" or "[address]:port". */
static struct rec_span
address_in(struct rec_span text)
{
	const char *colon = memchr(text.s, ':', text.n);
	const char *close;

	if (text.n > 0 && *text.s == '[') {
		close = memchr(text.s, ']', text.n);
		if (close != NULL)
			return (struct rec_span){text.s + 1,
			    (size_t)(close - text.s - 1)};
	}
	if (colon != NULL && memchr(colon + 1, ':',
	    (size_t)(text.s + text.n - colon - 1)) == NULL)
		text.n = (size_t)(colon - text.s);
	return text;
}

/* Writes the text anew with another address; its length, or 0 if there is
 * no address in it. */
static size_t
replace_addr(struct job *j, struct rec_span text, char to[ENDPOINT_TEXT])
{
	struct rec_span old = address_in(text);
	size_t before = (size_t)(old.s - text.s);
	size_t after = text.n - before - old.n;
	struct addr a;
	size_t n;

	if (!addr_parse(old.s, old.n, &a) || before + after >
	    ENDPOINT_TEXT - ADDR_TEXT)
		return 0;
	a = new_addr(j, &a);
	memcpy(to, text.s, before);
	n = before + addr_format(&a, to + before);
	memcpy(to + n, old.s + old.n, after);
	return n + after;
}

static void
anonymise_columns(struct job *j)
{
	for (size_t i = 0; i < j->names.n; i++) {
		size_t n;

		if (rec_unknown(j->in, i))
			continue;
		n = replace_addr(j, rec_get(j->in, i), j->text[i]);
		if (n == 0) {
			rec_bad(j->in, i, "no address");
			return;
		}
		rec_set(j->in, i, j->text[i], n);
	}
	rec_write(j->in);
}

/* Columns that are read are those that are made. */
static void
set_columns(struct job *j, char *list)
{
	collist_parse(&j->names, list);
	j->spec.need = j->spec.made = j->names.need;
	j->spec.n_need = j->spec.n_made = j->names.n;
}

static int
anonymise_files(struct job *j, char *const *files)
{
	if (!j->all && j->names.n == 0) {
		j->spec.left_out = left_out;
		j->spec.n_left_out = sizeof left_out / sizeof *left_out;
	}
	j->text = mem_alloc(j->names.n + 1, sizeof *j->text);
	j->hash = hash_random_key();
	j->seen = mem_alloc(SEEN, sizeof *j->seen);
	j->in = rec_open(files, &j->spec);
	while (rec_next(j->in))
		if (j->names.n > 0)
			anonymise_columns(j);
		else
			anonymise_flow(j);
	return rec_close(j->in);
}

/* Reads flow records and writes them with other addresses. */
int
main(int argc, char **argv)
{
	static struct job job = {
		.spec = { .need = need, .n_need = NEEDS, .made = made,
		    .n_made = COLS }
	};
	int c;

	while ((c = cmdline_getopt(argc, argv, "ac:H:hK:kVv")) != -1) {
		switch (c) {
		case 'a':
			job.all = true;
			break;
		case 'c':
			set_columns(&job, optarg);
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, made, COLS);
		case 'K':
			set_key(&job, optarg);
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}
	}
	if (!job.has_key)
		errx(2, "-K keyfile is needed");
	return anonymise_files(&job, argv + optind);
}
