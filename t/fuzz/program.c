/*
 * Any bytes as a program's input: it must not crash, its status must be 0, 1
 * or 2, what it wrote must be lines of the same width, a failure must have
 * been told, and pcap2flows's account must add up.
 *
 * The first byte chooses among the program's lines of options; a file that
 * they name, and standard input, are parted by a line "%%".
 */
#define _GNU_SOURCE		/* memmem */

#include "run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef PROGRAM
#define PROGRAM "rttcalc"
#endif

static const struct choice {
	const char *program, *options;
} choices[] = {
	{"rttcalc", ""}, {"rttcalc", "-k"}, {"rttcalc", "-kv -m inf"},
	{"rttcalc", "-k -H dir,ask,reply,ask2,turn"},
	{"sigtag", ""}, {"sigtag", "-k"}, {"sigtag", "-s"},
	{"sigtag", "-kv -g host"}, {"sigtag", "-ks -g host"},
	{"popularity", ""}, {"popularity", "-kv"}, {"popularity", "-ks"},
	{"popularity", "-k -g host"},
	{"skypeclass", "-a"}, {"skypeclass", "-kpv"}, {"skypeclass", "-kax"},
	{"skypeclass", "-ke"}, {"skypeclass", "-kaE FILE"},
	{"skypeclass", "-kal FILE"}, {"skypeclass", "-ka -P 0 -B -9"},
	{"flowmerge", ""}, {"flowmerge", "-kv"}, {"flowmerge", "-k -t inf"},
	{"flowmerge", "-k -t 0"}, {"flowmerge", "-k -K vlan"},
	{"flowmerge", "-k -t 1,5,60,inf"},
	{"geojoin", "-k -d FILE"}, {"geojoin", "-d FILE"},
	{"geojoin", "-kv -c src -d FILE"},
	{"flowid", "-k"}, {"flowid", "-kv -n 10.0.0.0/8"},
	{"flowpart", "-k -n 3"}, {"flowpart", "-kv -n 7 -c src"},
	{"flowcut", "-k"}, {"flowcut", "-kdv"}, {"flowcut", "-kx -c src,dst"},
	{"flowcut", "-kd -H start,proto,end -c end"},
	{"flowsort", "-k"}, {"flowsort", "-kv -c bytes:nr,src"},
	{"flowsort", "-kr -H start,cid"},
	{"flowanon", "-k -K FILE"}, {"flowanon", "-kv -c src -K FILE"},
	{"flowanon", "-k -H a,b -c b -K FILE"}, {"flowanon", "-ak -K FILE"},
	{"flowgrep", "-k -f FILE"}, {"flowgrep", "-k bytes>1k"},
	{"flowpcap", "-k - FILE"}, {"flowpcap", "-kefTv - FILE"},
	{"flowpcap", "-kK vlan - FILE"},
	{"tracegen", "-c 1 -d 60 -g FILE"},
	{"flowfrom", "zeek"}, {"flowfrom", "-v suricata"},
	{"flowfrom", "nfdump"}, {"flowfrom", "-n 10.0.0.0/8 argus"},
	{"flownames", ""}, {"flownames", "-kj FILE"},
	{"flownames", "-l zeek"}, {"flownames", "-l suricata"},
	{"flowfrom", "silk"}, {"flowfrom", "ndpi"}, {"flowfrom", "tshark"},
	{"pcap2flows", "-v"}, {"pcap2flows", "-vT"}, {"pcap2flows", "-vb"},
	{"pcap2flows", "-v -m 3 -D 5"}, {"pcap2flows", "-vT -A 1 -t 1"},
	{"pcap2flows", "-vp"}, {"pcap2flows", "-v -S 1/2 -t inf"},
};

