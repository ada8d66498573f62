#!/bin/bash
# dist: the source as a tarball on standard output: the files that git has, or
# all but what is made where there is no git; sorted, of nobody, of the day of
# the last change.
# Usage: dist.sh VERSION
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."

files() {
	if [ -e .git ]; then
		git ls-files
	else
		find . -type f ! -path './build/*' ! -path './out/*' |
			sed 's/^\.\///' | grep -vxE 'bin/[a-z0-9]+'
	fi | LC_ALL=C sort
}

if [ -e .git ]; then
	day=$(git log -1 --format=%ct)
else
	day=$(stat -c %Y CHANGELOG.md)
fi
files | tar -cf - --format=ustar --no-recursion --owner=0 --group=0 \
	--numeric-owner --mode=u+rw,go+r,go-w --mtime="@$day" \
	--transform="s,^,flows-$1/," -T - | gzip -9n
