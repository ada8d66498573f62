#!/bin/bash
# live.sh BIN SECONDS OUT: live capture over a pair of interfaces in a network
# of its own, pcap2flows beside tcpdump -w /dev/null.  For root.
#
# First 50,000 packets/s for SECONDS: is all accounted for?  Then the rate at
# which the kernel begins to drop, by bisection: trials of STEP=2 seconds each
# with SENDERS=2 tcpreplay, which together with the reader want more than two
# processors.  Drops count that come again in a second trial.  The readers take
# turns at each step, and from STEPS=5 steps comes one rate, from ROUNDS=3 of
# them the median.  All have the same kernel buffer, BUFFER=2 MiB, of which two
# readers have half each, and the same snap length; with COME=1 then once more
# as they come.
#
# Two readers gain nothing where senders want the processors.  So then each
# process of a reader gets SHARE=1 percent of a processor (a control group), and
# OFFERED=300000 packets a second are sent, more than it can take: what does it
# read?  Drops begin above that.  TAKE=8 seconds each, ROUNDS times.  What a
# reader reads that did not have its share, since others wanted the processor or
# less was sent, does not count: up to three trials.
#
# Prints, and writes to OUT, what each received and what the kernel dropped.  Of
# nfpcapd and softflowd, where they are installed, it prints what share of the
# packets at RATES is in their flows.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

[ "$(id -u)" = 0 ] || { echo 'live-check: skipped: not root'; exit 0; }
for tool in ip tcpreplay tcpdump unshare tracegen; do
	PATH=$1:$PATH command -v $tool >/dev/null || {
		echo "live-check: skipped: no $tool (make deps live-check)"
		exit 0
	}
done
if [ -z "${LIVE_NET-}" ]; then
	exec env LIVE_NET=1 unshare -n -m bash "$0" "$@"
fi

bin=$1 seconds=$2 out=$3
PATH=$bin:$PATH
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

# The packets: Skype's and others', as the generator makes them.  No two hosts
# have more than 2.4 % of them: one reader gets all that two hosts exchange.
tracegen -c 600 -d 10m -s 9 >"$work/in.pcap"

# send RATE SENDERS SECONDS: together at that rate (0: as fast as they can);
# sets sent, and rate as it was.
send() {
	how=--topspeed
	[ "$1" = 0 ] || how=--pps=$(($1 / $2))
	pids=
	for i in $(seq "$2"); do
		tcpreplay -q -i w0 --preload-pcap --loop 1000000 \
			--duration "$3" "$how" "$work/in.pcap" \
			>"$work/sent.$i" 2>&1 &
		pids="$pids $!"
	done
	for pid in $pids; do
		wait "$pid"
	done
	sent=$(cat "$work"/sent.* |
		awk '/^Actual/ {n += $2} END {printf "%d", n}')
	rate=$(cat "$work"/sent.* |
		awk '/^Rated/ {n += $(NF - 1)} END {printf "%d", n}')
	rm "$work"/sent.*
}

say() { # format arguments
	# shellcheck disable=SC2059
	printf "$@" | tee -a "$out"
}

# The processes of the reader.
processes() {
	echo "$reader"
	cat "/proc/$reader/task/$reader/children"
}

time_used() { # by them, in ns
	for p in $(processes); do
		cat "/proc/$p/schedstat"
	done | awk '{n += $1} END {printf "%.0f", n}'
}

# trial READER RATE SENDERS SECONDS: sets account, dropped, ns of processor
# time a packet, and verdict.  The reader is a command that ends on SIGINT.
trial() {
	case $1 in
	pcap2flows*) command="$1 $verbose -i w1" ;;
	*) command="$1 -i w1 -w /dev/null" ;;
	esac
	$command >"$work/flows" 2>"$work/err" &
	reader=$!
	sleep 0.7
	send "$2" "$3" "$4"
	# What is sent may still wait in the other interface's queue.
	sleep "${pause:-0.3}"
	used=$(time_used)
	case "$1$verbose" in
	*-v | tcpdump*) ;;
	*)
		kill -USR1 "$reader"
		sleep 0.3
		;;
	esac
	kill -INT "$reader"
	status=0
	wait "$reader" || status=$?
	ns=$((used / sent))
	case $1 in
	pcap2flows*) judge ;;
	*)
		account=$(sed -n 's/ packets captured//p' "$work/err")
		dropped=$(sed -n 's/ packets dropped by kernel//p' \
			"$work/err")
		verdict=
		;;
	esac
}

# Of pcap2flows: is every packet in a record, or dropped?
judge() {
	account=$(sed -n 's/.*: packets \([0-9]*\) =.*/\1/p' "$work/err")
	dropped=$(sed -n 's/.*kernel \([0-9]*\),.*/\1/p' "$work/err" |
		tail -n 1)
	in_flows=$(awk -F '\t' 'NR > 1 {n += $10 + $11} END {printf "%d", n}' \
		"$work/flows")
	verdict=exact
	if [ $((account + dropped)) != "$sent" ] || [ "$status" != 0 ]; then
		verdict="MISSING $((sent - account - dropped))"
	fi
	grep -q "in flows $in_flows " "$work/err" ||
		verdict="$verdict, RECORDS DIFFER"
}

