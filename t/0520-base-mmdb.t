#!/bin/sh
# geojoin: MaxMind DB files in every form, against what mmdblookup reads in
# the same file.  The files are made by t/mmdb.pl.
. "${0%/*}/lib.sh"
need mmdblookup
plan 39

cat >places <<'EOF'
192.0.2.0/24	EU	IT	Torino (Centro)	45.0703	7.6869
192.0.2.128/25	EU	FR	Paris	48.8566	2.3522
198.51.100.0/25	NA	US	New York	40.7128	-74.006
198.51.100.128/25	EU	-	-	-	-
198.51.100.255/32	AS	-	-	-	-
203.0.113.0/31	AF	-	-	12.5	-
203.0.113.2/31	OC	AU	-	-33.86786	151.20732
203.0.113.4/30	AS	JP	東京	35.6895	139.6917
240.0.0.0/4	SA	BR	São Paulo	-23.5475	-46.63611
EOF
cat >places6 <<'EOF'
2001:db8::/33	EU	IT	Torino	45.0703	7.6869
2001:db8:8000::/33	NA	CA	Ottawa	45.4112	-75.6981
2001:db8:8000::1/128	NA	MX	-	-	-
EOF
cat >addresses <<'EOF'
1.0.0.0
192.0.1.255
192.0.2.0
192.0.2.127
192.0.2.128
192.0.3.0
198.51.100.1
198.51.100.130
198.51.100.255
203.0.113.1
203.0.113.2
203.0.113.7
203.0.113.8
240.0.0.0
254.255.255.255
EOF
cat >addresses6 <<'EOF'
2000::
::c000:201
2001:db8::
2001:db8:7fff:ffff:ffff:ffff:ffff:ffff
2001:db8:8000::
2001:db8:8000::1
2001:db8:8000::2
2001:db9::
dfff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
EOF

# One value as mmdblookup prints it, "-" if there is none.
value() { # file address path ...
	base=$1 address=$2
	shift 2
	mmdblookup -f "$base" -i "$address" "$@" 2>/dev/null | sed -n '
		s/^ *"\(.*\)" <utf8_string>$/\1/p
		s/^ *\([-0-9.]*\) <\(float\|double\)>$/\1/p' | grep . || echo -
}

# The same columns as geojoin's, less the continent.
model() { # layout file addresses
	file=$2 list=$3
	case $1 in
	flat) set -- country_code none city latitude longitude ;;
	*) set -- 'country iso_code' 'continent code' 'city names en' \
		'location latitude' 'location longitude' ;;
	esac
	while read -r a; do
		printf '%s' "$a"
		for path; do
			# shellcheck disable=SC2086  # a path is words
			printf '\t%s' "$(value "$file" "$a" $path)"
		done
		echo
	done <"$list" | awk -F '\t' -v OFS='\t' '{
		if ($2 == "-")
			$2 = $3 == "EU" ? "EU" : $3 == "AS" ? "AP" : "UNKNOWN"
		sub(/ \(.*/, "", $4)
		if ($4 == "-")
			$4 = "UNKNOWN"
		at = "-\t-"
		if ($5 != "-" && $6 != "-")
			at = sprintf("%.4f\t%.4f", $5, $6)
		print $1, $2, $4, at }'
}

for version in 4 6; do
	for layout in nested flat; do
		for number in float double; do
			for size in 24 28 32; do
				in=places at=addresses
				[ $version = 4 ] || in='places places6'
				# shellcheck disable=SC2086  # words
				cat $in | perl "$top/t/mmdb.pl" -v $version \
					-r $size -l $layout -n $number >base
				[ $version = 4 ] || {
					cat addresses addresses6 >both
					at=both
				}
				# All sizes of one kind say the same.
				[ $size != 24 ] ||
					model $layout base $at >wanted
				geojoin -d base -H ip -c ip $at |
					cut -f 1,3- >got
				ok "IPv$version, $layout, $number, $size bits" \
					diff wanted got
			done
		done
	done
done
is 'places that the model knows' "$(cut -f 2 wanted | grep -vc UNKNOWN)" 14

# nested, IPv4, double: some lines by hand.
perl "$top/t/mmdb.pl" <places >base.mmdb
printf '%s\n' 192.0.2.1 198.51.100.130 198.51.100.255 203.0.113.1 \
	203.0.113.2 >ip
check 'by hand' -O '192.0.2.1	Europe	IT	Torino	45.0703	7.6869
198.51.100.130	Europe	EU	UNKNOWN	-	-
198.51.100.255	Asia	AP	UNKNOWN	-	-
203.0.113.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-
203.0.113.2	Oceania	AU	UNKNOWN	-33.8679	151.2073' -- \
	geojoin -d base.mmdb -H ip -c ip ip
printf '%s\n' ::ffff:192.0.2.1 2001:db8::1 ::192.0.2.1 >ip
check 'IPv6 in a base of IPv4' \
	-O '::ffff:192.0.2.1	Europe	IT	Torino	45.0703	7.6869
2001:db8::1	UNKNOWN	UNKNOWN	UNKNOWN	-	-
::192.0.2.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-' -- \
	geojoin -d base.mmdb -H ip -c ip ip
perl "$top/t/mmdb.pl" -v 6 -l flat <places6 >base6.mmdb
printf '%s\n' 192.0.2.1 2001:db8::1 >ip
check 'one base for each family' \
	-O '192.0.2.1	Europe	IT	Torino	45.0703	7.6869
2001:db8::1	Europe	IT	Torino	45.0703	7.6869' -- \
	geojoin -d base.mmdb -d base6.mmdb -H ip -c ip ip

