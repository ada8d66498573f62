#!/bin/sh
# live.sh BIN SECONDS OUT: live capture over a pair of interfaces in a network
# of its own.  tcpreplay sends at rising rates for SECONDS each; pcap2flows and
# tcpdump -w /dev/null take turns.  Prints, and writes to OUT, what each
# received and what the kernel dropped.  For root.
set -u

[ "$(id -u)" = 0 ] || { echo 'live-check: skipped: not root'; exit 0; }
for tool in ip tcpreplay tcpdump unshare tracegen; do
	PATH=$1:$PATH command -v $tool >/dev/null || {
		echo "live-check: skipped: no $tool (make deps live-check)"
		exit 0
	}
done
if [ -z "${LIVE_NET-}" ]; then
	exec env LIVE_NET=1 unshare -n -m sh "$0" "$@"
fi

bin=$1 seconds=$2 out=$3
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
mount -t sysfs sysfs /sys
sysctl -qw net.ipv6.conf.all.disable_ipv6=1
if ! { ip link add w0 type veth peer name w1 && ip link set w0 up &&
	ip link set w1 up; }; then
	echo 'live-check: skipped: no veth'
	exit 0
fi

# The packets: Skype's and others', as the generator makes them.
"$bin/tracegen" -c 60 -d 1h -s 9 >"$work/in.pcap"
packets=$("$bin/pcap2flows" -v "$work/in.pcap" 2>&1 >/dev/null |
	sed -n 's/.*: packets \([0-9]*\) =.*/\1/p')

# Sends for $seconds at a rate (0: as fast as it can); sets sent, and rate as
# it was.
send() {
	if [ "$1" -gt 0 ]; then
		loops=$(($1 * seconds / packets + 1))
		set -- --pps "$1" --loop "$loops"
	else
		set -- --topspeed --loop 1000000 --duration "$seconds"
	fi
	tcpreplay -q -i w0 --preload-pcap "$@" "$work/in.pcap" \
		>"$work/replay" 2>&1
	sent=$(sed -n 's/^Actual: \([0-9]*\) packets.*/\1/p' "$work/replay")
	rate=$(sed -n 's/^Rated:.* \([0-9.]*\) pps.*/\1/p' "$work/replay")
}

row() { printf '%-22s %10s %11s %11s %11s  %s\n' "$@" | tee -a "$out"; }

ours() { # rate options
	r=$1
	shift
	"$bin/pcap2flows" -v -i w1 "$@" >"$work/flows" 2>"$work/err" &
	pid=$!
	sleep 1
	send "$r"
	kill -INT $pid
	wait $pid
	status=$?
	account=$(sed -n 's/.*: packets \([0-9]*\) =.*/\1/p' "$work/err")
	dropped=$(sed -n 's/.*kernel \([0-9]*\),.*/\1/p' "$work/err" | tail -n 1)
	in_flows=$(awk -F '\t' 'NR > 1 {n += $10 + $11} END {printf "%d", n}' \
		"$work/flows")
	verdict=exact
	[ $((account + dropped)) = "$sent" ] && [ $status = 0 ] ||
		verdict="MISSING $((sent - account - dropped))"
	case $* in *-p*) ;; *) grep -q "in flows $in_flows " "$work/err" ||
		verdict="$verdict, RECORDS DIFFER" ;; esac
	row "pcap2flows $*" "$rate" "$sent" "$account" "$dropped" "$verdict"
}

theirs() { # rate
	tcpdump -i w1 -w /dev/null 2>"$work/err" &
	pid=$!
	sleep 1
	send "$1"
	sleep 1
	kill -INT $pid
	wait $pid
	account=$(sed -n 's/ packets captured//p' "$work/err")
	dropped=$(sed -n 's/ packets dropped by kernel//p' "$work/err")
	row "tcpdump -w /dev/null" "$rate" "$sent" "$account" "$dropped" ''
}

: >"$out"
row '' 'packets/s' sent counted dropped 'counted + dropped = sent'
for pps in ${RATES:-50000 100000 200000 400000 0}; do
	ours "$pps"
	ours "$pps" -b
	theirs "$pps"
done
grep -q 'MISSING\|DIFFER' "$out" && exit 1
exit 0
