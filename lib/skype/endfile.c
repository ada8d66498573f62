#include "skype/endfile.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/scan.h"
#include "flow/msgread.h"
#include "flow/msgwrite.h"
#include "record/word.h"
#include "skype/score.h"

/* Here fun is sig and asig by most frequent function, and nib is flows but
 * calls, and answers, by frequent nibbles. */
const char *const endfile_col[] = {
	"ip", "port", "proto", "flows", "sig", "call", "msgs", "fun", "nib",
	"answers", "asig", "score", "peers"
};
const size_t endfile_cols = sizeof endfile_col / sizeof *endfile_col;

enum { IP, PORT, PROTO, FLOWS, SIG, CALL, MSGS, FUN, NIB,
    ANSWERS, ASIG, SCORE, PEERS };
enum { READ = ANSWERS };		/* columns that a list must have */

/* An endpoint as it is sorted: its address in two numbers, which compare
 * faster than bytes. */
struct sorted_end {
	uint64_t addr[2];
	uint16_t port;
	uint32_t id;
};

static uint64_t
number_of(const uint8_t b[8])
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | b[i];
	return v;
}

static void
put_number(uint8_t b[8], uint64_t v)
{
	for (int i = 0; i < 8; i++)
		b[i] = (uint8_t)(v >> (56 - 8 * i));
}

static int
compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
by_addr(const struct sorted_end *a, const struct sorted_end *b)
{
	return a->addr[0] != b->addr[0] ?
	    compare_numbers(a->addr[0], b->addr[0]) :
	    compare_numbers(a->addr[1], b->addr[1]);
}

static int
by_addr_port(const void *a, const void *b)
{
	const struct sorted_end *ea = a, *eb = b;
	int order = by_addr(ea, eb);

	return order != 0 ? order : ea->port - eb->port;
}

static struct sorted_end *
sort_endpoints(const struct endpoints *e)
{
	uint32_t n = e->key.n;
	struct sorted_end *end = mem_alloc((size_t)n + 1, sizeof *end);

	for (uint32_t i = 0; i < n; i++) {
		struct addr a = endpoints_addr(e, i);

		end[i] = (struct sorted_end){
			{ number_of(a.b), number_of(a.b + 8) },
			endpoints_port(e, i), i };
	}
	qsort(end, n, sizeof *end, by_addr_port);
	return end;
}

static int
by_number(const void *a, const void *b)
{
	return compare_numbers(*(const uint64_t *)a, *(const uint64_t *)b);
}

/* Who sent to whom: the endpoint's number, and in the lower half the rank of
 * the first endpoint of the peer's address. */
struct sorted_links {
	uint64_t *link;
	size_t n;
	size_t *at;		/* at[i] .. at[i + 1]: endpoint i's */
};

/* Each link once.  Of the peers of one address the first in order stands for
 * all, so that whole numbers are sorted. */
static void
sort_links(struct sorted_links *l, const struct endpoints *e,
    const struct sorted_end *end)
{
	uint32_t *first = mem_alloc((size_t)e->key.n + 1, sizeof *first);
	size_t n = 0;

	l->link = mem_alloc(e->links + 1, sizeof *l->link);
	for (uint32_t i = 0; i < e->key.n; i++)
		first[end[i].id] = i > 0 && by_addr(&end[i], &end[i - 1]) == 0 ?
		    first[end[i - 1].id] : i;
	for (size_t i = 0; i < e->links; i++)
		l->link[i] = (uint64_t)e->link[i].from << 32 |
		    first[e->link[i].to];
	qsort(l->link, e->links, sizeof *l->link, by_number);
	for (size_t i = 0; i < e->links; i++)
		if (i == 0 || l->link[i] != l->link[i - 1])
			l->link[n++] = l->link[i];
	l->n = n;
	free(first);
}

static void
place_links(struct sorted_links *l, const struct endpoints *e)
{
	l->at = mem_alloc((size_t)e->key.n + 2, sizeof *l->at);
	for (size_t i = 0; i < l->n; i++)
		l->at[(l->link[i] >> 32) + 1]++;
	for (uint32_t i = 0; i < e->key.n; i++)
		l->at[i + 1] += l->at[i];
}

