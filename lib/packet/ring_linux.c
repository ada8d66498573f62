#define _DEFAULT_SOURCE		/* for the types of pcap.h and the kernel */

#include "packet/ring.h"

#include <sys/mman.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <net/if.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <pcap/pcap.h>

#include "base/fetch.h"
#include "base/mem.h"
#include "base/num.h"

/* Each block that is full wakes the reader, which costs as much as a hundred
 * packets: so there are few.  But a block that is being read has no room for
 * others: so there are some.  HEAD: more than what stands before a frame, at
 * the begin of a block too. */
enum {
	BLOCKS = 8, LEAST = 1 << 16, MOST = 1 << 20,
	HEAD = 256, TAG = 4, MACS = 2 * ETH_ALEN, FRAME_UNIT = 1 << 11,
	AHEAD = 1024
};

struct ring {
	int fd, link;
	size_t snaplen;
	uint8_t *memory;
	size_t block_size, blocks;
	size_t at;		/* the block that is read, or will be next */
	bool ours;		/* it is: the kernel has given it … */
	uint32_t left;		/* … with frames that are not taken, … */
	uint8_t *next;		/* … the first here */
};

static struct tpacket_hdr_v1 *
block_head(const struct ring *r)
{
	void *block = r->memory + r->at * r->block_size;

	return &((struct tpacket_block_desc *)block)->hdr.bh1;
}

static _Atomic uint32_t *
block_status(struct tpacket_hdr_v1 *head)
{
	return (void *)&head->block_status;
}

/* Only when its status says so a block is the program's, or the kernel's. */
static bool
next_block(struct ring *r)
{
	struct tpacket_hdr_v1 *head = block_head(r);

	if (r->ours) {
		atomic_store_explicit(block_status(head), TP_STATUS_KERNEL,
		    memory_order_release);
		r->at = (r->at + 1) % r->blocks;
		head = block_head(r);
	}
	r->ours = (atomic_load_explicit(block_status(head),
	    memory_order_acquire) & TP_STATUS_USER) != 0;
	if (!r->ours)
		return false;
	r->left = head->num_pkts;
	r->next = r->memory + r->at * r->block_size + head->offset_to_first_pkt;
	return true;
}

/* There is room for the tag before the frame (PACKET_RESERVE). */
static void
put_tag_back(struct frame *f, uint8_t *at, const struct tpacket3_hdr *h)
{
	unsigned tpid = h->tp_status & TP_STATUS_VLAN_TPID_VALID ?
	    h->hv1.tp_vlan_tpid : ETH_P_8021Q;

	memmove(at - TAG, at, MACS);
	at += MACS - TAG;
	at[0] = (uint8_t)(tpid >> 8);
	at[1] = (uint8_t)tpid;
	at[2] = (uint8_t)(h->hv1.tp_vlan_tci >> 8);
	at[3] = (uint8_t)h->hv1.tp_vlan_tci;
	f->data -= TAG;
	f->caplen += TAG;
	f->len += TAG;
}

/* Another processor has just written it all: so it is asked for ahead, about as
 * much at each frame as most take.  That saves a quarter of a packet's time. */
static void
take(struct ring *r, struct frame *f)
{
	uint8_t *here = r->next;
	const struct tpacket3_hdr *h = (const void *)here;

	fetch_soon(here + AHEAD, 4 * FETCH_LINE);
	*f = (struct frame){
		.t_ns = h->tp_sec * NS_PER_S + h->tp_nsec,
		.data = here + h->tp_mac, .caplen = h->tp_snaplen,
		.len = h->tp_len, .link = r->link
	};
	if ((h->tp_status & TP_STATUS_VLAN_VALID) && f->caplen >= MACS)
		put_tag_back(f, here + h->tp_mac, h);
	if (f->caplen > r->snaplen)
		f->caplen = (uint32_t)r->snaplen;
	r->left--;
	r->next += h->tp_next_offset;
}

size_t
ring_take(struct ring *r, struct frame *frame, size_t most)
{
	size_t n = 0;

	while (r->left == 0)
		if (!next_block(r))
			return 0;
	while (n < most && r->left > 0)
		take(r, &frame[n++]);
	return n;
}

bool
ring_filter(struct ring *r, const struct bpf_program *filter)
{
	struct sock_fprog what = {
		(unsigned short)filter->bf_len, (void *)filter->bf_insns
	};

	return setsockopt(r->fd, SOL_SOCKET, SO_ATTACH_FILTER, &what,
	    sizeof what) == 0;
}

