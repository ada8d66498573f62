#include "geo/asnbase.h"

#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strtab.h"
#include "geo/mmdbfile.h"
#include "geo/place.h"

enum { NUMBER_MAX = 11 };

struct asnbase {
	struct mmdbfile file;
	struct strtab seen;	/* number NUL org NUL */
	struct asn **asn;	/* by number in seen */
	size_t cap;
};

static const char *const number_paths[][4] = {
	{ "autonomous_system_number" }, { "asn" }
};
static const char *const org_paths[][4] = {
	{ "autonomous_system_organization" }, { "as_name" }, { "name" },
	{ "organization" }
};

struct asnbase *
asnbase_open(const char *path)
{
	struct asnbase *b = mem_alloc(1, sizeof *b);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	if (!S_ISREG(st.st_mode) || !mmdbfile_is(fd, st.st_size))
		errx(1, "%s: no MaxMind database", path);
	close(fd);
	mmdbfile_open(&b->file, path);
	strtab_init(&b->seen);
	return b;
}

void
asnbase_close(struct asnbase *b)
{
	mmdbfile_close(&b->file);
	for (size_t i = 0; i < b->seen.n; i++)
		free(b->asn[i]);
	free(b->asn);
	strtab_free(&b->seen);
	free(b);
}

/* Writes the number, which may be text with "AS" before it. */
static size_t
asn_number(struct asnbase *b, MMDB_entry_s *entry, char to[NUMBER_MAX + 1])
{
	MMDB_entry_data_s v;
	const char *s;
	size_t n;

	if (mmdbfile_get(&b->file, entry, number_paths, 2, MMDBFILE_WHOLE, &v))
		return (size_t)snprintf(to, NUMBER_MAX, "%" PRIu32, v.uint32);
	if (!mmdbfile_get(&b->file, entry, number_paths, 2, MMDBFILE_TEXT, &v))
		return 0;
	s = v.utf8_string;
	n = v.data_size;
	if (n > 2 && memcmp(s, "AS", 2) == 0) {
		s += 2;
		n -= 2;
	}
	if (n >= NUMBER_MAX)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return 0;
	memcpy(to, s, n);
	return n;
}

const struct asn *
asnbase_find(struct asnbase *b, const struct addr *a)
{
	char text[NUMBER_MAX + 1 + PLACE_TEXT_MAX + 1];
	uint32_t before = b->seen.n, id;
	MMDB_entry_data_s v;
	MMDB_entry_s entry;
	struct asn *asn;
	size_t n;

	if (!mmdbfile_find(&b->file, a, &entry))
		return NULL;
	n = asn_number(b, &entry, text);
	text[n++] = '\0';
	if (mmdbfile_get(&b->file, &entry, org_paths, 4, MMDBFILE_TEXT, &v))
		n += place_clean(text + n, v.utf8_string, v.data_size);
	text[n++] = '\0';
	id = strtab_add(&b->seen, text, n);
	if (id == before) {
		b->asn = mem_grow(b->asn, &b->cap, b->seen.n, sizeof *b->asn);
		asn = mem_alloc(1, sizeof *asn + n);
		memcpy(asn + 1, text, n);
		asn->number = (char *)(asn + 1);
		asn->org = asn->number + strlen(asn->number) + 1;
		b->asn[id] = asn;
	}
	return b->asn[id];
}
