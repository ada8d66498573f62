#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/capture.h"

#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "base/mem.h"
#include "base/progress.h"
#include "packet/capfile.h"
#include "packet/capfilter.h"
#include "packet/decode.h"
#include "packet/decompress.h"

static const char stdin_name[] = "<stdin>";

struct capture {
	struct capture_want want;
	char *const *operand;	/* the next */
	char *line;		/* of the list */
	size_t line_cap;
	bool opened;		/* a file could be */
	const char *name;	/* of the file in hand */
	struct capfile *file;	/* NULL: none is */
	struct capfilter *filter;	/* NULL: none */
	int link;		/* of the frame that came last */
	size_t n_told, told_cap;
	int *told;		/* links of the file that messages named */
	uint64_t done, size;	/* bytes of files behind us; of all */
	unsigned decimals;
	int status;
};

/* Regular files only; 0 if there is anything else. */
static uint64_t
size_of_files(char *const *files)
{
	uint64_t sum = 0;
	struct stat st;
	int r;

	for (; *files != NULL; files++) {
		r = strcmp(*files, "-") == 0 ? fstat(0, &st) :
		    stat(*files, &st);
		if (r == -1 || !S_ISREG(st.st_mode))
			return 0;
		sum += (uint64_t)st.st_size;
	}
	return sum;
}

/* That a filter does not suit the first capture is the user's mistake; that
 * it does not suit the link of a later one is that capture's. */
static bool
check_filter(struct capture *c, int link)
{
	const char *why = NULL;

	if (c->filter != NULL && link >= 0)
		why = capfilter_compile(c->filter, link);
	if (why == NULL)
		return true;
	if (!c->opened)
		errx(2, "filter \"%s\": %s", c->want.filter, why);
	progress_clear();
	warnx("%s: filter \"%s\": %s", c->name, c->want.filter, why);
	return false;
}

static bool
check_decoder(const struct capture *c, int link)
{
	const char *text;

	if (decode_knows(link))
		return true;
	text = pcap_datalink_val_to_name(link);
	progress_clear();
	warnx("%s: unsupported link type %d (%s)", c->name, link,
	    text != NULL ? text : "which has no name");
	return false;
}

static void
close_one(struct capture *c)
{
	c->done += capfile_bytes(c->file);
	if (!capfile_close(c->file))
		c->status = 1;
	c->file = NULL;
}

/* path: NULL is stdin.  A file all of whose frames have one link is refused
 * when that is not known; so is one whose first interface the filter does not
 * suit, if it is the first file. */
static bool
open_one(struct capture *c, const char *path)
{
	int link;

	c->name = path != NULL ? path : stdin_name;
	c->file = capfile_open(path, c->name);
	if (c->file == NULL)
		return false;
	c->n_told = 0;
	c->link = -1;
	link = capfile_link(c->file);
	if (capfile_mixes_links(c->file)) {
		if (!c->opened)
			check_filter(c, link);
		return true;
	}
	if (check_decoder(c, link) && check_filter(c, link))
		return true;
	close_one(c);
	return false;
}

/* The next name of the list on stdin; NULL at its end. */
static const char *
next_of_list(struct capture *c)
{
	ssize_t n;

	do {
		n = getline(&c->line, &c->line_cap, stdin);
		if (n == -1 && decompress_is_stopped())
			return NULL;
		if (n == -1 && ferror(stdin))
			err(1, "%s", stdin_name);
		if (n == -1)
			return NULL;
		if (n > 0 && c->line[n - 1] == '\n')
			c->line[n - 1] = '\0';
	} while (c->line[0] == '\0');
	return c->line;
}

void
capture_stop(void)
{
	decompress_stop();
}

/* Nothing is opened behind a stop. */
static bool
is_stopped(struct capture *c)
{
	if (!decompress_is_stopped())
		return false;
	if (c->status == 0)
		warnx("stopped by a signal");
	c->status = 1;
	return true;
}

/* The next file that can be opened. */
static bool
open_next(struct capture *c)
{
	const char *path;
	bool good = false;

	while (!good) {
		if (is_stopped(c))
			return false;
		if (c->want.list)
			path = next_of_list(c);
		else
			path = *c->operand != NULL ? *c->operand++ : NULL;
		if (path == NULL) {
			is_stopped(c);
			return false;
		}
		if (!c->want.list && strcmp(path, "-") == 0)
			path = NULL;
		progress_clear();
		good = open_one(c, path);
		if (!good)
			c->status = 1;
	}
	if (!c->opened)
		c->decimals = capfile_decimals(c->file);
	c->opened = true;
	return true;
}

struct capture *
capture_open(const struct capture_want *want)
{
	static char dash[] = "-", *only_stdin[] = { dash, NULL };
	struct capture *c = mem_alloc(1, sizeof(*c));

	c->want = *want;
	decompress_prepare_stop();
	c->decimals = 6;
	c->operand = want->files;
	if (c->operand == NULL || *c->operand == NULL)
		c->operand = only_stdin;
	if (!want->list)
		c->size = size_of_files(c->operand);
	if (want->filter != NULL)
		c->filter = capfilter_new(want->filter);
	if (!open_next(c)) {
		if (c->status == 0)
			warnx("%s: no file names", stdin_name);
		exit(1);
	}
	return c;
}

/* Once for each link of a file. */
static void
tell_link(struct capture *c, int link)
{
	for (size_t i = 0; i < c->n_told; i++)
		if (c->told[i] == link)
			return;
	c->told = mem_grow(c->told, &c->told_cap, c->n_told + 1,
	    sizeof *c->told);
	c->told[c->n_told++] = link;
	if (!check_decoder(c, link) || !check_filter(c, link))
		c->status = 1;
}

/* Of a file that can mix links: names those that cannot be read.  Their
 * frames are counted as what is not IP. */
static void
look_at_links(struct capture *c, const struct frame *f, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (f[i].link == c->link)
			continue;
		c->link = f[i].link;
		tell_link(c, c->link);
	}
}

/* Keeps those that match; returns how many. */
static size_t
filter_frames(struct capture *c, struct frame *f, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (capfilter_passes(c->filter, &f[i]))
			f[kept++] = f[i];
	return kept;
}

size_t
capture_frames(struct capture *c, struct frame *f, size_t most)
{
	size_t n;

	while (c->file != NULL || open_next(c)) {
		n = capfile_frames(c->file, f, most);
		if (n == 0) {
			close_one(c);
			continue;
		}
		if (capfile_mixes_links(c->file))
			look_at_links(c, f, n);
		if (c->filter != NULL)
			n = filter_frames(c, f, n);
		if (n > 0)
			return n;
	}
	return 0;
}

bool
capture_ready(const struct capture *c, int wait_ms)
{
	return c->file == NULL || capfile_ready(c->file, wait_ms);
}

bool
capture_next(struct capture *c, struct frame *f)
{
	return capture_frames(c, f, 1) == 1;
}

const char *
capture_name(const struct capture *c)
{
	return c->name;
}

unsigned
capture_decimals(const struct capture *c)
{
	return c->decimals;
}

uint64_t
capture_bytes(const struct capture *c)
{
	return c->done + (c->file ? capfile_bytes(c->file) : 0);
}

uint64_t
capture_size(const struct capture *c)
{
	return c->size;
}

int
capture_close(struct capture *c)
{
	int status;

	if (c->file != NULL)
		close_one(c);
	status = c->status;
	capfilter_free(c->filter);
	free(c->told);
	free(c->line);
	free(c);
	return status;
}
