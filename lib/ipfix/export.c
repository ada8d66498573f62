#include "ipfix/export.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "ipfix/element.h"
#include "ipfix/fill.h"

/* Templates: of two families, each once with the standard elements alone
 * where these say all, and once with every column as text besides. */
enum { INTERNAL_ID = 999, EXTERNAL_ID = 1000, TEMPLATES = 4 };

/* UDP may lose templates: they are sent again after so many records. */
enum { AGAIN_AFTER = 4096 };

struct record {
	struct element_flow flow;
	fbVarfield_t own[];		/* a column each */
};

struct exporter {
	struct rec *in;
	size_t width;
	enum element_role *role;	/* of each column */
	unsigned decimals;		/* of times */
	struct record *record;
	size_t size;
	fbSession_t *session;
	fBuf_t *buf;
	FILE *file;
	const char *name;		/* of where it goes, for messages */
	uint64_t sent, too_long;	/* records */
	int64_t latest_ns;		/* of all rows */
};

/* What each record tells besides its columns: for collectors that know
 * neither times finer than milliseconds nor payload bytes. */
static const char *const besides[] = {
	"flowStartMilliseconds", "flowEndMilliseconds", "octetDeltaCount",
	"reverseOctetDeltaCount", "biflowDirection",
};

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

/* All fields as they lie in struct record. */
static void
add_internal(struct exporter *x, fbInfoModel_t *model)
{
	fbTemplate_t *template = fbTemplateAlloc(model);
	GError *error = NULL;

	if (!fbTemplateAppendSpecArray(template,
	    (fbInfoElementSpec_t *)element_flow_spec, 0, &error))
		element_fail(x->name, error);
	for (size_t k = 0; k < x->width; k++)
		append_own(x, template, k);
	if (!fbSessionAddTemplate(x->session, TRUE, INTERNAL_ID, template,
	    &error))
		element_fail(x->name, error);
}

static uint16_t
template_id(bool four, bool all)
{
	return (uint16_t)(EXTERNAL_ID + 2 * all + four);
}

static void
add_external(struct exporter *x, fbInfoModel_t *model, bool four, bool all)
{
	fbTemplate_t *template = fbTemplateAlloc(model);
	GError *error = NULL;

	for (size_t k = 0; k < x->width; k++) {
		enum element_role role = x->role[k];

		if (all || !element_is_exact(role))
			append_own(x, template, k);
		if (role != ELEMENT_OWN)
			append(x, template, element_name(role, four,
			    x->decimals), 0);
	}
	for (size_t i = 0; i < sizeof besides / sizeof *besides; i++)
		append(x, template, besides[i], 0);
	if (!fbSessionAddTemplate(x->session, FALSE, template_id(four, all),
	    template, &error))
		element_fail(x->name, error);
}

/* Seconds; 0 would mean now. */
static uint32_t
export_time(const struct exporter *x)
{
	int64_t s = x->latest_ns / NS_PER_S;

	return s > 0 ? (uint32_t)s : 1;
}

static fbExporter_t *
open_collector(struct exporter *x, const struct export_want *want)
{
	fbConnSpec_t to = FB_CONNSPEC_INIT;

	x->name = want->host;
	signal(SIGPIPE, SIG_IGN);
	to.transport = want->to == EXPORT_TCP ? FB_TCP : FB_UDP;
	to.host = (char *)want->host;
	to.svc = (char *)want->port;
	return fbExporterAllocNet(&to);
}

static fbExporter_t *
open_file(struct exporter *x, const struct export_want *want)
{
	x->name = want->file != NULL ? want->file : "<stdout>";
	x->file = want->file != NULL ? fopen(want->file, "w") : stdout;
	if (x->file == NULL)
		err(1, "%s", x->name);
	return fbExporterAllocFP(x->file);
}

