/* Strings to numbers, and SipHash-1-3 itself by properties that any keyed
 * hash must have. */
#include "base/strtab.h"

#include <stdio.h>
#include <string.h>

#include "tap.h"

enum { MANY = 100000 };

static bool
many(struct strtab *t)
{
	char s[16];

	for (uint32_t i = 0; i < MANY; i++) {
		int n = snprintf(s, sizeof s, "k%u", i);

		if (strtab_add(t, s, (size_t)n) != i)
			return false;
	}
	for (uint32_t i = 0; i < MANY; i++) {
		int n = snprintf(s, sizeof s, "k%u", i);
		size_t m;
		const char *held = strtab_get(t, i, &m);

		if (strtab_find(t, s, (size_t)n) != i || m != (size_t)n ||
		    memcmp(held, s, m) != 0)
			return false;
	}
	return true;
}

/* Many at once, some twice in one call, are numbered as one by one. */
static bool
all_at_once(void)
{
	struct strtab one, many_;
	struct strtab_key key[1000];
	char s[1000][8];
	bool same = true;

	strtab_init(&one);
	strtab_init(&many_);
	for (size_t n = 0; n <= 1000; n += 125) {
		for (size_t i = 0; i < n; i++) {
			int m = snprintf(s[i], sizeof s[i], "%zu",
			    i * i % 509 + n);

			key[i] = (struct strtab_key){s[i], (size_t)m, 0};
		}
		strtab_add_all(&many_, key, n);
		for (size_t i = 0; i < n; i++)
			same &= key[i].id == strtab_add(&one, s[i], key[i].n);
	}
	same &= one.n == many_.n && one.n > 1000;
	strtab_free(&one);
	strtab_free(&many_);
	return same;
}

int
main(void)
{
	struct strtab t;
	struct hash_key one = {{1, 2}}, two = {{1, 3}};

	strtab_init(&t);
	ok(many(&t));
	ok(t.n == MANY);
	ok(strtab_find(&t, "absent", 6) == STRTAB_NONE);
	ok(strtab_find(&t, "k1", 1) == STRTAB_NONE);
	ok(strtab_add(&t, "", 0) == MANY);
	ok(strtab_add(&t, "\0", 1) == MANY + 1);
	ok(strtab_add(&t, "", 0) == MANY);

	strtab_clear(&t);
	ok(t.n == 0 && strtab_find(&t, "k1", 2) == STRTAB_NONE);
	ok(many(&t));
	strtab_clear(&t);
	ok(strtab_add(&t, "k9", 2) == 0);
	strtab_clear(&t);
	ok(strtab_find(&t, "k9", 2) == STRTAB_NONE);
	ok(many(&t));
	strtab_free(&t);
	ok(all_at_once());

	ok(hash_bytes(&one, "abcdefgh", 8) == hash_bytes(&one, "abcdefgh", 8));
	ok(hash_bytes(&one, "abcdefgh", 8) != hash_bytes(&two, "abcdefgh", 8));
	ok(hash_bytes(&one, "\0", 1) != hash_bytes(&one, "\0\0", 2));
	return done();
}
