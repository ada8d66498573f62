#!/bin/sh
# What was compiled with other flags, or by another compiler, is compiled anew.
. "${0%/*}/lib.sh"
plan 11

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

# A header that changes makes all that includes it due, generated sources too.
build=${BUILD:-$top/build}
compiled=$(find "$build" -name '*.d' | sed "s|^$build/||" |
    grep -Ev '^(clang|gcc|other|sanitize|thread)/' | sort)
make -pn -C "$top" BUILD="$build" 2>/dev/null |
    sed -n 's/^MAKEFILE_LIST := //p' | tail -n 1 | tr ' ' '\n' |
    sed -n "s|^$build/||p" | grep '\.d$' | sort >"$scratch/read"
is 'generated sources say what they include' \
    "$(echo "$compiled" | grep -c '^lib/query/\(grammar\|lexer\)\.d$')" 2
is 'all that the compiler said of headers is read' \
    "$(echo "$compiled" | comm -23 - "$scratch/read")" ''
