#include "names/nametable.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/scan.h"
#include "base/strtab.h"

enum { CID, START, CLIENT, ADDRESS, NAME, HOW, UNTIL, COLUMNS };

static const char *const column_name[COLUMNS] = {
	"cid", "start", "client", "address", "name", "how", "until"
};

/* key: of a flow its Community ID, of an answer client and address. */
struct said {
	uint32_t key, name, how;
	int64_t start, until;
};

struct nametable {
	struct strtab text;	/* keys, names and hows */
	struct said *said;	/* by key, then start */
	size_t n, cap;
	int64_t grace_ns;
};

enum { ADDRESS_KEY = 2 * sizeof(struct addr) };

static void
address_key(uint8_t key[ADDRESS_KEY], const struct addr *client,
    const struct addr *address)
{
	memcpy(key, client, sizeof *client);
	memcpy(key + sizeof *client, address, sizeof *address);
}

static _Noreturn void
nametable_bad(const struct lines *l, const char *column, const char *what)
{
	errx(1, "%s:%llu: %s: %s", l->name, (unsigned long long)l->number,
	    column, what);
}

static void
nametable_header(const struct lines *l, const char *s, size_t n,
    size_t at[COLUMNS])
{
	struct rec_span f[64];
	size_t k = scan_split(s, n, '\t', f, 64);

	if (k > 64)
		k = 64;
	for (size_t c = 0; c < COLUMNS; c++) {
		at[c] = SIZE_MAX;
		for (size_t i = 0; i < k; i++)
			if (span_is(f[i], column_name[c]))
				at[c] = i;
		if (at[c] == SIZE_MAX)
			nametable_bad(l, column_name[c],
			    "no such column (flownames makes it)");
	}
}

static int64_t
nametable_time(const struct lines *l, const struct rec_span *f,
    const size_t at[COLUMNS], int column)
{
	int64_t ns;

	if (!num_time(f[at[column]].s, f[at[column]].n, &ns))
		nametable_bad(l, column_name[column], "not a time");
	return ns;
}

static void
nametable_row(struct nametable *t, const struct lines *l, const char *s,
    size_t n, const size_t at[COLUMNS])
{
	struct rec_span f[64], v;
	size_t k = scan_split(s, n, '\t', f, 64);
	uint8_t key[ADDRESS_KEY];
	struct addr client, address;
	struct said *said;

	for (size_t c = 0; c < COLUMNS; c++)
		if (at[c] >= k)
			nametable_bad(l, column_name[c], "a row cut short");
	t->said = mem_grow(t->said, &t->cap, t->n + 1, sizeof *t->said);
	said = &t->said[t->n++];
	said->start = said->until = nametable_time(l, f, at, START);
	v = f[at[UNTIL]];
	if (!span_is_unknown(v)) {
		said->until = nametable_time(l, f, at, UNTIL);
		if (!addr_parse(f[at[CLIENT]].s, f[at[CLIENT]].n, &client))
			nametable_bad(l, "client", "not an address");
		if (!addr_parse(f[at[ADDRESS]].s, f[at[ADDRESS]].n, &address))
			nametable_bad(l, "address", "not an address");
		address_key(key, &client, &address);
		said->key = strtab_add(&t->text, key, sizeof key);
	} else {
		v = f[at[CID]];
		said->key = strtab_add(&t->text, v.s, v.n);
	}
	said->name = strtab_add(&t->text, f[at[NAME]].s, f[at[NAME]].n);
	said->how = strtab_add(&t->text, f[at[HOW]].s, f[at[HOW]].n);
}

static int
compare_said(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

struct nametable *
nametable_read(const char *path, int64_t grace_ns)
{
	char *const files[] = { (char *)(uintptr_t)path, NULL };
	struct nametable *t = mem_alloc(1, sizeof *t);
	size_t at[COLUMNS] = {0}, n;
	bool headed = false;
	struct lines l;
	char *s;

	t->grace_ns = grace_ns;
	strtab_init(&t->text);
	lines_open(&l, files);
	l.empty_ok = true;
	while ((s = lines_next(&l, &n)) != NULL) {
		if (n > 0 && *s == '#') {
			nametable_header(&l, s + 1, n - 1, at);
			headed = true;
		} else if (!headed) {
			errx(1, "%s:1: no table of flownames", l.name);
		} else {
			nametable_row(t, &l, s, n, at);
		}
	}
	if (!headed)
		errx(1, "%s: no table of flownames", path);
	lines_close(&l);
	if (t->n > 0)
		qsort(t->said, t->n, sizeof *t->said, compare_said);
	return t;
}

void
nametable_free(struct nametable *t)
{
	strtab_free(&t->text);
	free(t->said);
	free(t);
}

/* The last that was said of the key by that time, or NULL. */
static const struct said *
nametable_last(const struct nametable *t, uint32_t key, int64_t ns)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct said *s = &t->said[mid];

		if (s->key < key || (s->key == key && s->start <= ns))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && t->said[lo - 1].key == key ? &t->said[lo - 1] : NULL;
}

bool
nametable_find(const struct nametable *t, const char *cid, size_t cid_n,
    int64_t start_ns, int64_t end_ns, const struct addr *client,
    const struct addr *address, struct nametable_name *found)
{
	uint32_t id = strtab_find(&t->text, cid, cid_n);
	const struct said *s = id == STRTAB_NONE ? NULL :
	    nametable_last(t, id, end_ns);
	uint8_t key[ADDRESS_KEY];

	if (s == NULL || s->start < start_ns) {
		address_key(key, client, address);
		id = strtab_find(&t->text, key, sizeof key);
		s = id == STRTAB_NONE ? NULL : nametable_last(t, id, start_ns);
		if (s == NULL || s->until + t->grace_ns < start_ns)
			return false;
	}
	found->name = strtab_get(&t->text, s->name, &found->name_n);
	found->how = strtab_get(&t->text, s->how, &found->how_n);
	return true;
}
