#include "ipfix/import.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ipfix/element.h"
#include "ipfix/foreign.h"

enum { INTERNAL_ID = 999, IDS = 1 << 16 };

/* Where a column of ours comes from. */
struct import_column {
	char *name;
	enum element_role role;
	size_t own;		/* which own element; SIZE_MAX: the standard */
};

/* What is made of the records of a template. */
struct layout {
	bool options;
	bool ours;
	size_t columns, owns;
	struct import_column *column;
	struct foreign_has has;
	char *header;
	size_t size;			/* of a record inside */
	uint16_t internal_id;
};

struct import_stream {
	fbSession_t *session;
	fBuf_t *buf;
	struct layout *of[IDS];		/* by external template */
	uint16_t next_id;
	uint64_t init_ms;		/* as an options record told */
	uint16_t told;			/* a template, or 0 */
};

struct importer {
	const struct nets *internal;
	struct out *out;
	fbInfoModel_t *model;
	char *header;			/* the last that was written */
	uint8_t *record;
	size_t record_size;
	uint64_t rows, skipped;
};

static bool
has(fbTemplate_t *template, const char *name)
{
	fbInfoElementSpec_t spec = {(char *)name, 0, 0};

	return fbTemplateContainsElementByName(template, &spec);
}

static void
find_foreign(struct foreign_has *h, fbTemplate_t *t)
{
	h->us = has(t, "flowStartMicroseconds") &&
	    has(t, "flowEndMicroseconds");
	h->ns = has(t, "flowStartNanoseconds") &&
	    has(t, "flowEndNanoseconds");
	h->ms = has(t, "flowStartMilliseconds") &&
	    has(t, "flowEndMilliseconds");
	h->s = has(t, "flowStartSeconds") && has(t, "flowEndSeconds");
	h->uptime = has(t, "flowStartSysUpTime") &&
	    has(t, "flowEndSysUpTime");
	h->ago = has(t, "flowStartDeltaMicroseconds") &&
	    has(t, "flowEndDeltaMicroseconds");
	h->four = has(t, "sourceIPv4Address");
	h->payload = has(t, "transportOctetDeltaCount");
	h->octets = has(t, "octetDeltaCount");
	h->totals = !h->octets && has(t, "octetTotalCount");
	h->reverse = has(t, "reversePacketDeltaCount");
	h->sampled = has(t, "samplingInterval");
	h->skipped = has(t, "samplingPacketSpace");
	h->reason = has(t, "flowEndReason");
}

/* The column's name behind the prefix, of an element of ours; else NULL. */
static const char *
own_column(const fbInfoElement_t *element)
{
	const char *name = element->ref.canon->ref.name;
	size_t n = sizeof ELEMENT_PREFIX - 1;

	if (element->ent != ELEMENT_PEN || name == NULL ||
	    strncmp(name, ELEMENT_PREFIX, n) != 0 || name[n] == '\0')
		return NULL;
	return name + n;
}

static enum element_role
standard_role(const char *name)
{
	for (enum element_role r = ELEMENT_OWN + 1; r <= ELEMENT_SAMPLED; r++)
		for (int variant = 0; variant < 3; variant++)
			if (strcmp(name, element_name(r, variant != 1,
			    variant == 2 ? 9 : 6)) == 0)
				return r;
	return ELEMENT_OWN;
}

static struct import_column *
column_named(struct layout *l, const char *name)
{
	for (size_t i = 0; i < l->columns; i++)
		if (strcmp(l->column[i].name, name) == 0)
			return &l->column[i];
	return NULL;
}

static struct import_column *
add_column(struct layout *l, const char *name)
{
	struct import_column *c = &l->column[l->columns++];
	size_t size = strlen(name) + 1;

	c->name = mem_alloc(size, 1);
	memcpy(c->name, name, size);
	c->own = SIZE_MAX;
	return c;
}

