# zsh: completion for zsh of all programs whose usage was read.
BEGIN { q = "'" }

function done(   i) {
	names = names " " name
	body = body "(" name ")\n\t_arguments -s -S"
	for (i = 1; i <= length(flags); i++)
		body = body " " q "-" substr(flags, i, 1) q
	for (i = 1; i <= n; i++)
		body = body " \\\n\t    " q "-" option[i] "+:" value[i] ":" \
			of_value(value[i]) q
	if (name != "tracegen")
		body = body " \\\n\t    " q "*:file:_files" q
	body = body "\n\t;;\n"
}

function of_value(v) {
	if (v ~ /^(file|keyfile|base|places|truth|pattern|prefix)$/)
		return "_files"
	if (v == "interface")
		return "_net_interfaces"
	if (v == "user")
		return "_users"
	if (v == "host" || v == "vlan")
		return "(" v ")"
	if (v == "column" || v == "columns")
		return "_flows_columns"
	return ""
}

END {
	print "#compdef" names
	print "# made of the programs" q " usage"
	print ""
	print "# Names in the first line of the first file among the words."
	print "_flows_columns() {"
	print "	local word"
	print "	local -a columns"
	print "	for word in \"${words[@]:1}\"; do"
	print "		[[ -f $word ]] || continue"
	print "		columns=(${(s:\t:)$(head -n 1 -- $word | tr -d " q "#" q ")})"
	print "		_values -s , column $columns"
	print "		return"
	print "	done"
	print "	_message column"
	print "}"
	print ""
	printf "case $service in\n%sesac\n", body
}
