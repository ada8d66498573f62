#include "query/listfile.h"

#include <string.h>

#include "base/lines.h"
#include "query/lasting.h"

static void
add_item(struct listfile *list, const char *item, size_t n)
{
	struct net net;

	if (net_parse(item, n, &net))
		netset_add(&list->nets, &net);
	else
		strtab_add(&list->words, item, n);
}

static size_t
without_comment(const char *line, size_t n)
{
	const char *comment = memchr(line, '#', n);

	if (comment != NULL)
		n = (size_t)(comment - line);
	while (n > 0 && strchr(" \t\r", line[n - 1]) != NULL)
		n--;
	return n;
}

struct listfile *
listfile_read(char *name)
{
	struct listfile *list = lasting_alloc(sizeof *list);
	char *files[] = { name, NULL };
	struct lines in;
	char *line;
	size_t n;

	strtab_init(&list->words);
	lines_open(&in, files);
	in.empty_ok = true;
	while ((line = lines_next(&in, &n)) != NULL) {
		size_t blank = 0;

		n = without_comment(line, n);
		while (blank < n && strchr(" \t", line[blank]) != NULL)
			blank++;
		if (n > blank)
			add_item(list, line + blank, n - blank);
	}
	lines_close(&in);
	netset_close(&list->nets);
	return list;
}

bool
listfile_holds(const struct listfile *list, const char *s, size_t n)
{
	struct addr addr;

	if (list->nets.n > 0 && addr_parse(s, n, &addr) &&
	    netset_holds(&list->nets, &addr))
		return true;
	return list->words.n > 0 &&
	    strtab_find(&list->words, s, n) != STRTAB_NONE;
}