row() {
	say '%-34s %9s %11s %11s %9s %6s  %s\n' "$@"
}

steady() { # rate
	row '' 'packets/s' sent counted dropped 'ns/pkt' \
		'counted + dropped = sent'
	pause=2
	verbose=-v
	for which in pcap2flows 'pcap2flows -b' 'pcap2flows -j 2' tcpdump; do
		trial "$which" "$1" 1 "$seconds"
		# Drops are told at the end, and each minute.
		case $which in pcap2flows*)
			[ "$(grep -c 'dropped by the kernel' "$work/err")" -gt \
				$((seconds / 60)) ] ||
				verdict="$verdict, REPORTS MISSING" ;;
		esac
		row "$which" "$rate" "$sent" "$account" "$dropped" "$ns" \
			"$verdict"
	done
	others
	pause=
}

# Flow meters that tell no drops: what share of what was sent is in flows?
others() {
	if command -v nfpcapd >/dev/null && command -v nfdump >/dev/null; then
		mkdir "$work/nf"
		nfpcapd -i w1 -w "$work/nf" >"$work/err" 2>&1 &
		reader=$!
		sleep 0.7
		send "$rate" 1 "$seconds"
		sleep "$pause"
		kill -INT "$reader"
		wait "$reader" || :
		nfdump -q -R "$work/nf" -o 'fmt:%ipkt' >"$work/flows"
		share nfpcapd "$(awk '{n += $1} END {printf "%d", n}' \
			"$work/flows")"
		rm -r "$work/nf"
	fi
	if command -v softflowd >/dev/null && command -v softflowctl >/dev/null
	then
		softflowd -d -i w1 -c "$work/ctl" -p "$work/pid" \
			>"$work/err" 2>&1 &
		reader=$!
		sleep 0.7
		send "$rate" 1 "$seconds"
		sleep "$pause"
		softflowctl -c "$work/ctl" statistics >"$work/flows"
		share softflowd "$(sed -n 's/^Packets processed: *//p' \
			"$work/flows")"
		kill -KILL "$reader"
		wait "$reader" || :
	fi
}

share() { # reader packets
	row "$1" "$rate" "$sent" "$2" $((sent - $2)) - 'not in its flows'
}

# A trial of a step; sets dropped.
once_more() { # reader rate
	trial "$1" "$2" "${SENDERS:-2}" "${STEP:-2}"
	case $verdict in *MISSING* | *DIFFER*)
		row "$1" "$rate" "$sent" "$account" "$dropped" "$ns" "$verdict"
		;;
	esac
	dropped=${dropped:-1}
}

# One step of a reader; its files lo and hi: rates without and with drops.
# The first is at top speed; where nothing is dropped then, it is the last.
step() { # number reader step
	lo=$(cat "$work/lo.$1") hi=$(cat "$work/hi.$1")
	at=$(((lo + hi) / 2))
	if [ "$3" = 1 ]; then
		at=0
	elif [ "$hi" = 0 ]; then
		return
	fi
	once_more "$2" $at
	[ "$dropped" = 0 ] || once_more "$2" $at
	echo "$ns" >>"$work/ns.$1"
	if [ "$dropped" -gt 0 ]; then
		echo "$rate" >"$work/hi.$1"
	else
		echo "$rate" >"$work/lo.$1"
	fi
}

