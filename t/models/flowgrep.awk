# flowgrep: random expressions and a model of them in awk.  Writes cases (an
# expression a line), program (awk that prints, a line each, the rows that
# fulfil them), and rows.awk, which makes the rows: id x y name src.
function pick(list,   n, word) {
	n = split(list, word, " ")
	return word[1 + int(rand() * n)]
}

# A test: text in `e`, condition in `c`.
function test(   column, op, v, k) {
	k = int(rand() * 7)
	if (k < 3) {
		column = pick("x y")
		op = pick("== != < <= > >=")
		v = int(rand() * 12) (rand() < .3 ? ".5" : "")
		e = column " " op " " v
		c = op == "==" || op == "!=" ? \
		    "($" at[column] " " op " \"-\" ? 0 : " \
		    "$" at[column] " + 0 " op " " v ")" : \
		    "($" at[column] " != \"-\" && $" at[column] " + 0 " op " " v ")"
		if (op == "==")
			c = "($" at[column] " != \"-\" && $" at[column] " + 0 == " v ")"
		if (op == "!=")
			c = "($" at[column] " == \"-\" || $" at[column] " + 0 != " v ")"
	} else if (k == 3) {
		v = pick("ab ba a b")
		e = "name contains " v
		c = "(index($4, \"" v "\") > 0)"
	} else if (k == 4) {
		v = pick("^a b$ a.b ^(ab|ba)")
		op = pick("~ !~")
		e = "name " op " \"" v "\""
		c = "($4 " op " /" v "/)"
	} else if (k == 5) {
		v = int(rand() * 4)
		e = "src net 10." v ".0.0/16"
		c = "($5 ~ /^10\\." v "\\./)"
	} else {
		v = int(rand() * 6)
		e = pick("x y") " in (" v ", " v + 2 ".." v + 4 ")"
		c = substr(e, 1, 1)
		c = "($" at[c] " != \"-\" && ($" at[c] " + 0 == " v " || ($" \
		    at[c] " + 0 >= " v + 2 " && $" at[c] " + 0 <= " v + 4 ")))"
	}
}

function expression(depth,   le, lc, k) {
	k = rand()
	if (depth == 0 || k < .3) {
		test()
	} else if (k < .45) {
		expression(depth - 1)
		e = "not (" e ")"
		c = "!(" c ")"
	} else {
		expression(depth - 1)
		le = e
		lc = c
		expression(depth - 1)
		if (k < .72) {
			e = "(" le ") and (" e ")"
			c = "((" lc ") && (" c "))"
		} else {
			e = le " or (" e ")"
			c = "((" lc ") || (" c "))"
		}
	}
}

BEGIN {
	srand(20070422)
	at["x"] = 2
	at["y"] = 3
	for (n = 1; n <= 1000; n++) {
		expression(4)
		print e >cases
		printf "{ if (%s) r[%d] = r[%d] $1 \" \" }\n", c, n, n >program
	}
	print "END { for (i = 1; i <= 1000; i++) print r[i] }" >program
	print "BEGIN { srand(7); for (i = 1; i <= 60; i++)" \
	    " printf \"%d\\t%s\\t%s\\t%s\\t10.%d.0.%d\\n\", i," \
	    " rand() < .1 ? \"-\" : int(rand() * 12) (rand() < .3 ? \".50\" : \"\")," \
	    " rand() < .1 ? \"-\" : int(rand() * 12)," \
	    " substr(\"abbaabab\", 1 + int(rand() * 5), 1 + int(rand() * 4))," \
	    " int(rand() * 4), i }" >"rows.awk"
	if (close(cases) || close(program) || close("rows.awk"))
		exit 1
}
