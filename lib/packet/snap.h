/*
 * snap: of a frame the kernel need not hand over more than will be looked at.
 *
 * What is not copied costs neither the sender's processor nor the reader's
 * cache, and a buffer holds more frames.
 */
#ifndef SNAP_H
#define SNAP_H

#include <stdbool.h>
#include <stdint.h>

struct bpf_program;

/* A filter for frames of Ethernet that lets the same through as this one, but
 * of plain UDP and TCP over IP no more than the headers and so many bytes of
 * payload: IPv4, or IPv6 without extension headers, not in fragments, behind
 * MAC addresses alone.  Of others, and of frames that are short anyway, what
 * this one says.  To be freed by pcap_freecode; false with nothing done if
 * there can be none. */
bool snap_heads(const struct bpf_program *, uint32_t payload,
    struct bpf_program *made);

#endif
