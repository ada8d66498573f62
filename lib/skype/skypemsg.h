/*
 * skypemsg: what a Skype message over UDP looks like, as far as it is in the
 * clear.  Source: Bonfiglio et al., SIGCOMM 2007 (here [8]), 3 and 4.1.
 *
 *	bytes		0   1    2	  3 …
 *	nibbles from 1	1 2 3 4  5 6	  7 …
 *	between clients	number	 function random
 *	to a telephone	the call's own	  ; random from nibble 9 on
 */
#ifndef SKYPEMSG_H
#define SKYPEMSG_H

#include <stdint.h>

/* Groups of nibbles, counted from 0: each is first … next group's first - 1.
 * Of the function's two the upper one has 3 random bits. */
enum {
	SKYPEMSG_ID = 0,
	SKYPEMSG_FUN_HIGH = 4,
	SKYPEMSG_FUN_LOW = 5,
	SKYPEMSG_REST = 6,
	SKYPEMSG_OUT_REST = 8,	/* of a message to a telephone */
	SKYPEMSG_NIBBLES = 16
};

/* Functions of signaling messages, as bits 1 << value: 02 03 05 07 0d 0f.
 * [8] lacks 05, a tenth of real traffic.  Voice and video have one of them. */
enum { SKYPEMSG_SIGNALING = 0xa0ac, SKYPEMSG_VOICE = 0x0d };

/* UDP port of calls to telephones, [8], 4.1. */
enum { SKYPEMSG_OUT_PORT = 12340 };

/* Lengths of messages with video: [8], 4.1, for the 320 x 240 pixels of 2007;
 * later versions, with more of them, fill packets up to about the last. */
enum {
	SKYPEMSG_VIDEO_LOW = 350,
	SKYPEMSG_VIDEO_HIGH = 490,
	SKYPEMSG_VIDEO_LATER = 1330
};

#endif
