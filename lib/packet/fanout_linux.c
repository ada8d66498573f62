#define _DEFAULT_SOURCE		/* for the types of the kernel's headers */

#include "packet/fanout.h"

#include <sys/socket.h>

#include <err.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>

/* A program in the kernel's language of filters, which returns a number from
 * which the kernel takes the remainder.  Labels stand for places to go to. */
enum label { NEXT, SHIM, L3, PPPOE, PPP_IP4, PPP_IP6, MPLS, BOTTOM, IP4,
	IP4_PAIR, ICMP, IP4_QUOTE, IP6, IP6_PAIR, IP6_QUOTE, MIX, NOT_IP,
	LABELS };

enum { SHIMS = 3, MPLS_LABELS = 6, MOST = 256 };

/* Its memory. */
enum { AT, XOR, SUM, SAVED };

struct program {
	struct sock_filter op[MOST];
	enum label yes[MOST], no[MOST];	/* where jumps go */
	unsigned place[LABELS];
	unsigned n;
};

static void
emit(struct program *p, unsigned code, uint32_t k)
{
	if (p->n == MOST)
		errx(1, "fanout: the program is too long");
	p->op[p->n++] = (struct sock_filter){(uint16_t)code, 0, 0, k};
}

static void
emit_jump(struct program *p, unsigned code, uint32_t k, enum label yes,
    enum label no)
{
	p->yes[p->n] = yes;
	p->no[p->n] = no;
	emit(p, BPF_JMP | code, k);
}

static void
emit_if(struct program *p, uint32_t k, enum label yes)
{
	emit_jump(p, BPF_JEQ | BPF_K, k, yes, NEXT);
}

static void
emit_goto(struct program *p, enum label to)
{
	emit_jump(p, BPF_JEQ | BPF_X, 0, to, to);
}

static void
put_label(struct program *p, enum label l)
{
	p->place[l] = p->n;
}

/* Jumps since the instruction `from` whose labels are known by now. */
static void
resolve(struct program *p, unsigned from)
{
	for (unsigned i = from; i < p->n; i++) {
		struct sock_filter *op = &p->op[i];

		if (BPF_CLASS(op->code) != BPF_JMP)
			continue;
		if (p->yes[i] != NEXT)
			op->jt = (uint8_t)(p->place[p->yes[i]] - i - 1);
		if (p->no[i] != NEXT)
			op->jf = (uint8_t)(p->place[p->no[i]] - i - 1);
	}
}

/* Loads from the packet, behind what X has skipped. */
static void
emit_load(struct program *p, unsigned size, uint32_t at)
{
	emit(p, BPF_LD | BPF_IND | size, (uint32_t)SKF_NET_OFF + at);
}

/* X grows by so much; A stays as it is. */
static void
emit_skip(struct program *p, uint32_t n)
{
	emit(p, BPF_ST, SAVED);
	emit(p, BPF_MISC | BPF_TXA, 0);
	emit(p, BPF_ALU | BPF_ADD | BPF_K, n);
	emit(p, BPF_MISC | BPF_TAX, 0);
	emit(p, BPF_LD | BPF_MEM, SAVED);
}

/* Tags before the IP header: A is the type of what X is at. */
static void
emit_shims(struct program *p)
{
	for (int i = 0; i < SHIMS; i++) {
		unsigned from = p->n;

		emit_if(p, ETH_P_8021Q, SHIM);
		emit_if(p, ETH_P_8021AD, SHIM);
		emit_if(p, ETH_P_QINQ1, SHIM);
		emit_goto(p, L3);
		put_label(p, SHIM);
		emit_load(p, BPF_H, 2);
		emit_skip(p, 4);
		put_label(p, L3);
		resolve(p, from);
	}
}

static void
emit_pppoe(struct program *p)
{
	put_label(p, PPPOE);
	emit_load(p, BPF_H, 6);
	emit_skip(p, 8);
	emit_if(p, 0x0021, IP4);
	emit_jump(p, BPF_JEQ | BPF_K, 0x0057, IP6, NOT_IP);
}

/* Behind the last label the packet itself tells what it is. */
static void
emit_mpls(struct program *p)
{
	put_label(p, MPLS);
	for (int i = 0; i < MPLS_LABELS; i++) {
		emit_load(p, BPF_W, 0);
		emit_skip(p, 4);
		emit_jump(p, BPF_JSET | BPF_K, 0x100, BOTTOM, NEXT);
	}
	emit_goto(p, NOT_IP);
	put_label(p, BOTTOM);
	emit_load(p, BPF_B, 0);
	emit(p, BPF_ALU | BPF_RSH | BPF_K, 4);
	emit_if(p, 4, IP4);
	emit_jump(p, BPF_JEQ | BPF_K, 6, IP6, NOT_IP);
}

/* Exclusive or, and sum, of the words of both addresses. */
static void
emit_pair(struct program *p, uint32_t at, int words)
{
	emit(p, BPF_STX, AT);
	emit(p, BPF_LD | BPF_IMM, 0);
	emit(p, BPF_ST, XOR);
	emit(p, BPF_ST, SUM);
	for (int i = 0; i < words; i++, at += 4) {
		emit_load(p, BPF_W, at);
		emit(p, BPF_MISC | BPF_TAX, 0);
		emit(p, BPF_LD | BPF_MEM, SUM);
		emit(p, BPF_ALU | BPF_ADD | BPF_X, 0);
		emit(p, BPF_ST, SUM);
		emit(p, BPF_LD | BPF_MEM, XOR);
		emit(p, BPF_ALU | BPF_XOR | BPF_X, 0);
		emit(p, BPF_ST, XOR);
		emit(p, BPF_LDX | BPF_MEM, AT);
	}
	emit_goto(p, MIX);
}

