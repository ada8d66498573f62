/*
 * packets: what lib/capture and lib/decode make of captures, one line a
 * frame: time, verdict, then for packets proto, source, destination, length,
 * captured bytes, TCP flags, "later" for a later fragment.
 *
 *	build/t/packets [-aLT] [-D ms] [-f filter] [file ...]
 *
 * -a tells of all protocols, -T looks inside tunnels, -L takes file names
 * from stdin, -D marks
 * duplicates.  Without arguments it tests what can be tested without a
 * capture, and prints TAP.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "packet/bytes.h"
#include "packet/capture.h"
#include "packet/decode.h"
#include "packet/dedup.h"
#include "base/num.h"
#include "packet/expiring.h"
#include "tap.h"

static const char *const verdicts[] = {
	[DECODE_FLOW] = "flow", [DECODE_NOT_IP] = "not-ip",
	[DECODE_OTHER] = "other", [DECODE_UNREACHABLE] = "unreachable",
	[DECODE_ORPHAN] = "orphan", [DECODE_MALFORMED] = "malformed"
};

static void
print_end(const struct addr *a, uint16_t port)
{
	char text[ADDR_TEXT];

	addr_format(a, text);
	printf(addr_is4(a) ? " %s:%u" : " [%s]:%u", text, port);
}

static void
print_packet(const struct packet *p)
{
	if (p->proto == PROTO_TCP || p->proto == PROTO_UDP)
		printf(" %s", p->proto == PROTO_TCP ? "tcp" : "udp");
	else
		printf(" %u", p->proto);
	print_end(&p->src, p->sport);
	print_end(&p->dst, p->dport);
	printf(" %" PRIu32 " %" PRIu32 " %02x%s", p->length, p->captured,
	    p->tcp_flags, p->later_fragment ? " later" : "");
}

/* The data is decoded in a block of its size, so that ASan sees a read beyond
 * its end. */
static void
print_frame(const struct frame *f, struct decode *d, struct dedup *dup)
{
	uint8_t *data = malloc(f->caplen ? f->caplen : 1);
	struct frame copy = *f;
	struct packet p;
	enum decode_verdict v;
	enum decode_extra e;

	if (data == NULL)
		exit(1);
	memcpy(data, f->data, f->caplen);
	copy.data = data;
	v = decode(d, &copy, &p);

	printf("%" PRId64 ".%09" PRId64 " %s", f->t_ns / NS_PER_S,
	    f->t_ns % NS_PER_S, verdicts[v]);
	if (v == DECODE_FLOW || v == DECODE_UNREACHABLE)
		print_packet(&p);
	if (v == DECODE_FLOW && dup != NULL && dedup_seen(dup, &p))
		printf(" duplicate");
	putchar('\n');
	while ((e = decode_extra(d, &p)) != DECODE_NO_EXTRA) {
		if (v == DECODE_UNREACHABLE)
			continue;
		printf("%" PRId64 ".%09" PRId64 " %s", p.t_ns / NS_PER_S,
		    p.t_ns % NS_PER_S, e == DECODE_QUOTE ? "quote" :
		    "earlier");
		print_packet(&p);
		putchar('\n');
	}
	free(data);
}

static int
dump(int argc, char **argv)
{
	struct capture_want want = { 0 };
	struct dedup *dup = NULL;
	struct decode_want look = { 0 };
	struct capture *c;
	struct decode *d;
	struct frame f;
	int opt;

	while ((opt = getopt(argc, argv, "aD:LTf:")) != -1) {
		switch (opt) {
		case 'a':
			look.all_protocols = true;
			break;
		case 'D':
			dup = dedup_new(atoi(optarg) * INT64_C(1000000));
			break;
		case 'L':
			want.list = true;
			break;
		case 'T':
			look.tunnels = true;
			break;
		case 'f':
			want.filter = optarg;
			break;
		default:
			return 2;
		}
	}
	want.files = argv + optind;
	c = capture_open(&want);
	d = decode_new(&look);
	printf("decimals %u\n", capture_decimals(c));
	while (capture_next(c, &f))
		print_frame(&f, d, dup);
	decode_free(d);
	dedup_free(dup);
	return capture_close(c);
}

