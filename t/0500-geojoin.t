#!/bin/sh
# geojoin: which address of a flow is looked up, what is written.
. "${0%/*}/lib.sh"
plan 22

cat >base.csv <<'EOF'
first,last,country,city,lat,lon
240.0.0.0,240.0.0.255,IT,Torino,45.07,7.69
240.0.1.0,240.0.1.255,IT
240.0.2.0,240.0.2.255,EU,,,
240.0.3.0,240.0.3.255,US,New York,40.71,-74.01
240.0.4.0,240.0.4.0,QQ,Nowhere,0,-0.00001
2001:db8::,2001:db8::ffff,FR,Paris,48.8566,2.35222
EOF

cat >flows.tsv <<'EOF'
#src	dst	dir	note
10.0.0.1	240.0.0.7	out	a
240.0.1.0	10.0.0.1	in	b
10.0.0.1	10.0.0.2	int	c
240.0.0.1	240.0.3.255	ext	d
10.0.0.1	240.0.2.1	out	e
10.0.0.1	240.0.4.0	out	f
10.0.0.1	240.0.4.1	out	g
10.0.0.1	2001:db8::ffff	out	h
10.0.0.1	2001:db8::1:0	out	i
10.0.0.1	::ffff:240.0.0.9	out	j
10.0.0.1	240.0.0.9	-	k
-	10.0.0.1	in	l
EOF

# Continents and rounding by hand.
cat >wanted.tsv <<'EOF'
#src	dst	dir	note	continent	country	city	lat	lon
10.0.0.1	240.0.0.7	out	a	Europe	IT	Torino	45.0700	7.6900
240.0.1.0	10.0.0.1	in	b	Europe	IT	UNKNOWN	-	-
10.0.0.1	10.0.0.2	int	c	UNKNOWN	UNKNOWN	UNKNOWN	-	-
240.0.0.1	240.0.3.255	ext	d	America NO	US	New York	40.7100	-74.0100
10.0.0.1	240.0.2.1	out	e	Europe	EU	UNKNOWN	-	-
10.0.0.1	240.0.4.0	out	f	UNKNOWN	QQ	Nowhere	0.0000	0.0000
10.0.0.1	240.0.4.1	out	g	UNKNOWN	UNKNOWN	UNKNOWN	-	-
10.0.0.1	2001:db8::ffff	out	h	Europe	FR	Paris	48.8566	2.3522
10.0.0.1	2001:db8::1:0	out	i	UNKNOWN	UNKNOWN	UNKNOWN	-	-
10.0.0.1	::ffff:240.0.0.9	out	j	Europe	IT	Torino	45.0700	7.6900
10.0.0.1	240.0.0.9	-	k	UNKNOWN	UNKNOWN	UNKNOWN	-	-
-	10.0.0.1	in	l	UNKNOWN	UNKNOWN	UNKNOWN	-	-
EOF
check 'place of the external end' -o wanted.tsv -- \
	geojoin -d base.csv flows.tsv
geojoin -d base.csv flows.tsv >once.tsv
check 'a second time: columns are replaced' -o wanted.tsv -- \
	geojoin -d base.csv once.tsv

check 'no base' -s 2 -E 'geojoin: no geolocation base: name one with -d' -- \
	geojoin flows.tsv
check 'missing base' -s 1 -E 'geojoin: absent.csv: No such file or directory' \
	-- geojoin -d absent.csv flows.tsv
check 'directory as base' -s 1 -E 'geojoin: .: Is a directory' -- \
	geojoin -d . flows.tsv

echo '240.0.2.0,240.0.2.9,DE,Köln,50.94,6.96' >second.csv
echo '240.0.0.0,240.0.3.255,,Somewhere,1,2' >third.csv
printf '240.0.2.1\n240.0.0.1\n240.0.2.10\n240.0.3.0\n' >ip
check 'several bases: the first that knows the country' -i ip \
	-O '240.0.2.1	Europe	DE	Köln	50.9400	6.9600
