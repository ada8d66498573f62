/*
 * choose: one of two values, without a branch.
 *
 * Of ?: compilers often make a branch.  Where nothing foretells which way that
 * goes, a wrong guess costs as much as some sixty instructions.
 */
#ifndef CHOOSE_H
#define CHOOSE_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t
choose_u32(bool first, uint32_t a, uint32_t b)
{
	return b ^ ((a ^ b) & (0 - (uint32_t)first));
}

static inline const void *
choose_pointer(bool first, const void *a, const void *b)
{
	uintptr_t mask = 0 - (uintptr_t)first;

	return (const void *)(((uintptr_t)a & mask) | ((uintptr_t)b & ~mask));
}

#endif
