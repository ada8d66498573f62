#!/bin/bash
# pcap2flows -i -j: several readers of an interface, in a network of its own.
# The records are those of the file.  For root.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

own_network bash
plan 18

# Both ways: 200 flows of IPv4 and 200 of IPv6 with six packets each, half of
# them UDP, half TCP, some behind one VLAN tag there and two back.
perl -e 'my $t = 0;
    for my $k (0 .. 5) { for my $i (0 .. 399) {
	my ($a, $b) = $i < 200 ?
	    (sprintf("10.0.0.%d", 1 + $i), sprintf("10.1.%d.7", $i % 50)) :
	    (sprintf("2001:db8::%x", 1 + $i), sprintf("2001:db8:1::%x",
	    $i % 50));
	my @p = (1000 + $i, 2000);
	if ($k % 2) { ($a, $b) = ($b, $a); @p = reverse @p }
	my $ip = $i < 200 ? "ip" : "ip6";
	my $l4 = $i % 2 ? "udp(@{[join q(,), @p]})" :
	    "tcp(@{[join q(,), @p]},A)";
	my $tag = $i % 3 ? "" : $k % 2 ? "vlan(7) vlan(5)" : "vlan(5)";
	printf "%d.%06d eth %s %s(%s,%s) %s data(20)\n", 1 + $t / 1e6,
	    $t % 1e6, $tag, $ip, $a, $b, $l4;
	$t += 100;
    } }' | perl "$top/t/mkpcap.pl" >in.pcap
pcap2flows in.pcap >file
flows() { grep -v '^#' "$@" | cut -f 1,4-8,10-13 | sort; }
flows file >want
is 'flows in the capture' "$(wc -l <want)" 400

start() { # options: in the background, until the readers read
	local i
	: >err
	pcap2flows -v -i w1 "$@" >out 2>err &
	pid=$!
	for ((i = 0; i < 100; i++)); do
		readers=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null) || :
		# shellcheck disable=SC2086  # words
		[ "$(for p in $pid $readers; do
			grep -s '^Seccomp:.2' "/proc/$p/status" || :
		done | wc -l)" -lt 3 ] || break
		kill -0 "$pid" 2>/dev/null || break
		sleep .05
	done
}
finish() { # signal
	local before=-1 now=0
	while [ "$now" != "$before" ]; do
		before=$now
		sleep .3
		now=$(cat /sys/class/net/w1/statistics/rx_packets 2>/dev/null ||
			echo 0)
	done
	[ "$1" = none ] || kill "-$1" "$pid"
	status=0
	wait "$pid" || status=$?
}
replay() { tcpreplay -q -i w0 --pps 5000 in.pcap >/dev/null 2>&1; }
said() { grep -c -- "$1" err || :; }

start -j 2
replay
sleep .5
kill -USR1 "$pid"
sleep .7
is 'SIGUSR1 tells sums' "$(said 'flows held 400')" 1
finish INT
is 'SIGINT: status' "$status$([ $status = 0 ] || cat err)" 0
is 'both directions meet: records as of the file' "$(flows out)" "$(cat want)"
is 'one header' "$(grep -c '^#' out)" 1
is 'one account' "$(said 'packets 2400 = in flows 2400 ')" 2
is 'what the kernel gave' \
	"$(grep -c 'received 2400, dropped by the kernel 0' err)" 2

# One that dies takes its flows with it, the others' are written.
start -j 2
replay
kill -KILL "${readers%% *}"
finish none
is 'a reader dies: status' $status 1
is 'it is told' "$(said 'a reader died of signal 9')" 1
n=$(flows out | wc -l)
ok 'the records of the other are written' \
	test "$n" -gt 100 -a "$n" -lt 300
is 'they are right' "$(comm -13 want <(flows out))" ''

mkdir dir
chmod 777 dir .
start -j 2 -b -o dir/%Y-%H%M%S.tsv -G 1 -t 0.2 -M dir/flows.prom
replay
finish TERM
is 'files and metrics: status' \
	"$status$([ $status = 0 ] || cat err)" 0
is 'nothing is lost between them' "$(cat dir/*.tsv | awk '!/^#/ {
	n += $10 + $11} END {print n}')" 2400
is 'metrics are sums' "$(grep -c '"in flows"} 2400' dir/flows.prom)" 1
# What the group's program looks behind, and into: labels, PPPoE, fragments of
# which the later have no ports, and the packet that an ICMP error quotes.  One
# end has another stack of tags than its peer; errors come from a third.
perl -e 'sub frame { printf "%d.%06d eth %s\n", 1 + $t / 1e6, $t % 1e6, "@_";
	$t += 100 }
    for my $k (0 .. 3) { for my $i (0 .. 159) {
	my ($kind, $six) = ($i % 5, $i / 5 % 2);
	my ($a, $b, $r) = map { $six ? sprintf "2001:db8:%x::%x", $_, $i :
	    "10.$_.0.$i" } 1 .. 3;
	my ($p, $q, $back) = (1000 + $i, 2000, $k % 2);
	($a, $b, $p, $q) = ($b, $a, $q, $p) if $back;
	my ($ip, $u) = ($six ? "ip6" : "ip", "udp($p,$q)");
	my $whole = "$ip($a,$b) $u data(16)";
	frame($back ? "mpls mpls mpls" : "mpls", $whole) if $kind == 0;
	frame($back ? "" : "vlan", "pppoe ppp", $whole) if $kind == 1;
	frame($whole) if $kind > 1 && $kind < 4;
	frame("$ip($r,$a)", $six ? "icmp6(1,4)" : "icmp(3,3)", "$ip($a,$b)",
	    "$u data(4)") if $kind == 2;
	next if $kind != 4;
	my $id = 1 + 160 * $k + $i;
	my @f = $six ? ("$ip($a,$b) frag(mf=1,id=$id)",
	    "$ip($a,$b) frag(off=3,id=$id,proto=11)") :
	    ("$ip($a,$b,mf=1,id=$id)", "$ip($a,$b,off=3,id=$id,proto=17)");
	frame($f[0], "udp($p,$q,len=33) data(16)");
	frame($f[1], "data(9)");
    } }' | perl "$top/t/mkpcap.pl" >in.pcap
whole() { flowcut -c proto,src,sport,dst,dport,pkts,rpkts,bytes,rbytes,unreach \
	"$1" | sed 1d | sort; }
pcap2flows in.pcap >file
whole file >want
is 'of each kind both directions, errors and later fragments' \
	"$(awk '{k[$6 " " $7 " " $10]++} END {for (i in k) print k[i], i}' \
	want | sort)" "$(printf '%s\n' '32 2 2 4' '32 4 4 0' '96 2 2 0')"
start -j 4
replay
finish INT
is 'four readers: status' "$status$([ $status = 0 ] || cat err)" 0
is 'tags, labels, fragments, errors: records as of the file' "$(whole out)" \
	"$(cat want)"

check 'files have one reader' -s 2 \
	-E 'pcap2flows: -j needs -i: files are read by one' -- \
	pcap2flows -j 2 in.pcap
