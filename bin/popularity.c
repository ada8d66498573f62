/*
 * popularity: for each endpoint that was contacted, by how many different
 * endpoints of the other side (paper, section IV.B, figure 7).
 *
 * Reads the rows that sigtag has put into a pair (column pair is not "-")
 * and whose ends lie on different sides (dir out or in); others do not
 * count.  A flow contacts the endpoint dst.  The one that contacts is the
 * endpoint src, for TCP the host src, whose port means nothing.  A contact
 * is of kind probe or, whatever else the pair is, nonprobe.
 *
 * Memory: an endpoint costs about 50 bytes, a different contact about 40;
 * with -s only what belongs to one dst is held.
 */
#include <stdint.h>
#include <stdlib.h>
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "record/endpair.h"
#include "record/groupcheck.h"
#include "base/strtab.h"
#include "base/mem.h"
#include "base/out.h"
#include "packet/packet.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: popularity [-hksVv] [-g host | name] [-H names] [file ...]\n";

enum { DIR = ENDPAIR_COLUMNS, PAIR, NAME };

static const char *const need[] = {
	ENDPAIR_NEED,
	[DIR] = "dir",
	[PAIR] = "pair",
	[NAME] = "name",		/* with -g name */
};

static const char *const made[] = {
	"endpoint", "where", "kind", "popularity"
};

enum { NEEDS = NAME, COLS = sizeof made / sizeof *made };

/* What is counted apart for an endpoint, in the order of output. */
static const struct {
	const char *where, *kind;
} classes[] = {
	{"internal", "probe"},
	{"internal", "nonprobe"},
	{"external", "probe"},
	{"external", "nonprobe"},
};

enum { EXTERNAL = 2, NONPROBE = 1, CLASSES = 4 };

struct contact_counts {
	uint32_t contacts[CLASSES];
};

/* A row that counts. */
struct contact {
	struct endpair ends;
	uint32_t name;			/* with -g name: among names */
	unsigned class;
};

enum { BATCH = 64 };

struct crowd {
	struct strtab ends;		/* endpoints contacted */
	struct strtab contacts;		/* who, whom and in which class */
	struct contact_counts *tally;		/* of each of ends */
	size_t tally_cap;
	struct contact wait[BATCH];	/* rows not yet counted */
	size_t waiting;
	bool hosts;			/* -g host, -g name */
	bool by_name;			/* -g name */
	struct strtab names;
	struct groupcheck *groups;		/* with -s, else NULL, … */
	bool open;			/* … is there a group? … */
	struct addr dst;		/* … its key */
};

/* Sets the class of the row, or CLASSES if it does not count.  False: the
 * row is dropped. */
static bool
classify(struct rec *r, unsigned *class)
{
	struct rec_span pair = rec_get(r, PAIR);
	enum flow_dir dir;

	*class = CLASSES;
	if (span_is_unknown(pair))
		return true;
	if (!endpair_dir(r, DIR, &dir))
		return false;
	if (!span_is(pair, "probe") && !span_is(pair, "heartbeat") &&
	    !span_is(pair, "dialog") && !span_is(pair, "mix"))
		return rec_bad(r, PAIR, "not a kind of pair");
	if (dir == FLOW_OUT || dir == FLOW_IN)
		*class = (dir == FLOW_OUT ? EXTERNAL : 0u) |
		    (span_is(pair, "probe") ? 0u : NONPROBE);
	return true;
}

/* What was contacted as bytes: an endpoint, or the number of a name, which is
 * shorter than any endpoint. */
static size_t
pack_contacted(const struct crowd *crowd, const struct contact *c,
    uint8_t b[ENDPOINT_BYTES])
{
	if (!crowd->by_name)
		return endpoint_pack(&c->ends.dst, b);
	memcpy(b, &c->name, sizeof c->name);
	return sizeof c->name;
}

/* The numbers of the endpoints contacted; new ones begin at 0. */
static void
number_ends(struct crowd *crowd, struct strtab_key key[BATCH])
{
	uint8_t b[BATCH][ENDPOINT_BYTES];
	size_t known = crowd->ends.n;

	for (size_t i = 0; i < crowd->waiting; i++) {
		key[i].s = b[i];
		key[i].n = pack_contacted(crowd, &crowd->wait[i], b[i]);
	}
	strtab_add_all(&crowd->ends, key, crowd->waiting);
	crowd->tally = mem_grow(crowd->tally, &crowd->tally_cap,
	    crowd->ends.n, sizeof *crowd->tally);
	for (; known < crowd->ends.n; known++)
		crowd->tally[known] = (struct contact_counts){{0}};
}

enum { WHO_BYTES = sizeof(uint32_t) + 2 + ENDPOINT_BYTES };

static size_t
pack_contact(struct contact *c, uint32_t id, uint8_t key[WHO_BYTES])
{
	size_t n = sizeof id;

	if (c->ends.proto == PROTO_TCP)
		c->ends.src.port = 0;
	memcpy(key, &id, sizeof id);
	key[n++] = (uint8_t)c->class;
	key[n++] = c->ends.proto;
	return n + endpoint_pack(&c->ends.src, key + n);
}

/* Counts the rows that wait. */
static void
count_waiting(struct crowd *crowd)
{
	struct strtab_key whom[BATCH], who[BATCH];
	uint8_t b[BATCH][WHO_BYTES];
	uint32_t known = crowd->contacts.n;

	if (crowd->waiting == 0)
		return;
	number_ends(crowd, whom);
	for (size_t i = 0; i < crowd->waiting; i++) {
		__builtin_prefetch(&crowd->tally[whom[i].id]);
		who[i].s = b[i];
		who[i].n = pack_contact(&crowd->wait[i], whom[i].id, b[i]);
	}
	strtab_add_all(&crowd->contacts, who, crowd->waiting);
	for (size_t i = 0; i < crowd->waiting; i++)
		if (who[i].id == known) {
			struct contact_counts *t = &crowd->tally[whom[i].id];

			t->contacts[crowd->wait[i].class]++;
			known++;
		}
	crowd->waiting = 0;
}

