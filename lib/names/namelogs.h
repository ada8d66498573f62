/*
 * namelogs: the names that logs of Zeek (dns, ssl, http, quic) and Suricata
 * (events dns, tls, http, quic) tell.
 */
#ifndef NAMELOGS_H
#define NAMELOGS_H

#include <stdbool.h>

#include "base/out.h"

/* tool: "zeek" or "suricata"; false for another. */
bool namelogs_knows(const char *tool);

/* Reads the files and writes a row for each name; returns the status: 1, after
 * messages, if a row was malformed or a file is no such log. */
int namelogs_read(struct out *, const char *tool, char *const *files);

#endif
