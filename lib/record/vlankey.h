/*
 * vlankey: the VLANs that are part of a flow's key with -K vlan of
 * pcap2flows(1), out of the columns vlan and rvlan of its record.
 */
#ifndef VLANKEY_H
#define VLANKEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/rec.h"

/* Sets *key, which equals linkname_vlans of the flow's packets; vlan and rvlan
 * are the needed columns.  False after rec_bad: the text is no VLANs, or the
 * two directions have different ones, so the flow was not made with such a
 * key. */
bool vlankey_read(struct rec *, size_t vlan, size_t rvlan, uint32_t *key);

#endif
