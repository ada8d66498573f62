#include "endpoints.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "mem.h"
#include "num.h"
#include "score.h"

enum { FEW = 32, KEY = sizeof(struct addr) + 2 };

/* Counts of many signs; their total is below 2^32 as the flows are. */
struct counts {
	uint32_t fun[16];
	uint32_t nib[FEATURE_NIBBLES][16];
};

struct endpoint {
	uint64_t msgs;
	uint32_t flows, sig, call, answers, asig;
	uint32_t signs;		/* held as they are, at most FEW */
	bool listed;
	struct sign first;	/* of these */
	struct sign *other;
	struct counts *sum;	/* of all before these, or NULL */
};

void
endpoints_init(struct endpoints *e)
{
	*e = (struct endpoints){ .cap = 0 };
	intern_init(&e->key);
	intern_init(&e->peer);
	intern_init(&e->pair);
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
	intern_free(&e->peer);
	intern_free(&e->pair);
	intern_free(&e->reach);
}

static void
make_key(uint8_t key[KEY], const struct addr *a, uint16_t port)
{
	memcpy(key, a->b, sizeof a->b);
	key[KEY - 2] = (uint8_t)(port >> 8);
	key[KEY - 1] = (uint8_t)port;
}

uint32_t
endpoints_add(struct endpoints *e, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY];
	uint32_t id, n = e->key.n;

	make_key(key, a, port);
	id = intern_add(&e->key, key, sizeof key);
	if (id == n) {
		e->endpoint = mem_grow(e->endpoint, &e->cap, (size_t)n + 1,
		    sizeof *e->endpoint);
		e->endpoint[id] = (struct endpoint){ .msgs = 0 };
	}
	return id;
}

uint32_t
endpoints_find(const struct endpoints *e, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY];

	make_key(key, a, port);
	return intern_find(&e->key, key, sizeof key);
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
	for (uint32_t i = 0; i < p->signs; i++)
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
			p->other = mem_resize(p->other, 2 * p->signs - 1,
			    sizeof *p->other);
		p->other[p->signs - 1] = *sign;
	}
	p->signs++;
}

void
endpoints_add_peer(struct endpoints *e, uint32_t id, const struct addr *to)
{
	uint32_t pair[2] = { id, intern_add(&e->peer, to->b, sizeof to->b) };

	intern_add(&e->pair, pair, sizeof pair);
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
	endpoints_add_peer(e, id, f->to);
}

