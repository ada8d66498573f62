/*
 * fanout: sockets that share the frames of an interface, each frame for one.
 *
 * Which socket gets a frame is a matter of the two addresses of its IP packet
 * alone, whichever of them is the sender: so both directions of a flow meet,
 * and so do the fragments of a packet, which have no ports.  (The kernel's own
 * symmetric hash takes the ports where there are any: fragments go astray.)
 * An ICMP error goes, if that is asked for, where the packets go that it
 * quotes.  VLAN tags, PPPoE and MPLS labels are looked behind.  All that is
 * not IP then goes to the same socket.
 */
#ifndef FANOUT_H
#define FANOUT_H

#include <stdbool.h>

enum { FANOUT_NEW = -1 };

/* Joins the group of that number, which who began it has told, or begins one,
 * in which ICMP errors go by what they quote or not.  The group's number; -1
 * with errno. */
int fanout_join(int fd, int group, bool by_quote);

#endif
