#!/bin/bash
# pcap2flows -M: a file for Prometheus, of captures and of an interface.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

# Two flows of three packets.
perl "$top/t/mkpcap.pl" >in.pcap <<'END'
1.0 eth ip(10.0.0.1,10.1.0.1) udp(1000,53) data(20)
1.1 eth ip(10.1.0.1,10.0.0.1) udp(53,1000) data(40)
1.2 eth ip(10.0.0.2,10.1.0.1) udp(1000,53) data(20)
END
cat >want <<'END'
# HELP pcap2flows_packets_total Packets read, by what became of them.
# TYPE pcap2flows_packets_total counter
pcap2flows_packets_total{became="in flows"} 3
pcap2flows_packets_total{became="not IP"} 0
pcap2flows_packets_total{became="other transport"} 0
pcap2flows_packets_total{became="fragments without a first"} 0
pcap2flows_packets_total{became="duplicates"} 0
pcap2flows_packets_total{became="other shard"} 0
pcap2flows_packets_total{became="malformed"} 0
# HELP pcap2flows_records_total Records written.
# TYPE pcap2flows_records_total counter
pcap2flows_records_total 2
# HELP pcap2flows_flows Flows held.
# TYPE pcap2flows_flows gauge
pcap2flows_flows 0
END
plan 17
mkdir dir
pcap2flows in.pcap >flows
check 'records as without' -o flows -- pcap2flows -M dir/flows.prom in.pcap
ok 'the numbers' diff -u want dir/flows.prom
is 'nothing else is there' "$(ls dir)" flows.prom
if command -v promtool >/dev/null; then
	check 'as Prometheus wants them' -O '' -i dir/flows.prom -- \
		sh -c 'promtool check metrics && echo'
else
	# No dependency of the tests: it would start a server.
	skip 'as Prometheus wants them' 'no promtool (package prometheus)'
fi
echo old >dir/flows.prom
echo old >dir/flows.prom.part
check 'an older file, and what a killed run left' -o flows -- \
	pcap2flows -M dir/flows.prom in.pcap
ok 'are replaced' diff -u want dir/flows.prom
check 'no directory' -s 1 -M 'absent/x.prom: its directory' -- \
	pcap2flows -M absent/x.prom in.pcap
mkfifo pipe
ln -s pipe link
for name in pipe link; do
	check "-M $name" -s 1 -E "pcap2flows: $name: is a device or a pipe" -- \
		pcap2flows -M $name in.pcap
done
ok 'which stays one' test -p link
mkdir dir/taken.prom
check 'it cannot be written' -s 1 -o flows -M 'dir/taken.prom: ' -- \
	pcap2flows -M dir/taken.prom in.pcap
check 'no name' -s 2 -M '^pcap2flows: -M: no name of a file: "dir/"' -- \
	pcap2flows -M dir/ in.pcap

# Live, in the sandbox, as another user.
live='live: the numbers'
if [ "$(uname)" != Linux ] || [ "$(id -u)" != 0 ] || [ -n "${EMULATED-}" ] ||
	! unshare -n ip link set lo up 2>/dev/null; then
	skip "$live" 'no network of its own'
	skip 'live: at first' 'no network of its own'
	skip 'live: nothing else is there' 'no network of its own'
	skip 'live: status' 'no network of its own'
	skip 'live: beside it the records' 'no network of its own'
	exit 0
fi
# The sandbox forbids what finds leaks.
export ASAN_OPTIONS=detect_leaks=0
chmod 755 .
mkdir live turns
chown nobody live turns
cat >capture <<'END'
set -euo pipefail
ip link set lo up
pcap2flows -b -i lo -f 'udp port 47311' -M live/flows.prom \
	-o turns/%Y 2>err &
pid=$!
for _ in {1..100}; do
	grep -q '^Seccomp:.2' "/proc/$pid/status" && break
	sleep .05
done
cp live/flows.prom first
perl "$top/t/question.pl" 47311
sleep .5
kill -TERM "$pid"
wait "$pid"
END
status=0
unshare -n bash capture || status=$?
is 'live: status' "$status$(cat err)" 0
# Of the loopback the kernel counts what goes out, too.
numbers() {
	grep -v '^#\|} 0$' "$1" | sed '/received/s/ [24]$/ N/'
}
is 'live: at first' "$(numbers first || :)" ''
is "$live" "$(numbers live/flows.prom)" \
	'pcap2flows_packets_total{interface="lo",became="in flows"} 2
pcap2flows_records_total{interface="lo"} 1
pcap2flows_received_packets_total{interface="lo"} N'
is 'live: nothing else is there' "$(ls live)" flows.prom
is 'live: beside it the records' "$(cat turns/* | cut -f 4,10-13)" 'proto	pkts	rpkts	bytes	rbytes
udp	1	1	8	6'
