#include "record/collist.h"

#include <err.h>
#include <string.h>

#include "base/mem.h"

size_t
collist_find(const struct collist *names, const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (strlen(names->need[i]) == length &&
		    memcmp(names->need[i], name, length) == 0)
			break;
	return i;
}

void
collist_parse(struct collist *names, char *list)
{
	const char **need = NULL;
	size_t cap = 0;
	char *comma;

	names->n = 0;
	for (char *name = list; name != NULL; name = comma) {
		comma = strchr(name, ',');
		if (comma != NULL)
			*comma++ = '\0';
		if (*name == '\0')
			errx(2, "-c: empty name");
		if (collist_find(names, name, strlen(name)) < names->n)
			errx(2, "-c: column named twice: \"%s\"", name);
		need = mem_grow(need, &cap, names->n + 1, sizeof *need);
		need[names->n++] = name;
		names->need = need;
	}
}
