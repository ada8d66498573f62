#include "ipfix/export.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "ipfix/element.h"
#include "ipfix/fill.h"
#include "ipfix/outbox.h"

/* Templates: of two families, each once with the standard elements alone
 * where these say all, and once with every column as text besides.  Two say
 * how struct record lies, for the one and the other. */
enum { INTERNAL_ID = 998, EXTERNAL_ID = 1000, TEMPLATES = 4 };

/* UDP may lose templates: they are sent again after so many records, or when
 * the records have gone on by so much time (RFC 7011 8.4). */
enum { AGAIN_AFTER = 4096 };
static const int64_t again_after_ns = 600 * NS_PER_S;

struct record {
	struct element_flow flow;
	fbVarfield_t own[];		/* a column each */
};

struct exporter {
	struct rec *in;
	size_t width;
	enum element_role *role;	/* of each column */
	bool *exact;			/* does its element say all? */
	unsigned decimals;		/* of times */
	struct record *record;
	size_t size;

	fbInfoModel_t *model;
	fbSession_t *session;
	uint16_t types;			/* template of type records */
	uint64_t used;			/* of element_flow_spec, by bits */
	size_t fixed[TEMPLATES];	/* bytes of a record, less its texts */
	struct outbox box;
	const char *name;		/* of where it goes, for messages */

	uint64_t shortened, too_long;		/* records */
	uint64_t *left_out;		/* values, by column */
	int64_t latest_ns;		/* of all rows */
	int64_t told_ns;		/* when templates were sent last */
};

/* What each record tells besides its columns: for collectors that know
 * neither times finer than milliseconds nor payload bytes. */
static const char *const besides[] = {
	"flowStartMilliseconds", "flowEndMilliseconds", "octetDeltaCount",
	"reverseOctetDeltaCount", "biflowDirection",
};

/*
 * Templates.
 */

static void
append(struct exporter *x, fbTemplate_t *template, const char *name,
    uint16_t size)
{
	fbInfoElementSpec_t spec = {(char *)name, size, 0};
	GError *error = NULL;

	if (!fbTemplateAppendSpec(template, &spec, 0, &error))
		element_fail(x->name, error);
}

static void
append_own(struct exporter *x, fbTemplate_t *template, size_t k)
{
	char *name = element_own_name(rec_name(x->in, k));

	append(x, template, name, FB_IE_VARLEN);
	free(name);
}

/* Appends a standard element; the bytes of its values. */
static size_t
append_standard(struct exporter *x, fbTemplate_t *template, const char *name)
{
	append(x, template, name, 0);
	for (unsigned i = 0; element_flow_spec[i].name != NULL; i++)
		if (strcmp(element_flow_spec[i].name, name) == 0)
			x->used |= UINT64_C(1) << i;
	return fbInfoModelGetElementByName(x->model, name)->len;
}

static uint16_t
template_id(bool four, bool all)
{
	return (uint16_t)(EXTERNAL_ID + 2 * all + four);
}

static void
add_external(struct exporter *x, bool four, bool all)
{
	fbTemplate_t *template = fbTemplateAlloc(x->model);
	uint16_t id = template_id(four, all);
	GError *error = NULL;
	size_t n = 0;

	for (size_t k = 0; k < x->width; k++) {
		if (all || !x->exact[k])
			append_own(x, template, k);
		if (x->role[k] != ELEMENT_OWN)
			n += append_standard(x, template, element_name(
			    x->role[k], four, x->decimals));
	}
	for (size_t i = 0; i < sizeof besides / sizeof *besides; i++)
		n += append_standard(x, template, besides[i]);
	if (!fbSessionAddTemplate(x->session, FALSE, id, template, &error))
		element_fail(x->name, error);
	x->fixed[id - EXTERNAL_ID] = n;
}

/* Appends an element of that size, or what is not used, for which fixbuf then
 * takes no time, as a gap. */
static void
append_field(struct exporter *x, fbTemplate_t *template, const char *name,
    size_t size, size_t *gap)
{
	if (name == NULL) {
		*gap += size;
		return;
	}
	if (*gap > 0)
		append(x, template, "paddingOctets", (uint16_t)*gap);
	*gap = 0;
	append(x, template, name, (uint16_t)size);
}

/* As struct record lies, with the texts that the external templates have. */
static void
add_internal(struct exporter *x, bool all)
{
	fbTemplate_t *template = fbTemplateAlloc(x->model);
	const fbInfoElementSpec_t *e = element_flow_spec;
	GError *error = NULL;
	size_t gap = 0;

	for (unsigned i = 0; e[i].name != NULL; i++)
		append_field(x, template, x->used >> i & 1 ? e[i].name : NULL,
		    e[i].len_override, &gap);
	for (size_t k = 0; k < x->width; k++) {
		char *name = all || !x->exact[k] ?
		    element_own_name(rec_name(x->in, k)) : NULL;

		append_field(x, template, name, name != NULL ?
		    FB_IE_VARLEN : sizeof(fbVarfield_t), &gap);
		free(name);
	}
	if (!fbSessionAddTemplate(x->session, TRUE,
	    (uint16_t)(INTERNAL_ID + all), template, &error))
		element_fail(x->name, error);
}

