/*
 * collect: IPFIX messages from files, or from exporters over the network.
 */
#ifndef COLLECT_H
#define COLLECT_H

#include <stdbool.h>

#include "ipfix/import.h"

/* Reads files, NULL-terminated; none: standard input.  What is damaged is
 * told with its offset in bytes and ends the file.  The exit status. */
int collect_files(struct importer *, char *const *files);

/* Takes messages at an address, until SIGINT or SIGTERM; host may be NULL.
 * Rows leave when their message has come.  The exit status: 1 if a message
 * was damaged, or a connection ended within one. */
int collect_network(struct importer *, struct out *, bool udp,
    const char *host, const char *port);

#endif
