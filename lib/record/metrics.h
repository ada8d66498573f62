/*
 * metrics: a file for node_exporter's textfile collector, which tells what
 * became of all packets.
 *
 * The file is written beside its name and renamed, so that who reads it finds
 * it whole.  Its directory is opened first, so that it may be written in the
 * sandbox.
 */
#ifndef METRICS_H
#define METRICS_H

#include <stdbool.h>

#include "packet/live.h"
#include "record/meter.h"

struct metrics;

/* path: of the file, or NULL: then it returns NULL, with which the others do
 * nothing.  interface: the label of all, or NULL.  Ends the program with
 * status 1 if the directory cannot be opened. */
struct metrics *metrics_open(const char *path, const char *interface);

/* The file's directory, or -1. */
int metrics_dir(const struct metrics *);

/* Writes the file; without an interface the last is NULL.  False after a
 * message. */
bool metrics_write(struct metrics *, const struct meter_counts *,
    const struct live_counts *);

void metrics_close(struct metrics *);

#endif
