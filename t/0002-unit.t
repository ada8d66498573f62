#!/bin/sh
# The modules' own tests, t/unit/*.c, each a program that prints TAP.
. "${0%/*}/lib.sh"

set -- "$top"/t/unit/*.c
plan $#
for source; do
	unit=$(basename "$source" .c)
	if [ "$unit" = sandbox ] && [ -n "${EMULATED-}" ]; then
		skip sandbox "$EMULATED has no seccomp"
		continue
	fi
	ok "$unit" "${BUILD:-$top/build}/t/$unit"
done
