# inset-hides.awk: would a picture laid over a corner of a figure hide a curve?
# Prints 1 if at x or to the right of it a curve of blocks lies below y (side=-1,
# rising curves) or above (side=1, falling ones), else 0.
# Command line: blocks, x, y, side.

BEGIN {
	FS = "\t"
}

/^#/ {
	split($0, word, " ")
	wanted = index(" " blocks " ", " " word[2] " ")
	height = side < 0 ? 0 : 1
	passed = 0
	next
}

!wanted || NF < 2 || $1 == "NaN" { next }

# A stair: until this point it is as high as at the one before.
{
	if ($1 > x && (height - y) * side > 0)
		hidden = 1
	height = $2
}

END { print hidden + 0 }
