# shellcheck shell=sh
# Captures, sourced behind lib.sh: those that t/made.pl and tracegen make, in
# the folder `made` of the scratch directory, and real ones, where they are.
# shellcheck disable=SC2034  # what is set here tests use

made() { # KIND ... of t/made.pl, or campus: made/KIND.pcap
	mkdir -p made
	for kind; do
		case $kind in
		campus) tracegen -c 3 -d 1h -s 5 >made/campus.pcap ;;
		*)
			perl "${top:?lib.sh comes first}/t/made.pl" "$kind" \
				>made/words && perl "$top/t/mkpcap.pl" <made/words \
					>"made/$kind.pcap"
			;;
		esac || { echo "Bail out! no $kind.pcap"; exit 1; }
	done
	rm -f made/words
}

# Each in another container: big-endian pcapng, nanoseconds.
made_forms() { # KIND
	if ! { perl "$top/t/made.pl" "$1" >words &&
		perl "$top/t/mkpcap.pl" -g -b -r 9 <words >"made/$1.pcapng" &&
		perl "$top/t/mkpcap.pl" -n -b <words >"made/$1-ns.pcap"; }; then
		echo 'Bail out! no forms'
		exit 1
	fi
}

# Which of these real captures, or of all, are here?
real() { # [FILE ...]
	[ $# -gt 0 ] || set -- '*.pcap' 'other/*.pcap' 'other/*.pcapng'
	for pattern; do
		for f in "${traces:?}"/$pattern; do
			[ ! -e "$f" ] || echo "$f"
		done
	done | sort
}

# As the last test: how many real ones there were.
tell_real() { # NUMBER
	if [ "$1" -gt 0 ]; then
		ok "$1 real captures" true
	else
		skip 'real captures' "$no_traces"
	fi
}
no_traces='no real captures here: see t/traces.tsv, make traces DIR=folder'

# The capture that a test is about: made here, or $CAPTURE, a real one.
capture_of() { # KIND
	if [ -z "${CAPTURE-}" ]; then
		made "$1"
		capture=$PWD/made/$1.pcap
	else
		capture=$CAPTURE
	fi
}

# At the end of such a test: all of it again, of the real one.
and_real() { # FILE SHELL
	if [ -n "${CAPTURE-}" ]; then
		ok 'this is the real capture' true
		return
	fi
	file=$(real "$1")
	if [ -z "$file" ]; then
		skip 'the real capture, too' "$no_traces"
		return
	fi
	: >again
	CAPTURE=$(cd "${file%/*}" && pwd)/${file##*/} \
		"$2" "$top/t/${0##*/}" >again 2>&1 || echo 'not ok: status' >>again
	grep -A 20 -e '^not ok' -e '^# ' again >.why || :
	grep -q '^ok' again || echo 'no test passed' >>.why
	verdict 'the real capture, too'
}