static const char *
choose(uint8_t byte)
{
	unsigned n = 0, i;

	for (i = 0; i < sizeof choices / sizeof *choices; i++)
		n += strcmp(choices[i].program, PROGRAM) == 0;
	n = n > 0 ? byte % n : 0;
	for (i = 0; i < sizeof choices / sizeof *choices; i++)
		if (strcmp(choices[i].program, PROGRAM) == 0 && n-- == 0)
			return choices[i].options;
	RUN_FAULT("no such program");
}

/* TABs in the line; the next one is *next, NULL behind the last. */
static unsigned
tabs(const char *s, const char **next)
{
	unsigned n = 0;

	for (; *s != '\n' && *s != '\0'; s++)
		n += *s == '\t';
	*next = *s == '\n' ? s + 1 : NULL;
	return n;
}

static void
check_lines(const struct run *r)
{
	const char *s = r->out, *next;
	unsigned width;

	if (r->out_n == 0)
		return;
	if (strlen(r->out) != r->out_n)
		RUN_FAULT("NUL in the output");
	if (r->status == 0 && r->out[r->out_n - 1] != '\n')
		RUN_FAULT("half a line");
	width = tabs(s, &next);
	for (; next != NULL && *next != '\0'; s = next)
		if (tabs(next, &next) != width && next != NULL)
			RUN_FAULT("line of another width");
}

static uint64_t
number_behind(const char *s, const char *word)
{
	const char *p = strstr(s, word);

	if (p == NULL)
		RUN_FAULT("no account");
	return strtoull(p + strlen(word), NULL, 10);
}

/* The packets of all records, from columns 10 and 11. */
static uint64_t
packets_of(const char *s)
{
	uint64_t sum = 0;
	const char *next;

	for (tabs(s, &next); (s = next) != NULL && *s != '\0'; ) {
		tabs(s, &next);
		for (int column = 0; column < 9; column++)
			s = strchr(s, '\t') + 1;
		sum += strtoull(s, NULL, 10);
		sum += strtoull(strchr(s, '\t') + 1, NULL, 10);
	}
	return sum;
}

static void
check_account(const struct run *r, const char *options)
{
	static const char *const term[] = {
		" in flows ", "not IP ", "other transport ",
		"without a first ", "duplicates ", "other shard ",
		"malformed "
	};
	uint64_t sum = 0, in_flows;
	const char *s = strstr(r->err, "packets ");

	if (s == NULL) {
		if (r->status == 0)
			RUN_FAULT("no account");
		return;
	}
	in_flows = number_behind(r->err, "in flows ");
	for (unsigned i = 0; i < sizeof term / sizeof *term; i++)
		sum += number_behind(r->err, term[i]);
	s = strstr(r->err, " = in flows");
	while (s > r->err && s[-1] >= '0' && s[-1] <= '9')
		s--;
	if (strtoull(s, NULL, 10) != sum)
		RUN_FAULT("the account does not add up");
	if (strstr(options, "p") == NULL && packets_of(r->out) != in_flows)
		RUN_FAULT("records have other packets than the account");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char mark[] = "\n%%\n";
	const uint8_t *in, *file;
	const char *options;
	size_t file_n = 0;
	struct run r;

	if (n == 0)
		return 0;
	options = choose(*data);
	file = in = data + 1;
	n--;
	if (strstr(options, "FILE") != NULL) {
		in = memmem(file, n, mark, 4);
		file_n = in == NULL ? n : (size_t)(in - file);
		in = in == NULL ? file + n : in + 4;
	}
	run_forks = strcmp(PROGRAM, "flowsort") == 0;
	r = run_program(options, in, n - (size_t)(in - file), file, file_n);
	if (r.status < 0 || r.status > 2)
		RUN_FAULT("not a status");
	if (r.status != 0 && r.err_n == 0)
		RUN_FAULT("failed without a word");
	if (strcmp(PROGRAM, "tracegen") != 0)
		check_lines(&r);
	if (strcmp(PROGRAM, "pcap2flows") == 0)
		check_account(&r, options);
	return 0;
}
