#!/usr/bin/env bash
# settings: every script of the shell but tests and what these source (their
# check compares each status) has the three settings that lose no failure, or
# begins with a file that has them, named as shellcheck wants it:
# # shellcheck source=FILE.  And where awk or sort work, the locale is said: in
# some mawk reads 1.5 as 1.
# Usage: settings.sh, from the top folder; prints what is wrong, status 1.
set -euo pipefail
shopt -s inherit_errexit

# Has the file itself both lines?
has() {
	grep -qE '^set -[eu]+o pipefail' "$1" &&
		grep -qE '^shopt -s .*inherit_errexit' "$1"
}

wrong() {
	echo "$f: $*"
	bad=1
}

bad=0
files=$(git ls-files -- ':!t/*.t' ':!t/cluster/*.t' ':!t/lib.sh' \
	':!t/captures.sh' ':!t/frames.sh' ':!t/pieces.sh' ':!t/cluster/lab.sh')
while IFS= read -r f; do
	read -r first <"$f" || first=
	[[ $first =~ ^#!.*sh$ || $f == *.sh ]] || continue
	# As shellcheck does: here, and beside the script.
	these=("$f")
	sources=$(sed -n 's/^# shellcheck source=\([^ ]*\).*/\1/p' "$f")
	for source in $sources; do
		for path in "$source" "${f%/*}/$source"; do
			[ ! -e "$path" ] || these+=("$path")
		done
	done
	said=
	for path in "${these[@]}"; do
		! has "$path" || said=1
	done
	[ -n "$said" ] || wrong "without set -euo pipefail and inherit_errexit"
	! grep -qE '(^|[^-.[:alnum:]])(AWK|awk|sort) ' "$f" ||
		grep -q LC_ALL "${these[@]}" || wrong "awk or sort without LC_ALL"
done <<<"$files"
exit "$bad"
