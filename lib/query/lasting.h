/*
 * lasting: memory of an expression, which lasts as long as the program.
 */
#ifndef LASTING_H
#define LASTING_H

#include <stddef.h>

/* size bytes, zeroed; nothing frees them, and a leak checker finds them. */
void *lasting_alloc(size_t size);

#endif
