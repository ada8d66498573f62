/*
 * Any bytes as IPFIX messages, one behind the other, each in a block of just
 * its size.  Rows have the width of the header above them; what is told to be
 * broken lies within the message.
 */
#define _GNU_SOURCE		/* memfd_create */

#include "ipfix/import.h"

#include <sys/mman.h>

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *text,
    gpointer arg)
{
	(void)domain, (void)level, (void)text, (void)arg;
}

static void
check_rows(int fd)
{
	static char text[1 << 16];
	size_t tabs = 0, width = 0;
	bool header = false, first = true;
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, text, sizeof text)) > 0)
		for (ssize_t i = 0; i < n; i++) {
			if (text[i] == '\0')
				abort();
			header |= first && text[i] == '#';
			first = text[i] == '\n';
			tabs += text[i] == '\t';
			if (!first)
				continue;
			if (header)
				width = tabs;
			if (tabs != width)
				abort();
			tabs = 0;
			header = false;
		}
	if (!first)
		abort();
}

static void
take(struct importer *m, const uint8_t *data, size_t n)
{
	struct import_stream *s = import_begin();
	const char *fault = NULL;
	size_t length, at = 0;

	while (fault == NULL && (length = import_length(data, n,
	    &fault)) > 0 && length <= n) {
		uint8_t *message = malloc(length);

		if (message == NULL)
			abort();
		memcpy(message, data, length);
		fault = import_message(m, s, message, length, &at);
		if (fault != NULL && (at > length || *fault == '\0'))
			abort();
		free(message);
		data += length;
		n -= length;
	}
	import_end(m, s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct out out;
	static struct nets internal;
	const char *bad;
	int fd = memfd_create("rows", 0);
	struct importer *m;

	if (fd < 0 || (internal.n == 0 && !nets_parse(&internal, NULL, &bad)))
		abort();
	out_open(&out, fd, "rows");
	m = import_new(&out, &internal);
	g_log_set_default_handler(say_nothing, NULL);
	take(m, data, n);
	import_free(m);
	out_flush(&out);
	check_rows(fd);
	close(fd);
	return 0;
}
