#!/bin/sh
# What fuzzing has found, and inputs that reach every corner: t/corpus/NAME
# is replayed by each fuzzer's body.
. "${0%/*}/lib.sh"

set -- "$top"/t/corpus/*
plan $#
# Memory of a program that ends in the midst of its work is no leak.
export ASAN_OPTIONS=detect_leaks=0
for dir; do
	name=$(basename "$dir")
	if [ "$name" = ipfix ] && ! command -v flowipfix >/dev/null; then
		skip ipfix 'flowipfix was not made: libfixbuf is missing'
		continue
	fi
	ok "$name" "${BUILD:-$top/build}/replay/$name" "$dir"
done
