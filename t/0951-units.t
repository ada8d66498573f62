#!/bin/sh
# The units of systemd: what systemd itself says of them.
. "${0%/*}/lib.sh"
plan 4

make -s -C "$top" units BUILD="$scratch/build" BINDIR="${BIN:-$top/bin}" >make.log 2>&1
is 'programs by name, and nothing else to fill in' \
	"$(cat build/systemd/* | grep -c "^ExecStart=.*${BIN:-$top/bin}/") $(
	cat build/systemd/* | grep -c '@[A-Z]*@')" "$(grep -c '^ExecStart=.*@BINDIR@/' \
	"$top"/package/systemd/* | awk -F : '{n += $2} END {print n}') 0"
if ! command -v systemd-analyze >/dev/null; then
	for i in 1 2 3; do
		skip "unit $i" 'no systemd-analyze here: apt-get install systemd'
	done
	exit
fi
# A template is looked at with a name in its place.
cp build/systemd/flows@.service build/systemd/flows@eth0.service
for unit in flows@eth0.service flows-expire.service flows-expire.timer; do
	# Whether manuals are installed is none of the unit's business.
	is "$unit" "$(systemd-analyze verify "build/systemd/$unit" 2>&1 |
		grep -v "Command 'man ")" ''
done
