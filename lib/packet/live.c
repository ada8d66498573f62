#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/live.h"

#include <sys/ioctl.h>

#include <net/if.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pcap/pcap.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/turns.h"
#include "packet/decode.h"
#include "packet/missed.h"
#include "packet/ring.h"
#include "packet/snap.h"

enum {
	IDLE_MS = 100,
	SETTLE_MS = 10,			/* frames on their way past a filter */
	LAST_WAITS = 3,			/* idle ones behind the stop: the kernel
					   hands frames over within IDLE_MS */
	LOOK_MIB = 1			/* enough to see what interface it is */
};

struct live {
	const char *name;
	unsigned number;	/* of the interface; 0: it has none */
	struct ring *ring;	/* frames come from there … */
	pcap_t *pcap;		/* … or, where it is NULL, from here */
	int fd;			/* becomes readable when frames come */
	int link;
	bool nano;
	bool quiet;
	char why[80];		/* the interface failed; "": it did not */
	int group;		/* of a shared one */
	struct bpf_program filter;	/* until it is set */
	int64_t begin_ns;	/* frames until then are not ours */
	volatile sig_atomic_t stop;
	int64_t stop_ns;	/* when that was noticed; 0: not yet */
	int waits;		/* idle ones since */
	struct missed missed;
	unsigned last_received, last_dropped;
	struct live_counts counts;
	struct frame frame[LIVE_BATCH];
	size_t frames;		/* of the batch at hand … */
	uint8_t *bytes;		/* … without a ring, one behind the other; there
				   is room for as many as long as they may be,
				   of which the system gives what is used */
	size_t used, room;	/* of a frame */
};

/* libpcap does not tell when an interface is taken down.  It may have another
 * name by now. */
static bool
is_up(const struct live *l)
{
	struct ifreq ask = {.ifr_flags = 0};

	if (strcmp(l->name, "any") == 0)
		return true;
	snprintf(ask.ifr_name, sizeof ask.ifr_name, "%s", l->name);
#ifdef SIOCGIFNAME
	ask.ifr_ifindex = (int)l->number;
	if (l->number != 0 && ioctl(l->fd, SIOCGIFNAME, &ask) == -1)
		return false;
#endif
	return ioctl(l->fd, SIOCGIFFLAGS, &ask) == 0 &&
	    (ask.ifr_flags & IFF_UP);
}

static void
must(struct live *l, int r)
{
	if (r != 0)
		errx(1, "%s: %s", l->name, pcap_statustostr(r));
}

/* Where there are no nanoseconds it does without them. */
static void
configure(struct live *l, const struct live_want *want, int buffer_mib)
{
	pcap_t *p = l->pcap;

	must(l, pcap_set_snaplen(p, want->snaplen));
	must(l, pcap_set_promisc(p, want->promiscuous));
	must(l, pcap_set_timeout(p, IDLE_MS));
	must(l, pcap_set_buffer_size(p, buffer_mib << 20));
	if (pcap_set_tstamp_precision(p, PCAP_TSTAMP_PRECISION_NANO) != 0)
		must(l, pcap_set_tstamp_precision(p,
		    PCAP_TSTAMP_PRECISION_MICRO));
}

static void
activate(struct live *l, bool warn)
{
	int r = pcap_activate(l->pcap);
	size_t n = strlen(l->name);
	const char *text = pcap_geterr(l->pcap);

	/* The text says the same, at times behind the interface's name. */
	if (*text == '\0')
		text = pcap_statustostr(r);
	if (strncmp(text, l->name, n) == 0 && strncmp(text + n, ": ", 2) == 0)
		text += n + 2;
	if (r == PCAP_ERROR_PERM_DENIED)
		errx(1, "%s: %s; root may, or a program with the capability "
		    "cap_net_raw", l->name, text);
	if (r < 0)
		errx(1, "%s: %s", l->name, text);
	if (r > 0 && warn)
		warnx("%s: %s", l->name, text);
	l->link = pcap_datalink(l->pcap);
	if (!decode_knows(l->link))
		errx(1, "%s: unsupported link type %d", l->name, l->link);
}

/* Also for no filter: it is what makes the kernel cut frames. */
static void
compile_filter(struct live *l, const char *filter)
{
	if (pcap_compile(l->pcap, &l->filter, filter ? filter : "", 1,
	    PCAP_NETMASK_UNKNOWN) == -1)
		errx(2, "filter \"%s\": %s", filter, pcap_geterr(l->pcap));
}