void
endpoints_add_evidence(struct endpoints *e, uint32_t id,
    const struct evidence *v)
{
	struct endpoint *p = &e->endpoint[id];

	settle(p);
	count(&p->flows, v->flows);
	count(&p->sig, v->sig);
	count(&p->call, v->call);
	count(&p->answers, v->answers);
	count(&p->asig, v->asig);
	p->msgs += v->msgs;
	for (int i = 0; i < 16; i++)
		count(&p->sum->fun[i], v->fun[i]);
	for (int g = 0; g < FEATURE_NIBBLES; g++)
		for (int i = 0; i < 16; i++)
			count(&p->sum->nib[g][i], v->nib[g][i]);
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
	for (uint32_t i = 0; i < p->signs; i++)
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

static void
get_addr(struct addr *a, const struct intern *t, uint32_t id)
{
	size_t n;

	memcpy(a->b, intern_get(t, id, &n), sizeof a->b);
}

static void
get_pair(uint32_t pair[2], const struct endpoints *e, uint32_t i)
{
	size_t n;

	memcpy(pair, intern_get(&e->pair, i, &n), 2 * sizeof *pair);
}

void
endpoints_decide(struct endpoints *e, double bits)
{
	struct evidence v;
	struct addr from, to;
	uint32_t pair[2];

	for (uint32_t i = 0; i < e->key.n; i++) {
		endpoints_evidence(e, i, &v);
		if (v.flows > 0 && score_of(&v).bits >= bits)
			endpoints_list(e, i);
	}
	for (uint32_t i = 0; i < e->pair.n; i++) {
		get_pair(pair, e, i);
		if (!e->endpoint[pair[0]].listed)
			continue;
		get_addr(&from, &e->key, pair[0]);
		get_addr(&to, &e->peer, pair[1]);
		endpoints_reach(e, &from, &to);
	}
}

void
endpoints_reach(struct endpoints *e, const struct addr *from,
    const struct addr *to)
{
	struct addr both[2] = { *from, *to };

	intern_add(&e->reach, both, sizeof both);
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
by_key(const void *a, const void *b)
{
	size_t n;
	const char *ka = intern_get(&sorting->key, *(const uint32_t *)a, &n);
	const char *kb = intern_get(&sorting->key, *(const uint32_t *)b, &n);

	return memcmp(ka, kb, n);
}

/* Pairs by endpoint, then by the peer's address. */
static int
by_pair(const void *a, const void *b)
{
	uint32_t pa[2], pb[2];
	struct addr aa, ab;

	get_pair(pa, sorting, *(const uint32_t *)a);
	get_pair(pb, sorting, *(const uint32_t *)b);
	if (pa[0] != pb[0])
		return pa[0] < pb[0] ? -1 : 1;
	get_addr(&aa, &sorting->peer, pa[1]);
	get_addr(&ab, &sorting->peer, pb[1]);
	return memcmp(aa.b, ab.b, sizeof aa.b);
}

static uint32_t *
sorted(const struct endpoints *e, uint32_t n,
    int (*compare)(const void *, const void *))
{
	uint32_t *order = mem_alloc((size_t)n + 1, sizeof *order);

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	sorting = e;
	qsort(order, n, sizeof *order, compare);
	return order;
}

/* at[i] .. at[i + 1]: where the endpoint's pairs stand in sorted order. */
static uint32_t *
pair_places(const struct endpoints *e)
{
	uint32_t *at = mem_alloc((size_t)e->key.n + 2, sizeof *at);
	uint32_t pair[2];

	for (uint32_t i = 0; i < e->pair.n; i++) {
		get_pair(pair, e, i);
		at[pair[0] + 1]++;
	}
	for (uint32_t i = 0; i < e->key.n; i++)
		at[i + 1] += at[i];
	return at;
}

static void
write_peers(const struct endpoints *e, struct out *o, const uint32_t *order,
    uint32_t n)
{
	if (n == 0)
		out_char(o, '-');
	for (uint32_t i = 0; i < n; i++) {
		char text[ADDR_TEXT];
		struct addr a;
		uint32_t pair[2];

		get_pair(pair, e, order[i]);
		get_addr(&a, &e->peer, pair[1]);
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
	const unsigned char *key;
	struct evidence v;
	struct addr a;
	size_t n;

	get_addr(&a, &e->key, id);
	key = (const unsigned char *)intern_get(&e->key, id, &n);
	endpoints_evidence(e, id, &v);
	out_mem(o, text, addr_format(&a, text));
	out_char(o, '\t');
	out_u64(o, (uint64_t)key[KEY - 2] << 8 | key[KEY - 1]);
	out_str(o, "\tudp");
	write_sums(o, &v);
}

uint64_t
endpoints_write(const struct endpoints *e, struct out *o, bool header)
{
	uint32_t *order = sorted(e, e->key.n, by_key);
	uint32_t *pair = sorted(e, e->pair.n, by_pair);
	uint32_t *at = pair_places(e);
	uint64_t rows = 0;

	if (header)
		rec_header(o, endpoints_col, endpoints_cols);
	for (uint32_t i = 0; i < e->key.n; i++) {
		uint32_t id = order[i];

		if (e->endpoint[id].flows == 0)
			continue;
		write_endpoint(e, o, id);
		write_peers(e, o, pair + at[id], at[id + 1] - at[id]);
		out_char(o, '\n');
		rows++;
	}
	free(order);
	free(pair);
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

	if (!feature_nib_parse(v->nib, &n, f.s, f.n))
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
		rec_bad(r, IP, "with answers or asig that are no counts");
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
			rec_bad(r, IP, "peers that are no addresses");
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
