#!/bin/sh
# Records written by a thread of their own: as many as it takes to start it,
# in the order and to the letter of those written without one (-o).
. "${0%/*}/lib.sh"

plan 8

tracegen -c 5 -d 6h -w 96 -n 300 -o campus.pcap
for options in '' -b '-A 20' '-m 50'; do
	# shellcheck disable=SC2086  # a list of options
	pcap2flows $options campus.pcap >thread
	# shellcheck disable=SC2086
	pcap2flows $options -o plain campus.pcap
	ok "as without a thread: pcap2flows $options" cmp thread plain
	rm plain
done
ok 'enough flows for a thread' [ "$(wc -l <thread)" -gt 8000 ]

check 'what is lost behind the table is an error' -s 1 \
	-M 'pcap2flows: <stdout>: cannot write: No space left on device' -- \
	sh -c 'pcap2flows campus.pcap >/dev/full'

# Nobody reads any more: the end is SIGPIPE's, or status 1.
{ pcap2flows campus.pcap 2>err; echo $? >status; } | sed 5q >few
is 'an early reader gets what it asked for' "$(wc -l <few | tr -d ' ')" 5
ok 'and the writer stops' [ "$(cat status)" -ne 0 ]
