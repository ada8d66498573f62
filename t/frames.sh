# shellcheck shell=bash
# Frames said in the words of t/mkpcap.pl, decoded by build/t/packets whole and
# cut at every length; sourced behind lib.sh.

make="perl ${top:?lib.sh comes first}/t/mkpcap.pl"
packets=${BUILD:-$top/build}/t/packets

# Two packets, and what is to be decoded of them.
# shellcheck disable=SC2034  # they are for who sources this
{
	u='ip(10.0.0.1,10.0.0.2) udp(1,2) data(10)'
	uu='flow udp 10.0.0.1:1 10.0.0.2:2 10 10 00'
	v='ip6(2001:db8::1,2001:db8::2) udp(3,4) data(5)'
	vv='flow udp [2001:db8::1]:3 [2001:db8::2]:4 5 5 00'
}

# What is decoded, without the time.
decoded() { "$packets" "$@" | sed '1d; s/^[^ ]* //'; }

# cuts ALLOWED: is every line the expected one but for what was captured,
# malformed, or allowed?  Where the header itself is cut, its length may be
# unknown, too.
cuts() {
	awk -v allowed="$1" '
	function short(s,    f) { split(s, f, " "); return f[1] == "flow" ? \
	    f[1] f[2] f[3] f[4] (f[6] > 0 ? f[5] : "") : s }
	function ends(s,    f) { split(s, f, " "); return f[1] == "flow" ? \
	    f[1] f[2] f[3] f[4] : s }
	NR == FNR { wanted[short($0)]; wanted[ends($0)]; next }
	!(short($0) in wanted) && $1 != "malformed" && \
	    !(allowed && $0 ~ allowed) { print "cut: " $0 }' wanted cuts
}

# frames NAME LINKTYPE [-T | -A] [-a ALLOWED] FRAMES WANTED; -A: all protocols
frames() {
	name=$1 link=$2 tunnels='--' allowed=''
	shift 2
	while :; do
		case $1 in
		-T) tunnels=-T; shift ;;
		-A) tunnels=-a; shift ;;
		-a) allowed=$2; shift 2 ;;
		*) break ;;
		esac
	done
	printf '%s\n' "$1" >spec
	printf '%s\n' "$2" >wanted
	$make -l "$link" <spec >x.pcap
	decoded $tunnels x.pcap >got
	$make -c -l "$link" <spec >cut.pcap
	{
		diff -u wanted got
		decoded $tunnels cut.pcap >cuts
		cuts "$allowed"
	} >.why
	verdict "$name"
}

# tshark_frames NAME WANTED FRAMES: does tshark see the same?  FRAMES as those
# of mkpcap -g, WANTED a line a frame: source and destination, address:port, of
# the innermost UDP or TCP packet.
tshark_frames() {
	if ! command -v tshark >/dev/null; then
		skip "$1: tshark" 'not installed'
		return
	fi
	printf '%s\n' "$3" | $make -g >t.pcapng
	# shellcheck disable=SC2086  # options are words
	tshark -n -r t.pcapng ${TSHARK_OPTIONS:-} -T fields -E occurrence=l \
	    -e ip.src -e ipv6.src -e udp.srcport -e tcp.srcport \
	    -e ip.dst -e ipv6.dst -e udp.dstport -e tcp.dstport 2>err |
	    awk -F '\t' '{
		# Of both families the innermost has no end of the other.
		v6 = $2 != "" && ($1 == "" || $1 ~ /^192\.0\.2\./)
		print (v6 ? "[" $2 "]" : $1) ":" $3 $4,
		    (v6 ? "[" $6 "]" : $5) ":" $7 $8
	    }' >got
	is "$1: tshark" "$(cat got)" "$2"
}
