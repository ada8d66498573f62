#!/bin/sh
# Of many packets, one thread decodes, one keeps the table and one writes: in
# the order and to the letter of what a single one does (on one processor, -o).
. "${0%/*}/lib.sh"

plan 24

if command -v taskset >/dev/null; then
	first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
	alone() { taskset -c "$first" "$@"; }
else
	alone() { "$@"; }
fi

tracegen -c 5 -d 6h -w 96 -n 300 -o campus.pcap
for options in '-v -D 5 -S 1/2' -v -b '-A 20' '-m 50'; do
	# shellcheck disable=SC2086  # a list of options
	pcap2flows $options campus.pcap >thread 2>account
	# shellcheck disable=SC2086
	alone pcap2flows $options -o plain campus.pcap 2>said
	ok "as without a thread: pcap2flows $options" cmp thread plain
	ok 'and as accounted for' cmp account said
	rm plain
done
ok 'enough flows for a thread' [ "$(wc -l <thread)" -gt 8000 ]

head -c 2000000 campus.pcap >cut.pcap
alone pcap2flows -o plain cut.pcap 2>said || true
check 'what came before damage is kept' -s 1 -o plain -e said -- \
	pcap2flows cut.pcap

check 'what is lost behind the table is an error' -s 1 \
	-M 'pcap2flows: <stdout>: cannot write: No space left on device' -- \
	sh -c 'pcap2flows campus.pcap >/dev/full'

# Nobody reads any more: the end is SIGPIPE's, or status 1.
{ pcap2flows campus.pcap 2>err; echo $? >status; } | sed 5q >few
is 'an early reader gets what it asked for' "$(wc -l <few | tr -d ' ')" 5
ok 'and the writer stops' [ "$(cat status)" -ne 0 ]

# All flows of these end with the file, and fill many batches at once, which two
# threads write; with many groups a batch is more than an output buffers.
rm plain
"$top/t/fault/flood.pl" tuples 60000 >flood.pcap
"$top/t/fault/flood.pl" syn 30000 >syn.pcap
everything=link,ip,tcp,time,splt=255,ent,tunnel
for options in '' -b '-m 20000' "-e $everything" '-A 1 -K vlan syn.pcap'; do
	# shellcheck disable=SC2086
	pcap2flows $options flood.pcap >burst
	# shellcheck disable=SC2086
	alone pcap2flows $options -o plain flood.pcap
	ok "a burst in its order: pcap2flows $options" cmp burst plain
	rm plain
done

# The disk is full in the middle of it: what is there is the begin of the whole,
# and the error is told once.
pcap2flows flood.pcap >whole
# shellcheck disable=SC3045  # dash has it
(trap '' XFSZ && ulimit -f 12000 && pcap2flows flood.pcap) >part 2>err
is 'a burst whose writing fails: status' $? 1
is 'and message' "$(cat err)" \
	'pcap2flows: <stdout>: cannot write: File too large'
part=$(wc -c <part)
ok 'in its middle' [ "$part" -gt 4000000 ] && [ "$part" -lt 9000000 ]
ok 'what is there is whole up to there' cmp -n "$part" part whole
