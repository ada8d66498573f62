#include "geo/geobase.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "geo/geocsv.h"
#include "geo/geommdb.h"

struct geobase {
	struct place_store places;
	bool is_mmdb;
	struct geocsv csv;	/* one of the two */
	struct geommdb mmdb;
};

static struct geobase *
geobase_new(const char *name)
{
	struct geobase *b = mem_alloc(1, sizeof *b);

	place_store_init(&b->places);
	b->csv.name = name;
	b->csv.places = b->mmdb.places = &b->places;
	return b;
}

struct geobase *
geobase_open(const char *path)
{
	struct geobase *b = geobase_new(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	b->is_mmdb = S_ISREG(st.st_mode) && mmdbfile_is(fd, st.st_size);
	if (b->is_mmdb)
		geommdb_open(&b->mmdb, path);
	else
		geocsv_read(&b->csv, fd);
	close(fd);
	return b;
}

struct geobase *
geobase_parse(const char *name, const char *text, size_t n)
{
	struct geobase *b = geobase_new(name);

	geocsv_parse(&b->csv, text, n);
	return b;
}

void
geobase_close(struct geobase *b)
{
	if (b->is_mmdb)
		geommdb_close(&b->mmdb);
	place_store_free(&b->places);
	free(b->csv.range);
	free(b);
}

const struct place *
geobase_find(struct geobase *b, const struct addr *a)
{
	return b->is_mmdb ? geommdb_find(&b->mmdb, a) :
	    geocsv_find(&b->csv, a);
}

const struct geobase_range *
geobase_ranges(const struct geobase *b, size_t *n)
{
	*n = b->csv.n;
	return b->csv.range;
}
