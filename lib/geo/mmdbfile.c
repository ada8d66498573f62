#include "geo/mmdbfile.h"

#include <err.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static _Noreturn void
mmdbfile_damaged(const struct mmdbfile *f, int status)
{
	errx(1, "%s: %s", f->name, MMDB_strerror(status));
}

/* The metadata begins with this mark in the last 128 KiB. */
bool
mmdbfile_is(int fd, off_t size)
{
	static const char mark[] = "\xab\xcd\xefMaxMind.com";
	enum { TAIL = 128 << 10, N = sizeof mark - 1 };
	off_t from = size > TAIL ? size - TAIL : 0;
	char *tail = mem_alloc(TAIL, 1);
	ssize_t n = pread(fd, tail, TAIL, from);
	bool found = false;

	for (ssize_t i = 0; i + N <= n && !found; i++)
		found = tail[i] == mark[0] && memcmp(tail + i, mark, N) == 0;
	free(tail);
	return found;
}

void
mmdbfile_open(struct mmdbfile *f, const char *name)
{
	int status;

	f->name = name;
	status = MMDB_open(name, MMDB_MODE_MMAP, &f->mmdb);
	if (status != MMDB_SUCCESS)
		mmdbfile_damaged(f, status);
}

void
mmdbfile_close(struct mmdbfile *f)
{
	MMDB_close(&f->mmdb);
}

/* A file of IPv4 has nothing for IPv6; in one of both, IPv4 lies in ::/96,
 * which libmaxminddb knows. */
bool
mmdbfile_find(struct mmdbfile *f, const struct addr *a, MMDB_entry_s *entry)
{
	struct sockaddr_in in4 = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	bool is4 = addr_is4(a);
	MMDB_lookup_result_s r;
	int status;

	if (!is4 && f->mmdb.metadata.ip_version == 4)
		return false;
	memcpy(&in4.sin_addr, a->b + 12, 4);
	memcpy(&in6.sin6_addr, a->b, 16);
	r = MMDB_lookup_sockaddr(&f->mmdb, is4 ? (struct sockaddr *)&in4 :
	    (struct sockaddr *)&in6, &status);
	if (status != MMDB_SUCCESS)
		mmdbfile_damaged(f, status);
	*entry = r.entry;
	return r.found_entry;
}

static bool
mmdbfile_is_kind(const MMDB_entry_data_s *v, enum mmdbfile_kind kind)
{
	switch (kind) {
	case MMDBFILE_TEXT:
		return v->type == MMDB_DATA_TYPE_UTF8_STRING;
	case MMDBFILE_REAL:
		return v->type == MMDB_DATA_TYPE_DOUBLE ||
		    v->type == MMDB_DATA_TYPE_FLOAT;
	case MMDBFILE_WHOLE:
		return v->type == MMDB_DATA_TYPE_UINT32;
	}
	return false;
}

bool
mmdbfile_get(struct mmdbfile *f, MMDB_entry_s *entry,
    const char *const (*paths)[4], size_t n, enum mmdbfile_kind kind,
    MMDB_entry_data_s *v)
{
	for (size_t i = 0; i < n; i++) {
		int status = MMDB_aget_value(entry, v, paths[i]);

		if (status != MMDB_SUCCESS && status !=
		    MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR)
			mmdbfile_damaged(f, status);
		if (status == MMDB_SUCCESS && v->has_data &&
		    mmdbfile_is_kind(v, kind))
			return true;
	}
	return false;
}
