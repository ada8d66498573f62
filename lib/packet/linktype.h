/*
 * linktype: the link types of capture files, LINKTYPE_*, as those of this
 * machine, DLT_*.  Most are the same; those differ that systems had numbered
 * before they agreed.  Source: the registry of link-layer header types.
 */
#ifndef LINKTYPE_H
#define LINKTYPE_H

#include <stdint.h>

int linktype_dlt(uint32_t linktype);

#endif
