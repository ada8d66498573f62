# fig5.awk: where the external addresses are, each address once.

function columns()
{
	class_columns()
	SRC = col("src"); DST = col("dst"); DIR = col("dir")
	LAT = col("lat"); LON = col("lon")
}

!counts() || $LAT == "-" || $DIR == "int" { next }

{
	peer = $DIR == "in" ? $SRC : $DST
	if (!(peer in seen)) {
		seen[peer]
		print $LON, $LAT
	}
}
