# accuracy-tables.awk: tables, for table.awk, from the counts of accuracy.sh.

BEGIN {
	FS = OFS = "\t"
	classes = split("voice video skypeout sig -", class, " ")
	lengths = split("150-299 300-999 1000-2999 3000-", length_of, " ")
	sizes = split("1 2-5 6-", size, " ")
	methods = split("chi bayes both", method, " ")
	says["chi"] = "chi-square alone"
	says["bayes"] = "naive Bayes alone"
	says["both"] = "both"
	# [8], of 76,025 flows over UDP with 100 messages: missed, false, %.
	missed["chi"] = 3.0; false["chi"] = 2.4
	missed["bayes"] = 28; false["bayes"] = 0.68
	missed["both"] = 30; false["both"] = 0.01
}

{
	bytes = $NF; packets = $(NF - 1); flows = $(NF - 2)
}

$2 == "class" {
	matrix["flows", $1, $3, $5] += flows
	matrix["packets", $1, $3, $5] += packets
	matrix["bytes", $1, $3, $5] += bytes
}

$2 == "lost" { lost[$1] += flows }

$1 !~ /^(all|brief|real)$/ && !($1 in is_run) {
	is_run[$1]
	run[++runs] = $1
}

$1 == "real" {
	is_file[$3]
	real[$4] += flows
}

$1 !~ /^(all|brief)$/ { next }

$2 == "clients" { clients[$3, $4] += flows }
$2 == "client" {
	of_clients["flows", $3, $4] += flows
	of_clients["packets", $3, $4] += packets
}

$1 != "all" { next }

$2 == "method" { by[$3, $4, $5] += flows }
$2 == "length" { by_length[$3, $4] += flows }
$2 == "noise" {
	if (!($3 in noise))
		app[++apps] = $3
	noise[$3] += flows
	if ($4)
		noise_false[$3] += flows
}
END {
	calls()
	by_messages()
	other()
	signaling()
	confusion("flows")
	confusion("packets")
	confusion("bytes")
	fewer_packets()
	captures()
}

function calls(   i, m, c, o)
{
	print "=", "Calls: flows with 100 messages or more in a direction"
	print "^", "", "calls", "<", "<", "other flows", "<", "<", \
		"published for UDP", "<"
	print "#", "test", "all", "missed", "%", "all", "false", "%", \
		"missed %", "false %"
	for (i = 1; i <= methods; i++) {
		m = method[i]
		c = by[m, 1, 0] + by[m, 1, 1]
		o = by[m, 0, 0] + by[m, 0, 1]
		print "", says[m], c, by[m, 1, 0] + 0, \
			percent(by[m, 1, 0], c), o, by[m, 0, 1] + 0, \
			percent(by[m, 0, 1], o), missed[m], false[m]
	}
	print ">", "Published: 76,025 campus flows whose truth was the port " \
		"and payload. Ours: synthetic flows, chosen to be mistaken."
}

function by_messages(   i, l, c)
{
	print "=", "Calls by messages in the fuller direction"
	print "#", "messages", "calls", "missed", "%"
	for (i = 1; i <= lengths; i++) {
		l = length_of[i]
		c = by_length[l, 0] + by_length[l, 1]
		all_calls += c
		all_missed += by_length[l, 0]
		print "", l, c, by_length[l, 0] + 0, \
			percent(by_length[l, 0], c)
	}
	print "+", "all", all_calls + 0, all_missed + 0, \
		percent(all_missed, all_calls)
}

function other(   i, a, n, f)
{
	print "=", "Other flows with 150 messages or more in a direction"
	print "#", "protocol", "flows", "taken for calls"
	for (i = 1; i <= apps; i++) {
		a = app[i]
		print "", a, noise[a], noise_false[a] + 0
		n += noise[a]
		f += noise_false[a]
	}
	print "+", "all", n + 0, f + 0
	if (n && !f)
		printf ">\tWith 95 %% confidence fewer than %.4f %% of such " \
			"flows are.\n", 100 * (1 - exp(log(0.05) / n))
}

function signaling(   i, s, f, p, right, wrong)
{
	print "=", "Signaling over UDP of campus clients"
	print "^", "", "clients", "<", "flows", "<", "packets", "<"
	print "#", "flows of the client", "all", "found", "all", "found %", \
		"all", "found %"
	for (i = 1; i <= sizes; i++) {
		s = size[i]
		f = of_clients["flows", s, 0] + of_clients["flows", s, 1]
		p = of_clients["packets", s, 0] + of_clients["packets", s, 1]
		print "", s, clients[s, 0] + clients[s, 1], \
			clients[s, 1] + 0, f, \
			percent(of_clients["flows", s, 1], f), p, \
			percent(of_clients["packets", s, 1], p)
	}
	right = matrix["flows", "all", "sig", "sig"]
	wrong = matrix["flows", "all", "-", "sig"]
	print ">", "Of all flows called signaling " \
		percent(right, right + wrong) " % are (" \
		wrong + 0 " are not)."
}

function confusion(what,   i, j, r)
{
	print "=", "All verdicts, in " what
	print "^", "", "verdict", "<", "<", "<", "<"
	r = "truth"
	for (j = 1; j <= classes; j++)
		r = r OFS words(class[j])
	print "#", r
	for (i = 1; i <= classes; i++) {
		r = words(class[i])
		for (j = 1; j <= classes; j++)
			r = r OFS sprintf("%.0f", \
				matrix[what, "all", class[i], class[j]])
		print "", r
	}
	if (lost["all"])
		print ">", lost["all"] " flows are not in the truth."
}

function words(c)
{
	return c == "-" ? "not Skype" : c
}

function share(what, r, truth, verdict,   j, n)
{
	for (j = 1; j <= classes; j++)
		n += matrix[what, r, truth, class[j]]
	return percent(matrix[what, r, truth, verdict], n)
}

function fewer_packets(   i, j, r, c, found, f)
{
	print "=", "When packets are missing (one campus)"
	print "#", "seen", "calls", "found %", "signaling flows found %", \
		"packets %", "false flows"
	for (i = 1; i <= runs; i++) {
		r = run[i]
		c = found = f = 0
		for (j = 1; j <= 3; j++) {
			c += calls_in(r, class[j])
			found += matrix["flows", r, class[j], class[j]]
		}
		for (j = 1; j <= 4; j++)
			f += matrix["flows", r, "-", class[j]]
		print "", r, c, percent(found, c), \
			share("flows", r, "sig", "sig"), \
			share("packets", r, "sig", "sig"), f
	}
}

function calls_in(r, truth,   j, n)
{
	for (j = 1; j <= classes; j++)
		n += matrix["flows", r, truth, class[j]]
	return n
}

function captures(   f, n, c)
{
	for (f in is_file)
		n++
	if (!n)
		return
	for (c in real)
		if (c != "-")
			f_real += real[c]
	print "=", "Real captures of other protocols"
	print "#", "captures", "flows", "called Skype"
	print "", n, real["-"] + f_real, f_real + 0
}

function percent(part, all)
{
	return all > 0 ? sprintf("%.3f", 100 * part / all) : "-"
}
