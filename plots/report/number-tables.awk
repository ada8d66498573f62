# number-tables.awk: numbers the tables of a page in the order in which they
# stand.

/<caption><span>/ { sub(/<caption><span>/, "&Table " (++n) ". ") }

{ print }
