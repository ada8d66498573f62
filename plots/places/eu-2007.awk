# eu-2007.awk: the 27 members of the European Union in 2007, by code and by name.
# Command line: countries, the file of what geojoin(1) -l says.

BEGIN {
	while ((getline country <countries) > 0) {
		split(country, member, "\t")
		if (member[4] == "yes" && member[1] != "EU") {
			eu_name[member[1]] = eu_name[member[2]] = member[2]
			members++
		}
	}
	close(countries)
	if (members != 27) {
		print "eu-2007.awk: " members + 0 " members of the EU in \"" \
			countries "\"" >"/dev/stderr"
		bad = 1
		exit 1
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
