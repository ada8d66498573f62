#include "query/pattern.h"

#include <stdio.h>
#include <stdlib.h>

/* The larger number of {m,n}, at s behind the brace, and what follows it. */
static unsigned long
repeats(const char *s, const char **end)
{
	unsigned long most = 1;

	while (*s == ',' || (*s >= '0' && *s <= '9')) {
		char *next = (char *)s + 1;
		unsigned long n = *s == ',' ? 1 : strtoul(s, &next, 10);

		most = n > most ? n : most;
		s = next;
	}
	*end = s;
	return most;
}

static bool
pattern_is_large(const char *s, size_t n)
{
	unsigned long times = 1;

	if (n > PATTERN_MAX)
		return true;
	while (times <= PATTERN_REPEATS && *s != '\0') {
		unsigned long more = *s++ == '{' ? repeats(s, &s) : 1;

		times = more > PATTERN_REPEATS ? more : times * more;
	}
	return times > PATTERN_REPEATS;
}

bool
pattern_compile(regex_t *to, const char *s, size_t n, char why[PATTERN_WHY])
{
	int fault;

	if (pattern_is_large(s, n)) {
		snprintf(why, PATTERN_WHY, "regular expression of more than "
		    "%d bytes or %d repeats", PATTERN_MAX, PATTERN_REPEATS);
		return false;
	}
	fault = regcomp(to, s, REG_EXTENDED | REG_NOSUB);
	if (fault != 0)
		regerror(fault, to, why, PATTERN_WHY);
	return fault == 0;
}