static void
write_addr(struct out *o, const struct sorted_end *end)
{
	char text[ADDR_TEXT];
	struct addr a = {{0}};

	put_number(a.b, end->addr[0]);
	put_number(a.b + 8, end->addr[1]);
	out_mem(o, text, addr_format(&a, text));
}

static void
write_peers(struct out *o, const struct sorted_end *end,
    const uint64_t *link, size_t n)
{
	if (n == 0)
		out_char(o, '-');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_char(o, ',');
		write_addr(o, &end[(uint32_t)link[i]]);
	}
}

static void
write_sums(struct out *o, const struct endsums *v)
{
	static struct msgtally t = { .messages = 2 };	/* all else is set */
	const uint64_t number[] = { v->flows, v->sig, v->call, v->msgs };

	for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
		out_char(o, '\t');
		out_u64(o, number[i]);
	}
	memcpy(t.fun, v->fun, sizeof v->fun);
	memcpy(t.nib, v->nib, sizeof v->nib);
	out_char(o, '\t');
	msgwrite_column(o, &t, MSGSTATS_FUN);
	out_char(o, '\t');
	msgwrite_column(o, &t, MSGSTATS_NIB);
	out_char(o, '\t');
	out_u64(o, v->answers);
	out_char(o, '\t');
	out_u64(o, v->asig);
	out_char(o, '\t');
	out_fixed(o, (int64_t)floor(score_of(v).bits * 10), 1);
	out_char(o, '\t');
}

static void
write_endpoint(struct out *o, const struct sorted_end *end,
    const struct endsums *v)
{
	write_addr(o, end);
	out_char(o, '\t');
	out_u64(o, end->port);
	out_str(o, "\tudp");
	write_sums(o, v);
}

enum { AHEAD = 16 };

/* Numbers in the order of addresses lie anywhere in memory. */
static void
foresee(const struct endpoints *e, const struct sorted_end *end,
    const struct sorted_links *l, uint32_t i)
{
	if (i >= e->key.n)
		return;
	endpoints_foresee(e, end[i].id);
	__builtin_prefetch(&l->at[end[i].id]);
}

uint64_t
endfile_write(const struct endpoints *e, struct out *o)
{
	struct sorted_end *end = sort_endpoints(e);
	struct sorted_links l;
	uint64_t rows = 0;

	sort_links(&l, e, end);
	place_links(&l, e);
	for (uint32_t i = 0; i < e->key.n; i++) {
		size_t from = l.at[end[i].id], to = l.at[end[i].id + 1];
		struct endsums v;

		foresee(e, end, &l, i + AHEAD);
		endpoints_evidence(e, end[i].id, &v);
		if (v.flows == 0)
			continue;
		write_endpoint(o, &end[i], &v);
		write_peers(o, end, l.link + from, to - from);
		out_char(o, '\n');
		rows++;
	}
	free(end);
	free(l.link);
	free(l.at);
	return rows;
}

static void
read_fun(struct rec *r, struct endsums *v)
{
	struct rec_span f = rec_get(r, FUN);
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t sum = 0;

	hist_scan(&scan, HIST_HEX, f.s, f.n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		if (bin.key < 16 && SKYPEMSG_SIGNALING >> bin.key & 1)
			v->fun[bin.key] += bin.n;
		else
			rec_bad(r, FUN, "not a signaling function");
		sum += bin.n;
	}
	if (step == HIST_BAD)
		rec_bad(r, FUN, "not a histogram of functions");
	if (sum != v->sig + v->asig)
		rec_bad(r, FUN, "not as many as sig and asig");
}

static void
read_nib(struct rec *r, struct endsums *v)
{
	struct rec_span f = rec_get(r, NIB);
	uint64_t n = 0;

	if (!msgread_nib(v->nib, &n, f.s, f.n))
		rec_bad(r, NIB, "not 16 histograms of nibbles");
	if (n > v->flows - v->call + v->answers)
		rec_bad(r, NIB, "more than flows without calls, and answers");
}

/* A count that a list made by hand may lack. */
static uint64_t
optional(struct rec *r, size_t column)
{
	int k = rec_find(r, endfile_col[column]);
	uint64_t v = 0;

	if (k < 0)
		return 0;
	if (!num_u64(rec_column(r, (size_t)k).s, rec_column(r, (size_t)k).n,
	    UINT32_MAX, &v))
		rec_bad_column(r, (size_t)k, "not a count");
	return v;
}

