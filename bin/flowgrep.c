/*
 * flowgrep: the flow records that fulfil an expression, in the words that
 * users of tcpdump, nfdump and Wireshark type:
 *
 *	src net 10.0.0.0/8 and dport in (53, 443) and bytes > 1M
 *
 * The grammar is lib/query/grammar.y.  Header and rows pass byte for byte.
 * A column that is unknown, "-", is neither less nor greater than anything.
 *
 * One pass; memory: one line, and the lists that the expression names.
 */
#include <err.h>
#include <unistd.h>

#include "query/query.h"
#include "record/cmdline.h"
#include "record/rec.h"

static const char usage[] =
	"usage: flowgrep [-hkVv] [-H names] expression [file ...]\n"
	"       flowgrep [-hkVv] -f file [-H names] [file ...]\n";

/* Reads records and writes those that fulfil the expression. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = NULL };
	struct query *query = NULL;
	struct rec *r;
	int c;

	while ((c = cmdline_getopt(argc, argv, "f:H:hkVv")) != -1) {
		switch (c) {
		case 'f':
			query = query_parse_file(optarg);
			break;
		case 'h':
			cmdline_help(usage, NULL, 0, NULL, 0);
		default:
			cmdline_filter(c, usage, &spec);
		}
	}
	if (query == NULL && optind == argc) {
		warnx("no expression");
		cmdline_usage(usage);
	}
	if (query == NULL)
		query = query_parse(argv[optind++]);

	r = rec_open(argv + optind, &spec);
	query_bind(query, r);
	while (rec_next(r))
		if (query_holds(query, r) == QUERY_YES)
			rec_write(r);
	return rec_close(r);
}
