/*
 * cmdline: what -h and -V print, alike in every program.
 */
#ifndef CMDLINE_H
#define CMDLINE_H

#include <stddef.h>

#include "record/rec.h"

/* Version of the suite, and of the record format that flow(5) describes. */
#define CMDLINE_VERSION "2.0"
#define CMDLINE_FORMAT "1"

/* Prints to stdout the usage text (as it stands, it ends in a newline), the
 * columns read and the columns made; either list may be empty.  Exits 0. */
_Noreturn void cmdline_help(const char *usage,
    const char *const *need, size_t n_need,
    const char *const *made, size_t n_made);

/* Prints "NAME VERSION (flow record format N)" and exits 0. */
_Noreturn void cmdline_version(void);

/* getopt(3), to which --help is -h and --version is -V.  At first it sees to it
 * that no file of the program becomes standard input, output or error. */
int cmdline_getopt(int argc, char **argv, const char *options);

/* Prints the usage text to stderr and exits 2. */
_Noreturn void cmdline_usage(const char *usage);

/* What getopt said of the options that all filters share, -H (its argument
 * in optarg), -k and -v, goes into the specification; -V prints the version;
 * anything else is a wrong option. */
void cmdline_filter(int option, const char *usage, struct rec_spec *);

#endif