static void
set_filter(struct live *l, struct bpf_program *program)
{
	if (l->ring != NULL && !ring_filter(l->ring, program))
		err(1, "%s: filter", l->name);
	if (l->ring == NULL && pcap_setfilter(l->pcap, program) == -1)
		errx(1, "%s: %s", l->name, pcap_geterr(l->pcap));
}

static int64_t
clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* Before it is one of the group it gets what the others get, too: so until
 * live_begin it takes nothing, and what came before that is passed over. */
static void
join_group(struct live *l, const struct live_want *want)
{
	struct bpf_insn nothing = {BPF_RET | BPF_K, 0, 0, 0};
	struct bpf_program none = {1, &nothing};

	set_filter(l, &none);
	l->group = fanout_join(l->fd, want->group, want->by_quote);
	if (l->group == -1)
		err(1, "%s: cannot share its packets", l->name);
	poll(NULL, 0, SETTLE_MS);
	live_count(l);
	l->counts = (struct live_counts){0};
	l->begin_ns = clock_ns();
}

int
live_group(const struct live *l)
{
	return l->group;
}

void
live_begin(struct live *l)
{
	set_filter(l, &l->filter);
	pcap_freecode(&l->filter);
}

static void
open_pcap(struct live *l, const struct live_want *want, int buffer_mib,
    bool warn)
{
	char why[PCAP_ERRBUF_SIZE];

	l->pcap = pcap_create(l->name, why);
	if (l->pcap == NULL)
		errx(1, "%s: %s", l->name, why);
	configure(l, want, buffer_mib);
	activate(l, warn);
	if (pcap_setnonblock(l->pcap, 1, why) == -1)
		errx(1, "%s: %s", l->name, why);
	l->fd = pcap_get_selectable_fd(l->pcap);
	l->nano = pcap_get_tstamp_precision(l->pcap) ==
	    PCAP_TSTAMP_PRECISION_NANO;
}

/* Of what is long. */
static void
leave_payloads(struct live *l, uint32_t payload)
{
	struct bpf_program brief;

	if (payload == LIVE_WHOLE || !snap_heads(&l->filter, payload, &brief))
		return;
	pcap_freecode(&l->filter);
	l->filter = brief;
}

static void
open_ring(struct live *l, const struct live_want *want)
{
	leave_payloads(l, want->payload);
	l->ring = ring_open(&(struct ring_want){
		.interface = l->name, .link = l->link,
		.snaplen = (size_t)want->snaplen,
		.bytes = (size_t)want->buffer_mib << 20,
		.wait_ms = IDLE_MS, .promiscuous = want->promiscuous
	    }, &l->filter);
}

/* libpcap knows of what kind the interface is, and why it cannot be opened. */
static void
open_source(struct live *l, const struct live_want *want)
{
	open_pcap(l, want, LOOK_MIB, true);
	compile_filter(l, want->filter);
	if (l->link == DLT_EN10MB)
		open_ring(l, want);
	pcap_close(l->pcap);
	l->pcap = NULL;
	if (l->ring != NULL) {
		l->fd = ring_fd(l->ring);
		l->nano = true;
		return;
	}
	open_pcap(l, want, want->buffer_mib, false);
	l->room = (size_t)want->snaplen;
	l->bytes = mem_lines(LIVE_BATCH * (l->room + MEM_LINE));
}

struct live *
live_open(const struct live_want *want)
{
	struct live *l = mem_alloc(1, sizeof *l);

	l->name = want->interface;
	l->number = if_nametoindex(l->name);
	turns_shorten();
	open_source(l, want);
	missed_open(&l->missed, l->name);
	l->quiet = want->shared;
	if (want->shared)
		join_group(l, want);
	else
		live_begin(l);
	return l;
}

/* libpcap gives a block of the kernel's back as soon as its last frame was
 * handed out: so frames are copied, and the rest is done in batches. */
static void
take_frame(u_char *user, const struct pcap_pkthdr *head, const u_char *data)
{
	struct live *l = (struct live *)(void *)user;
	struct frame *f = &l->frame[l->frames];
	int64_t ns = l->nano ? head->ts.tv_usec : head->ts.tv_usec * 1000;
	uint8_t *copy = l->bytes + l->used;
	uint32_t caplen = head->caplen < l->room ? head->caplen :
	    (uint32_t)l->room;

	ns = head->ts.tv_sec < 0 ? 0 : head->ts.tv_sec * NS_PER_S + ns;
	memcpy(copy, data, caplen);
	*f = (struct frame){
		.t_ns = ns,
		.data = copy, .caplen = caplen, .link = l->link,
		.len = head->len > caplen ? head->len : caplen
	};
	l->frames++;
	l->used += ((size_t)caplen / MEM_LINE + 1) * MEM_LINE;
}