240.0.0.1	Europe	IT	Torino	45.0700	7.6900
240.0.2.10	Europe	EU	UNKNOWN	-	-
240.0.3.0	America NO	US	New York	40.7100	-74.0100' -- \
	geojoin -d third.csv -d second.csv -d base.csv -H ip -c ip
check 'a base that knows but the city' -i ip \
	-O '240.0.2.1	UNKNOWN	UNKNOWN	Somewhere	1.0000	2.0000
240.0.0.1	UNKNOWN	UNKNOWN	Somewhere	1.0000	2.0000
240.0.2.10	UNKNOWN	UNKNOWN	Somewhere	1.0000	2.0000
240.0.3.0	UNKNOWN	UNKNOWN	Somewhere	1.0000	2.0000' -- \
	geojoin -d third.csv -H ip -c ip

printf '#endpoint\tpopularity\n%s\t1\n%s\t2\n%s\t3\n' 240.0.0.1:443 \
	'[2001:db8::1]:65535' 240.0.3.1 >popular.tsv
check '-c: endpoints' -O '#endpoint	popularity	continent	country	city	lat	lon
240.0.0.1:443	1	Europe	IT	Torino	45.0700	7.6900
[2001:db8::1]:65535	2	Europe	FR	Paris	48.8566	2.3522
240.0.3.1	3	America NO	US	New York	40.7100	-74.0100' -- \
	geojoin -d base.csv -c endpoint popular.tsv
check '-c: no such column' -s 2 \
	-E 'geojoin: popular.tsv:1: no column "peer"; there are: endpoint, popularity' -- \
	geojoin -d base.csv -c peer popular.tsv
check '-c: -H without it' -s 2 -E 'geojoin: -H: no column "peer"; there are: ip, note' -- \
	geojoin -d base.csv -c peer -H ip,note

for bad in 240.0.0 240.0.0.1: :80 '[2001:db8::1]' 240.0.0.1:80x \
	'[240.0.0.1' host; do
	printf '#ip\n240.0.0.1\n%s\n' "$bad" >bad.tsv
	check "not an address: $bad" -s 1 \
		-M 'bad.tsv:3: ip: not an address: "' -- \
		geojoin -d base.csv -c ip bad.tsv
done
printf '#dir\tsrc\tdst\nup\t1.2.3.4\t5.6.7.8\nout\t-\tx\nin\t240.0.0.1\tx\n' \
	>bad.tsv
check 'neither in nor out' -s 1 -M \
	'bad.tsv:2: dir: not out, in, int or ext: "up"' -- \
	geojoin -d base.csv bad.tsv
check '-k drops bad rows' -s 1 -M '2 bad rows dropped' \
	-O '#dir	src	dst	continent	country	city	lat	lon
in	240.0.0.1	x	Europe	IT	Torino	45.0700	7.6900' -- \
	geojoin -k -d base.csv bad.tsv

# 40,000 addresses, each twice: more than are kept of the last look-ups.
awk 'BEGIN {for (k = 0; k < 2; k++) for (i = 0; i < 40000; i++)
	print "240." i % 3 "." i % 256 "." int(i / 256)}' >ip
awk -F . -v OFS='\t' '{
	if ($2 > 0 || $3 > 4 || ($3 == 4 && $4 > 0)) place = "UNKNOWN"
	else place = $3 == 2 ? "EU" : $3 == 3 ? "US" : $3 == 4 ? "QQ" : "IT"
	print $0, place}' ip >wanted
geojoin -d base.csv -H ip -c ip ip | cut -f 1,3 >got
ok 'many addresses, met again' cmp wanted got

# europa.eu: Bulgaria and Romania came in 2007, Croatia in 2013.
is '-l: members of 2007 and the code EU' "$(geojoin -l |
	awk -F '\t' '$4 == "yes" && $3 == "Europe" {print $1}' | tr '\n' ' ')" \
	'AT BE BG CY CZ DE DK EE ES EU FI FR GB GR HU IE IT LT LU LV MT NL PL '\
'PT RO SE SI SK '
is '-l: the continents of Table II' "$(geojoin -l | cut -f 3 | sed 1d |
	sort -u | tr '\n' ' ')" \
	'Africa America NO America SO Asia Europe Oceania UNKNOWN '
