# made-of.awk: a table as text, and behind an empty line what it is made of.
# Input: the table, then build/fig/made-of.
FILENAME != "-" && FILENAME != "" { print "" }
{ print }