static void
open_exporter(struct exporter *x, const struct export_want *want)
{
	fbInfoModel_t *model = fbInfoModelAlloc();
	const char **column = mem_alloc(x->width + 1, sizeof *column);
	GError *error = NULL;

	for (size_t k = 0; k < x->width; k++)
		column[k] = rec_name(x->in, k);
	element_add(model, column, x->width);
	x->session = fbSessionAlloc(model);
	fbSessionSetDomain(x->session, want->domain);
	x->buf = fBufAllocForExport(x->session, want->to == EXPORT_FILE ?
	    open_file(x, want) : open_collector(x, want));
	/* Of the first message, which the templates begin; 0 would be now. */
	fBufSetExportTime(x->buf, export_time(x));
	if (fbSessionSetMetadataExportElements(x->session, TRUE, FB_TID_AUTO,
	    &error) == 0)
		element_fail(x->name, error);
	add_internal(x, model);
	for (int i = 0; i < TEMPLATES; i++)
		add_external(x, model, i & 1, i >> 1);
	if (!fBufSetInternalTemplate(x->buf, INTERNAL_ID, &error))
		element_fail(x->name, error);
	free(column);
}

/* The template that says all that the row says. */
static uint16_t
set_row(struct exporter *x)
{
	struct fill_row row = { .decimals = x->decimals, .four = true };
	bool exact = true;

	memset(&x->record->flow, 0, sizeof x->record->flow);
	for (size_t k = 0; k < x->width; k++) {
		struct rec_span v = rec_column(x->in, k);

		x->record->own[k] = (fbVarfield_t){v.n, (uint8_t *)v.s};
		if (x->role[k] != ELEMENT_OWN)
			exact &= fill_column(&x->record->flow, x->role[k], v,
			    &row);
	}
	fill_besides(&x->record->flow, &row);
	if (row.end_ns > x->latest_ns)
		x->latest_ns = row.end_ns;
	return template_id(row.four, !exact);
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

static bool
send_templates(struct exporter *x, GError **error)
{
	return fbSessionExportTemplates(x->session, error);
}

/* The same records give the same bytes: a message's time is that of the
 * latest packet told of.  again: the templates go before the row. */
static bool
send_row(struct exporter *x, bool again, GError **error)
{
	uint16_t id = set_row(x);

	fBufSetExportTime(x->buf, export_time(x));
	if (again && !send_templates(x, error))
		return false;
	if (!fBufSetExportTemplate(x->buf, id, error))
		return false;
	if (fBufAppend(x->buf, (uint8_t *)x->record, x->size, error)) {
		x->sent++;
		return true;
	}
	/* Even a message of its own has no room for it. */
	if (!g_error_matches(*error, FB_ERROR_DOMAIN, FB_ERROR_EOM))
		return false;
	g_clear_error(error);
	x->too_long++;
	return true;
}

static void
close_exporter(struct exporter *x)
{
	if (x->file != NULL && (fflush(x->file) == EOF || ferror(x->file) ||
	    fclose(x->file) == EOF))
		err(1, "%s", x->name);
	x->file = NULL;
}

int
export_records(struct rec *in, const struct export_want *want)
{
	struct exporter x = { .in = in, .width = rec_width(in) };
	GError *error = NULL;
	bool ok = true;
	int status;

	x.role = mem_alloc(x.width, sizeof *x.role);
	for (size_t k = 0; k < x.width; k++)
		x.role[k] = element_role(rec_name(in, k));
	x.size = sizeof *x.record + x.width * sizeof *x.record->own;
	x.record = mem_alloc(x.size, 1);
	x.decimals = 6;
	for (uint64_t rows = 0; ok && rec_next(in); rows++) {
		if (rows == 0) {
			x.decimals = decimals_of(in);
			x.latest_ns = first_end(in);
			open_exporter(&x, want);
		}
		ok = send_row(&x, rows == 0 || (want->to == EXPORT_UDP &&
		    rows % AGAIN_AFTER == 0), &error);
	}
	if (x.buf == NULL) {
		open_exporter(&x, want);
		ok = send_templates(&x, &error);
	}
	ok = ok && fBufEmit(x.buf, &error);
	if (!ok)
		warnx("%s: %s; %llu records were sent before", x.name,
		    error != NULL ? error->message : "sending failed",
		    (unsigned long long)x.sent);
	else
		close_exporter(&x);
	if (x.too_long > 0)
		warnx("%s: %llu records are longer than a message and were "
		    "left out", x.name, (unsigned long long)x.too_long);
	fBufFree(x.buf);
	free(x.record);
	free(x.role);
	status = rec_close(in);
	return ok && x.too_long == 0 ? status : 1;
}
