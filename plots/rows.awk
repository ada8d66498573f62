# rows.awk: the rows that count, as they are.

function columns()
{
	print "#" $0
}

counts()
