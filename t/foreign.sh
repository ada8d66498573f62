#!/bin/bash
# foreign.sh ARCH BUILD: the same bytes on another machine?  Builds everything
# for Debian's ARCH (s390x: big-endian; i386, armhf: 32 bits) with its cross
# compiler and with libraries fetched by apt into BUILD/ARCH/root, so that this
# system stays as it is; then runs under qemu's user emulation: the synthetic
# week, its flows with all columns, and what the filters make of them,
# against the sums of this machine's programs, which BIN holds; then the tests
# of decoding and of records.  Without a compiler or qemu it says so and does
# nothing.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
cd "$(dirname "$0")/.."
arch=$1 place=$(realpath -m "$2")/$1
bin=$(realpath "$BIN")

case $arch in
s390x) triple=s390x-linux-gnu emulator=qemu-s390x-static ;;
i386) triple=i686-linux-gnu emulator=qemu-i386-static ;;
armhf) triple=arm-linux-gnueabihf emulator=qemu-arm-static ;;
*) echo "foreign: no such architecture here: $arch" >&2; exit 2 ;;
esac
for need in $triple-gcc $emulator apt-get dpkg; do
	command -v "$need" >/dev/null || {
		echo "foreign: $arch skipped: no $need here" \
			"(make deps foreign-check ARCH=$arch)"
		exit 0
	}
done
emulator=$(command -v "$emulator")

# A system of its own: nothing but the C library and ours, unpacked.
fetch_libraries() {
	local state=$place/apt options
	mkdir -p "$state"/lists/partial "$state"/archives/partial "$place/new"
	: >"$state/status"
	# shellcheck disable=SC2016  # apt-get's own
	apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) main' \
		'Created-By: Packages' 'Component: main' |
		grep -v -e -security -e -updates | sort -u >"$state/sources"
	options=(-q -o "APT::Architecture=$arch" -o "APT::Architectures=$arch"
		-o "Dir::State=$state" -o "Dir::State::lists=$state/lists"
		-o "Dir::State::status=$state/status" -o "Dir::Cache=$state"
		-o "Dir::Cache::archives=$state/archives"
		-o "Dir::Etc::sourcelist=$state/sources"
		-o Dir::Etc::sourceparts=/dev/null
		-o APT::Sandbox::User=root -o APT::Install-Recommends=false)
	apt-get "${options[@]}" update
	apt-get "${options[@]}" -y -d install libc6-dev libpcap-dev libcsv-dev \
		libmaxminddb-dev nettle-dev libseccomp-dev
	for package in "$state"/archives/*.deb; do
		dpkg-deb -x "$package" "$place/new"
	done
	mv "$place/new" "$place/root"
}

mkdir -p "$place"
if [ ! -e "$place/root" ]; then
	fetch_libraries >"$place/log" 2>&1 || {
		grep -E '^[EW]:' "$place/log" >&2 || tail -n 5 "$place/log" >&2
		echo "foreign: apt-get has no libraries for $arch" >&2
		exit 1
	}
fi

# flowipfix is left out: libfixbuf wants GLib, and has no numbers of its own.
make -s -j "$(nproc)" all test-programs FIXBUF= \
	CC="$triple-gcc --sysroot=$place/root" \
	AR="$triple-ar" BUILD="$place/build" BIN="$place/exe" >"$place/log" 2>&1 || {
	tail -n 20 "$place/log" >&2
	exit 1
}

# wrap PROGRAM PLACE: a script there that runs it emulated.
wrap() {
	mkdir -p "${2%/*}"
	printf '#!/bin/sh\nexec %s -L %q -0 %q %q "$@"\n' "$emulator" \
		"$place/root" "${1##*/}" "$1" >"$2"
	chmod +x "$2"
}
run=$place/run
rm -rf "$run"
for program in "$place"/exe/*; do
	wrap "$program" "$run/exe/${program##*/}"
done
for program in "$place"/build/{t,replay}/*; do
	case $program in *.[od] | */unit) continue ;; esac
	wrap "$program" "$run/${program#"$place/build/"}"
done

# sums FOLDER: of the week, its truth, and flows of it and of the corpus.
sums() {
	local dir
	dir=$(mktemp -d)
	"$1/tracegen" -c 3 -d 7d -w 96 -l "$dir/truth" -o "$dir/week.pcap"
	sha256sum <"$dir/week.pcap"
	sha256sum <"$dir/truth"
	"$1/pcap2flows" -e link,ip,tcp,time,splt,ent "$dir/week.pcap" >"$dir/flows"
	sha256sum <"$dir/flows"
	"$1/skypeclass" "$dir/flows" | "$1/sigtag" | "$1/rttcalc" >"$dir/all"
	sha256sum <"$dir/all"
	"$1/popularity" "$dir/all" | sha256sum
	"$1/flowpart" -n 8 -o "$dir/part%d" "$dir/all"
	cat "$dir"/part* | sha256sum
	printf %064d 1 >"$dir/key"
	"$1/flowanon" -K "$dir/key" "$dir/all" | sha256sum
	rm -rf "$dir"
}
sums "$bin" >"$place/here"
sums "$run/exe" >"$place/there"
diff "$place/here" "$place/there" || {
	echo "foreign: $arch differs" >&2
	exit 1
}
echo "foreign: $arch: $(wc -l <"$place/there") sums are those of this machine"

# Tests pass over what an emulator lacks: the sandbox, interfaces, limits of
# memory.
EMULATED=${emulator##*/} BIN=$run/exe BUILD=$run prove -j "$(nproc)" \
	t/0002-*.t t/0100-*.t t/0101-*.t t/0102-*.t t/0110-*.t t/0200-*.t \
	t/0201-*.t t/0205-*.t t/0211-metrics.t t/0301-*.t t/0401-*.t \
	t/0402-*.t t/0403-*.t t/0520-*.t t/0861-*.t t/0862-*.t \
	t/0863-flowpcap.t t/1040-*.t
