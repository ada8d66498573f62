/*
 * run: a whole program as a function, as often as one likes.
 *
 * The program's main is compiled as program_main.  What would end the process
 * ends the call; what it has allocated or opened is then freed and closed;
 * what it writes to standard output and error is kept for looking at.  The
 * linker option --wrap leads the calls of libc here.  Its static variables are
 * restored if they stand in a section named "variables"; if not, there can be
 * one call a process.
 */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct run {
	int status;
	const char *out, *err;	/* valid until the next call; end in NUL */
	size_t out_n, err_n;
};

/* Words of the options, separated by blanks; FILE stands for a file that
 * holds those bytes.  in is standard input. */
struct run run_program(const char *options, const void *in, size_t in_n,
    const void *file, size_t file_n);

/* A call goes on; not in a child of the program. */
extern bool run_on;

/* May the program have a child?  No, unless it is set. */
extern bool run_forks;

/* The names of wrapped functions. */
#define RUN_FAULT(...) run_fault(__FILE__, __LINE__, __VA_ARGS__)

/* A broken promise: tells of it and aborts. */
_Noreturn void run_fault(const char *file, int line, const char *what);

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#endif
