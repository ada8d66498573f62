#include "endpoints.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mem.h"
#include "num.h"
#include "score.h"

enum { FEW = 32, SOME = 64, KEY = sizeof(struct addr) + 2, IPV4_AT = 12 };

/* Counts of many signs; their total is below 2^32 as the flows are. */
struct counts {
	uint32_t fun[16];
	uint32_t nib[FEATURE_NIBBLES][16];
};

struct endpoint {
	uint64_t msgs;
	uint32_t flows, sig, call, answers, asig;
	uint8_t signs;		/* held as they are, at most FEW */
	bool listed, scored;
	double bits;		/* its score, once scored */
	struct sign first;	/* of these */
	struct sign *other;
	struct counts *sum;	/* of all before these, or NULL */
};

/* Of the second the address matters alone. */
struct endpoint_link {
	uint32_t from, to;
};

void
endpoints_init(struct endpoints *e)
{
	*e = (struct endpoints){ .cap = 0 };
	intern_init(&e->key);
	intern_init(&e->reach);
}

void
endpoints_free(struct endpoints *e)
{
	for (uint32_t i = 0; i < e->key.n; i++) {
		free(e->endpoint[i].other);
		free(e->endpoint[i].sum);
	}
	free(e->endpoint);
	intern_free(&e->key);
	free(e->link);
	intern_free(&e->reach);
}

/* The address, 4 bytes of an IPv4 one, and the port. */
static size_t
make_key(uint8_t key[KEY], const struct addr *a, uint16_t port)
{
	size_t skip = addr_is4(a) ? IPV4_AT : 0, n = sizeof a->b - skip;

	memcpy(key, a->b + skip, n);
	key[n] = (uint8_t)(port >> 8);
	key[n + 1] = (uint8_t)port;
	return n + 2;
}

static struct addr
get_addr(const struct endpoints *e, uint32_t id)
{
	size_t n;
	const uint8_t *key = (const uint8_t *)intern_get(&e->key, id, &n);

	return n == sizeof(struct addr) + 2 ? addr_from6(key) :
	    addr_from4(key);
}

static uint16_t
get_port(const struct endpoints *e, uint32_t id)
{
	size_t n;
	const char *key = intern_get(&e->key, id, &n);

	return (uint16_t)((unsigned char)key[n - 2] << 8 |
	    (unsigned char)key[n - 1]);
}

uint32_t
endpoints_add(struct endpoints *e, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY];
	size_t key_n = make_key(key, a, port);
	uint32_t n = e->key.n, id = intern_add(&e->key, key, key_n);

	if (id == n) {
		e->endpoint = mem_grow(e->endpoint, &e->cap, (size_t)n + 1,
		    sizeof *e->endpoint);
		e->endpoint[id] = (struct endpoint){ .flows = 0 };
	}
	return id;
}

static void
add_some(struct endpoints *e, struct endpoint_place *place, size_t n)
{
	struct intern_key key[SOME];
	uint8_t text[SOME][KEY];
	uint32_t fresh = e->key.n;

	for (size_t i = 0; i < n; i++)
		key[i] = (struct intern_key){ .s = text[i],
		    .n = make_key(text[i], &place[i].addr, place[i].port) };
	intern_add_all(&e->key, key, n);
	for (size_t i = 0; i < n; i++)
		place[i].id = key[i].id;
	e->endpoint = mem_grow(e->endpoint, &e->cap, (size_t)e->key.n + 1,
	    sizeof *e->endpoint);
	for (; fresh < e->key.n; fresh++)
		e->endpoint[fresh] = (struct endpoint){ .flows = 0 };
}

void
endpoints_add_all(struct endpoints *e, struct endpoint_place *place, size_t n)
{
	for (; n > SOME; place += SOME, n -= SOME)
		add_some(e, place, SOME);
	add_some(e, place, n);
}

uint32_t
endpoints_find(const struct endpoints *e, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY];

	return intern_find(&e->key, key, make_key(key, a, port));
}

/* Adds to a count, which stays below 2^32. */
static void
count(uint32_t *n, uint64_t more)
{
	if (more > UINT32_MAX - *n)
		errx(1, "more than %u flows of one endpoint", UINT32_MAX);
	*n += (uint32_t)more;
}

