#!/bin/sh
# flowanon: published vectors, the property that gives it its use, and what
# of a record changes.
# shellcheck disable=SC2016  # awk
. "${0%/*}/lib.sh"
plan 23

key=$top/t/anon/key
grep -v '^#' "$top/t/anon/cryptopan.txt" >vectors
{ echo '#ip'; cut -d ' ' -f 1 vectors; } >from.tsv
{ echo '#ip'; cut -d ' ' -f 2 vectors; } >to.tsv
check 'published vectors' -i from.tsv -o to.tsv -- flowanon -K "$key" -c ip
perl -e 'print pack "H*", <> =~ /(.*)/' "$key" >raw
check 'key as bytes' -i from.tsv -o to.tsv -- flowanon -K raw -c ip
tr a-f A-F <"$key" | tr -d '\n' >upper
check 'key in capitals, no newline' -i from.tsv -o to.tsv -- \
	flowanon -K upper -c ip
{ cat from.tsv; sed 1d from.tsv; } >twice.tsv
{ cat to.tsv; sed 1d to.tsv; } >wanted
check 'remembered addresses' -i twice.tsv -o wanted -- \
	flowanon -K "$key" -c ip

# Common leading bits of neighbours in a sorted list, before and after.
common() {
	awk -F . '{
		v = (($1 * 256 + $2) * 256 + $3) * 256 + $4
		if (NR > 1) {
			a = v
			b = w
			for (n = 32; a != b; n--) {
				a = int(a / 2)
				b = int(b / 2)
			}
			print n
		}
		w = v
	}'
}
awk 'BEGIN {srand(7); a = "10.1"; b = 2; for (i = 0; i < 4000; i++) {
	if (rand() < 0.3)
		a = int(256 * rand()) "." int(256 * rand())
	if (rand() < 0.6)
		b = int(256 * rand())
	print a "." b "." int(256 * rand())}}' >list
flowanon -K "$key" -c ip -H ip list >new
is 'prefixes stay, IPv4' "$(common <new | cksum)" "$(common <list | cksum)"
is 'one for one' "$(sort -u new | wc -l)" "$(sort -u list | wc -l)"
for i in 0 1 7 8 e f; do
	echo "2001:db8::${i}000"; echo "2001:db8::${i}00$i"
done >list6
flowanon -K "$key" -c ip -H ip list6 >new6
is 'prefixes stay, IPv6' "$(cut -d : -f 1-7 new6 | sort -u | wc -l)" 1

{
	printf '#cid\tstart\tproto\tsrc\tsport\tdst\tdport\tnote\n'
	printf 'x\t1\tudp\t128.11.68.132\t9\t10.185.25.118\t53\tas it is\n'
	printf 'x\t2\ttcp\t2001:db8::1\t9\t::2\t80\t\n'
} >flow.tsv
{
	printf '#cid\tstart\tproto\tsrc\tsport\tdst\tdport\tnote\n'
	printf 'x\t1\tudp\t135.242.180.132\t9\t117.161.29.118\t53\tas it is\n'
	printf 'x\t2\ttcp\t4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e\t9\t'
	printf '78ff:f001:9fc0:20df:8380:b1f1:704:ef\t80\t\n'
} | flowid | cut -f 1-8 >wanted
check 'a record' -o wanted -- flowanon -K "$key" flow.tsv
sed 's/^#/#fields\t/' flow.tsv >zeek.tsv
check 'a record under another header' -o wanted -- flowanon -K raw zeek.tsv

# What tells what was said, or who it was, goes unless asked for.
{
	printf '#nib\tproto\tsrc\tsport\tdst\tdport\t'
	printf 'smac\trfun\tname\ttsrc\tent\n'
	printf '=16\tudp\t128.11.68.132\t9\t10.185.25.118\t53\t'
	printf '02:00:00:00:00:01\t0:1\tx.example\t192.0.2.1\t4.2\n'
} >told.tsv
printf '#proto\tsrc\tsport\tdst\tdport\tent\tcid\n' >wanted
printf 'udp\t135.242.180.132\t9\t117.161.29.118\t53\t4.2\n' >untold
flowid -H proto,src,sport,dst,dport,ent untold | cut -f 1-7 >rows
cat rows >>wanted
check 'payload, names and MACs are left out' -o wanted -- \
	flowanon -K "$key" told.tsv
sed 1d told.tsv >bare
check 'also without a header' -o rows -- flowanon -K "$key" \
	-H nib,proto,src,sport,dst,dport,smac,rfun,name,tsrc,ent bare
is 'unless all are asked for' \
	"$(flowanon -aK "$key" told.tsv | cut -f 1,7-11)" \
	"$(cut -f 1,7-11 told.tsv)"
is 'or columns are named' \
	"$(flowanon -K "$key" -c src told.tsv | cut -f 1,4-)" \
	"$(cut -f 1,4- told.tsv)"

printf '%s\n' '#endpoint' '10.185.25.118:53' '[::2]:65535' '-' >ep.tsv
printf '%s\n' '#endpoint' '117.161.29.118:53' \
	'[78ff:f001:9fc0:20df:8380:b1f1:704:ef]:65535' '-' >wanted
check 'endpoints' -i ep.tsv -o wanted -- flowanon -K "$key" -c endpoint
printf '%s\n' '#ip' 'here' >bad.tsv
check 'no address' -s 1 -M 'bad.tsv:2: .*no address.*"here"' -- \
	flowanon -K "$key" -c ip bad.tsv
check 'no such column' -s 2 -M 'no column "host"' -- \
	flowanon -K "$key" -c src,host flow.tsv
check 'no key' -s 2 -M '-K keyfile is needed' -- flowanon flow.tsv
check 'missing key' -s 1 -M 'absent: No such file' -- \
	flowanon -K absent flow.tsv
echo 0123 >short
check 'short key' -s 1 -M 'short: a key is 32 bytes' -- \
	flowanon -K short flow.tsv
sed 's/1/g/' "$key" >wrong
check 'key that is no number' -s 1 -M 'wrong: a key is 32 bytes' -- \
	flowanon -K wrong flow.tsv

# The digits 1 with a bit less: bytes 0x11 are no digits.
tr 1 "\021" <"$key" >wrong
check 'key of other bytes' -s 1 -M 'wrong: a key is 32 bytes' -- \
	flowanon -K wrong flow.tsv

# Behind it all counts are what they were.
tracegen -c 4 -d 1h -s 3 | pcap2flows -b |
	awk -f "$top/examples/select.awk" proto=udp >sig.tsv
counts() { sigtag | popularity | cut -f 2- | sort | cksum; }
is 'popularity is the same' "$(flowanon -K raw sig.tsv | counts)" \
	"$(counts <sig.tsv)"
is 'and all else is' \
	"$(flowanon -K raw sig.tsv | cut -f 2-4,6,8- | cksum)" \
	"$(cut -f 2-4,6,8- sig.tsv | cksum)"
