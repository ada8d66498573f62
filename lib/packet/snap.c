#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/snap.h"

#include <string.h>

#include <pcap/pcap.h>

#include "base/mem.h"

/* Places in a frame of Ethernet, and what stands there. */
enum {
	TYPE = 12, TYPE_IP4 = 0x0800, TYPE_IP6 = 0x86dd,
	IP4 = 14, IP4_PIECE = IP4 + 6, IP4_PROTO = IP4 + 9,
	IP6 = 14, IP6_NEXT = IP6 + 6, IP6_L4 = IP6 + 40,
	UDP = 17, UDP_HEAD = 8, TCP = 6, TCP_OFFSET = 12
};

/* A load of what is not there drops the frame: frames that are as long have
 * all that is loaded, also behind 60 bytes of IPv4.  MOST: what Linux takes. */
enum { LONG_ENOUGH = 128, MOST = 4096 };

/* Where jumps go; filters jump forward only. */
enum { V6 = 19, V6_TCP = 23, USUAL = 29, OPS = 30 };

#define OP(code, k) BPF_STMT(code, k)
#define IF(code, k, at, yes, no) \
	BPF_JUMP(BPF_JMP | (code), k, (yes) - (at) - 1, (no) - (at) - 1)
#define LOAD (BPF_LD | BPF_ABS)
#define ALU (BPF_ALU | BPF_K)
#define RETURN (BPF_RET | BPF_A)

/* How much of the frame, when it passes. */
static void
put_ending(struct bpf_insn *to, uint32_t payload, uint32_t usual)
{
	const struct bpf_insn op[OPS] = {
		OP(BPF_LD | BPF_W | BPF_LEN, 0),
		IF(BPF_JGE, LONG_ENOUGH, 1, 2, USUAL),
		OP(LOAD | BPF_H, TYPE),
		IF(BPF_JEQ, TYPE_IP4, 3, 4, V6),
		OP(LOAD | BPF_H, IP4_PIECE),
		IF(BPF_JSET, 0x3fff, 5, USUAL, 6),
		OP(BPF_LDX | BPF_MSH | BPF_B, IP4),
		OP(LOAD | BPF_B, IP4_PROTO),
		IF(BPF_JEQ, UDP, 8, 9, 12),
		OP(BPF_MISC | BPF_TXA, 0),
		OP(ALU | BPF_ADD, IP4 + UDP_HEAD + payload),
		OP(RETURN, 0),
		IF(BPF_JEQ, TCP, 12, 13, USUAL),
		OP(BPF_LD | BPF_IND | BPF_B, IP4 + TCP_OFFSET),
		OP(ALU | BPF_AND, 0xf0),
		OP(ALU | BPF_RSH, 2),
		OP(BPF_ALU | BPF_ADD | BPF_X, 0),
		OP(ALU | BPF_ADD, IP4 + payload),
		OP(RETURN, 0),
		[V6] = IF(BPF_JEQ, TYPE_IP6, V6, 20, USUAL),
		OP(LOAD | BPF_B, IP6_NEXT),
		IF(BPF_JEQ, UDP, 21, 22, V6_TCP),
		OP(BPF_RET | BPF_K, IP6_L4 + UDP_HEAD + payload),
		[V6_TCP] = IF(BPF_JEQ, TCP, V6_TCP, 24, USUAL),
		OP(LOAD | BPF_B, IP6_L4 + TCP_OFFSET),
		OP(ALU | BPF_AND, 0xf0),
		OP(ALU | BPF_RSH, 2),
		OP(ALU | BPF_ADD, IP6_L4 + payload),
		OP(RETURN, 0),
		[USUAL] = OP(BPF_RET | BPF_K, usual)
	};

	memcpy(to, op, sizeof op);
}

static bool
is_return(const struct bpf_insn *op)
{
	return BPF_CLASS(op->code) == BPF_RET;
}

/* What it returns of all frames that pass; 0: that is not always the same, or
 * none does. */
static uint32_t
usual_length(const struct bpf_program *p)
{
	uint32_t usual = 0;

	for (unsigned i = 0; i < p->bf_len; i++) {
		const struct bpf_insn *op = &p->bf_insns[i];

		if (!is_return(op))
			continue;
		if (BPF_RVAL(op->code) != BPF_K ||
		    (usual != 0 && op->k != 0 && op->k != usual))
			return 0;
		if (op->k != 0)
			usual = op->k;
	}
	return usual;
}

bool
snap_heads(const struct bpf_program *p, uint32_t payload,
    struct bpf_program *made)
{
	uint32_t usual = usual_length(p), n = p->bf_len;
	struct bpf_insn *op;

	if (usual == 0 || n + OPS > MOST)
		return false;
	op = mem_alloc(n + OPS, sizeof *op);
	memcpy(op, p->bf_insns, n * sizeof *op);
	for (unsigned i = 0; i < n; i++)
		if (is_return(&op[i]) && op[i].k != 0)
			op[i] = (struct bpf_insn)OP(BPF_JMP | BPF_JA,
			    n - i - 1);
	put_ending(op + n, payload, usual);
	*made = (struct bpf_program){n + OPS, op};
	return true;
}
