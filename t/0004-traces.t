#!/bin/bash
# make traces: captures of the list are found by their sums, whatever they are
# called; what is missing or of another sum is said.  The list itself.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
plan 10

is 'the list: names, sums, collections, places' \
	"$(grep -v '^#' "$top/t/traces.tsv" | grep -Evc \
	$'^[^\t/]*(/[^\t/]+)?\t[0-9a-f]{64}\t(nDPI|Peafowl)\t[^\t]+$' || :)" 0
is 'no name twice' "$(grep -v '^#' "$top/t/traces.tsv" | cut -f 1 | sort |
	uniq -d)" ''

# SHA-256 of "abc" is in FIPS 180-2; that of nothing is well known.
mkdir t "some where" "some where/deep"
cp "$top/t/traces.sh" t
abc=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
none=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
printf '# heading\none.pcap\t%s\tnDPI\ta\nother/two.pcapng\t%s\tnDPI\tb\n' \
	$abc $none >t/traces.tsv
traces_of() { bash t/traces.sh found "$1"; }

check 'nothing is there' -s 1 -O 'missing  one.pcap (nDPI, a)
missing  other/two.pcapng (nDPI, b)
traces: 0 found, 2 missing, 0 wrong' -- traces_of 'some where'
printf abc >'some where/deep/called otherwise.pcap'
printf x >'some where/two.pcapng'
check 'one by its sum, one of another sum' -s 1 -O \
"wrong    other/two.pcapng: some where/two.pcapng has another sum
traces: 1 found, 0 missing, 1 wrong
Tests take what is found: links to it are in found." -- traces_of 'some where'
is 'a link to it' "$(cat found/one.pcap)" abc
ok 'none to the other' [ ! -e found/other ]
: >'some where/two.pcapng'
check 'both' -O 'traces: 2 found, 0 missing, 0 wrong
Tests take what is found: links to it are in found.' -- traces_of 'some where'
ok 'in their folders' [ -f found/other/two.pcapng ]
check 'no such folder' -s 2 -E 'traces: absent: no such folder' -- \
	traces_of absent
check 'no folder' -s 2 -E 'traces: usage: make traces DIR=folder' -- \
	traces_of ''