static void
test_bytes(void)
{
	static const uint8_t five[] = { 1, 2, 3, 4, 5 };
	struct bytes b = { five, sizeof(five) }, none = { five, 0 };

	ok(bytes_u8(&b, 4) == 5 && bytes_u8(&b, 5) == 0);
	ok(bytes_be16(&b, 3) == 0x0405 && bytes_be16(&b, 4) == 0);
	ok(bytes_le16(&b, 3) == 0x0504 && bytes_le16(&b, 4) == 0);
	ok(bytes_be32(&b, 1) == 0x02030405 && bytes_be32(&b, 2) == 0);
	ok(bytes_le32(&b, 1) == 0x05040302 && bytes_le32(&b, 4) == 0);
	ok(bytes_be32(&b, SIZE_MAX) == 0 && bytes_u8(&b, SIZE_MAX) == 0);
	ok(bytes_be16(&none, 0) == 0 && bytes_be32(&none, 0) == 0);
	ok(!bytes_skip(&b, 6) && b.n == 5);
	ok(bytes_skip(&b, 2) && b.n == 3 && bytes_u8(&b, 0) == 3);
	bytes_clip(&b, 9);
	ok(b.n == 3);
	bytes_clip(&b, 1);
	ok(b.n == 1 && !bytes_have(&b, 2) && bytes_have(&b, 1));
}

/* The last of many stay, the first go, each key has its newest value. */
static void
test_recent(void)
{
	enum { MOST = 1024, KEYS = 5000 };
	struct expiring *r = expiring_new(sizeof(uint32_t), sizeof(uint32_t),
	    1000, MOST);
	unsigned held = 0, right = 0;
	const void *v;

	for (uint32_t i = 0; i < KEYS; i++) {
		uint32_t twice = 2 * i;

		expiring_put(r, &i, &i, 0);
		expiring_put(r, &i, &twice, 0);
	}
	for (uint32_t i = 0; i < KEYS; i++) {
		uint32_t twice = 2 * i;

		if ((v = expiring_find(r, &i, 0)) == NULL)
			continue;
		held++;
		right += memcmp(v, &twice, sizeof(twice)) == 0 &&
		    i >= KEYS - MOST / 2;
	}
	ok(held == MOST / 2 && right == held);
	held = KEYS - 1;
	ok(expiring_find(r, &held, 1000) != NULL);
	ok(expiring_find(r, &held, -1000) != NULL);
	ok(expiring_find(r, &held, 1001) == NULL);
	ok(expiring_find(r, &held, -1001) == NULL);
	expiring_free(r);
}

static void
test_dedup(void)
{
	uint8_t bytes[100] = "some", others[100] = "some";
	struct dedup *d = dedup_new(1000);
	struct packet p = { .t_ns = 5000, .sport = 1, .dport = 2,
		.proto = PROTO_UDP, .ip_id = 7, .length = 100,
		.payload = bytes, .captured = 60 };
	struct packet q = p, back = p;

	back.sport = 2, back.dport = 1;
	ok_as(!dedup_seen(d, &p), "the first is none");
	ok_as(!dedup_seen(d, &back), "nor is the other direction's");
	q.t_ns += 1000;
	ok_as(dedup_seen(d, &q), "a copy within the time is one");
	q.t_ns += 1000;
	ok_as(dedup_seen(d, &q), "a copy of the copy too");
	q.t_ns += 1001;
	ok_as(!dedup_seen(d, &q), "a late copy is none");
	q.ip_id++;
	ok_as(!dedup_seen(d, &q), "another IP id");
	q = p;
	q.t_ns += 10000;
	ok_as(!dedup_seen(d, &q), "a copy too late");
	p.t_ns = q.t_ns;
	p.captured = 56;
	ok_as(dedup_seen(d, &p), "one cut by a VLAN tag");
	p.captured = 45;
	ok_as(dedup_seen(d, &p), "or two");
	others[20] = 1;
	p.payload = others;
	ok_as(!dedup_seen(d, &p), "another payload");
	p.ip_id = q.ip_id = 0;
	p.seq = 1;
	ok_as(!dedup_seen(d, &p), "without IP id");
	p.seq = 2;
	ok_as(!dedup_seen(d, &p), "another sequence number");
	ok_as(dedup_seen(d, &p), "the same again");
	p.options = others, p.n_options = 22;
	ok_as(!dedup_seen(d, &p), "other options");
	dedup_free(d);
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return dump(argc, argv);
	test_bytes();
	test_recent();
	test_dedup();
	return done();
}