/* A frame that is longer than a block would be cut. */
static void
choose_blocks(struct ring *r, size_t bytes)
{
	r->block_size = LEAST;
	while (r->block_size < r->snaplen + HEAD ||
	    (r->block_size < bytes / BLOCKS && r->block_size < MOST))
		r->block_size *= 2;
	r->blocks = bytes / r->block_size;
	if (r->blocks < 2)
		r->blocks = 2;
}

static bool
set_int(int fd, int what, int value)
{
	return setsockopt(fd, SOL_PACKET, what, &value, sizeof value) == 0;
}

static bool
set_ring(struct ring *r, unsigned wait_ms)
{
	struct tpacket_req3 want = {
		.tp_block_size = (unsigned)r->block_size,
		.tp_block_nr = (unsigned)r->blocks,
		.tp_frame_size = FRAME_UNIT,
		.tp_frame_nr = (unsigned)(r->blocks *
		    (r->block_size / FRAME_UNIT)),
		.tp_retire_blk_tov = wait_ms
	};

	return setsockopt(r->fd, SOL_PACKET, PACKET_RX_RING, &want,
	    sizeof want) == 0;
}

/* As libpcap does, it takes what memory the kernel has. */
static bool
map_ring(struct ring *r, const struct ring_want *want)
{
	void *memory;

	choose_blocks(r, want->bytes);
	if (!set_int(r->fd, PACKET_VERSION, TPACKET_V3) ||
	    !set_int(r->fd, PACKET_RESERVE, TAG))
		return false;
	while (!set_ring(r, want->wait_ms)) {
		if (errno != ENOMEM || r->blocks == 2)
			return false;
		r->blocks -= r->blocks / 20 + 1;
		if (r->blocks < 2)
			r->blocks = 2;
	}
	memory = mmap(NULL, r->blocks * r->block_size, PROT_READ | PROT_WRITE,
	    MAP_SHARED, r->fd, 0);
	if (memory == MAP_FAILED)
		return false;
	r->memory = memory;
	return true;
}

/* What leaves by the loopback interface comes back. */
static bool
bind_to(struct ring *r, const struct ring_want *want)
{
	struct sockaddr_ll where = {
		.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(want->interface)
	};
	struct packet_mreq all = {
		.mr_ifindex = where.sll_ifindex, .mr_type = PACKET_MR_PROMISC
	};

	if (where.sll_ifindex == 0 ||
	    where.sll_ifindex == (int)if_nametoindex("lo"))
		if (!set_int(r->fd, PACKET_IGNORE_OUTGOING, 1))
			return false;
	if (want->promiscuous && setsockopt(r->fd, SOL_PACKET,
	    PACKET_ADD_MEMBERSHIP, &all, sizeof all) == -1)
		return false;
	return where.sll_ifindex != 0 && bind(r->fd,
	    (const struct sockaddr *)(const void *)&where, sizeof where) == 0;
}

/* Until it is bound nothing comes, nor past the filter. */
struct ring *
ring_open(const struct ring_want *want, const struct bpf_program *filter)
{
	struct ring *r = mem_alloc(1, sizeof *r);

	r->link = want->link;
	r->snaplen = want->snaplen;
	r->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (r->fd != -1 && ring_filter(r, filter) && map_ring(r, want) &&
	    bind_to(r, want))
		return r;
	ring_close(r);
	return NULL;
}

int
ring_fd(const struct ring *r)
{
	return r->fd;
}

/* Asking sets the kernel's counts to 0. */
void
ring_count(struct ring *r, uint64_t *received, uint64_t *dropped)
{
	struct tpacket_stats_v3 now;
	socklen_t size = sizeof now;

	if (getsockopt(r->fd, SOL_PACKET, PACKET_STATISTICS, &now, &size) == -1)
		return;
	*received += now.tp_packets;
	*dropped += now.tp_drops;
}

int
ring_error(struct ring *r)
{
	int e = 0;
	socklen_t size = sizeof e;

	return getsockopt(r->fd, SOL_SOCKET, SO_ERROR, &e, &size) == 0 ? e : 0;
}

void
ring_close(struct ring *r)
{
	if (r->memory != NULL)
		munmap(r->memory, r->blocks * r->block_size);
	if (r->fd != -1)
		close(r->fd);
	free(r);
}
