#!/bin/bash
# What a user is told who errs: once, in a line that a terminal shows, and with
# what there is or which way to go.  Tables over all programs, and over the
# scripts that users start.
. "${0%/*}/lib.sh"

tracegen -c 3 -d 1h -s 5 -w 96 -o a.pcap &&
	pcap2flows a.pcap | skypeclass -a | sigtag | rttcalc |
	sort >good.tsv || exit 1
cp "$top/lib/geo/places.csv" base.csv
printf %032d 0 >key
printf '#cid\tstart\tclient\taddress\tname\thow\tuntil\n' >names

# Programs that read flow records, with what they need.
readers='flowanon -K key
flowcut -c cid
flowgrep pkts>0
flowid
flowipfix -o ipfix
flowmerge
flownames -j names
flowpart -n 4
flowsort
geojoin -d base.csv
popularity
rttcalc
sigtag
skypeclass -a'
# Options that take columns.
choosers='flowanon -K key -c
flowcut -c
flowcut -x -c
flowpart -n 4 -c
flowsort -c
geojoin -d base.csv -c'
# All that users start, but what others source or what runs within a job's
# folder.
scripts=$(find "$top/examples" "$top/plots" -type f \
	\( -name '*.sh' -o -name '*.py' -o -name '*.R' -o -perm -100 \) |
	grep -vE '/(usage|reduce|report-text|lib)[.]sh$|/(map|reduce)$' | sort)

command -v flowipfix >/dev/null ||
	readers=$(grep -v flowipfix <<<"$readers")
if command -v flowipfix >/dev/null &&
	ldd "$(command -v pcap2flows)" | grep -q 'lib[at]san'; then
	readers=$(grep -v flowipfix <<<"$readers")
fi

# Data of other kinds, and what is said of them.
kinds='pcap|no flow records but a capture, which pcap2flows reads
pcapng|no flow records but a capture, which pcap2flows reads
gzip|no flow records but compressed by gzip: zcat reads it
zstd|no flow records but compressed by zstd: zstdcat reads it
xz|no flow records but compressed by xz: xzcat reads it
json|no flow records but JSON: flowfrom reads that of other tools
csv|no TABs, but commas between its columns, as in CSV: "start,src,dst"
bars|no TABs, but bars between its columns: "start
semicolons|no TABs, but semicolons between its columns: "#start
blanks|no TABs, but blanks between its columns: "#start
plain|no TABs in it: "nothing of ours
rows|no header before the first record: "1:'
cp a.pcap pcap
sed 1d good.tsv >rows
# By hand, as these formats' descriptions have them: the magic, and more.
printf '\n\r\r\n\034\0\0\0M<+\032\001\0\0\0\377\377\n' >pcapng
printf '\037\213\010\0\377\200\n\201' >gzip
printf '(\265/\375\004\200\n\201' >zstd
printf '\3757zXZ\0\0\004\n\201' >xz
echo '{"ts":1.5,"id.orig_h":"10.0.0.1"}' >json
printf 'start,src,dst\n1,10.0.0.1,10.0.0.2\n' >csv
tr , '|' <csv >bars
sed 's/^start/#&/; s/,/;/g' csv >semicolons
sed 's/^start/#&/; s/,/ /g' csv >blanks
printf 'nothing of ours \351t\351 \302\2332J\n' >plain

# said WANTED COMMAND ...: it fails by itself, and says that and nothing else.
said() {
	local wanted=$1 status=0
	shift
	"$@" >/dev/null 2>err </dev/null || status=$?
	[ "$status" = 1 ] || [ "$status" = 2 ] || echo "status $status: $*"
	[ "$(wc -l <err)" = 1 ] || { echo "not one line: $*"; cat err; }
	! LC_ALL=C grep -n '[^ -~]' err || echo "raw bytes: $*"
	[[ $(<err) == *"$wanted"* ]] || { echo "not as wanted: $*"; cat err; }
}

plan $(($(wc -l <<<"$readers") * 2 + $(wc -l <<<"$choosers") +
	$(wc -l <<<"$scripts") + 25))

while read -r program; do
	read -ra words <<<"$program"
	is "${words[0]}: data of another kind" "$(
		while IFS='|' read -r kind wanted; do
			said "$wanted" "${words[@]}" "$kind"
		done <<<"$kinds")" ''
	is "${words[0]}: behind records" "$(
		for kind in pcap gzip json; do
			wanted=$(sed -n "s/^$kind|//p" <<<"$kinds")
			said "${words[0]}: $kind: $wanted" "${words[@]}" \
				good.tsv $kind
		done)" ''
