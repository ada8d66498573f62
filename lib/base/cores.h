/*
 * cores: on how many processors may this process run?  At least 1.
 */
#ifndef CORES_H
#define CORES_H

unsigned cores(void);

#endif
