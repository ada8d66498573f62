/*
 * layout: what is made of the records of a template: the columns of a stream
 * of ours, or a flow as another exporter tells of it (foreign.h).
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fixbuf/public.h>

#include "ipfix/element.h"
#include "ipfix/foreign.h"

/* Where a column of ours comes from. */
struct layout_column {
	char *name;
	enum element_role role;
	size_t own;		/* which own element; SIZE_MAX: the standard */
};

struct layout {
	struct layout *next;
	uint32_t domain;		/* whose template it is */
	uint16_t id, internal_id;
	bool stale;			/* the template was told anew */
	bool options;
	bool ours;
	size_t columns, owns;
	struct layout_column *column;
	struct foreign_has has;
	char *header;
	size_t size;			/* of a record inside */
	size_t least;			/* bytes of a record outside */
};

/* Fills the layout: for a record as struct element_flow, and behind it the
 * texts of our own elements.  The template that fixbuf needs for this is added
 * to the session as l->internal_id. */
void layout_make(struct layout *, fbSession_t *, fbTemplate_t *external);

/* Empties it, but for whose it is. */
void layout_clear(struct layout *);

#endif
