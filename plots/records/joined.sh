#!/bin/bash
# joined: the flows of the paper's idle timeout, 200 s, and on the way what their
# endpoints sent.  flowmerge makes them of their pieces as one pass over the
# packets does, but for windows of voice: these begin anew behind 20 s of silence.
# Usage: records/joined.sh all.tsv endpoints.tsv pieces.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

parts=("$1.part" "$2.part")
flowmerge "$3" | tee "$1.part" | skypeclass -e >"$2.part"
mv -f -- "$1.part" "$1"
mv -f -- "$2.part" "$2"
