#include "record/word.h"

#define UDP "udp"
#define TCP "tcp"
#define UNKNOWN "-"
#define OUT "out"
#define IN "in"
#define INT "int"
#define EXT "ext"

#define WORD(s) {s, sizeof (s) - 1}

/* For words that rows are full of: no loop, no call. */
#define IS(v, word) ((v).n == sizeof (word) - 1 && \
    memcmp((v).s, word, sizeof (word) - 1) == 0)

static const struct word udp = WORD(UDP), tcp = WORD(TCP);

const struct word word_of_dir[FLOW_DIRS] = {
	[FLOW_UNKNOWN] = WORD(UNKNOWN), [FLOW_OUT] = WORD(OUT),
	[FLOW_IN] = WORD(IN), [FLOW_INT] = WORD(INT), [FLOW_EXT] = WORD(EXT)
};

const struct word word_of_why[WHY_VALUES] = {
	[WHY_OPEN] = WORD(UNKNOWN), [WHY_IDLE] = WORD("idle"),
	[WHY_FIN] = WORD("fin"), [WHY_RST] = WORD("rst"),
	[WHY_ACTIVE] = WORD("active"), [WHY_EVICT] = WORD("evict"),
	[WHY_EOF] = WORD("eof")
};

const struct word *
word_of_proto(uint8_t proto)
{
	return proto == PROTO_TCP ? &tcp : &udp;
}

bool
word_proto_parse(struct rec_span v, uint8_t *proto)
{
	*proto = IS(v, UDP) ? PROTO_UDP :
	    IS(v, TCP) ? PROTO_TCP : 0;
	return *proto != 0;
}

bool
word_dir_parse(struct rec_span v, enum flow_dir *dir)
{
	*dir = IS(v, OUT) ? FLOW_OUT : IS(v, IN) ? FLOW_IN :
	    IS(v, INT) ? FLOW_INT : IS(v, EXT) ? FLOW_EXT : FLOW_UNKNOWN;
	return *dir != FLOW_UNKNOWN || IS(v, UNKNOWN);
}

bool
word_why_parse(struct rec_span v, enum flow_why *why)
{
	unsigned i = 0;

	while (i < WHY_VALUES && !span_is(v, word_of_why[i].text))
		i++;
	*why = i < WHY_VALUES ? (enum flow_why)i : WHY_OPEN;
	return i < WHY_VALUES;
}