median() { sort -n "$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# Without -v, which looks for copies: the account is asked for by SIGUSR1.
# The readers' rates, and their share of the last one's, tcpdump's.
bisect() { # title reader ...
	verbose=
	short='without drops'
	say '\n%s\n' "$1"
	shift
	rm -f "$work"/rate.* "$work"/ns.* "$work"/none.*
	for round in $(seq "${ROUNDS:-3}"); do
		for n in $(seq $#); do
			echo 0 >"$work/lo.$n"
			echo 0 >"$work/hi.$n"
		done
		for k in $(seq "${STEPS:-5}"); do
			n=0
			for which; do
				n=$((n + 1))
				step $n "$which" "$k"
			done
		done
		for n in $(seq $#); do
			hi=$(cat "$work/hi.$n")
			[ "$hi" != 0 ] || echo "$round" >>"$work/none.$n"
			[ "$hi" != 0 ] || hi=$(cat "$work/lo.$n")
			echo "$hi" >>"$work/rate.$n"
		done
	done
	report "$@"
}

report() { # reader ...; short: what rounds are called that show too little
	say '%-34s %9s %5s %6s  %s\n' '' packets/s ratio ns/pkt 'of each round'
	last=$(median "$work/rate.$#")
	n=0
	for which; do
		n=$((n + 1))
		m=$(median "$work/rate.$n")
		none=
		[ ! -s "$work/none.$n" ] ||
			none="; $(wc -l <"$work/none.$n") $short"
		say '%-34s %9s %5s %6s  %s\n' "$which" "$m" \
			"$(echo "$m $last" | awk '{printf "%.2f", $1 / $2}')" \
			"$(median "$work/ns.$n")" \
			"$(paste -s -d ' ' "$work/rate.$n")$none"
	done
}

# Control groups of either version; sys has been mounted anew, without them.
open_groups() {
	groups=/sys/fs/cgroup
	if mount -t cgroup -o cpu cgroup $groups 2>/dev/null; then
		version=1
	elif mount -t cgroup2 cgroup $groups 2>/dev/null &&
		echo +cpu >$groups/cgroup.subtree_control 2>/dev/null; then
		version=2
	else
		return 1
	fi
	trap 'leave_groups; rm -rf "$work"' EXIT
}

# Each process of the reader gets a group of its own: four milliseconds, a tick
# of the kernel, of so many that they are its share.
confine() {
	period=$((400000 / ${SHARE:-1}))
	for p in $(processes); do
		group=$groups/flows-live.$$.$p
		mkdir "$group"
		if [ "$version" = 1 ]; then
			echo $period >"$group/cpu.cfs_period_us"
			echo 4000 >"$group/cpu.cfs_quota_us"
		else
			echo "4000 $period" >"$group/cpu.max"
		fi
		echo "$p" >"$group/cgroup.procs"
	done
}

# When all have ended; a group is empty a moment later.
leave_groups() {
	for group in "$groups/flows-live.$$".*; do
		for _ in 1 2 3 4 5; do
			rmdir "$group" 2>/dev/null && break
			sleep 0.1
		done
	done
}

# What the reader has read until now, by its own account.
ask() {
	: >"$work/err"
	kill -USR1 "$reader"
	for _ in $(seq 50); do
		sleep 0.1
		case $which in
		pcap2flows*) has='s/.*: packets \([0-9]*\) =.*/\1/p' ;;
		*) has='s/.*[^0-9]\([0-9]*\) packets captured.*/\1/p' ;;
		esac
		account=$(sed -n "$has" "$work/err")
		[ -z "$account" ] || break
	done
}

# take READER: sets rate, what it reads in a second, of more than it can; ns of
# processor time a packet; and held, the percentage of its share that it used.
take() {
	command="$1 -i w1"
	case $which in tcpdump*) command="$command -w /dev/null" ;; esac
	$command >"$work/flows" 2>>"$work/err" &
	reader=$!
	sleep 0.7
	confine
	send "${OFFERED:-300000}" 2 $((${TAKE:-8} + 3)) &
	sending=$!
	sleep 2
	begin=$(date +%s%N) before=$(time_used)
	ask
	first=$account
	sleep "${TAKE:-8}"
	end=$(date +%s%N) used=$(time_used)
	ask
	rate=$(((account - first) * 1000000000 / (end - begin)))
	ns=$(((used - before) / (account - first + 1)))
	held=$(((used - before) * 10000 / (end - begin) / ${SHARE:-1}))
	case $1 in *'-j 2'*) held=$((held / 2)) ;; esac
	for p in $(processes); do
		echo "$p" >$groups/cgroup.procs
	done
	kill -INT "$reader"
	wait "$sending"
	wait "$reader"
	leave_groups
}

shares() { # reader ...
	if ! open_groups; then
		say '\nReaders with a share of a processor: skipped: %s\n' \
			'no control groups of processors'
		return
	fi
	short='without its share'
	say '\nRead, each process with %s %% of a processor\n' "${SHARE:-1}"
	rm -f "$work"/rate.* "$work"/ns.* "$work"/none.*
	for round in $(seq "${ROUNDS:-3}"); do
		n=0
		for which; do
			n=$((n + 1))
			for _ in 1 2 3; do
				take "$which"
				[ "$held" -lt 85 ] || break
			done
			[ "$held" -ge 85 ] || echo "$round" >>"$work/none.$n"
			echo "$rate" >>"$work/rate.$n"
			echo "$ns" >>"$work/ns.$n"
		done
	done
	report "$@"
}

: >"$out"
for rate in ${RATES-50000}; do
	steady "$rate"
done
b=${BUFFER:-2}
[ "${ROUNDS:-3}" = 0 ] || {
	bisect "Drops begin, buffer of $b MiB, snap length 65535" \
		"pcap2flows -B $b -w 65535" "pcap2flows -b -B $b -w 65535" \
		"pcap2flows -b -j 2 -B $((b / 2)) -w 65535" \
		"tcpdump -B $((b * 1024)) -s 65535"
	shares "pcap2flows -B 64 -w 65535" "pcap2flows -b -B 64 -w 65535" \
		"pcap2flows -j 2 -B 32 -w 65535" \
		"pcap2flows -b -j 2 -B 32 -w 65535" "tcpdump -B 65536 -s 65535"
	[ -z "${COME-}" ] || bisect 'Drops begin, as they come' pcap2flows \
		'pcap2flows -b' 'pcap2flows -b -j 2' tcpdump
}
if grep -q 'MISSING\|DIFFER' "$out"; then
	exit 1
fi
