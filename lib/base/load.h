/*
 * load: bytes of text in a number, the first one lowest, so that several are
 * looked at together.  On most machines it is one instruction.
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>

static inline uint32_t
load3(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static inline uint32_t
load4(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static inline uint64_t
load8(const char *s)
{
	return load4(s) | (uint64_t)load4(s + 4) << 32;
}

#endif
