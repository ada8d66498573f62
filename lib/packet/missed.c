#include "packet/missed.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int
open_sysfs(const char *interface, const char *what)
{
	char path[256];
	int n = snprintf(path, sizeof path, "/sys/class/net/%s/statistics/%s",
	    interface, what);

	return n < (int)sizeof path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
}

/* The number in such a file; false if it cannot be read. */
static bool
read_sysfs(int fd, uint64_t *v)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	if (n <= 0)
		return false;
	text[n] = '\0';
	*v = strtoull(text, NULL, 10);
	return true;
}

static uint64_t
sum(struct missed *m)
{
	uint64_t v;

	for (int i = 0; i < 2; i++)
		if (m->fd[i] != -1 && read_sysfs(m->fd[i], &v) &&
		    v > m->last[i])
			m->last[i] = v;
	return m->last[0] + m->last[1];
}

void
missed_open(struct missed *m, const char *interface)
{
	*m = (struct missed){
		.fd = {
			open_sysfs(interface, "rx_missed_errors"),
			open_sysfs(interface, "rx_fifo_errors")
		}
	};
	m->before = sum(m);
}

uint64_t
missed_count(struct missed *m)
{
	return sum(m) - m->before;
}

void
missed_close(struct missed *m)
{
	for (int i = 0; i < 2; i++)
		if (m->fd[i] != -1)
			close(m->fd[i]);
}
