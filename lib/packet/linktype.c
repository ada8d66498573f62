#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/linktype.h"

#include <stddef.h>

#include <pcap/pcap.h>

static const struct {
	uint32_t linktype;
	int dlt;
} differing[] = {
	{ 100, DLT_ATM_RFC1483 },
	{ 101, DLT_RAW },
	{ 102, DLT_SLIP_BSDOS },
	{ 103, DLT_PPP_BSDOS },
	{ 104, DLT_C_HDLC },
	{ 106, DLT_ATM_CLIP },
	{ 107, DLT_FRELAY },
	{ 108, DLT_LOOP },
	{ 109, DLT_ENC },
	{ 117, DLT_PFLOG },
	{ 246, DLT_PFSYNC },
	{ 258, DLT_PKTAP },
};

int
linktype_dlt(uint32_t linktype)
{
	for (size_t i = 0; i < sizeof differing / sizeof *differing; i++)
		if (differing[i].linktype == linktype)
			return differing[i].dlt;
	return (int)linktype;
}