/* The columns in the order of the template, which is that of the stream. */
static void
find_columns(struct layout *l, fbTemplate_t *external,
    fbTemplate_t *internal)
{
	uint32_t n = fbTemplateCountElements(external);
	GError *error = NULL;

	l->column = mem_alloc(n + 1, sizeof *l->column);
	for (uint32_t i = 0; i < n; i++) {
		fbInfoElement_t *e = fbTemplateGetIndexedIE(external, i);
		const char *own = own_column(e);
		fbInfoElementSpec_t spec = {
		    (char *)e->ref.canon->ref.name, FB_IE_VARLEN, 0};
		enum element_role role;
		struct import_column *c;

		if (own != NULL) {
			c = add_column(l, own);
			c->role = element_role(own);
			c->own = l->owns++;
			if (!fbTemplateAppendSpec(internal, &spec, 0, &error))
				element_fail("template", error);
			continue;
		}
		role = standard_role(e->ref.canon->ref.name);
		if (role == ELEMENT_OWN || column_named(l,
		    element_column(role)) != NULL)
			continue;
		c = add_column(l, element_column(role));
		c->role = role;
	}
	l->ours = l->owns > 0;
}

/* The header line of what the layout makes, to be freed. */
static char *
header_of(const struct layout *l)
{
	size_t size = 1, at = 0;
	char *text;

	if (!l->ours)
		return foreign_header();
	for (size_t i = 0; i < l->columns; i++)
		size += strlen(l->column[i].name) + 1;
	text = mem_alloc(size, 1);
	for (size_t i = 0; i < l->columns; i++) {
		size_t n = strlen(l->column[i].name);

		text[at++] = i == 0 ? '#' : '\t';
		memcpy(text + at, l->column[i].name, n);
		at += n;
	}
	return text;
}

static struct layout *
make_layout(struct importer *m, struct import_stream *s,
    fbTemplate_t *external)
{
	struct layout *l = mem_alloc(1, sizeof *l);
	fbTemplate_t *internal = fbTemplateAlloc(m->model);
	GError *error = NULL;

	if (!fbTemplateAppendSpecArray(internal,
	    (fbInfoElementSpec_t *)element_flow_spec, 0, &error))
		element_fail("template", error);
	l->options = fbTemplateGetOptionsScope(external) > 0;
	find_columns(l, external, internal);
	find_foreign(&l->has, external);
	l->header = header_of(l);
	l->size = sizeof(struct element_flow) + l->owns * sizeof(fbVarfield_t);
	l->internal_id = fbSessionAddTemplate(s->session, TRUE, s->next_id++,
	    internal, &error);
	if (l->internal_id == 0)
		element_fail("template", error);
	if (l->size > m->record_size) {
		m->record = mem_resize(m->record, l->size, 1);
		m->record_size = l->size;
	}
	return l;
}

/* Where it differs from the one before. */
static void
write_header(struct importer *m, const struct layout *l)
{
	if (m->header != NULL && strcmp(m->header, l->header) == 0)
		return;
	out_str(m->out, l->header);
	out_char(m->out, '\n');
	free(m->header);
	m->header = mem_alloc(strlen(l->header) + 1, 1);
	strcpy(m->header, l->header);
}

/* A byte below 0x20 would break the row: so 0x7f. */
static bool
is_clean(const fbVarfield_t *own, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < own[i].len; k++)
			if (own[i].buf[k] < 0x20 || own[i].buf[k] == 0x7f)
				return false;
	return true;
}

static void
our_row(struct importer *m, const struct layout *l)
{
	const struct element_flow *e = (const void *)m->record;
	const fbVarfield_t *own = (const void *)(m->record +
	    sizeof(struct element_flow));

	if (!is_clean(own, l->owns)) {
		m->skipped++;
		return;
	}
	for (size_t i = 0; i < l->columns; i++) {
		const struct import_column *c = &l->column[i];

		if (i > 0)
			out_char(m->out, '\t');
		if (c->own != SIZE_MAX)
			out_mem(m->out, own[c->own].buf, own[c->own].len);
		else
			element_write(m->out, e, c->role, l->has.four,
			    l->has.ns ? 9 : 6);
	}
	out_char(m->out, '\n');
	m->rows++;
}

static void
take_record(struct importer *m, struct import_stream *s,
    const struct layout *l)
{
	const struct element_flow *e = (const void *)m->record;

	if (l->options) {
		if (e->init_ms != 0)
			s->init_ms = e->init_ms;
		return;
	}
	write_header(m, l);
	if (l->ours)
		our_row(m, l);
	else if (foreign_row(m->out, e, &l->has, e->init_ms != 0 ?
	    e->init_ms : s->init_ms, fBufGetExportTime(s->buf),
	    m->internal) != NULL)
		m->skipped++;
	else
		m->rows++;
}