static void
count_sign(struct counts *c, const struct sign *sign)
{
	for (unsigned g = 0; g < sign->nibbles; g++)
		c->nib[g][sign->nib >> (60 - 4 * g) & 15]++;
	if (sign->fun != SIGN_NONE)
		c->fun[sign->fun]++;
}

/* Empties the signs held into the counts, which are made if need be. */
static void
settle(struct endpoint *p)
{
	if (p->sum == NULL)
		p->sum = mem_alloc(1, sizeof *p->sum);
	for (unsigned i = 0; i < p->signs; i++)
		count_sign(p->sum, i == 0 ? &p->first : &p->other[i - 1]);
	free(p->other);
	p->other = NULL;
	p->signs = 0;
}

/* `other` has room for 3, 7, 15, 31. */
static void
hold(struct endpoint *p, const struct sign *sign)
{
	if (p->sum == NULL && p->signs == FEW)
		settle(p);
	if (p->sum != NULL) {
		count_sign(p->sum, sign);
		return;
	}
	if (p->signs == 0) {
		p->first = *sign;
	} else {
		if (p->signs == 1)
			p->other = mem_alloc(3, sizeof *p->other);
		else if (p->signs >= 4 && (p->signs & (p->signs - 1)) == 0)
			p->other = mem_resize(p->other, 2U * p->signs - 1,
			    sizeof *p->other);
		p->other[p->signs - 1] = *sign;
	}
	p->signs++;
}

static void
add_link(struct endpoints *e, uint32_t from, uint32_t to)
{
	e->link = mem_grow(e->link, &e->links_cap, e->links + 1,
	    sizeof *e->link);
	e->link[e->links++] = (struct endpoint_link){ from, to };
}

/* An endpoint of port 0, of which nothing else becomes known, stands for the
 * address. */
void
endpoints_add_peer(struct endpoints *e, uint32_t id, const struct addr *to)
{
	uint32_t peer = endpoints_add(e, to, 0);

	add_link(e, id, peer);
}

void
endpoints_add_flow(struct endpoints *e, uint32_t id,
    const struct sent_flow *f)
{
	struct endpoint *p = &e->endpoint[id];

	count(&p->flows, 1);
	p->msgs += f->msgs;
	p->call += f->is_call;
	if (!f->is_call) {
		p->sig += f->sign.fun != SIGN_NONE;
		hold(p, &f->sign);
	}
	if (!f->is_call && f->is_answered) {
		p->answers++;
		p->asig += f->answer.fun != SIGN_NONE;
		hold(p, &f->answer);
	}
	add_link(e, id, f->to);
}

/* The k-th of the values counted; 16 if there are no more. */
static unsigned
kth(const uint64_t n[16], uint64_t k)
{
	unsigned v = 0;

	while (v < 16 && n[v] <= k)
		k -= n[v++];
	return v;
}

/* Signs that sum up to the evidence, as few as there can be: which nibble
 * goes with which does not matter. */
static void
hold_sums(struct endpoint *p, const struct evidence *v, uint64_t signs)
{
	for (uint64_t k = 0; k < signs; k++) {
		struct sign sign = { .fun = SIGN_NONE };
		unsigned value = kth(v->fun, k);

		if (value < 16)
			sign.fun = (uint8_t)value;
		for (unsigned g = 0; g < FEATURE_NIBBLES; g++) {
			value = kth(v->nib[g], k);
			if (value == 16)
				break;
			sign.nib |= (uint64_t)value << (60 - 4 * g);
			sign.nibbles++;
		}
		hold(p, &sign);
	}
}

static void
count_sums(struct endpoint *p, const struct evidence *v)
{
	settle(p);
	for (int i = 0; i < 16; i++)
		count(&p->sum->fun[i], v->fun[i]);
	for (int g = 0; g < FEATURE_NIBBLES; g++)
		for (int i = 0; i < 16; i++)
			count(&p->sum->nib[g][i], v->nib[g][i]);
}

