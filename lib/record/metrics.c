#include "record/metrics.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/newfile.h"

enum { TEXT = 8192, LABEL = 64, NAME = 255 };

struct metrics {
	const char *path, *name;	/* the latter behind the directory */
	char beside[NAME + sizeof ".part"];
	int dir;
	char label[LABEL];		/* interface="eth0", or nothing */
	char text[TEXT];
	size_t n;
};

/* The value of a label stands between quotes. */
static void
set_label(struct metrics *m, const char *interface)
{
	static const char begin[] = "interface=\"";
	size_t n = sizeof begin - 1;

	memcpy(m->label, begin, n);
	for (const char *s = interface; *s != '\0' && n + 4 < LABEL; s++) {
		if (*s == '"' || *s == '\\')
			m->label[n++] = '\\';
		m->label[n++] = *s;
	}
	m->label[n] = '"';
}

struct metrics *
metrics_open(const char *path, const char *interface)
{
	struct metrics *m;
	const char *slash;
	size_t n;
	char *dir;

	if (path == NULL)
		return NULL;
	m = mem_alloc(1, sizeof *m);
	slash = strrchr(path, '/');
	n = slash == NULL ? 0 : (size_t)(slash + 1 - path);
	dir = n == 0 ? strdup(".") : strndup(path, n);
	m->path = path;
	m->name = path + n;
	if (*m->name == '\0' || strlen(m->name) > NAME - sizeof ".part")
		errx(2, "-M: no name of a file: \"%s\"", path);
	snprintf(m->beside, sizeof m->beside, "%s.part", m->name);
	m->dir = dir == NULL ? -1 :
	    open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->dir == -1)
		err(1, "%s: its directory", path);
	free(dir);
	if (newfile_is_special(m->dir, m->name))
		errx(1, "%s: is a device or a pipe", path);
	if (interface != NULL)
		set_label(m, interface);
	return m;
}

int
metrics_dir(const struct metrics *m)
{
	return m == NULL ? -1 : m->dir;
}

static void
add_text(struct metrics *m, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(m->text + m->n, TEXT - m->n, format, ap);
	va_end(ap);
	if (n > 0)
		m->n += (size_t)n;
	if (m->n >= TEXT)
		m->n = TEXT - 1;
}

static void
add_help(struct metrics *m, const char *name, const char *type,
    const char *help)
{
	add_text(m, "# HELP pcap2flows_%s %s\n# TYPE pcap2flows_%s %s\n",
	    name, help, name, type);
}

/* A line; key and value: a label beside that of the interface, or NULL. */
static void
add_value(struct metrics *m, const char *name, const char *key,
    const char *value, uint64_t n)
{
	bool two = key != NULL && m->label[0] != '\0';

	add_text(m, "pcap2flows_%s", name);
	if (key != NULL || m->label[0] != '\0')
		add_text(m, "{%s%s", m->label, two ? "," : "");
	if (key != NULL)
		add_text(m, "%s=\"%s\"", key, value);
	add_text(m, "%s %llu\n", key != NULL || m->label[0] != '\0' ? "}" : "",
	    (unsigned long long)n);
}

static void
add_meter(struct metrics *m, const struct meter_counts *c)
{
	uint64_t term[PKTCOUNT_TERMS];

	pktcount_terms(&c->packets, term);
	add_help(m, "packets_total", "counter",
	    "Packets read, by what became of them.");
	for (int i = 0; i < PKTCOUNT_TERMS; i++)
		add_value(m, "packets_total", "became", pktcount_term[i],
		    term[i]);
	add_help(m, "records_total", "counter", "Records written.");
	add_value(m, "records_total", NULL, NULL, c->records);
	add_help(m, "flows", "gauge", "Flows held.");
	add_value(m, "flows", NULL, NULL, c->held);
}

static void
add_live(struct metrics *m, const struct live_counts *c)
{
	add_help(m, "received_packets_total", "counter",
	    "Packets that passed the filter, as the kernel counts them.");
	add_value(m, "received_packets_total", NULL, NULL, c->received);
	add_help(m, "dropped_packets_total", "counter",
	    "Packets that were dropped before they could be read.");
	add_value(m, "dropped_packets_total", "by", "kernel", c->dropped);
	add_value(m, "dropped_packets_total", "by", "interface", c->missed);
}

/* What is left of an earlier run goes first: in the sandbox no file can be
 * cut to nothing. */
static bool
write_beside(const struct metrics *m)
{
	size_t at = 0;
	int fd;

	unlinkat(m->dir, m->beside, 0);
	fd = openat(m->dir, m->beside,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd == -1)
		return false;
	while (at < m->n) {
		ssize_t n = write(fd, m->text + at, m->n - at);

		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0)
			at += (size_t)n;
	}
	return (close(fd) == 0 || errno == EINTR) && at == m->n;
}

bool
metrics_write(struct metrics *m, const struct meter_counts *meter,
    const struct live_counts *live)
{
	if (m == NULL)
		return true;
	m->n = 0;
	add_meter(m, meter);
	if (live != NULL)
		add_live(m, live);
	if (write_beside(m) &&
	    renameat(m->dir, m->beside, m->dir, m->name) == 0)
		return true;
	warn("%s", m->path);
	unlinkat(m->dir, m->beside, 0);
	return false;
}

void
metrics_close(struct metrics *m)
{
	if (m == NULL)
		return;
	close(m->dir);
	free(m);
}