static void
read_sums(struct rec *r, struct endsums *v)
{
	*v = (struct endsums){ .flows = 0 };
	rec_u64(r, FLOWS, UINT32_MAX, &v->flows);
	rec_u64(r, SIG, UINT32_MAX, &v->sig);
	rec_u64(r, CALL, UINT32_MAX, &v->call);
	rec_u64(r, MSGS, LIMIT_COUNT, &v->msgs);
	v->answers = optional(r, ANSWERS);
	v->asig = optional(r, ASIG);
	if (v->sig + v->call > v->flows)
		rec_bad(r, FLOWS, "fewer than sig and call");
	if (v->asig > v->answers || v->answers > v->flows)
		rec_bad(r, FLOWS, "not above answers, and those above asig");
	if (v->msgs < v->flows)
		rec_bad(r, MSGS, "fewer than flows");
	read_fun(r, v);
	read_nib(r, v);
}

/* Optional: a list made by hand may lack it. */
static void
read_peers(struct endpoints *e, uint32_t id, struct rec *r, int column)
{
	struct rec_span f;
	const char *s, *end, *comma;
	struct addr a;

	if (column < 0)
		return;
	f = rec_column(r, (size_t)column);
	s = f.s;
	end = s + f.n;
	if (f.n == 1 && *s == '-')
		return;
	for (;; s = comma + 1) {
		comma = memchr(s, ',', (size_t)(end - s));
		if (!addr_parse(s, (size_t)((comma ? comma : end) - s), &a))
			rec_bad_column(r, (size_t)column, "not addresses");
		endpoints_add_peer(e, id, &a);
		if (comma == NULL)
			return;
	}
}

static uint32_t
read_row(struct endpoints *e, struct rec *r)
{
	uint8_t proto;
	struct endsums v;
	struct addr a;
	uint16_t port;
	uint32_t id;

	rec_addr(r, IP, &a);
	rec_port(r, PORT, &port);
	if (!word_proto_parse(rec_get(r, PROTO), &proto) || proto != PROTO_UDP)
		rec_bad(r, PROTO, "not udp");
	read_sums(r, &v);
	id = endpoints_add(e, &a, port);
	endpoints_add_evidence(e, id, &v);
	return id;
}

void
endfile_read(struct endpoints *e, const char *file)
{
	struct rec_spec spec = {
		.need = endfile_col, .n_need = READ,
		.maker = "skypeclass -e", .no_output = true
	};
	char *files[] = { (char *)file, NULL };
	struct rec *r;
	int peers;

	r = rec_open(files, &spec);
	peers = rec_find(r, endfile_col[PEERS]);
	while (rec_next(r))
		read_peers(e, read_row(e, r), r, peers);
	rec_close(r);
}

/* "address port", between blanks. */
static bool
parse_place(char *s, size_t n, struct addr *a, uint16_t *port)
{
	char *end = s + n, *p = s;
	uint64_t v;

	while (p < end && *p != ' ' && *p != '\t')
		p++;
	if (!addr_parse(s, (size_t)(p - s), a))
		return false;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (!num_u64(p, (size_t)(end - p), UINT16_MAX, &v))
		return false;
	*port = (uint16_t)v;
	return true;
}

void
endfile_read_list(struct endpoints *e, const char *file)
{
	char *files[] = { (char *)file, NULL };
	struct lines in;
	struct addr a;
	uint16_t port;
	char *s;
	size_t n;

	lines_open(&in, files);
	in.empty_ok = true;
	while ((s = lines_next(&in, &n)) != NULL) {
		bool dirty;

		while (n > 0 && strchr(" \t\r", s[n - 1]) != NULL)
			n--;
		if (n == 0 || *s == '#')
			continue;
		dirty = in.dirty && scan_forbidden(s, n);
		if (dirty || !parse_place(s, n, &a, &port))
			errx(1, "%s:%llu: not an address and a port: \"%.*s\"",
			    in.name, (unsigned long long)in.number,
			    dirty ? 0 : n < 60 ? (int)n : 60, s);
		endpoints_list(e, endpoints_add(e, &a, port));
	}
	lines_close(&in);
}