/* RFC 792: unreachable, quench, redirect, time exceeded, parameters. */
static void
emit_ip4(struct program *p, bool by_quote)
{
	static const uint32_t error[] = {3, 4, 5, 11, 12};

	put_label(p, IP4);
	if (by_quote) {
		emit_load(p, BPF_B, 9);
		emit_jump(p, BPF_JEQ | BPF_K, 1, NEXT, IP4_PAIR);
		emit_load(p, BPF_H, 6);
		emit_jump(p, BPF_JSET | BPF_K, 0x1fff, IP4_PAIR, NEXT);
		emit(p, BPF_STX, AT);
		emit_load(p, BPF_B, 0);
		emit(p, BPF_ALU | BPF_AND | BPF_K, 15);
		emit(p, BPF_ALU | BPF_LSH | BPF_K, 2);
		emit(p, BPF_ALU | BPF_ADD | BPF_X, 0);
		emit(p, BPF_MISC | BPF_TAX, 0);
		emit_load(p, BPF_B, 0);
		for (size_t i = 0; i < sizeof error / sizeof *error; i++)
			emit_if(p, error[i], IP4_QUOTE);
		emit(p, BPF_LDX | BPF_MEM, AT);
		emit_goto(p, IP4_PAIR);
		put_label(p, IP4_QUOTE);
		emit_skip(p, 8);
	}
	put_label(p, IP4_PAIR);
	emit_pair(p, 12, 2);
}

/* RFC 4443: errors are the types below 128. */
static void
emit_ip6(struct program *p, bool by_quote)
{
	put_label(p, IP6);
	if (by_quote) {
		emit_load(p, BPF_B, 6);
		emit_jump(p, BPF_JEQ | BPF_K, 58, NEXT, IP6_PAIR);
		emit_load(p, BPF_B, 40);
		emit_jump(p, BPF_JSET | BPF_K, 128, IP6_PAIR, NEXT);
		emit_skip(p, 48);
	}
	put_label(p, IP6_PAIR);
	emit_pair(p, 8, 8);
}

/* A ^= A >> bits; A *= factor. */
static void
emit_stir(struct program *p, uint32_t bits, uint32_t factor)
{
	emit(p, BPF_MISC | BPF_TAX, 0);
	emit(p, BPF_ALU | BPF_RSH | BPF_K, bits);
	emit(p, BPF_ALU | BPF_XOR | BPF_X, 0);
	emit(p, BPF_ALU | BPF_MUL | BPF_K, factor);
}

/* Odd constants: near addresses shall not share a remainder. */
static void
emit_mix(struct program *p)
{
	put_label(p, MIX);
	emit(p, BPF_LD | BPF_MEM, SUM);
	emit(p, BPF_ALU | BPF_MUL | BPF_K, 0x9e3779b1);
	emit(p, BPF_MISC | BPF_TAX, 0);
	emit(p, BPF_LD | BPF_MEM, XOR);
	emit(p, BPF_ALU | BPF_ADD | BPF_X, 0);
	emit_stir(p, 16, 0x85ebca6b);
	emit_stir(p, 13, 0xc2b2ae35);
	emit_stir(p, 16, 1);
	emit(p, BPF_RET | BPF_A, 0);
	put_label(p, NOT_IP);
	emit(p, BPF_RET | BPF_K, 0);
}

static void
make_program(struct program *p, bool by_quote)
{
	unsigned from;

	emit(p, BPF_LDX | BPF_IMM, 0);
	emit(p, BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)(SKF_AD_OFF + SKF_AD_PROTOCOL));
	emit_shims(p);
	from = p->n;
	emit_if(p, ETH_P_IP, IP4);
	emit_if(p, ETH_P_IPV6, IP6);
	emit_if(p, ETH_P_PPP_SES, PPPOE);
	emit_if(p, ETH_P_MPLS_UC, MPLS);
	emit_jump(p, BPF_JEQ | BPF_K, ETH_P_MPLS_MC, MPLS, NOT_IP);
	emit_pppoe(p);
	emit_mpls(p);
	emit_ip4(p, by_quote);
	emit_ip6(p, by_quote);
	emit_mix(p);
	resolve(p, from);
}

/* The first of a group brings the program. */
static int
set_program(int fd, bool by_quote)
{
	struct program p = {.n = 0};
	struct sock_fprog what;

	make_program(&p, by_quote);
	what.len = (unsigned short)p.n;
	what.filter = p.op;
	return setsockopt(fd, SOL_PACKET, PACKET_FANOUT_DATA, &what,
	    sizeof what);
}

int
fanout_join(int fd, int group, bool by_quote)
{
	int type = PACKET_FANOUT_CBPF, id = 0;
	socklen_t size = sizeof id;

	if (group == FANOUT_NEW)
		type |= PACKET_FANOUT_FLAG_UNIQUEID;
	else
		id = group;
	id |= (int)((unsigned)type << 16);
	if (setsockopt(fd, SOL_PACKET, PACKET_FANOUT, &id, sizeof id) == -1)
		return -1;
	if (group != FANOUT_NEW)
		return group;
	if (getsockopt(fd, SOL_PACKET, PACKET_FANOUT, &id, &size) == -1 ||
	    set_program(fd, by_quote) == -1)
		return -1;
	return id & 0xffff;
}