static void
write_endpoint(struct out *o, const struct endpoint *e, bool hosts)
{
	char text[ADDR_TEXT];
	bool brackets = !hosts && !addr_is4(&e->addr);
	size_t n = addr_format(&e->addr, text);

	if (brackets)
		out_char(o, '[');
	out_mem(o, text, n);
	if (brackets)
		out_char(o, ']');
	if (!hosts) {
		out_char(o, ':');
		out_u64(o, e->port);
	}
}

/* What was contacted, out of its bytes. */
static void
write_contacted(struct out *o, const struct crowd *crowd, const char *b,
    size_t n)
{
	struct endpoint e;
	const char *name;
	uint32_t id;

	if (crowd->by_name) {
		memcpy(&id, b, sizeof id);
		name = strtab_get(&crowd->names, id, &n);
		out_mem(o, name, n);
		return;
	}
	endpoint_unpack((const uint8_t *)b, n, &e);
	write_endpoint(o, &e, crowd->hosts);
}

static void
write_tally(struct rec *r, const struct crowd *crowd, uint32_t end)
{
	const struct contact_counts *tally = &crowd->tally[end];
	size_t n;
	const char *b = strtab_get(&crowd->ends, end, &n);

	struct out *o = rec_out(r);

	for (unsigned i = 0; i < CLASSES; i++) {
		if (tally->contacts[i] == 0)
			continue;
		write_contacted(o, crowd, b, n);
		out_char(o, '\t');
		out_str(o, classes[i].where);
		out_char(o, '\t');
		out_str(o, classes[i].kind);
		out_char(o, '\t');
		out_u64(o, tally->contacts[i]);
		out_char(o, '\n');
		rec_wrote(r, 1);
	}
}

/* Writes what is held, in order of first contact, and forgets it. */
static void
write_crowd(struct crowd *crowd, struct rec *r)
{
	count_waiting(crowd);
	for (uint32_t i = 0; i < crowd->ends.n; i++)
		write_tally(r, crowd, i);
	strtab_clear(&crowd->ends);
	strtab_clear(&crowd->contacts);
}

/* With -s: a row's dst, which may end a group and begin the next. */
static void
take_group(struct crowd *crowd, struct rec *r, const struct addr *dst)
{
	if (crowd->open && memcmp(&crowd->dst, dst, sizeof *dst) == 0)
		return;
	write_crowd(crowd, r);
	if (!groupcheck_begin(crowd->groups, dst->b, sizeof dst->b)) {
		rec_bad(r, ENDPAIR_DST,
		    "comes again: -s needs rows grouped by it");
		exit(1);
	}
	crowd->open = true;
	crowd->dst = *dst;
}

/* The row's name, or its address where it has none. */
static uint32_t
number_name(struct crowd *crowd, struct rec *r)
{
	struct rec_span v = rec_get(r, rec_unknown(r, NAME) ? ENDPAIR_DST :
	    NAME);

	return strtab_add(&crowd->names, v.s, v.n);
}

static void
read_rows(struct rec *r, struct crowd *crowd)
{
	while (rec_next(r)) {
		struct contact c;
		int fault;

		if (!classify(r, &c.class) || c.class == CLASSES)
			continue;
		fault = endpair_read(r, crowd->hosts, &c.ends);
		if (fault >= 0) {
			rec_bad(r, (size_t)fault, endpair_fault(fault));
			continue;
		}
		if (crowd->by_name)
			c.name = number_name(crowd, r);
		if (crowd->groups)
			take_group(crowd, r, &c.ends.dst.addr);
		crowd->wait[crowd->waiting++] = c;
		if (crowd->waiting == BATCH)
			count_waiting(crowd);
	}
	write_crowd(crowd, r);
}

static int
popularity(char *const *files, const struct rec_spec *spec, bool hosts,
    bool by_name, bool grouped)
{
	struct crowd crowd = { .hosts = hosts, .by_name = by_name };
	struct rec *r = rec_open(files, spec);

	strtab_init(&crowd.ends);
	strtab_init(&crowd.contacts);
	strtab_init(&crowd.names);
	if (grouped)
		crowd.groups = groupcheck_open();
	if (spec->columns == NULL)
		rec_list_header(r, made, COLS);
	read_rows(r, &crowd);
	strtab_free(&crowd.ends);
	strtab_free(&crowd.contacts);
	strtab_free(&crowd.names);
	groupcheck_close(crowd.groups);
	free(crowd.tally);
	return rec_close(r);
}

/* Reads flow records, writes how popular each endpoint contacted is. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = COLS, .own_output = true };
	bool hosts = false, by_name = false, grouped = false;
	int c;

	while ((c = cmdline_getopt(argc, argv, "g:H:hksVv")) != -1) {
		switch (c) {
		case 'g':
			by_name = strcmp(optarg, "name") == 0;
			hosts = by_name || endpair_hosts_option(optarg);
			spec.n_need = by_name ? NEEDS + 1 : NEEDS;
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, made, COLS);
		case 's':
			grouped = true;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	}
	if (by_name && grouped)
		errx(2, "-s goes by address, -g by name");
	return popularity(argv + optind, &spec, hosts, by_name, grouped);
}
