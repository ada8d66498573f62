#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/capfilter.h"

#include <err.h>
#include <stdlib.h>

#include <pcap/pcap.h>

#include "base/mem.h"
#include "packet/pcapfile.h"

/* One link type's; `dead` keeps the message. */
struct compiled {
	int link;
	bool good;
	pcap_t *dead;
	struct bpf_program program;
};

struct capfilter {
	const char *text;
	size_t n, cap, last;		/* last: the one just used */
	struct compiled *of_link;
};

struct capfilter *
capfilter_new(const char *text)
{
	struct capfilter *f = mem_alloc(1, sizeof *f);

	f->text = text;
	return f;
}

void
capfilter_free(struct capfilter *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++) {
		if (f->of_link[i].good)
			pcap_freecode(&f->of_link[i].program);
		pcap_close(f->of_link[i].dead);
	}
	free(f->of_link);
	free(f);
}

static struct compiled *
compiled_for(struct capfilter *f, int link)
{
	struct compiled *c;

	if (f->last < f->n && f->of_link[f->last].link == link)
		return &f->of_link[f->last];
	for (f->last = 0; f->last < f->n; f->last++)
		if (f->of_link[f->last].link == link)
			return &f->of_link[f->last];
	f->of_link = mem_grow(f->of_link, &f->cap, f->n + 1,
	    sizeof *f->of_link);
	c = &f->of_link[f->n++];
	c->link = link;
	c->dead = pcap_open_dead(link, FRAME_MOST);
	if (c->dead == NULL)
		errx(1, "out of memory");
	c->good = pcap_compile(c->dead, &c->program, f->text, 1,
	    PCAP_NETMASK_UNKNOWN) == 0;
	return c;
}

const char *
capfilter_compile(struct capfilter *f, int link)
{
	struct compiled *c = compiled_for(f, link);

	return c->good ? NULL : pcap_geterr(c->dead);
}

bool
capfilter_passes(struct capfilter *f, const struct frame *frame)
{
	struct compiled *c = compiled_for(f, frame->link);
	struct pcap_pkthdr head = {
		.caplen = frame->caplen, .len = frame->len
	};

	return c->good &&
	    pcap_offline_filter(&c->program, &head, frame->data) != 0;
}
