/*
 * turns: how the system shares out its processors.
 */
#ifndef TURNS_H
#define TURNS_H

/* Asks for short turns: whoever waits for what comes, and needs less than its
 * share, then takes its turn as soon as there is something to do, before those
 * that are always busy, instead of up to some milliseconds later.  Where the
 * system knows no such thing nothing changes. */
void turns_shorten(void);

#endif
