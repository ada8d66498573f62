# provenance.awk: for table.awk: settings and versions.  Input: what the
# programs print with -V; the settings, COMMIT, DRAWER (gnuplot) and CLIENTS from the
# environment, where a backslash is one.

BEGIN {
	OFS = "\t"
	print "= Settings and versions"
	print "#", "what", "which"
	if (ENVIRON["PCAP"] == "")
		print "", "capture", "synthetic, " ENVIRON["CLIENTS"] " clients (scale " \
			ENVIRON["SCALE"] "), 7 days, first 96 bytes of a packet"
	else
		print "", "capture", ENVIRON["PCAP"]
	print "", "internal networks", ENVIRON["NETS"] == "" ? "the private ranges" : ENVIRON["NETS"]
	print "", "rows that count", "class sig, " \
		(ENVIRON["PROTO"] == "any" ? "any protocol" : ENVIRON["PROTO"])
	print "", "geolocation", ENVIRON["GEODB"] (ENVIRON["GEODB"] == "lib/geo/places.csv" ? \
		" (invented places)" : "")
	print "", "commit", ENVIRON["COMMIT"]
	print "", "seed of the synthetic campus", ENVIRON["SEED"]
}

{
	print "", $1, substr($0, length($1) + 2)
}

END {
	print "", "gnuplot", substr(ENVIRON["DRAWER"], 9)
}
