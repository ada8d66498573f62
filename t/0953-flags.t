#!/bin/sh
# What was compiled with other flags, or by another compiler, is compiled anew.
. "${0%/*}/lib.sh"
plan 9

unset MAKEFLAGS MAKELEVEL MFLAGS CI
object=$scratch/build/lib/base/mem.o
on_object() { make -s -C "$top" BUILD="$scratch/build" "$@" "$object"; }
due() { on_object -n "$@" | grep -c ' -c -o '; }

ok 'an object' on_object
is 'nothing is due' "$(due)" 0
is 'other flags' "$(due CFLAGS=-O1)" 1
printf '#!/bin/sh\nexec cc "$@"\n' >"$scratch/wrapped"
chmod +x "$scratch/wrapped"
is 'another compiler' "$(due CC="$scratch/wrapped")" 1
is 'warnings as errors' "$(due CI=true)" 1
is 'make -n changes nothing' "$(due)" 0

on_object CFLAGS=-O1
is 'made with other flags' "$(due CFLAGS=-O1) $(due)" '0 1'
on_object
on_object CI=true
is 'made with warnings as errors' "$(due CI=true)" 0
is '... which is as good for those who ask for none' "$(due)" 0
