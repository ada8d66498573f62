#include "ipfix/outbox.h"

#include <err.h>
#include <errno.h>

#include "ipfix/element.h"

enum { MESSAGE_HEADER = 16, SET_HEADER = 4 };

void
outbox_open(struct outbox *o, const struct outlet_want *want,
    fbSession_t *session)
{
	o->outlet = outlet_open(want);
	o->name = outlet_name(want);
	o->to = fbExporterAllocBuffer(o->message,
	    (uint16_t)outlet_longest(o->outlet));
	o->buf = fBufAllocForExport(session, o->to);
	fBufSetAutomaticMode(o->buf, FALSE);
}

size_t
outbox_room(const struct outbox *o)
{
	return outlet_longest(o->outlet) - MESSAGE_HEADER - SET_HEADER;
}

bool
outbox_emit(struct outbox *o)
{
	GError *error = NULL;

	if (!o->open)
		return true;
	if (!fBufEmit(o->buf, &error))
		element_fail(o->name, error);
	if (!outlet_send(o->outlet, o->message, fbExporterGetMsgLen(o->to),
	    o->waiting))
		return false;
	o->sent += o->waiting;
	o->open = false;
	o->used = o->set = 0;
	o->waiting = 0;
	return true;
}

/* What the message has no room for goes into the next; fixbuf also wants
 * records to begin one behind templates, and the other way round. */
bool
outbox_append(struct outbox *o, outbox_one *one, void *arg, size_t i,
    uint32_t time)
{
	GError *error = NULL;

	fBufSetExportTime(o->buf, time);
	for (int round = 0; round < 2; round++) {
		if (one(arg, i, &error)) {
			o->open = true;
			return true;
		}
		if (!g_error_matches(error, FB_ERROR_DOMAIN, FB_ERROR_EOM))
			element_fail(o->name, error);
		g_clear_error(&error);
		if (!outbox_emit(o))
			return false;
	}
	errx(1, "%s: a message of %zu bytes has no room for the names of all "
	    "columns", o->name, outlet_longest(o->outlet));
}

struct whole_record {
	fBuf_t *buf;
	uint16_t internal;
	uint8_t *bytes;
	size_t size;
};

static bool
one_record(void *arg, size_t id, GError **error)
{
	const struct whole_record *r = arg;

	return fBufSetInternalTemplate(r->buf, r->internal, error) &&
	    fBufSetExportTemplate(r->buf, (uint16_t)id, error) &&
	    fBufAppend(r->buf, r->bytes, r->size, error);
}

bool
outbox_record(struct outbox *o, uint16_t id, uint16_t internal,
    void *record, size_t size, size_t length, uint32_t time)
{
	struct whole_record r = {o->buf, internal, record, size};
	size_t more = length + (o->set == id ? 0 : SET_HEADER);

	if (o->open && o->used + more > outlet_longest(o->outlet) &&
	    !outbox_emit(o))
		return false;
	if (!outbox_append(o, one_record, &r, id, time))
		return false;
	o->used += length + (o->used == 0 ? MESSAGE_HEADER : 0) +
	    (o->set == id ? 0 : SET_HEADER);
	o->set = id;
	o->waiting++;
	return true;
}

bool
outbox_close(struct outbox *o)
{
	bool ok = outlet_close(o->outlet);
	int fault = errno;

	fBufFree(o->buf);		/* with its session */
	errno = fault;
	return ok;
}
