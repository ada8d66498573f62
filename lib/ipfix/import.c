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
#include "ipfix/layout.h"
#include "ipfix/whole.h"

/* fixbuf takes numbers for itself from the upper end. */
enum { INTERNAL_ID = 999, LAST_ID = 65000, IDS = 1 << 16 };

struct import_stream {
	fbInfoModel_t *model;		/* its own: other streams have other
					   columns under the same numbers */
	fbSession_t *session;
	fBuf_t *buf;
	struct layout *of[IDS];		/* by external template, a list of
					   those of all domains */
	uint32_t next_id;
	size_t left;			/* bytes of the message, at most */
	uint64_t init_ms;		/* as an options record told */
	uint16_t told;			/* a template, or 0 */
};

struct importer {
	const struct nets *internal;
	struct out *out;
	char *header;			/* the last that was written */
	uint8_t *record;
	size_t record_size;
	uint64_t rows, skipped;
};

/* Sets whose template has not come, which libfixbuf tells nobody but its
 * log. */
static uint64_t sets_skipped;

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
		const struct layout_column *c = &l->column[i];

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

static struct layout *
find_layout(const struct import_stream *s, uint16_t id)
{
	uint32_t domain = fbSessionGetDomain(s->session);
	struct layout *l = s->of[id];

	while (l != NULL && l->domain != domain)
		l = l->next;
	return l;
}

/* NULL if there are more templates than fixbuf has numbers for. */
static struct layout *
layout_of(struct importer *m, struct import_stream *s, uint16_t id,
    fbTemplate_t *external)
{
	struct layout *l = find_layout(s, id);

	if (l != NULL && !l->stale)
		return l;
	if (l == NULL) {
		if (s->next_id >= LAST_ID)
			return NULL;
		l = mem_alloc(1, sizeof *l);
		l->domain = fbSessionGetDomain(s->session);
		l->internal_id = (uint16_t)s->next_id++;
		l->next = s->of[id];
		s->of[id] = l;
	} else {
		layout_clear(l);
	}
	layout_make(l, s->session, external);
	if (l->size > m->record_size) {
		m->record = mem_resize(m->record, l->size, 1);
		m->record_size = l->size;
	}
	return l;
}

/* What is behind the last record of a message. */
enum read { READ_RECORD, READ_END, READ_BROKEN };

static enum read
read_record(struct importer *m, struct import_stream *s, GError **error)
{
	uint16_t id;
	fbTemplate_t *external = fBufNextCollectionTemplate(s->buf, &id,
	    error);
	struct layout *l;
	size_t size;

	if (external == NULL)
		return g_error_matches(*error, FB_ERROR_DOMAIN, FB_ERROR_EOM)
		    || g_error_matches(*error, FB_ERROR_DOMAIN,
		    FB_ERROR_BUFSZ) ? READ_END : READ_BROKEN;
	l = layout_of(m, s, id, external);
	/* To fixbuf a template that is withdrawn before it came has records
	 * without bytes, of which a set would hold without end. */
	if (l == NULL || l->least == 0 || l->least > s->left)
		return READ_BROKEN;
	s->left -= l->least;
	size = l->size;
	if (!fBufSetInternalTemplate(s->buf, l->internal_id, error) ||
	    !fBufNext(s->buf, m->record, &size, error))
		return READ_BROKEN;
	take_record(m, s, l);
	return READ_RECORD;
}

/* What libfixbuf remarks, in the form of our messages. */
static void
remark(const gchar *domain, GLogLevelFlags level, const gchar *text,
    gpointer arg)
{
	static const char skipping[] = "Skipping set:";

	(void)domain, (void)level, (void)arg;
	sets_skipped += strncmp(text, skipping, sizeof skipping - 1) == 0;
	warnx("%s", text);
}

struct importer *
import_new(struct out *out, const struct nets *internal)
{
	struct importer *m = mem_alloc(1, sizeof *m);

	g_log_set_default_handler(remark, NULL);
	m->out = out;
	m->internal = internal;
	return m;
}

/* A stream without records tells of columns all the same: at its end, when
 * all names are known.  What was known of a template is no longer. */
static void
note_template(fbSession_t *session, uint16_t id, fbTemplate_t *template,
    void *arg, void **context, fbTemplateCtxFree_fn *free_context)
{
	struct import_stream *s = arg;
	struct layout *l = find_layout(s, id);

	(void)session, (void)context, (void)free_context;
	if (l != NULL)
		l->stale = true;
	if (s->told == 0 && fbTemplateGetOptionsScope(template) == 0)
		s->told = id;
}

struct import_stream *
import_begin(void)
{
	struct import_stream *s = mem_alloc(1, sizeof *s);
	GError *error = NULL;

	s->model = fbInfoModelAlloc();
	s->session = fbSessionAlloc(s->model);
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
	struct layout *l;

	if (m->header != NULL || s->told == 0)
		return;
	external = fbSessionGetTemplate(s->session, FALSE, s->told, &error);
	g_clear_error(&error);
	if (external == NULL)
		return;
	l = layout_of(m, s, s->told, external);
	if (l != NULL)
		write_header(m, l);
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

/* As fixbuf tells it, unless it can be told better. */
static const char *
record_fault(struct import_stream *s, const uint8_t *message, size_t length,
    GError *error, size_t *at)
{
	static char text[256];
	const char *fault = whole_records(s->session, message, length, at);

	if (fault != NULL)
		return fault;
	*at = 0;
	snprintf(text, sizeof text, "%s", error != NULL ? error->message :
	    "a record that cannot be read");
	return text;
}

/* What is whole goes to fixbuf as a message of its own. */
const char *
import_message(struct importer *m, struct import_stream *s, uint8_t *message,
    size_t length, size_t *at)
{
	const char *fault = whole_sets(message, length, at);
	enum read read = READ_RECORD;
	GError *error = NULL;

	if (fault != NULL) {
		length = *at;
		message[2] = (uint8_t)(length >> 8);
		message[3] = (uint8_t)length;
	}
	s->left = length;
	fBufSetBuffer(s->buf, message, length);
	while (read == READ_RECORD)
		read = read_record(m, s, &error);
	if (read == READ_BROKEN)
		fault = record_fault(s, message, length, error, at);
	g_clear_error(&error);
	return fault;
}

void
import_end(struct importer *m, struct import_stream *s)
{
	write_empty(m, s);
	fBufFree(s->buf);		/* and its session */
	fbInfoModelFree(s->model);
	for (size_t i = 0; i < IDS; i++)
		for (struct layout *l = s->of[i], *next; l != NULL; l = next) {
			next = l->next;
			layout_clear(l);
			free(l);
		}
	free(s);
}

void
import_counts(const struct importer *m, uint64_t *rows, uint64_t *left_out,
    uint64_t *sets)
{
	*sets = sets_skipped;
	*rows = m->rows;
	*left_out = m->skipped;
}

void
import_free(struct importer *m)
{
	free(m->header);
	free(m->record);
	free(m);
}
