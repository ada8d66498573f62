# curve.awk: one block of a distribution, or with no block named all of a file
# of the paper's points, as the corners of the stairs that it is: drawn as one
# line its dashes go on around the corners.  Command line: block; rise=1 for
# a curve that begins at 0 (cdf); least, the value that stands for 0 where the
# axis is logarithmic.

BEGIN {
	FS = "[\t,]"
	OFS = "\t"
}

/^#/ { wanted = index($0 " ", "# " block " ") == 1 }

(wanted || block == "") && NF > 1 && $1 != "NaN" {
	if (n++)
		print $1, y
	else if (rise)
		print $1, 0
	y = $2 + 0 < least ? least : $2
	print $1, y
}

END {
	if (!n)
		print "NaN", "NaN"
	else
		print 1e12, y
}
