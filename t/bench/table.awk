# table: medians of what tools cost.
# Input: rows "shape tool wall cpu MiB", in the order of the rounds; for each
# shape the first tool is the base.
# Ratios are medians of the rounds' own ratios.

function number(x) {
	return x == "" ? "-" : sprintf("%.2f", x)
}

function median(list, parts, n, i, j, x) {
	n = split(list, parts, " ")
	for (i = 2; i <= n; i++) {
		x = parts[i] + 0
		for (j = i - 1; j > 0 && parts[j] + 0 > x; j--)
			parts[j + 1] = parts[j]
		parts[j + 1] = x
	}
	if (n % 2 == 1)
		return parts[(n + 1) / 2]
	return (parts[n / 2] + parts[n / 2 + 1]) / 2
}

function row(shape, tool, k) {
	k = shape SUBSEP tool
	if (!(k in wall)) {
		order[++rows] = k
		name[k] = tool
		of[k] = shape
	}
	return k
}

BEGIN { FS = "\t" }

{
	if (!($1 in base))
		base[$1] = $2
	if ($2 == base[$1]) {
		base_wall[$1] = $3
		base_cpu[$1] = $4
	}
	k = row($1, $2)
	wall[k] = wall[k] " " $3
	cpu[k] = cpu[k] " " $4
	mib[k] = mib[k] " " $5
	if (base_wall[$1] > 0)
		wall_ratio[k] = wall_ratio[k] " " $3 / base_wall[$1]
	if (base_cpu[$1] > 0)
		cpu_ratio[k] = cpu_ratio[k] " " $4 / base_cpu[$1]
}

END {
	form = "%-9s %-14s %9s %9s %9s %9s %8s\n"
	printf form, "shape", "tool", "wall s", "CPU s", "wall x", "CPU x", \
		"MiB"
	for (i = 1; i <= rows; i++) {
		k = order[i]
		if (i > 1 && of[k] != of[order[i - 1]])
			print ""
		printf form, of[k], name[k], number(median(wall[k])), \
			number(median(cpu[k])), number(median(wall_ratio[k])), \
			number(median(cpu_ratio[k])), \
			sprintf("%.0f", median(mib[k]))
	}
}