/* Seconds; 0 would mean now. */
static uint32_t
export_time(const struct exporter *x)
{
	int64_t s = x->latest_ns / NS_PER_S;

	return s > 0 ? (uint32_t)s : 1;
}

static void
add_elements(struct exporter *x)
{
	const char **column = mem_alloc(x->width + 1, sizeof *column);

	for (size_t k = 0; k < x->width; k++)
		column[k] = rec_name(x->in, k);
	element_add(x->model, column, x->width);
	free(column);
}

/* Templates are added before the buffer is there, which would send them. */
static void
open_exporter(struct exporter *x, const struct export_want *want)
{
	GError *error = NULL;

	x->name = outlet_name(&want->outlet);
	x->model = fbInfoModelAlloc();
	add_elements(x);
	x->session = fbSessionAlloc(x->model);
	fbSessionSetDomain(x->session, want->domain);
	x->types = fbSessionSetMetadataExportElements(x->session, TRUE,
	    FB_TID_AUTO, &error);
	if (x->types == 0)
		element_fail(x->name, error);
	for (int i = 0; i < TEMPLATES; i++)
		add_external(x, i & 1, i >> 1);
	add_internal(x, false);
	add_internal(x, true);
	outbox_open(&x->box, &want->outlet, x->session);
}

static bool
one_template(void *arg, size_t id, GError **error)
{
	struct exporter *x = arg;

	return fbSessionExportTemplate(x->session, (uint16_t)id, error);
}

/* The type and meaning of a column's own element (RFC 5610). */
static bool
one_type(void *arg, size_t k, GError **error)
{
	struct exporter *x = arg;
	char *name = element_own_name(rec_name(x->in, k));
	bool ok = fbInfoElementWriteOptionsRecord(x->box.buf,
	    fbInfoModelGetElementByName(x->model, name), x->types, x->types,
	    error);

	free(name);
	return ok;
}

static bool
send_templates(struct exporter *x)
{
	uint32_t time = export_time(x);
	bool ok = outbox_emit(&x->box) &&
	    outbox_append(&x->box, one_template, x, x->types, time);

	for (size_t k = 0; ok && k < x->width; k++)
		ok = outbox_append(&x->box, one_type, x, k, time);
	for (size_t i = 0; ok && i < TEMPLATES; i++)
		ok = outbox_append(&x->box, one_template, x, EXTERNAL_ID + i,
		    time);
	x->told_ns = x->latest_ns;
	return ok && outbox_emit(&x->box);
}

/*
 * Rows.
 */

/* Bytes of a text and its length (RFC 7011 7). */
static size_t
own_length(size_t n)
{
	return n + (n < 255 ? 1 : 3);
}

/* Its template, which says all that the row says, and its length. */
static uint16_t
set_row(struct exporter *x, size_t *length)
{
	struct fill_row row = { .decimals = x->decimals, .four = true };
	size_t texts = 0, besides_exact = 0;
	bool exact = true;
	uint16_t id;

	memset(&x->record->flow, 0, sizeof x->record->flow);
	for (size_t k = 0; k < x->width; k++) {
		struct rec_span v = rec_column(x->in, k);

		x->record->own[k] = (fbVarfield_t){v.n, (uint8_t *)v.s};
		if (x->role[k] != ELEMENT_OWN)
			exact &= fill_column(&x->record->flow, x->role[k], v,
			    &row);
		*(x->exact[k] ? &besides_exact : &texts) += own_length(v.n);
	}
	fill_besides(&x->record->flow, &row);
	if (row.end_ns > x->latest_ns)
		x->latest_ns = row.end_ns;
	id = template_id(row.four, !exact);
	*length = x->fixed[id - EXTERNAL_ID] + texts +
	    (exact ? 0 : besides_exact);
	return id;
}

static unsigned
decimals_of(struct rec *in)
{
	int k = rec_find(in, "start");
	const char *point;
	struct rec_span v;

	if (k < 0)
		return 6;
	v = rec_column(in, (size_t)k);
	point = memchr(v.s, '.', v.n);
	return point != NULL && v.s + v.n - point > 9 ? 9 : 6;
}