done <<<"$readers"

there='there are: cid, start, end, proto, src, sport, dst, dport, dir,'
while read -r program; do
	read -ra words <<<"$program"
	is "$program: no such column" "$(said "${words[0]}: good.tsv:1: no \
column \"nope\"; $there" "${words[@]}" nope good.tsv)" ''
done <<<"$choosers"
is 'flowgrep: no such column' \
	"$(said "good.tsv:1: no column \"nope\"; $there" \
	flowgrep 'nope == 1' good.tsv)" ''
is 'rttcalc: who makes a column' "$(flowcut -x -c ask good.tsv >less.tsv
	said 'less.tsv:1: no column "ask" (pcap2flows makes it); there are:' \
	rttcalc less.tsv)" ''
is 'an interface that is not there' \
	"$(said 'pcap2flows: nosuch: ' pcap2flows -i nosuch)" ''
is 'its name comes once' "$(grep -o nosuch err)" nosuch
# Root without the capability is as anybody else.
without=()
[ "$(id -u)" != 0 ] || without=(setpriv --bounding-set=-net_raw)
is 'an interface that one may not open' "$(said 'capability cap_net_raw' \
	"${without[@]}" pcap2flows -i lo)" ''
is 'pcap2flows: no capture' "$(said 'good.tsv: not a capture' \
	pcap2flows good.tsv)" ''
is 'flowfrom: a capture' "$(said 'a.pcap:1: a capture; expected conn.log' \
	flowfrom zeek a.pcap)" ''

# Options that take a time, each with a minute in two ways, and what is none.
while read -r program; do
	read -ra words <<<"$program"
	name="${words[0]} ${words[1]}"
	"${words[@]:0:2}" 60 "${words[@]:2}" >is60 2>&1
	"${words[@]:0:2}" 1m "${words[@]:2}" >is1m 2>&1
	is "$name 1m is 60" "$(cmp is60 is1m 2>&1
		grep "^${words[0]}: " is1m)" ''
	is "$name: no time" "$(said '"5x"' "${words[@]:0:2}" 5x \
		"${words[@]:2}")" ''
done <<-END
	pcap2flows -t a.pcap
	pcap2flows -A a.pcap
	pcap2flows -G -o part-%s a.pcap
	flowmerge -t good.tsv
	rttcalc -m good.tsv
	flownames -t a.pcap
	tracegen -d -c 2
END
# In expressions, and in the settings of examples.
is 'flowgrep duration > 1min' "$(flowgrep 'duration > 1min' good.tsv | cksum)" \
	"$(flowgrep 'duration > 60' good.tsv | cksum)"
is 'top.sh EVERY=1m' "$(EVERY=1m "$top/examples/top/top.sh" good.tsv 2>&1 |
	cksum)" "$(EVERY=60 "$top/examples/top/top.sh" good.tsv 2>&1 | cksum)"
is 'records.sh IDLE=1m' "$(IDLE=1m bash "$top/examples/from/records.sh" silk \
	"$top/t/from/rwcut.txt" 2>&1 | cksum)" "$(IDLE=60 bash \
	"$top/examples/from/records.sh" silk "$top/t/from/rwcut.txt" 2>&1 |
	cksum)"
is 'job -t 5m' "$("$top/examples/cluster/job" -t 5m made a.pcap 2>&1
	sed -n 's/^idle=//p' made/kit/settings)" 5m

# Scripts: in their own language, also where the libraries they take are not.
version=$(flowcut -V)
started() {
	case $1 in
	*.py) python3 -S "$@" ;;
	*.R) R_LIBS_USER=none Rscript "$@" ;;
	*) bash "$@" ;;
	esac
}
has_language() {
	case $1 in
	*.py) command -v python3 >/dev/null ;;
	*.R) command -v Rscript >/dev/null ;;
	esac
}
while read -r script; do
	name=${script##*/}
	what="${script#"$top"/}: --help, --version"
	has_language "$script" || { skip "$what" 'not installed'; continue; }
	started "$script" --help >help 2>&1 || echo "failed: $?" >>help
	is "$what" "$(grep -vFxf <(sed 's/^"""//; s/^# \{0,1\}//' \
		"$script") help
		started "$script" --version 2>&1)" "$name ${version#* }"
done <<<"$scripts"
