#!/bin/bash
# deb.sh PACKAGE: installs the Debian package in a fresh Debian and tries it
# there as a user would: the manual, the pipeline of the README, a completion.
# For root; needs debootstrap and the mirror that this machine's apt uses.
set -euo pipefail
shopt -s inherit_errexit

deb=$(realpath "$1")
[ "$(id -u)" = 0 ] || { echo "deb.sh: for root" >&2; exit 1; }
# shellcheck disable=SC2016  # apt-get's own
mirror=$(apt-get indextargets --format '$(REPO_URI)' \
	'Created-By: Packages' | awk '!/security/ && !n++')
root=$(mktemp -d)
chmod 755 "$root"
trap 'umount "$root/proc" 2>/dev/null || :; rm -rf --one-file-system "$root"' EXIT
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" 2>&1 || {
	tail -n 5 "$root.log" >&2
	exit 1
}
rm "$root.log"
mount -t proc proc "$root/proc"
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || :
cp "$deb" "$root/root/"
in_debian() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
	DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
in_debian apt-get -qq -y --no-install-recommends install man-db miller \
	datamash bash-completion "/root/${deb##*/}" >"$root/log" 2>&1 || {
	tail -n 5 "$root/log" >&2
	exit 1
}

in_debian useradd -m user
in_debian su - user -c 'set -e
man sigtag | head -n 5
man -w 5 flow >/dev/null && man -w 7 flows >/dev/null
tracegen -o campus.pcap
pcap2flows campus.pcap | skypeclass | sigtag | rttcalc >flows.tsv
mlr --tsv --opprint head -n 5 then cut -o -f src,dst,pkts,rpkts,class,tag,rtt flows.tsv
pcap2flows campus.pcap | skypeclass | sigtag | datamash -sH -g pair count tag
pcap2flows -t 20 campus.pcap |
	bash /usr/share/doc/flows/examples/beacons/beacons.sh | head -n 3
bash -ic "_completion_loader sigtag; complete -p sigtag" 2>/dev/null'
