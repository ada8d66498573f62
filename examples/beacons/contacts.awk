# contacts.awk: makes flow records ready for the search for beacons: a
# contact is a flow, whoever's port it came from.  The initiator's port is
# drawn anew for each contact in TCP and mostly in UDP, so it becomes 0; then
# sigtag's pairs are initiator, responder and the responder's port.
#
# yes, no: files for contacts that were answered and that were not
# both: not only flows from inside to outside

BEGIN {
	FS = OFS = "\t"
}

/^#/ {
	sub(/^#/, "")
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	if (!headers++) {
		print "#" $0, "class" >yes
		print "#" $0, "class" >no
	}
	next
}

# A TCP connection that was refused was not answered.
function answered()
{
	if ($at["proto"] == "tcp" && "rflags" in at)
		return $at["rflags"] ~ /H/
	return $at["rpkts"] > 0
}

both || $at["dir"] == "out" {
	$at["sport"] = 0
	print $0, "sig" >(answered() ? yes : no)
}