# Text that must not come through.
{
	printf '192.0.2.0/24\tEU\tIT\ta\001b\177c\t1\t2\n'
	printf '192.0.3.0/24\tEU\tIT\tK\366ln\t1\t2\n'
	printf '192.0.4.0/24\tEU\tI\033\t-\t91\t2\n'
	printf '192.0.5.0/24\tEU\tITA\t(x)\tnan\t2\n'
	printf '192.0.6.0/24\tEU\tIT\t%0250d\tinf\t2\n' 0
} | perl "$top/t/mmdb.pl" >base.mmdb
printf '%s\n' 192.0.2.1 192.0.3.1 192.0.4.1 192.0.5.1 192.0.6.1 >ip
check 'bytes and numbers out of place' \
	-O "192.0.2.1	Europe	IT	a b c	1.0000	2.0000
192.0.3.1	Europe	IT	K�ln	1.0000	2.0000
192.0.4.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-
192.0.5.1	UNKNOWN	UNKNOWN	(x)	-	-
192.0.6.1	Europe	IT	$(printf '%0200d' 0)	-	-" -- \
	geojoin -d base.mmdb -H ip -c ip ip

# Thousands of entries; the table of decoded ones grows.
awk 'BEGIN {for (i = 0; i < 5000; i++) printf "11.%d.%d.0/24\tEU\tIT\t%s\t" \
	"%d\t%d\n", i / 256, i % 256, "city " i, i % 90, i % 180}' >places
perl "$top/t/mmdb.pl" <places >base.mmdb
awk -F '[\t/]' '{print $1}' places >ip
cut -f 3,4 places >wanted
geojoin -d base.mmdb -H ip -c ip ip | cut -f 3,4 >got
ok '5,000 entries' cmp wanted got

# A file cut anywhere or with a byte changed: an answer or a message.
survives() { # file
	geojoin -d "$1" -H ip -c ip ip >.out 2>.err
	case $? in
	0) [ ! -s .err ] ;;
	1) grep -q '^geojoin: bad.mmdb:' .err ;;
	*) false ;;
	esac
}
printf '192.0.2.0/24\tEU\tIT\tTorino\t45.07\t7.69\n' |
	perl "$top/t/mmdb.pl" >base.mmdb
printf '192.0.2.1\n192.0.3.1\n' >ip
size=$(wc -c <base.mmdb)
: >failed
i=0
while [ $i -lt "$size" ]; do
	head -c $i base.mmdb >bad.mmdb
	survives bad.mmdb || echo "cut at $i" >>failed
	{ head -c $i base.mmdb; printf '\377'; tail -c +$((i + 2)) base.mmdb
	} >bad.mmdb
	survives bad.mmdb || echo "255 at $i" >>failed
	i=$((i + 3))
done
is 'damaged files' "$(cat failed)" ''
head -c 200 base.mmdb >bad.mmdb
check 'cut short' -s 1 -M '^geojoin: bad.mmdb: neither a MaxMind database' -- \
	geojoin -d bad.mmdb -H ip -c ip ip
ln -s base.mmdb places.csv
check 'the name does not matter' -O '192.0.2.1	Europe	IT	Torino	45.0700	7.6900
192.0.3.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-' -- \
	geojoin -d places.csv -H ip -c ip ip

# Autonomous systems: -a, one base or two, beside places or alone.
printf '%s\t%s\n' 192.0.2.0/24 '64500\tExample, Inc.' 198.51.100.0/24 \
	'4294967295\t-' >systems
printf '%s\t%s\n' 198.51.100.128/25 'AS64501\tOther Net' 203.0.113.0/24 \
	'x\tNo number' >systems2
sed 's/\\t/\t/g' systems | perl "$top/t/mmdb.pl" -l asn >asn.mmdb
sed 's/\\t/\t/g' systems2 | perl "$top/t/mmdb.pl" -l as_name >asn2.mmdb
printf '%s\n' 192.0.2.7 198.51.100.200 203.0.113.1 8.8.8.8 10.0.0.1 >ip
check '-a alone' -O '192.0.2.7	UNKNOWN	UNKNOWN	UNKNOWN	-	-	64500	Example, Inc.
198.51.100.200	UNKNOWN	UNKNOWN	UNKNOWN	-	-	4294967295	-
203.0.113.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	-
8.8.8.8	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	-
10.0.0.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	-' -- \
	geojoin -a asn.mmdb -H ip -c ip ip
echo 192.0.2.0,192.0.2.255,IT >own.csv
check 'two bases of systems, and places' \
	-O '192.0.2.7	Europe	IT	UNKNOWN	-	-	64500	Example, Inc.
198.51.100.200	UNKNOWN	UNKNOWN	UNKNOWN	-	-	64501	Other Net
203.0.113.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	No number
8.8.8.8	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	-
10.0.0.1	UNKNOWN	UNKNOWN	UNKNOWN	-	-	-	-' -- \
	geojoin -d own.csv -a asn2.mmdb -a asn.mmdb -H ip -c ip ip
is 'without -a no column asn' "$(printf '#ip\n192.0.2.1\n' |
	geojoin -d own.csv -c ip | sed 1q | tr '\t' ' ')" \
	'#ip continent country city lat lon'
printf '#ip\tasn\n192.0.2.1\tx\n' >has
check '-a: a column that is there is replaced' -O '#ip	asn	continent	country	city	lat	lon	org
192.0.2.1	64500	UNKNOWN	UNKNOWN	UNKNOWN	-	-	Example, Inc.' -- \
	geojoin -a asn.mmdb -c ip has
check '-a: no MaxMind database' -s 1 \
	-E 'geojoin: own.csv: no MaxMind database' -- \
	geojoin -a own.csv -c ip has
check '-a: no such file' -s 1 -M 'absent.mmdb: No such file' -- \
	geojoin -a absent.mmdb -c ip has
