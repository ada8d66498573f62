# eu.awk: the members of the European Union in 2007, by code and by name.

BEGIN {
	n = split("AT Austria,BE Belgium,BG Bulgaria,CY Cyprus," \
		"CZ Czech Republic,DE Germany,DK Denmark,EE Estonia," \
		"ES Spain,FI Finland,FR France,GB United Kingdom,GR Greece," \
		"HU Hungary,IE Ireland,IT Italy,LT Lithuania,LU Luxembourg," \
		"LV Latvia,MT Malta,NL Netherlands,PL Poland,PT Portugal," \
		"RO Romania,SE Sweden,SI Slovenia,SK Slovakia,CZ Czechia", \
		member, ",")
	for (i = 1; i <= n; i++) {
		eu_name[substr(member[i], 1, 2)] = substr(member[i], 4)
		eu_name[substr(member[i], 4)] = substr(member[i], 4)
	}
}

# The name of a member, UNKNOWN for an address somewhere in Europe, else "".
function eu(continent, country)
{
	if (country in eu_name)
		return eu_name[country]
	if (continent == "Europe" && unknown(country) || country == "EU")
		return "UNKNOWN"
	return ""
}

function unknown(place)
{
	return place == "-" || place == "UNKNOWN" || place == ""
}
