#include "ipfix/whole.h"

#include <stdbool.h>

#include "packet/bytes.h"

enum {
	MESSAGE_HEADER = 16, SET_HEADER = 4, TEMPLATE_SET = 2,
	OPTIONS_SET = 3, FIRST_TEMPLATE = 256, ENTERPRISE = 0x8000,
	VARIABLE = 65535, LONG_TEXT = 255
};

/* May be what fills up a set, or a message. */
static bool
are_zeros(const struct bytes *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (bytes_u8(b, i) != 0)
			return false;
	return true;
}

/* bytes: of a record at least. */
static bool
skip_fields(struct bytes *b, unsigned n, size_t *bytes)
{
	*bytes = 0;
	for (; n > 0; n--) {
		size_t length = bytes_be16(b, 2);

		if (!bytes_skip(b, bytes_be16(b, 0) & ENTERPRISE ? 8 : 4))
			return false;
		*bytes += length == VARIABLE ? 1 : length;
	}
	return true;
}

static const char *
template_fault(struct bytes *b, bool options)
{
	unsigned id = bytes_be16(b, 0), fields = bytes_be16(b, 2);
	unsigned scope = bytes_be16(b, 4);
	size_t bytes;

	if (fields == 0) {		/* it is withdrawn, or all are */
		bytes_skip(b, 4);
		return id >= TEMPLATE_SET ? NULL : "a template without number";
	}
	if (id < FIRST_TEMPLATE)
		return "a template whose number is below 256";
	if (options && (scope == 0 || scope > fields))
		return "an options template with a wrong count of scopes";
	if (!bytes_skip(b, options ? 6 : 4) || !skip_fields(b, fields, &bytes))
		return "a template that is longer than its set";
	/* Of which a set would hold without end. */
	return bytes > 0 ? NULL : "a template whose records have no bytes";
}

static const char *
set_fault(unsigned id, struct bytes body, const uint8_t *message, size_t *at)
{
	const char *fault;

	if (id >= FIRST_TEMPLATE)
		return NULL;
	if (id != TEMPLATE_SET && id != OPTIONS_SET)
		return "a set of an unknown kind";
	while (body.n >= 4 && !are_zeros(&body)) {
		*at = (size_t)(body.p - message);
		fault = template_fault(&body, id == OPTIONS_SET);
		if (fault != NULL)
			return fault;
	}
	return NULL;
}

const char *
whole_sets(const uint8_t *message, size_t length, size_t *at)
{
	struct bytes b = {message, length}, body;
	const char *fault;

	bytes_skip(&b, MESSAGE_HEADER);
	while (b.n >= SET_HEADER) {
		size_t n = bytes_be16(&b, 2), start = (size_t)(b.p - message);

		*at = start;
		if (n < SET_HEADER)
			return "a set that is shorter than its header";
		if (n > b.n)
			return "a set that is longer than its message";
		body = (struct bytes){b.p + SET_HEADER, n - SET_HEADER};
		fault = set_fault(bytes_be16(&b, 0), body, message, at);
		if (fault != NULL)
			return fault;
		bytes_skip(&b, n);
	}
	*at = (size_t)(b.p - message);
	return are_zeros(&b) ? NULL : "bytes behind the last set";
}

static bool
skip_record(struct bytes *b, fbTemplate_t *template)
{
	uint32_t n = fbTemplateCountElements(template);

	for (uint32_t i = 0; i < n; i++) {
		size_t length = fbTemplateGetIndexedIE(template, i)->len;

		if (length == VARIABLE) {
			length = bytes_u8(b, 0);
			if (length == LONG_TEXT)
				length = 3U + bytes_be16(b, 1);
			else
				length++;
		}
		if (!bytes_skip(b, length))
			return false;
	}
	return true;
}

const char *
whole_records(fbSession_t *session, const uint8_t *message, size_t length,
    size_t *at)
{
	struct bytes b = {message, length}, body;
	fbTemplate_t *template;
	GError *error = NULL;

	bytes_skip(&b, MESSAGE_HEADER);
	for (; b.n >= SET_HEADER; bytes_skip(&b, bytes_be16(&b, 2))) {
		if (bytes_be16(&b, 0) < FIRST_TEMPLATE)
			continue;
		template = fbSessionGetTemplate(session, FALSE,
		    bytes_be16(&b, 0), &error);
		g_clear_error(&error);
		body = (struct bytes){b.p + SET_HEADER,
		    bytes_be16(&b, 2) - (size_t)SET_HEADER};
		while (template != NULL && !are_zeros(&body)) {
			*at = (size_t)(body.p - message);
			if (fbTemplateCountElements(template) == 0)
				return "a record whose template is withdrawn";
			if (!skip_record(&body, template))
				return "a record that is longer than its set";
		}
	}
	return NULL;
}
