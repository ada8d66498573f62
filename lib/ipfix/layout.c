#include "ipfix/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

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
	h->four = has(t, "sourceIPv4Address") || (!has(t,
	    "sourceIPv6Address") && has(t, "destinationIPv4Address"));
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

static struct layout_column *
column_named(struct layout *l, const char *name)
{
	for (size_t i = 0; i < l->columns; i++)
		if (strcmp(l->column[i].name, name) == 0)
			return &l->column[i];
	return NULL;
}

static struct layout_column *
add_column(struct layout *l, const char *name)
{
	struct layout_column *c = &l->column[l->columns++];
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
		struct layout_column *c;

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

static size_t
least_length(fbTemplate_t *external)
{
	uint32_t n = fbTemplateCountElements(external);
	size_t bytes = 0;

	for (uint32_t i = 0; i < n; i++) {
		size_t length = fbTemplateGetIndexedIE(external, i)->len;

		bytes += length == FB_IE_VARLEN ? 1 : length;
	}
	return bytes;
}

void
layout_make(struct layout *l, fbSession_t *session, fbTemplate_t *external)
{
	fbTemplate_t *internal = fbTemplateAlloc(fbSessionGetInfoModel(
	    session));
	GError *error = NULL;

	if (!fbTemplateAppendSpecArray(internal,
	    (fbInfoElementSpec_t *)element_flow_spec, 0, &error))
		element_fail("template", error);
	l->options = fbTemplateGetOptionsScope(external) > 0;
	find_columns(l, external, internal);
	find_foreign(&l->has, external);
	l->least = least_length(external);
	l->header = header_of(l);
	l->size = sizeof(struct element_flow) + l->owns * sizeof(fbVarfield_t);
	if (fbSessionAddTemplate(session, TRUE, l->internal_id, internal,
	    &error) == 0)
		element_fail("template", error);
	l->stale = false;
}

void
layout_clear(struct layout *l)
{
	for (size_t i = 0; i < l->columns; i++)
		free(l->column[i].name);
	free(l->column);
	free(l->header);
	l->column = NULL;
	l->header = NULL;
	l->columns = l->owns = 0;
}
