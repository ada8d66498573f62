# provenance.awk: for table.awk: settings and versions.  Input: what the
# programs print with -V.

BEGIN {
	OFS = "\t"
	print "= Settings and versions"
	print "#", "what", "which"
	if (pcap == "")
		print "", "capture", "synthetic, " clients " clients (scale " \
			scale "), 7 days, first 96 bytes of a packet"
	else
		print "", "capture", pcap
	print "", "internal networks", nets == "" ? "the private ranges" : nets
	print "", "rows that count", "class sig, " \
		(proto == "any" ? "any protocol" : proto)
	print "", "geolocation", base (base == "lib/geo/places.csv" ? \
		" (invented places)" : "")
	print "", "seed of fig3’s right client", seed
}

{
	print "", $1, substr($0, length($1) + 2)
}

END {
	print "", "gnuplot", substr(drawer, 9)
}
