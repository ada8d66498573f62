#!/usr/bin/env bash
# includes: modules include each other in one direction only.  Each line of
# the table is a folder of lib/ and the folders that it may include besides
# itself; programs and tests may include all, no module includes a program.
# An include names its folder, so that the reader sees where a thing lives.
# Usage: includes.sh, from the top folder; prints what is wrong, status 1.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

awk '
BEGIN {
	may["base"] = ""
	may["packet"] = "base"
	may["flow"] = "base packet"
	may["record"] = "base packet flow"
	may["geo"] = "base"
	may["log"] = "base packet flow record"
	may["names"] = "base packet flow record log"
	may["skype"] = "base packet flow record"
	may["ipfix"] = "base packet flow record"
	may["query"] = "base packet flow record"
	may["campus"] = "base packet flow record geo"
}
/^#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	split(FILENAME, path, "/")
	from = path[2]
	slash = index(quoted[2], "/")
	to = slash ? substr(quoted[2], 1, slash - 1) : "a file without its folder"
	if (!(from in may))
		why = "lib/" from " is no folder of the table"
	else if (to != from && index(" " may[from] " ", " " to " ") == 0)
		why = from " may not include " to
	else
		next
	printf "%s:%d: %s: %s\n", FILENAME, FNR, why, quoted[2]
	bad = 1
}
END { exit bad }' lib/*/*.[chly]
