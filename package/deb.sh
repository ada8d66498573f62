#!/bin/bash
# deb: builds the Debian package in a copy of the source, and asks lintian.
# Usage: deb.sh VERSION TARBALL OUT
set -euo pipefail
shopt -s inherit_errexit

tarball=$(realpath "$2") out=$(realpath "$3")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp "$tarball" "$dir/flows_$1.orig.tar.gz"
tar -xzf "$tarball" -C "$dir"
cp -r package/debian "$dir/flows-$1/debian"
(cd "$dir/flows-$1" && dpkg-buildpackage -us -uc >"$dir/log" 2>&1) ||
	{ tail -n 40 "$dir/log" >&2; exit 1; }
lintian --pedantic --fail-on error,warning --tag-display-limit 0 --allow-root \
	"$dir"/flows_*.changes
rm -f "$out"/flows_*.deb
cp "$dir"/flows_*.deb "$out"
ls "$out"/flows_*.deb
