# figure-rows.awk: the rows that count, as they are.

function columns()
{
	class_columns()
	print "#" $0
}

counts()
