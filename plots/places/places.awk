# places.awk: places of external addresses, each address once, as probe when
# all its pairs are probes, else as nonprobe:
#	KIND continent|country|city NAME ADDRESSES
# with the countries of the EU and the cities of Italy.  Stands behind eu-2007.awk.

function columns()
{
	class_columns()
	SRC = col("src"); DST = col("dst"); DIR = col("dir")
	PAIR = col("pair")
	CONTINENT = col("continent"); COUNTRY = col("country")
	CITY = col("city")
}

!counts() || $DIR == "int" { next }

{
	peer = $DIR == "in" ? $SRC : $DST
	if (!(peer in place))
		place[peer] = $CONTINENT FS $COUNTRY FS $CITY
	if ($PAIR != "probe")
		nonprobe[peer]
}

END {
	for (peer in place) {
		split(place[peer], at, FS)
		kind = peer in nonprobe ? "nonprobe" : "probe"
		country = eu(at[1], at[2])
		counted[kind OFS "continent" OFS known(at[1])]++
		if (country != "")
			counted[kind OFS "country" OFS country]++
		if (country == "Italy")
			counted[kind OFS "city" OFS known(at[3])]++
	}
	for (i in counted)
		print i, counted[i]
}

function known(name)
{
	return unknown(name) ? "UNKNOWN" : name
}