/* What the kernel has is still delivered. */
static void
fail(struct live *l, const char *why)
{
	if (l->why[0] == '\0' && !l->quiet)
		warnx("%s: %s", l->name, why);
	if (l->why[0] == '\0')
		snprintf(l->why, sizeof l->why, "%s", why);
	l->stop = 1;
}

const char *
live_failure(const struct live *l)
{
	return l->why[0] != '\0' ? l->why : NULL;
}

/* Why, if the interface has failed; else NULL. */
static const char *
find_failure(const struct live *l)
{
	int e = l->ring != NULL ? ring_error(l->ring) : 0;

	if (e == ENETDOWN || !is_up(l))
		return "the interface is down";
	return e != 0 ? strerror(e) : NULL;
}

/* There is nothing to read: waits for it. */
static enum live_event
wait_for_frames(struct live *l)
{
	struct pollfd p = {.fd = l->fd, .events = POLLIN};
	const char *why;

	if (l->stop && ++l->waits > LAST_WAITS)
		return LIVE_END;
	if (l->why[0] != '\0')
		poll(NULL, 0, IDLE_MS);
	else if (poll(&p, 1, IDLE_MS) > 0 && p.revents == POLLIN)
		return LIVE_FRAMES;
	else if ((why = find_failure(l)) != NULL)
		fail(l, why);
	return LIVE_IDLE;
}

/* The batch at hand, what is there of it. */
static void
take_batch(struct live *l)
{
	l->frames = l->used = 0;
	if (l->ring != NULL)
		l->frames = ring_take(l->ring, l->frame, LIVE_BATCH);
	else if (pcap_dispatch(l->pcap, LIVE_BATCH, take_frame, (u_char *)l) <
	    0)
		fail(l, pcap_geterr(l->pcap));
}

/* Frames that came before the begin are none of this capture's. */
static void
pass_over_early(struct live *l)
{
	size_t n = 0;

	if (l->begin_ns == 0)
		return;
	for (size_t i = 0; i < l->frames; i++)
		if (l->frame[i].t_ns > l->begin_ns)
			l->frame[n++] = l->frame[i];
	l->frames = n;
}

/* Frames behind the stop are none of this capture's. */
static size_t
before_stop(const struct live *l)
{
	size_t n = 0;

	while (n < l->frames && (l->stop_ns == 0 ||
	    l->frame[n].t_ns <= l->stop_ns))
		n++;
	return n;
}

enum live_event
live_next(struct live *l, const struct frame **frame, size_t *n)
{
	enum live_event event;

	if (l->stop && l->stop_ns == 0)
		l->stop_ns = clock_ns();
	do {
		take_batch(l);
		if (l->frames == 0 &&
		    (event = wait_for_frames(l)) != LIVE_FRAMES)
			return event;
		pass_over_early(l);
	} while (l->frames == 0);
	*frame = l->frame;
	*n = before_stop(l);
	return *n > 0 ? LIVE_FRAMES : LIVE_END;
}

void
live_stop(struct live *l)
{
	l->stop = 1;
}

/* libpcap's counts only grow. */
static void
count_pcap(struct live *l)
{
	struct pcap_stat now;

	if (pcap_stats(l->pcap, &now) != 0)
		return;
	l->counts.received += now.ps_recv - l->last_received;
	l->counts.dropped += now.ps_drop - l->last_dropped;
	l->last_received = now.ps_recv;
	l->last_dropped = now.ps_drop;
}

struct live_counts
live_count(struct live *l)
{
	if (l->ring != NULL)
		ring_count(l->ring, &l->counts.received, &l->counts.dropped);
	else
		count_pcap(l);
	l->counts.missed = missed_count(&l->missed);
	return l->counts;
}

void
live_report(const char *interface, const struct live_counts *n)
{
	warnx("%s: received %llu, dropped by the kernel %llu, by the "
	    "interface %llu", interface, (unsigned long long)n->received,
	    (unsigned long long)n->dropped, (unsigned long long)n->missed);
}

unsigned
live_decimals(const struct live *l)
{
	return l->nano ? 9 : 6;
}

int
live_close(struct live *l)
{
	int status = l->why[0] != '\0';

	if (l->ring != NULL)
		ring_close(l->ring);
	else
		pcap_close(l->pcap);
	missed_close(&l->missed);
	free(l->bytes);
	free(l);
	return status;
}
