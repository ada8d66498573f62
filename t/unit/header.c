/* Names of columns: found, absent, without a name, twice, set anew. */
#include "record/header.h"

#include <string.h>

#include "tap.h"

/* Sets the names between single blanks; what is wrong, or NULL. */
static const char *
set_from(struct header *h, const char *text, size_t *at)
{
	struct rec_span name[16];
	size_t n = scan_split(text, strlen(text), ' ', name, 16);

	return header_set(h, name, n, at);
}

int
main(void)
{
	struct header h;
	size_t at = 9;

	header_init(&h);
	ok(set_from(&h, "cid start end", &at) == NULL);
	ok(h.width == 3 && h.text_n == 13 &&
	    memcmp(h.text, "cid start end", 13) == 0);
	ok(strcmp(h.name[1].s, "start") == 0 && h.name[1].n == 5);
	ok(header_find(&h, "end", 3) == 2);
	ok(header_find(&h, "en", 2) == HEADER_ABSENT);
	ok(header_find(&h, "", 0) == HEADER_ABSENT);
	ok(strcmp(set_from(&h, "a b  c", &at), "column without a name") == 0 &&
	    at == 2);
	ok(strcmp(set_from(&h, "a b c b", &at), "column named twice") == 0 &&
	    at == 3);
	ok(set_from(&h, "x end", &at) == NULL);
	ok(header_find(&h, "end", 3) == 1 &&
	    header_find(&h, "cid", 3) == HEADER_ABSENT);
	header_free(&h);
	return done();
}
