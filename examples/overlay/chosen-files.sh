#!/bin/bash
# chosen-files: what tells whether the files that SELECT names, list=FILE and
# cids=FILE, are the same as before; numbers alone, in one line.
# Usage: chosen-files.sh

# shellcheck source=plots/lib/usage.sh
. "${0%/*}/../../plots/lib/usage.sh"

facts=()
# shellcheck disable=SC2162 # backslashes count
read -a chosen <<<"$SELECT"
for word in "${chosen[@]+"${chosen[@]}"}"; do
	case $word in
	list=* | cids=*)
		facts+=("$(stat -L -c '%s %.Y %.Z' -- "${word#*=}" \
			2>/dev/null || echo 0)")
		;;
	esac
done
echo "${facts[*]-}"
