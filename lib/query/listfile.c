#include "query/listfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "query/lasting.h"

/* Longer than every address with its prefix length. */
enum { NET_TEXT = ADDR_TEXT + 4 };

static bool
add_net(struct listfile *list, const char *item, size_t n)
{
	char text[NET_TEXT];
	const char *bad;
	struct nets nets;
	bool is_net;

	if (n >= sizeof text || memchr(item, ',', n) != NULL)
		return false;
	memcpy(text, item, n);
	text[n] = '\0';
	is_net = nets_parse(&nets, text, &bad) && nets.n == 1;
	if (is_net)
		netset_add(&list->nets, nets.net);
	free(nets.net);
	return is_net;
}

static void
add_item(struct listfile *list, const char *item, size_t n)
{
	if (!add_net(list, item, n))
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
