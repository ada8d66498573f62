#include "base/samefile.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return S_ISREG(a->st_mode) && a->st_dev == b->st_dev &&
	    a->st_ino == b->st_ino;
}

bool
samefile_open(int a, int b)
{
	struct stat x, y;

	return a != b && fstat(a, &x) == 0 && fstat(b, &y) == 0 &&
	    is_same(&x, &y);
}

bool
samefile_named(const char *name, const char *file)
{
	struct stat x, y;
	int got = strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &x) :
	    stat(name, &x);

	if (got < 0)
		return strcmp(name, file) == 0;
	return stat(file, &y) == 0 && is_same(&x, &y);
}
