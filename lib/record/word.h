/*
 * word: the words of records, flow(5): protocols, directions, and why a flow
 * ended.  A parser returns false where the text is none of them.
 */
#ifndef WORD_H
#define WORD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/scan.h"
#include "flow/flow.h"

/* A word and its length, so that it is copied in one go. */
struct word {
	char text[15];
	uint8_t n;
};

/* Writes the word at p, where sizeof(struct word) bytes are free; returns
 * where it ends. */
static inline char *
word_put(char *p, const struct word *w)
{
	memcpy(p, w, sizeof *w);
	return p + w->n;
}

/* The protocol's keyword in IANA's registry, in small letters, or its number.
 * Both are read, and some other words that are in use. */
const struct word *word_of_proto(uint8_t proto);
bool word_proto_parse(struct rec_span, uint8_t *proto);
#define WORD_PROTO_FAULT "no protocol"

static inline const char *
word_proto(uint8_t proto)
{
	return word_of_proto(proto)->text;
}

/* -, out, in, int, ext */
extern const struct word word_of_dir[FLOW_DIRS];
bool word_dir_parse(struct rec_span, enum flow_dir *);
#define WORD_DIR_FAULT "not out, in, int or ext"

static inline const char *
word_dir(enum flow_dir dir)
{
	return word_of_dir[dir].text;
}

/* -, idle, fin, rst, active, evict, eof, syn */
extern const struct word word_of_why[WHY_VALUES];
bool word_why_parse(struct rec_span, enum flow_why *);

#endif
