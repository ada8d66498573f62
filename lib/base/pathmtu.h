/*
 * pathmtu: how long a packet may be on the way to a peer.
 */
#ifndef PATHMTU_H
#define PATHMTU_H

#include <stddef.h>

/* Bytes of a packet, with its headers, on the way to where the socket is
 * connected, as far as the system knows; 0 if it does not tell. */
size_t pathmtu(int fd, int family);

#endif
