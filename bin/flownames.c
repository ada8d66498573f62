/*
 * flownames: which names addresses go by.  Reads captures, or logs of Zeek or
 * Suricata (-l), and writes a line for each name that was said in them: by
 * answers of DNS, and by flows themselves, in the server name of TLS and QUIC
 * and the host of HTTP.  With -j it brings such a table onto flow records, as
 * columns name and how: what a flow itself said between its start and its end
 * goes first, else what its initiator was last told for the responder's
 * address, while that counted (and -t seconds more, since programs keep what
 * they were told).
 *
 * Bad input: packets that do not read as DNS, TLS, QUIC or HTTP say nothing;
 * malformed rows of logs are named and left out.  Memory: captures 26 MiB at
 * most for ClientHellos in several packets, logs one row, -j the table.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "base/out.h"
#include "names/namelogs.h"
#include "names/nameout.h"
#include "names/namepackets.h"
#include "names/nametable.h"
#include "record/cmdline.h"
#include "record/rec.h"

static const char usage[] =
"usage: flownames [-hkVv] [-H columns] [-j names] [-l tool] [-t seconds]\n"
"\t[file ...]\n";

enum { CID, START, END, SRC, DST, NEEDS };
enum { NAME, HOW, MADE };

static const char *const need[NEEDS] = { "cid", "start", "end", "src", "dst" };
static const char *const made[MADE] = { "name", "how" };

/* The name of one row; false: the row is dropped. */
static bool
add_name(struct rec *r, const struct nametable *t, int had)
{
	struct rec_span cid = rec_get(r, CID), old;
	struct nametable_name found;
	struct addr src, dst;
	int64_t start, end;

	if (!rec_time(r, START, &start) || !rec_time(r, END, &end) ||
	    !rec_addr(r, SRC, &src) || !rec_addr(r, DST, &dst))
		return false;
	if (nametable_find(t, cid.s, cid.n, start, end, &src, &dst, &found)) {
		rec_set(r, NAME, found.name, found.name_n);
		rec_set(r, HOW, found.how, found.how_n);
	} else if (had >= 0) {
		old = rec_column(r, (size_t)had);
		rec_set(r, NAME, old.s, old.n);
	}
	return true;
}

static int
join_names(const char *path, int64_t grace_ns, char *const *files,
    const struct rec_spec *spec)
{
	struct nametable *t = nametable_read(path, grace_ns);
	struct rec *r = rec_open(files, spec);
	int had = rec_find(r, "name"), status;

	while (rec_next(r))
		if (add_name(r, t, had))
			rec_write(r);
	status = rec_close(r);
	nametable_free(t);
	return status;
}

static int
write_names(const char *tool, char *const *files)
{
	static struct out out;
	int status;

	out_open(&out, 1, "<stdout>");
	nameout_header(&out);
	status = tool != NULL ? namelogs_read(&out, tool, files) :
	    namepackets_read(&out, files);
	out_close(&out);
	return status;
}

int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = MADE };
	const char *names = NULL, *tool = NULL;
	int64_t grace_ns = 60 * NS_PER_S;
	int c;

	while ((c = cmdline_getopt(argc, argv, "H:hj:kl:t:Vv")) != -1)
		switch (c) {
		case 'h':
			cmdline_help(usage, need, NEEDS, made, MADE);
		case 'j':
			names = optarg;
			break;
		case 'l':
			tool = optarg;
			if (!namelogs_knows(tool))
				errx(2, "-l: zeek or suricata, not \"%s\"",
				    tool);
			break;
		case 't':
			grace_ns = num_option_s('t', optarg, false);
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	if (names != NULL && tool != NULL)
		errx(2, "-j and -l are two requests");
	if (names != NULL)
		return join_names(names, grace_ns, argv + optind, &spec);
	return write_names(tool, argv + optind);
}
