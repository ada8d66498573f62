/*
 * morecol: the columns of flowmore, for the one table of columns (flowrec.h).
 *
 * MORECOL_EACH(X) is X(id, name, group, printer, type, unit, meaning) for each
 * column; each has a twin of the responder, whose name begins with r.  What
 * prints it, morecol_put_NAME or morecol_write_NAME, is in morecol.c.
 */
#ifndef MORECOL_H
#define MORECOL_H

#include "base/out.h"
#include "flow/flow.h"
#include "flow/flowmore.h"

#define MORECOL_EACH(X) \
	X(VLAN, vlan, LINK, PUT, TEXT, "", "VLAN tags of the first packet") \
	X(SMAC, smac, LINK, PUT, TEXT, "", "MAC address it came from") \
	X(DMAC, dmac, LINK, PUT, TEXT, "", "MAC address it went to") \
	X(TTLMIN, ttlmin, IP, PUT, INTEGER, "", "least TTL or hop limit") \
	X(TTLMAX, ttlmax, IP, PUT, INTEGER, "", "largest TTL or hop limit") \
	X(TOS, tos, IP, WRITE, HISTOGRAM, "", "TOS or traffic class bytes") \
	X(FRAGS, frags, IP, PUT, INTEGER, "", "packets that were fragments") \
	X(MSS, mss, TCP, PUT, INTEGER, "B", "largest segment, from the SYN") \
	X(WSCALE, wscale, TCP, PUT, INTEGER, "", "window shift, from the SYN") \
	X(WINDOW, window, TCP, PUT, INTEGER, "", "window of the first packet") \
	X(RETX, retx, TCP, PUT, INTEGER, "", "segments sent again") \
	X(OOO, ooo, TCP, PUT, INTEGER, "", "segments out of order") \
	X(DUPACK, dupack, TCP, PUT, INTEGER, "", "duplicate acknowledgements") \
	X(LOST, lost, TCP, PUT, INTEGER, "", "jumps over sequence numbers") \
	X(ZWIN, zwin, TCP, PUT, INTEGER, "", "segments with a window of 0") \
	X(SYNRETX, synretx, TCP, PUT, INTEGER, "", "SYN sent again") \
	X(HSRTT, hsrtt, TCP, PUT, REAL, "ms", "from the SYN to its answer") \
	X(DRTTN, drttn, TCP, PUT, INTEGER, "", "round trips of data") \
	X(DRTTMIN, drttmin, TCP, PUT, REAL, "ms", "the least of them") \
	X(DRTTMED, drttmed, TCP, PUT, REAL, "ms", "their median, in bins") \
	X(GAPMIN, gapmin, TIME, PUT, REAL, "s", "least gap between packets") \
	X(GAPMEAN, gapmean, TIME, PUT, REAL, "s", "mean gap") \
	X(GAPSD, gapsd, TIME, PUT, REAL, "s", "deviation of gaps") \
	X(GAPMAX, gapmax, TIME, PUT, REAL, "s", "largest gap") \
	X(GAPS, gaps, TIME, WRITE, HISTOGRAM, "us", "gaps, in octaves") \
	X(ENT, ent, ENT, PUT, REAL, "bits/B", "mean entropy of messages") \
	X(TUNNEL, tunnel, TUNNEL, PUT, TEXT, "", "outermost tunnel") \
	X(TSRC, tsrc, TUNNEL, PUT, ADDRESS, "", "where it comes from") \
	X(TDST, tdst, TUNNEL, PUT, ADDRESS, "", "where it goes") \
	X(TID, tid, TUNNEL, PUT, INTEGER, "", "its key, VNI or TEID")

/* Those of the flow, whoever sent: no twins. */
#define MORECOL_EACH_BOTH(X) \
	X(BGAPMIN, bgapmin, TIME, PUT, REAL, "s", "least gap, whoever sent") \
	X(BGAPMEAN, bgapmean, TIME, PUT, REAL, "s", "mean gap, whoever sent") \
	X(BGAPSD, bgapsd, TIME, PUT, REAL, "s", "deviation, whoever sent") \
	X(BGAPMAX, bgapmax, TIME, PUT, REAL, "s", "largest gap, whoever sent") \
	X(BGAPS, bgaps, TIME, WRITE, HISTOGRAM, "us", "gaps, whoever sent") \
	X(SPLT, splt, SPLT, WRITE, TEXT, "B@ms", "first messages, + and -")

/* Enumerators of a column and its twin, and of one without. */
#define MORECOL_ENUM(id, ...) COL_##id, COL_R##id,
#define MORECOL_ENUM_BOTH(id, ...) COL_##id,

struct flowrec_clock;

/* The printers, as flowrec.h has them. */
#define MORECOL_PUT_DECLARE(name) \
	char *morecol_put_##name(char *p, const struct flow *, \
	    enum flow_side, const struct flowrec_clock *);
#define MORECOL_WRITE_DECLARE(name) \
	void morecol_write_##name(struct out *, struct flow *, \
	    enum flow_side);
#define MORECOL_DECLARE(id, name, group, printer, ...) \
	MORECOL_##printer##_DECLARE(name)
MORECOL_EACH(MORECOL_DECLARE)
MORECOL_EACH_BOTH(MORECOL_DECLARE)

/* Sets what is wanted from the list of pcap2flows -e: group,group,... of
 * which splt may be splt=n.  Returns where it is wrong, or NULL. */
const char *morecol_groups(struct flowmore_want *, const char *list);

#endif
