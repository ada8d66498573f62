#!/bin/sh
# The commands of hadoop-streaming.md and spark-pipe.md, carried out as they
# stand there by stand-ins for the engines, give what one process gives.
. "${0%/*}/lib.sh"
# shellcheck source=t/pieces.sh
. "$top/t/pieces.sh"

cluster=$top/examples/cluster
tracegen -c 6 -d 6h -s 4 -w 96 >a.pcap && one a.pcap || exit 1
cut_capture a.pcap a 5
cp "$cluster/stream" "$places" .

# The blocks of a language.
blocks() { awk -v lang="$1" '/^```/ {on = $0 == "```" lang; next} on' "$2"; }

plan 16

for table in flows:all evidence:endpoints popular:popularity places:flows; do
	is "header ${table%:*}" "$(./stream header "${table%:*}")" \
		"$(head -n 1 "one/${table#*:}.tsv")"
done
for step in map flows evidence sums part contacts popular; do
	./stream "$step" </dev/null >>out || echo "$step" >>failed
done
is 'no step fails on empty input' "$(cat failed 2>/dev/null)" ''
is 'nor writes' "$(cat out)" ''
check 'no such step' -s 2 -E 'stream: no such step: reduce' -- ./stream reduce
echo a.pcap.absent >in
check 'an absent capture' -s 1 -i in -M 'absent: No such file' -- \
	./stream map
sed 1q one/all.tsv >in
check 'a bad row' -s 1 -i in -M 'flowmerge: <stdin>:1: ' -- ./stream flows
check 'no sums' -s 1 -M 'absent: No such file' -- ./stream tags absent

HDFS=$scratch/hdfs
export HDFS
mkdir -p hdfs/captures path
cp a?.pcap hdfs/captures
for name in hdfs mapred; do
	cp "$top/t/mapred.pl" path/$name
	sed -i '1i #!/usr/bin/env perl' path/$name
	chmod +x path/$name
done
PATH=$scratch/path:$scratch:$PATH
blocks sh "$cluster/hadoop-streaming.md" >hadoop.sh
check 'Hadoop Streaming' -- sh -e hadoop.sh
mkdir hadoop
mv flows.tsv popularity.tsv endpoints.tsv hadoop
sort hadoop/endpoints.tsv >e1
sort one/endpoints.tsv >e2
ok 'evidence' cmp e1 e2
ok 'records' is_one hadoop

blocks python "$cluster/spark-pipe.md" >spark.py
if command -v python3 >/dev/null; then
	cp "$top/t/pyspark.py" .
	rm -f tags endpoints
	ls a?.pcap >list
	check 'Spark' -- python3 spark.py list
	mkdir spark
	{ stream header places; cat tags; } >spark/flows.tsv
	{ stream header popular; cat popular; } >spark/popularity.tsv
	{ stream header evidence; cat endpoints; } >spark/endpoints.tsv
	ok 'records' is_one spark
else
	skip 'Spark' 'no python3'
	skip 'records' 'no python3'
fi
for page in hadoop-streaming spark-pipe; do
	grep -o "stream [a-z][a-z]*" "$cluster/$page.md" | sort -u >$page
done
is 'the same steps under both' "$(grep -v header hadoop-streaming)" \
	"$(grep -v header spark-pipe)"