/* The first row's end, if it can be told. */
static int64_t
first_end(struct rec *in)
{
	int k = rec_find(in, "end");
	struct rec_span v;
	int64_t ns;

	if (k < 0)
		return 0;
	v = rec_column(in, (size_t)k);
	return num_time(v.s, v.n, &ns) ? ns : 0;
}

/* Which column has the longest text that no standard element tells; SIZE_MAX
 * if all are unknown. */
static size_t
longest_own(const struct exporter *x)
{
	size_t longest = SIZE_MAX, n = 1;

	for (size_t k = 0; k < x->width; k++)
		if (x->role[k] == ELEMENT_OWN && x->record->own[k].len > n) {
			longest = k;
			n = x->record->own[k].len;
		}
	return longest;
}

/* Makes the row of n bytes fit into a message of its own: its length, 0 if
 * nothing helps.  Counts are worth more than histograms, so texts go first. */
static size_t
fit_row(struct exporter *x, size_t n)
{
	static uint8_t unknown[] = "-";
	size_t room = outbox_room(&x->box), k;

	if (n <= room)
		return n;
	while (n > room && (k = longest_own(x)) != SIZE_MAX) {
		n -= own_length(x->record->own[k].len) - own_length(1);
		x->record->own[k] = (fbVarfield_t){1, unknown};
	}
	if (n > room) {
		x->too_long++;
		return 0;
	}
	for (k = 0; k < x->width; k++)
		x->left_out[k] += x->record->own[k].buf == unknown;
	x->shortened++;
	return n;
}

/* The same records give the same bytes: a message's time is that of the
 * latest packet told of when it begins. */
static bool
send_row(struct exporter *x)
{
	size_t n;
	uint16_t id = set_row(x, &n);
	uint16_t internal = (uint16_t)(INTERNAL_ID + (id - EXTERNAL_ID) / 2);

	n = fit_row(x, n);
	return n == 0 || outbox_record(&x->box, id, internal, x->record,
	    x->size, n, export_time(x));
}

static bool
is_time_again(const struct exporter *x, uint64_t rows)
{
	return rows % AGAIN_AFTER == 0 ||
	    x->latest_ns - x->told_ns >= again_after_ns;
}

static bool
send_rows(struct exporter *x, const struct export_want *want)
{
	bool ok = true;

	for (uint64_t rows = 0; ok && rec_next(x->in); rows++) {
		if (rows == 0) {
			x->decimals = decimals_of(x->in);
			x->latest_ns = first_end(x->in);
			open_exporter(x, want);
			ok = send_templates(x);
		} else if (want->outlet.to == OUTLET_UDP &&
		    is_time_again(x, rows)) {
			ok = send_templates(x);
		}
		ok = ok && send_row(x);
	}
	if (x->session == NULL) {
		open_exporter(x, want);
		ok = send_templates(x);
	}
	return ok && outbox_emit(&x->box);
}

static void
tell_losses(const struct exporter *x, size_t longest)
{
	if (x->shortened > 0)
		warnx("%s: %llu records are longer than a message of %zu "
		    "bytes and went without", x->name,
		    (unsigned long long)x->shortened, longest);
	for (size_t k = 0; k < x->width; k++)
		if (x->left_out[k] > 0)
			warnx("%s: %s: %llu values", x->name,
			    rec_name(x->in, k),
			    (unsigned long long)x->left_out[k]);
	if (x->too_long > 0)
		warnx("%s: %llu records are longer than a message of %zu "
		    "bytes and were left out", x->name,
		    (unsigned long long)x->too_long, longest);
}

int
export_records(struct rec *in, const struct export_want *want)
{
	struct exporter *x = mem_alloc(1, sizeof *x);
	size_t longest;
	bool whole;
	int status;

	x->in = in;
	x->width = rec_width(in);
	x->role = mem_alloc(x->width, sizeof *x->role);
	x->exact = mem_alloc(x->width, sizeof *x->exact);
	x->left_out = mem_alloc(x->width, sizeof *x->left_out);
	for (size_t k = 0; k < x->width; k++) {
		x->role[k] = element_role(rec_name(in, k));
		x->exact[k] = element_is_exact(x->role[k]);
	}
	x->size = sizeof *x->record + x->width * sizeof *x->record->own;
	x->record = mem_alloc(x->size, 1);
	x->decimals = 6;
	whole = send_rows(x, want);
	longest = outlet_longest(x->box.outlet);
	if (!whole || !outbox_close(&x->box)) {
		warn("%s: %llu records were sent before", x->name,
		    (unsigned long long)x->box.sent);
		whole = false;
	}
	tell_losses(x, longest);
	fbInfoModelFree(x->model);
	whole = whole && x->shortened == 0 && x->too_long == 0;
	free(x->record);
	free(x->left_out);
	free(x->exact);
	free(x->role);
	free(x);
	status = rec_close(in);
	return whole ? status : 1;
}
