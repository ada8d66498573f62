# shellcheck shell=sh
# Captures, sourced behind lib.sh: those that t/made.pl and tracegen make, in
# the folder `made` of the scratch directory, and real ones, where they are.

made() { # KIND ... of t/made.pl, or campus: made/KIND.pcap
	mkdir -p made
	for kind; do
		case $kind in
		campus) tracegen -c 3 -d 1h -s 5 >made/campus.pcap ;;
		*)
			perl "$top/t/made.pl" "$kind" >made/words &&
				perl "$top/t/mkpcap.pl" <made/words \
					>"made/$kind.pcap"
			;;
		esac || { echo "Bail out! no $kind.pcap"; exit 1; }
	done
	rm -f made/words
}

# Each in another container: big-endian pcapng, nanoseconds.
made_forms() { # KIND
	perl "$top/t/made.pl" "$1" >words &&
		perl "$top/t/mkpcap.pl" -g -b -r 9 <words >"made/$1.pcapng" &&
		perl "$top/t/mkpcap.pl" -n -b <words >"made/$1-ns.pcap" ||
		{ echo 'Bail out! no forms'; exit 1; }
}

# Which of these real captures, or of all, are here?
real() { # [FILE ...]
	[ $# -gt 0 ] || set -- '*.pcap' 'other/*.pcap' 'other/*.pcapng'
	for pattern; do
		for f in "$traces"/$pattern; do
			[ ! -e "$f" ] || echo "$f"
		done
	done | sort
}
no_traces='no real captures here: see t/traces.tsv, make traces DIR=...'