void
endpoints_add_evidence(struct endpoints *e, uint32_t id,
    const struct evidence *v)
{
	struct endpoint *p = &e->endpoint[id];
	uint64_t signs = v->flows - v->call + v->answers;

	count(&p->flows, v->flows);
	count(&p->sig, v->sig);
	count(&p->call, v->call);
	count(&p->answers, v->answers);
	count(&p->asig, v->asig);
	p->msgs += v->msgs;
	if (p->sum == NULL && p->signs + signs <= FEW)
		hold_sums(p, v, signs);
	else
		count_sums(p, v);
}

static void
add_counts(struct evidence *v, const struct counts *c)
{
	for (int i = 0; i < 16; i++)
		v->fun[i] += c->fun[i];
	for (int g = 0; g < FEATURE_NIBBLES; g++)
		for (int i = 0; i < 16; i++)
			v->nib[g][i] += c->nib[g][i];
}

void
endpoints_evidence(const struct endpoints *e, uint32_t id, struct evidence *v)
{
	const struct endpoint *p = &e->endpoint[id];

	*v = (struct evidence){
		.flows = p->flows, .sig = p->sig, .call = p->call,
		.msgs = p->msgs, .answers = p->answers, .asig = p->asig
	};
	if (p->sum != NULL)
		add_counts(v, p->sum);
	for (unsigned i = 0; i < p->signs; i++)
		evidence_add_sign(v, i == 0 ? &p->first : &p->other[i - 1]);
}

/*
 * Verdicts.
 */

void
endpoints_list(struct endpoints *e, uint32_t id)
{
	e->endpoint[id].listed = true;
}

bool
endpoints_listed(const struct endpoints *e, uint32_t id)
{
	return id != ENDPOINT_NONE && e->endpoint[id].listed;
}

/* Could its score reach so many bits?  Most endpoints are settled by that. */
static bool
may_reach(const struct endpoint *p, double bits)
{
	if (p->flows == 0)
		return false;
	if (p->call > 0)
		return true;
	if (p->sig == 0 && p->asig == 0)
		return bits <= 0;
	return p->flows > 1 || bits < SCORE_ONE_FLOW;
}

static void
reach(struct endpoints *e, const struct addr *from, const struct addr *to)
{
	struct addr both[2] = { *from, *to };

	intern_add(&e->reach, both, sizeof both);
}

bool
endpoints_score(struct endpoints *e, uint32_t id, double *bits)
{
	struct endpoint *p;
	struct evidence v;

	if (id == ENDPOINT_NONE || e->endpoint[id].flows == 0)
		return false;
	p = &e->endpoint[id];
	if (!p->scored) {
		endpoints_evidence(e, id, &v);
		p->bits = score_of(&v).bits;
		p->scored = true;
	}
	*bits = p->bits;
	return true;
}

void
endpoints_decide(struct endpoints *e, double bits)
{
	double score;

	for (uint32_t i = 0; i < e->key.n; i++)
		if (may_reach(&e->endpoint[i], bits) &&
		    endpoints_score(e, i, &score) && score >= bits)
			endpoints_list(e, i);
	for (size_t i = 0; i < e->links; i++) {
		struct addr from, to;

		if (!e->endpoint[e->link[i].from].listed)
			continue;
		from = get_addr(e, e->link[i].from);
		to = get_addr(e, e->link[i].to);
		reach(e, &from, &to);
	}
}

void
endpoints_reach(struct endpoints *e, const struct addr *from,
    const struct addr *to)
{
	reach(e, from, to);
}

bool
endpoints_reached(const struct endpoints *e, const struct addr *from,
    const struct addr *to)
{
	struct addr both[2] = { *from, *to };

	return intern_find(&e->reach, both, sizeof both) != INTERN_NONE;
}

/*
 * Text.
 */

const struct rec_col endpoints_col[] = {
	{ "ip", "", "address of the endpoint" },
	{ "port", "", "its UDP port" },
	{ "proto", "", "udp" },
	{ "flows", "", "source flows: those in which it sent" },
	{ "sig", "", "of these, like signaling" },
	{ "call", "", "of these, calls" },
	{ "msgs", "", "packets it sent" },
	{ "fun", "", "sig and asig by most frequent function" },
	{ "nib", "", "flows but calls, and answers, by frequent nibbles" },
	{ "answers", "", "source flows that came back" },
	{ "asig", "", "of these, like signaling" },
	{ "score", "bits", "how much likelier Skype is than anything else" },
	{ "peers", "", "addresses it sent to" }
};
const size_t endpoints_cols = sizeof endpoints_col / sizeof *endpoints_col;

