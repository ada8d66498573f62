#!/bin/sh
# The units of systemd: what systemd itself says of them.
. "${0%/*}/lib.sh"
command -v systemd-analyze >/dev/null ||
	skip_all 'no systemd-analyze here: apt-get install systemd'
plan 3

make -s -C "$top" units BUILD="$scratch/build" BINDIR="${BIN:-$top/bin}" >make.log 2>&1
# A template is looked at with a name in its place.
cp build/systemd/flows@.service build/systemd/flows@eth0.service
for unit in flows@eth0.service flows-expire.service flows-expire.timer; do
	# Whether manuals are installed is none of the unit's business.
	is "$unit" "$(systemd-analyze verify "build/systemd/$unit" 2>&1 |
		grep -v "Command 'man ")" ''
done