/* The next record; false at the end of the message, or on a fault. */
static bool
read_record(struct importer *m, struct import_stream *s, GError **error)
{
	uint16_t id;
	fbTemplate_t *external = fBufNextCollectionTemplate(s->buf, &id,
	    error);
	size_t size;

	if (external == NULL)
		return false;
	if (s->of[id] == NULL)
		s->of[id] = make_layout(m, s, external);
	size = s->of[id]->size;
	if (!fBufSetInternalTemplate(s->buf, s->of[id]->internal_id, error) ||
	    !fBufNext(s->buf, m->record, &size, error))
		return false;
	take_record(m, s, s->of[id]);
	return true;
}

/* What libfixbuf remarks, in the form of our messages. */
static void
remark(const gchar *domain, GLogLevelFlags level, const gchar *text,
    gpointer arg)
{
	(void)domain, (void)level, (void)arg;
	warnx("%s", text);
}

struct importer *
import_new(struct out *out, const struct nets *internal)
{
	struct importer *m = mem_alloc(1, sizeof *m);

	g_log_set_default_handler(remark, NULL);
	m->out = out;
	m->internal = internal;
	m->model = fbInfoModelAlloc();
	return m;
}

/* A stream without records tells of columns all the same: at its end, when
 * all names are known. */
static void
note_template(fbSession_t *session, uint16_t id, fbTemplate_t *template,
    void *arg, void **context, fbTemplateCtxFree_fn *free_context)
{
	struct import_stream *s = arg;

	(void)session, (void)context, (void)free_context;
	if (s->told == 0 && fbTemplateGetOptionsScope(template) == 0)
		s->told = id;
}

struct import_stream *
import_begin(struct importer *m)
{
	struct import_stream *s = mem_alloc(1, sizeof *s);
	GError *error = NULL;

	s->session = fbSessionAlloc(m->model);
	s->next_id = INTERNAL_ID;
	fbSessionAddNewTemplateCallback(s->session, note_template, s);
	s->buf = fBufAllocForCollection(s->session, NULL);
	fBufSetAutomaticMode(s->buf, FALSE);
	if (!fBufSetAutomaticInsert(s->buf, &error))
		element_fail("element types", error);
	return s;
}

static void
write_empty(struct importer *m, struct import_stream *s)
{
	GError *error = NULL;
	fbTemplate_t *external;

	if (m->header != NULL || s->told == 0)
		return;
	external = fbSessionGetTemplate(s->session, FALSE, s->told, &error);
	g_clear_error(&error);
	if (external == NULL)
		return;
	if (s->of[s->told] == NULL)
		s->of[s->told] = make_layout(m, s, external);
	write_header(m, s->of[s->told]);
}

size_t
import_length(const uint8_t *message, size_t n, const char **fault)
{
	size_t length;

	*fault = NULL;
	if (n < IMPORT_HEADER)
		return 0;
	length = (size_t)message[2] << 8 | message[3];
	if (message[0] != 0 || message[1] != 10)
		*fault = "no IPFIX message (its version is not 10)";
	else if (length < IMPORT_HEADER)
		*fault = "a message shorter than its header";
	return *fault == NULL ? length : 0;
}

const char *
import_message(struct importer *m, struct import_stream *s, uint8_t *message,
    size_t length)
{
	static char fault[256];
	GError *error = NULL;

	fBufSetBuffer(s->buf, message, length);
	while (read_record(m, s, &error))
		;
	if (error == NULL || g_error_matches(error, FB_ERROR_DOMAIN,
	    FB_ERROR_EOM) || g_error_matches(error, FB_ERROR_DOMAIN,
	    FB_ERROR_BUFSZ)) {
		g_clear_error(&error);
		return NULL;
	}
	snprintf(fault, sizeof fault, "%s", error->message);
	g_clear_error(&error);
	return fault;
}

void
import_end(struct importer *m, struct import_stream *s)
{
	write_empty(m, s);
	fBufFree(s->buf);		/* and its session */
	for (size_t i = 0; i < IDS; i++) {
		struct layout *l = s->of[i];

		for (size_t k = 0; l != NULL && k < l->columns; k++)
			free(l->column[k].name);
		if (l != NULL) {
			free(l->column);
			free(l->header);
		}
		free(l);
	}
	free(s);
}

void
import_counts(const struct importer *m, uint64_t *rows, uint64_t *left_out)
{
	*rows = m->rows;
	*left_out = m->skipped;
}

void
import_free(struct importer *m)
{
	fbInfoModelFree(m->model);
	free(m->header);
	free(m->record);
	free(m);
}
