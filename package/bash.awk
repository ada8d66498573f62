# bash: completion for bash of the program whose usage was read.
function done(   i, words) {
	for (i = 1; i <= length(flags); i++)
		words = words " -" substr(flags, i, 1)
	for (i = 1; i <= n; i++)
		words = words " -" option[i]
	print "# bash completion for " name ", made of its usage"
	print ""
	print "_flows_" name "()"
	print "{"
	print "	local cur=${COMP_WORDS[COMP_CWORD]}" \
		" prev=${COMP_WORDS[COMP_CWORD-1]} list"
	print "	COMPREPLY=()"
	print "	case $prev in"
	for (i = 1; i <= n; i++)
		print "	-" option[i] ") " of_value(value[i]) "; return ;;"
	print "	esac"
	print "	case $cur in"
	print "	-*) COMPREPLY=($(compgen -W '" substr(words, 2) \
		"' -- \"$cur\")) ;;"
	print "	*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;"
	print "	esac"
	print "}"
	print "complete -o filenames -F _flows_" name " " name
}

function of_value(v) {
	if (v ~ /^(file|keyfile|base|places|truth|pattern|prefix)$/)
		return "COMPREPLY=($(compgen -f -- \"$cur\"))"
	if (v == "interface")
		return "COMPREPLY=($(cd /sys/class/net 2>/dev/null &&" \
			" compgen -f -- \"$cur\"))"
	if (v == "user")
		return "COMPREPLY=($(compgen -u -- \"$cur\"))"
	if (v == "host" || v == "vlan")
		return "COMPREPLY=($(compgen -W " v " -- \"$cur\"))"
	if (v == "column" || v == "columns")
		return of_columns()
	return ":"
}

# Names in the first line of the first file among the words, one by one
# between commas.
function of_columns() {
	return "for list in \"${COMP_WORDS[@]:1}\"; do\n" \
		"\t\t[[ -f $list ]] || continue\n" \
		"\t\tlist=$(head -n 1 -- \"$list\" | tr -d '#' |" \
		" tr '\\t' ' ')\n" \
		"\t\tprev=; [[ $cur != *,* ]] || prev=${cur%,*},\n" \
		"\t\tCOMPREPLY=($(compgen -P \"$prev\" -W \"$list\"" \
		" -- \"${cur##*,}\"))\n" \
		"\t\tbreak\n" \
		"\tdone"
}