enum { IP, PORT, PROTO, FLOWS, SIG, CALL, MSGS, FUN, NIB,
    ANSWERS, ASIG, SCORE, PEERS };
enum { READ = ANSWERS };		/* columns that a list must have */

/* What qsort's comparisons look at. */
static const struct endpoints *sorting;

static int
by_addr(uint32_t a, uint32_t b)
{
	struct addr aa = get_addr(sorting, a), ab = get_addr(sorting, b);

	return memcmp(aa.b, ab.b, sizeof aa.b);
}

static int
by_key(const void *a, const void *b)
{
	uint32_t ia = *(const uint32_t *)a, ib = *(const uint32_t *)b;
	int order = by_addr(ia, ib);

	return order != 0 ? order :
	    get_port(sorting, ia) - get_port(sorting, ib);
}

/* By endpoint, then by the peer's address. */
static int
by_link(const void *a, const void *b)
{
	const struct endpoint_link *la = a, *lb = b;

	if (la->from != lb->from)
		return la->from < lb->from ? -1 : 1;
	return la->to == lb->to ? 0 : by_addr(la->to, lb->to);
}

static uint32_t *
sorted_endpoints(const struct endpoints *e)
{
	uint32_t n = e->key.n;
	uint32_t *order = mem_alloc((size_t)n + 1, sizeof *order);

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	sorting = e;
	qsort(order, n, sizeof *order, by_key);
	return order;
}

/* Sorts the links and drops those that came again. */
static void
sort_links(struct endpoints *e)
{
	size_t n = 0;

	sorting = e;
	if (e->links > 0)
		qsort(e->link, e->links, sizeof *e->link, by_link);
	for (size_t i = 0; i < e->links; i++)
		if (i == 0 || by_link(&e->link[i], &e->link[n - 1]) != 0)
			e->link[n++] = e->link[i];
	e->links = n;
}

/* at[i] .. at[i + 1]: where the endpoint's links stand, once sorted. */
static size_t *
link_places(const struct endpoints *e)
{
	size_t *at = mem_alloc((size_t)e->key.n + 2, sizeof *at);

	for (size_t i = 0; i < e->links; i++)
		at[e->link[i].from + 1]++;
	for (uint32_t i = 0; i < e->key.n; i++)
		at[i + 1] += at[i];
	return at;
}

static void
write_peers(const struct endpoints *e, struct out *o,
    const struct endpoint_link *link, size_t n)
{
	if (n == 0)
		out_char(o, '-');
	for (size_t i = 0; i < n; i++) {
		char text[ADDR_TEXT];
		struct addr a = get_addr(e, link[i].to);

		if (i > 0)
			out_char(o, ',');
		out_mem(o, text, addr_format(&a, text));
	}
}

static void
write_sums(struct out *o, const struct evidence *v)
{
	struct tally t = { .messages = 2 };
	const uint64_t number[] = { v->flows, v->sig, v->call, v->msgs };

	for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
		out_char(o, '\t');
		out_u64(o, number[i]);
	}
	memcpy(t.fun, v->fun, sizeof v->fun);
	memcpy(t.nib, v->nib, sizeof v->nib);
	out_char(o, '\t');
	feature_write(o, &t, FEATURE_FUN);
	out_char(o, '\t');
	feature_write(o, &t, FEATURE_NIB);
	out_char(o, '\t');
	out_u64(o, v->answers);
	out_char(o, '\t');
	out_u64(o, v->asig);
	out_char(o, '\t');
	out_fixed(o, (int64_t)floor(score_of(v).bits * 10), 1);
	out_char(o, '\t');
}

