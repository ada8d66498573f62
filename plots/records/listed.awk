# listed.awk: of the rows of skypeclass(1) -e those of the endpoints that it
# takes for Skype; behind listed-endpoints.awk.

function columns()
{
	listed_columns()
	print "#" $0
}

$SCORE + 0 >= SKYPE_BITS { print }
