#!/usr/bin/env bash
# fresh.sh SUITE [STEP ...]: the README's commands in a fresh Debian of that
# suite (bookworm, trixie, sid), where nothing but git and make is: figures
# and all tests as root, the same as a user without sudo once `deps` has been
# run, the package built and installed.  Steps: root user package; all by
# default.  For root; needs debootstrap and the mirror that this machine's apt
# uses.  KEEP=dir keeps the system for another run.
set -euo pipefail
shopt -s inherit_errexit

[ $# -ge 1 ] || { echo 'usage: fresh.sh suite [step ...]' >&2; exit 2; }
suite=$1
shift
[ $# -gt 0 ] || set -- root user package
[ "$(id -u)" = 0 ] || { echo 'fresh.sh: for root' >&2; exit 1; }
top=$(git -C "$(dirname "$0")/.." rev-parse --show-toplevel)
scratch=$(mktemp -d)
root=${KEEP:-$scratch/root}

clean() {
	for mounted in dev proc; do
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

build_system() {
	tell 'a fresh system'
	script=/usr/share/debootstrap/scripts/$suite
	[ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
	debootstrap --variant=minbase --include=git,make,ca-certificates \
		"$suite" "$root" "$mirror" "$script" >"$scratch/log" 2>&1 || {
		tail -n 20 "$scratch/log" >&2
		return 1
	}
	cp /etc/resolv.conf "$root/etc/"
	in_debian useradd -m user
}

mkdir -p "$root"
[ -e "$root/etc/debian_version" ] || build_system
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"

git -c safe.directory='*' clone -q "$top" "$scratch/flows"
rm -rf "$root/root/flows" "$root/home/user/flows"
cp -r "$scratch/flows" "$root/root/flows"
cp -r "$scratch/flows" "$root/home/user/flows"
in_debian chown -R user:user /home/user/flows

for step; do
	case $step in
	root)
		tell 'make deps figures'
		in_debian make -C /root/flows deps figures | tail -n 3
		tell 'make deps check'
		in_debian make -C /root/flows deps check | tail -n 5
		;;
	user)
		tell 'as a user without sudo: make deps figures check'
		as_user 'make -C flows deps figures' | tail -n 1
		as_user 'make -C flows deps check' | tail -n 5
		;;
	package)
		tell 'make deps deb, and what it installs'
		in_debian make -C /root/flows deps deb | tail -n 1
		in_debian sh -c 'apt-get -qq -y --no-install-recommends \
			install /root/flows/out/flows_*.deb' >/dev/null
		as_user 'tracegen | pcap2flows | skypeclass | sigtag |
			flowcut -c tag | sort | uniq -c'
		;;
	*)
		echo "fresh.sh: no such step: $step" >&2
		exit 2
		;;
	esac
done
tell 'all well'