static void
write_endpoint(const struct endpoints *e, struct out *o, uint32_t id)
{
	char text[ADDR_TEXT];
	struct addr a = get_addr(e, id);
	struct evidence v;

	endpoints_evidence(e, id, &v);
	out_mem(o, text, addr_format(&a, text));
	out_char(o, '\t');
	out_u64(o, get_port(e, id));
	out_str(o, "\tudp");
	write_sums(o, &v);
}

uint64_t
endpoints_write(struct endpoints *e, struct out *o, bool header)
{
	uint32_t *order = sorted_endpoints(e);
	uint64_t rows = 0;
	size_t *at;

	sort_links(e);
	at = link_places(e);
	if (header)
		rec_header(o, endpoints_col, endpoints_cols);
	for (uint32_t i = 0; i < e->key.n; i++) {
		uint32_t id = order[i];

		if (e->endpoint[id].flows == 0)
			continue;
		write_endpoint(e, o, id);
		write_peers(e, o, e->link + at[id], at[id + 1] - at[id]);
		out_char(o, '\n');
		rows++;
	}
	free(order);
	free(at);
	return rows;
}

static void
read_fun(struct rec *r, struct evidence *v)
{
	struct rec_span f = rec_get(r, FUN);
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;
	uint64_t sum = 0;

	hist_scan(&scan, HIST_HEX, f.s, f.n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		if (bin.key < 16 && SRCFLOW_FUNCTIONS >> bin.key & 1)
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
read_nib(struct rec *r, struct evidence *v)
{
	struct rec_span f = rec_get(r, NIB);
	uint64_t n = 0;

	if (!feature_nib_parse(v->nib, NULL, &n, f.s, f.n))
		rec_bad(r, NIB, "not 16 histograms of nibbles");
	if (n > v->flows - v->call + v->answers)
		rec_bad(r, NIB, "more than flows without calls, and answers");
}

/* A count that a list made by hand may lack. */
static uint64_t
optional(struct rec *r, size_t column)
{
	int k = rec_find(r, endpoints_col[column].name);
	uint64_t v = 0;

	if (k < 0)
		return 0;
	if (!num_u64(rec_column(r, (size_t)k).s, rec_column(r, (size_t)k).n,
	    UINT32_MAX, &v))
		rec_bad_column(r, (size_t)k, "not a count");
	return v;
}

static void
read_sums(struct rec *r, struct evidence *v)
{
	*v = (struct evidence){ .flows = 0 };
	rec_u64(r, FLOWS, UINT32_MAX, &v->flows);
	rec_u64(r, SIG, UINT32_MAX, &v->sig);
	rec_u64(r, CALL, UINT32_MAX, &v->call);
	rec_u64(r, MSGS, HIST_COUNT_MAX, &v->msgs);
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
	struct rec_span proto = rec_get(r, PROTO);
	struct evidence v;
	struct addr a;
	uint16_t port;
	uint32_t id;

	rec_addr(r, IP, &a);
	rec_port(r, PORT, &port);
	if (proto.n != 3 || memcmp(proto.s, "udp", 3) != 0)
		rec_bad(r, PROTO, "not udp");
	read_sums(r, &v);
	id = endpoints_add(e, &a, port);
	endpoints_add_evidence(e, id, &v);
	return id;
}

void
endpoints_read(struct endpoints *e, const char *file)
{
	static const char from[] = "skypeclass -e";
	struct rec_need need[READ];
	struct rec_spec spec = {
		.need = need, .n_need = READ, .no_output = true
	};
	char *files[] = { (char *)file, NULL };
	struct rec *r;
	int peers;

	for (size_t i = 0; i < READ; i++)
		need[i] = (struct rec_need){ endpoints_col[i].name, from };
	r = rec_open(files, &spec);
	peers = rec_find(r, endpoints_col[PEERS].name);
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
endpoints_read_list(struct endpoints *e, const char *file)
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
		if (n == 0 || *s == '#')
			continue;
		if (in.dirty || !parse_place(s, n, &a, &port))
			errx(1, "%s:%llu: not an address and a port: \"%.*s\"",
			    in.name, (unsigned long long)in.number,
			    in.dirty ? 0 : n < 60 ? (int)n : 60, s);
		endpoints_list(e, endpoints_add(e, &a, port));
	}
	lines_close(&in);
}
