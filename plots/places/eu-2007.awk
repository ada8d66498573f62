# eu-2007.awk: the members of the European Union in 2007, by code and by name, from
# geojoin(1)'s table of countries.

BEGIN {
	while (("geojoin -l" | getline) > 0) {
		split($0, member, "\t")
		if (member[4] == "yes" && member[1] != "EU")
			eu_name[member[1]] = eu_name[member[2]] = member[2]
	}
	close("geojoin -l")
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
