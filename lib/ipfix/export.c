#include "ipfix/export.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/mem.h"
#include "base/num.h"
#include "ipfix/element.h"
#include "record/word.h"

#define NS_PER_MS INT64_C(1000000)

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
	uint64_t sent;
	int64_t start_ns, end_ns;	/* of the row; 0 if not known */
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

/*
 * One row.  Each function says whether its standard element carries the
 * text byte for byte.
 */

static bool
set_number(struct rec_span v, uint64_t most, uint64_t *n)
{
	return num_u64(v.s, v.n, most, n) && (*v.s != '0' || v.n == 1);
}

static bool
set_small(struct rec_span v, uint16_t *n)
{
	uint64_t value;

	if (!set_number(v, UINT16_MAX, &value))
		return false;
	*n = (uint16_t)value;
	return true;
}

/* Up to 2036, when NTP's seconds begin anew. */
static bool
set_time(const struct exporter *x, struct rec_span v, uint64_t *us,
    uint64_t *ns, int64_t *time_ns)
{
	enum { LAST_S = 2085978495 };

	if (v.n != 11 + x->decimals || !num_time(v.s, v.n, time_ns) ||
	    *time_ns / NS_PER_S >= LAST_S) {
		*us = *ns = 0;
		return false;
	}
	*(x->decimals == 9 ? ns : us) = element_ntp(*time_ns, x->decimals);
	return true;
}

static bool
set_addr(struct rec_span v, uint8_t six[16], uint32_t *four, bool *is_four)
{
	char text[ADDR_TEXT];
	struct addr a;

	if (!addr_parse(v.s, v.n, &a))
		return false;
	*is_four = addr_is4(&a);
	memcpy(six, a.b, sizeof a.b);
	*four = (uint32_t)a.b[12] << 24 | (uint32_t)a.b[13] << 16 |
	    (uint32_t)a.b[14] << 8 | a.b[15];
	return addr_format(&a, text) == v.n && memcmp(text, v.s, v.n) == 0;
}

/* Letters as flow(5) has them: S is SYN without ACK, H SYN with it. */
static uint16_t
bits_of_flags(struct rec_span v)
{
	static const struct { char letter; uint16_t bits; } table[] = {
		{'F', 1}, {'S', 2}, {'H', 2 | 16}, {'R', 4}, {'P', 8},
		{'A', 16}, {'U', 32}, {'E', 64}, {'C', 128},
	};
	uint16_t bits = 0;

	for (size_t i = 0; i < v.n; i++)
		for (size_t k = 0; k < sizeof table / sizeof *table; k++)
			if (table[k].letter == v.s[i])
				bits |= table[k].bits;
	return bits;
}

static bool
is_word(struct rec_span v, const char *word)
{
	return strlen(word) == v.n && memcmp(v.s, word, v.n) == 0;
}

