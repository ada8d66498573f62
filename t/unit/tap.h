/*
 * tap: what a unit test prints (Test Anything Protocol).  A test file calls
 * ok() for each fact and ends with `return done();`.
 */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>

static unsigned tap_tests, tap_failed;

static inline bool
tap_ok(bool fact, const char *text, const char *file, int line)
{
	tap_tests++;
	if (!fact)
		tap_failed++;
	printf("%sok %u - %s\n", fact ? "" : "not ", tap_tests, text);
	if (!fact)
		printf("# at %s:%d\n", file, line);
	return fact;
}

/* The fact itself is the test's name unless one is given. */
#define ok(fact) tap_ok((fact), #fact, __FILE__, __LINE__)
#define ok_as(fact, name) tap_ok((fact), (name), __FILE__, __LINE__)

static inline int
done(void)
{
	printf("1..%u\n", tap_tests);
	return tap_failed > 0;
}

#endif
