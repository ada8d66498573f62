#!/usr/bin/env bash
# fresh.sh SUITE [STEP ...]: the README's commands in a fresh Debian of that
# suite (bookworm, trixie, sid), where nothing but git and make is.  Steps:
#	bare	that system alone
#	build	all programs, warnings as errors
#	figures	all of them, as root
#	root	and all tests
#	user	the same as a user without sudo, once root has run `deps`
#	package	the Debian package, built, installed, tried
# root, user, package by default.  For root; needs debootstrap and the mirror
# that this machine's apt uses.  KEEP=dir keeps the system for another run;
# CACHE=dir keeps there what was fetched, the bare system and packages, so that
# another run, in a system as fresh, asks the mirror for little.
set -euo pipefail
shopt -s inherit_errexit

usage='usage: fresh.sh suite [step ...]'
case ${1--} in
-h | --help)
	echo "$usage"
	sed -n '2,$ { /^#/!q; s/^# \{0,1\}//p; }' "$0"
	exit 0
	;;
-*)
	echo "$usage" >&2
	exit 2
	;;
esac
suite=$1
shift
[ $# -gt 0 ] || set -- root user package
[ "$(id -u)" = 0 ] || { echo 'fresh.sh: for root' >&2; exit 1; }
top=$(git -C "$(dirname "$0")/.." rev-parse --show-toplevel)
scratch=$(mktemp -d)
root=${KEEP:-$scratch/root}
mounts=(var/cache/apt/archives sys dev proc)

clean() {
	for mounted in "${mounts[@]}"; do
		! mountpoint -q "$root/$mounted" || umount "$root/$mounted"
	done
	rm -rf --one-file-system "$scratch"
}
trap clean EXIT

# shellcheck disable=SC2016  # apt-get's own
mirror=$(apt-get indextargets --format '$(REPO_URI)' \
	'Created-By: Packages' | grep -v security | sed -n 1p)

in_debian() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
		LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
as_user() {
	in_debian su - user -c "$*"
}
tell() {
	echo "== $suite: $*"
}
# try COMMAND: its output if it fails, else the end of it.
try() {
	tell "$*"
	if ! "$@" >"$scratch/log" 2>&1; then
		grep -a -A 15 -e '^not ok' -e '^# ' "$scratch/log" |
			head -n 100 >&2 || :
		tail -n 20 "$scratch/log" >&2
		tell "failed: $*" >&2
		exit 1
	fi
	grep -a -e ' skipped: ' "$scratch/log" || :
	tail -n 2 "$scratch/log"
}

build_system() {
	local script=/usr/share/debootstrap/scripts/$suite
	[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
	debootstrap --variant=minbase --include=git,make,ca-certificates \
		"$suite" "$root" "$mirror" "$script" || return 1
	in_debian apt-get clean
}

mkdir -p "$root"
if [ ! -e "$root/etc/debian_version" ]; then
	tarball=${CACHE:+$CACHE/debian-$suite.tar}
	if [ -n "$tarball" ] && [ -e "$tarball" ]; then
		tar -C "$root" --numeric-owner -xpf "$tarball"
	else
		try build_system
		if [ -n "$tarball" ]; then
			mkdir -p "$CACHE"
			tar -C "$root" --numeric-owner -cpf "$tarball.tmp" .
			mv "$tarball.tmp" "$tarball"
		fi
	fi
	in_debian useradd -m user
fi
cp /etc/resolv.conf "$root/etc/"
# A mirror may be one of a day that is past.
echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/90past"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --bind /dev "$root/dev"
if [ -n "${CACHE-}" ]; then
	mkdir -p "$CACHE/packages-$suite/partial"
	mount --bind "$CACHE/packages-$suite" "$root/var/cache/apt/archives"
	echo 'Binary::apt::APT::Keep-Downloaded-Packages "true";' \
		>"$root/etc/apt/apt.conf.d/90keep"
fi

git -c safe.directory='*' clone -q "$top" "$scratch/flows"
rm -rf "$root/root/flows" "$root/home/user/flows"
cp -r "$scratch/flows" "$root/root/flows"
cp -r "$scratch/flows" "$root/home/user/flows"
in_debian chown -R user:user /home/user/flows

for step; do
	case $step in
	bare) ;;
	build)
		try in_debian make -C /root/flows CI=true deps all
		;;
	figures)
		try in_debian make -C /root/flows deps figures
		;;
	root)
		try in_debian make -C /root/flows deps figures
		try in_debian make -C /root/flows deps check
		;;
	user)
		try in_debian bash /root/flows/.ci/deps build figures check
		try as_user make -C flows deps figures
		try as_user make -C flows deps check
		;;
	package)
		try in_debian make -C /root/flows deps deb
		try in_debian sh -c 'apt-get -qq -y --no-install-recommends \
			install /root/flows/out/flows_*.deb'
		try as_user 'tracegen | pcap2flows | skypeclass | sigtag |
			flowcut -c tag | sort | uniq -c'
		;;
	*)
		echo "fresh.sh: no such step: $step" >&2
		exit 2
		;;
	esac
done
tell 'all well'