/* IANA's registry of flowEndReason. */
static uint8_t
reason_of(struct rec_span v)
{
	static const struct { const char *why; uint8_t reason; } table[] = {
		{"idle", 1}, {"active", 2}, {"fin", 3}, {"rst", 3},
		{"eof", 4}, {"evict", 5},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (is_word(v, table[i].why))
			return table[i].reason;
	return 0;
}

/* Where the count of such a column goes; NULL if it is none. */
static uint64_t *
count_of(struct element_flow *f, enum element_role role)
{
	switch (role) {
	case ELEMENT_PKTS:
		return &f->pkts;
	case ELEMENT_RPKTS:
		return &f->rpkts;
	case ELEMENT_BYTES:
		return &f->payload;
	case ELEMENT_RBYTES:
		return &f->rpayload;
	default:
		return NULL;
	}
}

/* What has no value that its element lacks, or goes as text besides. */
static bool
set_word(struct element_flow *f, enum element_role role, struct rec_span v)
{
	uint64_t sampled = 0;
	bool same = true;

	switch (role) {
	case ELEMENT_FLAGS:
		f->flags = bits_of_flags(v);
		break;
	case ELEMENT_RFLAGS:
		f->rflags = bits_of_flags(v);
		break;
	case ELEMENT_WHY:
		f->why = reason_of(v);
		break;
	case ELEMENT_DIR:
		f->direction = is_word(v, "out");
		break;
	case ELEMENT_SAMPLED:
		same = set_number(v, UINT32_MAX, &sampled);
		f->sampled = (uint32_t)sampled;
		break;
	default:
		break;
	}
	return same;
}

/* Sets what column k says; false: not byte for byte. */
static bool
set_column(struct exporter *x, size_t k, struct rec_span v, bool *four)
{
	struct element_flow *f = &x->record->flow;
	uint64_t *count = count_of(f, x->role[k]);
	bool same;

	if (count != NULL)
		return set_number(v, UINT64_MAX, count);
	switch (x->role[k]) {
	case ELEMENT_START:
		return set_time(x, v, &f->start_us_ntp, &f->start_ns_ntp,
		    &x->start_ns);
	case ELEMENT_END:
		same = set_time(x, v, &f->end_us_ntp, &f->end_ns_ntp,
		    &x->end_ns);
		if (same && x->end_ns > x->latest_ns)
			x->latest_ns = x->end_ns;
		return same;
	case ELEMENT_PROTO:
		return word_proto_parse(v, &f->proto);
	case ELEMENT_SRC:
		return set_addr(v, f->src6, &f->src4, four);
	case ELEMENT_DST:
		return set_addr(v, f->dst6, &f->dst4, &same) &&
		    same == *four;
	case ELEMENT_SPORT:
		return set_small(v, &f->sport);
	case ELEMENT_DPORT:
		return set_small(v, &f->dport);
	default:
		return set_word(f, x->role[k], v);
	}
}

static uint64_t
octets_of(uint64_t payload, uint64_t pkts, bool four, uint8_t proto)
{
	return payload + pkts * element_headers(four, proto);
}

/* What follows from the columns. */
static void
set_besides(struct element_flow *f, bool four, int64_t start_ns,
    int64_t end_ns)
{
	f->start_ms = (uint64_t)(start_ns / NS_PER_MS);
	f->end_ms = (uint64_t)(end_ns / NS_PER_MS);
	f->octets = octets_of(f->payload, f->pkts, four, f->proto);
	f->roctets = octets_of(f->rpayload, f->rpkts, four, f->proto);
	f->biflow = 1;			/* src is the initiator */
}

/* The template that says all that the row says. */
static uint16_t
set_row(struct exporter *x)
{
	bool four = true, exact = true;

	memset(&x->record->flow, 0, sizeof x->record->flow);
	x->start_ns = x->end_ns = 0;
	for (size_t k = 0; k < x->width; k++) {
		struct rec_span v = rec_column(x->in, k);

		x->record->own[k] = (fbVarfield_t){v.n, (uint8_t *)v.s};
		if (x->role[k] != ELEMENT_OWN)
			exact &= set_column(x, k, v, &four);
	}
	set_besides(&x->record->flow, four, x->start_ns, x->end_ns);
	return template_id(four, !exact);
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

	fBufSetExportTime(x->buf, (uint32_t)(x->latest_ns / NS_PER_S));
	if (again && !send_templates(x, error))
		return false;
	if (!fBufSetExportTemplate(x->buf, id, error) ||
	    !fBufAppend(x->buf, (uint8_t *)x->record, x->size, error))
		return false;
	x->sent++;
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
			open_exporter(&x, want);
		}
		ok = send_row(&x, rows == 0 || (want->to == EXPORT_UDP &&
		    rows % AGAIN_AFTER == 0), &error);
	}
	if (x.buf == NULL) {
		open_exporter(&x, want);
		fBufSetExportTime(x.buf, 0);
		ok = send_templates(&x, &error);
	}
	ok = ok && fBufEmit(x.buf, &error);
	if (!ok)
		warnx("%s: %s; %llu records were sent before", x.name,
		    error != NULL ? error->message : "sending failed",
		    (unsigned long long)x.sent);
	else
		close_exporter(&x);
	fBufFree(x.buf);
	free(x.record);
	free(x.role);
	status = rec_close(in);
	return ok ? status : 1;
}
