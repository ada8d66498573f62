#include "record/word.h"

#define WORD(s) {s, sizeof (s) - 1}

static const struct word udp = WORD("udp"), tcp = WORD("tcp");

const struct word word_of_dir[FLOW_DIRS] = {
	[FLOW_UNKNOWN] = WORD("-"), [FLOW_OUT] = WORD("out"),
	[FLOW_IN] = WORD("in"), [FLOW_INT] = WORD("int"),
	[FLOW_EXT] = WORD("ext")
};

const struct word word_of_why[WHY_VALUES] = {
	[WHY_OPEN] = WORD("-"), [WHY_IDLE] = WORD("idle"),
	[WHY_FIN] = WORD("fin"), [WHY_RST] = WORD("rst"),
	[WHY_ACTIVE] = WORD("active"), [WHY_EVICT] = WORD("evict"),
	[WHY_EOF] = WORD("eof")
};

/* The number of v among n words, or n. */
static unsigned
word_index(struct rec_span v, const struct word *word, unsigned n)
{
	unsigned i = 0;

	while (i < n && !span_is(v, word[i].text))
		i++;
	return i;
}

const struct word *
word_of_proto(uint8_t proto)
{
	return proto == PROTO_TCP ? &tcp : &udp;
}

bool
word_proto_parse(struct rec_span v, uint8_t *proto)
{
	*proto = span_is(v, udp.text) ? PROTO_UDP :
	    span_is(v, tcp.text) ? PROTO_TCP : 0;
	return *proto != 0;
}

bool
word_dir_parse(struct rec_span v, enum flow_dir *dir)
{
	unsigned i = word_index(v, word_of_dir, FLOW_DIRS);

	*dir = i < FLOW_DIRS ? (enum flow_dir)i : FLOW_UNKNOWN;
	return i < FLOW_DIRS;
}

bool
word_why_parse(struct rec_span v, enum flow_why *why)
{
	unsigned i = word_index(v, word_of_why, WHY_VALUES);

	*why = i < WHY_VALUES ? (enum flow_why)i : WHY_OPEN;
	return i < WHY_VALUES;
}
