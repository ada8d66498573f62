# accuracy-tables.awk: tables, for table.awk, from the counts of accuracy.sh.

BEGIN {
	FS = OFS = "\t"
	classes = split("voice video skypeout sig -", class, " ")
	verdicts = split("voice video skypeout media sig -", verdict, " ")
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

$1 == "real" && $2 == "real" {
	is_file[$3]
	real[$4] += flows
}

$1 == "real" && $2 == "endpoint" {
	others[score_bin($5)] += flows
	if (!any_real || $5 > highest_real)
		highest_real = $5
	any_real = 1
}

$1 !~ /^(all|brief)$/ { next }

$2 == "clients" { clients[$3, $4] += flows }
$2 == "client" {
	of_clients["flows", $3, $4] += flows
	of_clients["packets", $3, $4] += packets
}

$1 != "all" { next }

$2 == "made" {
	if (!($3 in made_all))
		made[++mades] = $3
	made_all[$3] += flows
	made_as[$3, $4] += flows
}
$2 == "endpoint" {
	bin = score_bin($5)
	endpoints[bin, $3] += flows
	if (!$3) {
		if (!($4 in ends_of))
			protocol[++protocols] = $4
		ends_of[$4] += flows
		scored[$4, ++scores[$4]] = $5
		scored_n[$4, scores[$4]] = flows
		if (!($4 in highest) || $5 > highest[$4])
			highest[$4] = $5
	}
}
$2 == "near" {
	near_all[$3] += flows
	near[$3, $4, $5] += flows
}
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
	by_codec()
	other()
	left_out()
	reliability()
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

# Calls and other streams that are made: what they are called.
function by_codec(   i, k, j, n, want)
{
	if (!mades)
		return
	print "=", "Calls made with each codec, and streams that are none"
	print "^", "", "", "verdict", "<", "<", "<", "<", "<", ""
	print "#", "made", "all", "voice", "video", "skypeout", "media", \
		"signaling", "none", "not a call %"
	for (i = 1; i <= mades; i++) {
		k = made[i]
		n = made_as[k, "voice"] + made_as[k, "video"] + \
			made_as[k, "skypeout"]
		print "", k, made_all[k], made_as[k, "voice"] + 0, \
			made_as[k, "video"] + 0, made_as[k, "skypeout"] + 0, \
			made_as[k, "media"] + 0, made_as[k, "sig"] + 0, \
			made_as[k, "-"] + 0, k ~ /^(file|relay)$/ ? "-" : \
			percent(made_all[k] - n, made_all[k])
	}
	print ">", "Drawn message by message in made-calls.awk; before all " \
		"but those alone their caller sends eight probes."
}

# Each protocol as if it were not known: the threshold of the score is the
# next whole bit above all endpoints of the others, but not below the default.
function left_out(   i, j, a, b, limit, false, all, chi, bayes, both)
{
	if (!protocols)
		return
	print "=", "Each protocol left out: how close it comes"
	print "^", "", "endpoints over UDP", "<", "<", "<", \
		"flows of 150 messages that pass", "<", "<", "<"
	print "#", "protocol", "all", "highest score", \
		"threshold by the others", "false", "all", "chi-square", \
		"Bayes", "both"
	for (i = 1; i <= apps; i++)
		if (!(app[i] in ends_of))
			protocol[++protocols] = app[i]
	for (i = 1; i <= protocols; i++) {
		a = protocol[i]
		limit = 11
		for (j = 1; j <= protocols; j++) {
			b = protocol[j]
			if (b != a && b in highest && highest[b] >= limit)
				limit = highest[b] + 1
		}
		false = 0
		for (j = 1; j <= scores[a]; j++)
			if (scored[a, j] >= limit)
				false += scored_n[a, j]
		both = near[a, 1, 1]
		chi = both + near[a, 1, 0]
		bayes = both + near[a, 0, 1]
		print "", a, ends_of[a] + 0, \
			a in highest ? highest[a] : "-", \
			a in highest ? limit : "-", \
			a in highest ? false : "-", near_all[a] + 0, chi + 0, \
			bayes + 0, both + 0
	}
	print ">", "Flows that pass both tests, over TCP or at port 12340, " \
		"would be calls if an end of theirs were a Skype endpoint."
}

# Five bits each, from -20 and from 20 on.
function score_bin(bits)
{
	return bits < -20 ? -20 : bits >= 20 ? 20 : \
		5 * int((bits + 1000) / 5) - 1000
}

function reliability(   bin, n)
{
	print "=", "Endpoints over UDP by score: how many are Skype's"
	print "^", "", "", "synthetic", "<", "<", "real captures of others"
	print "#", "score from", "to below", "endpoints", "Skype's", "%", \
		"endpoints"
	for (bin = -20; bin <= 20; bin += 5) {
		n = endpoints[bin, 0] + endpoints[bin, 1]
		if (n || others[bin])
			print "", bin == -20 ? "-1000" : bin, \
				bin == 20 ? "-" : bin + 5, n, \
				endpoints[bin, 1] + 0, \
				percent(endpoints[bin, 1], n), \
				any_real ? others[bin] + 0 : "-"
	}
	if (any_real)
		print ">", "The highest score in captures of other protocols " \
			"has " highest_real " whole bits."
	print ">", "A score of 0 is even only where half of all endpoints " \
		"are Skype's, and every message tells something new."
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
	print "^", "", "verdict", "<", "<", "<", "<", "<"
	r = "truth"
	for (j = 1; j <= verdicts; j++)
		r = r OFS words(verdict[j])
	print "#", r
	for (i = 1; i <= classes; i++) {
		r = words(class[i])
		for (j = 1; j <= verdicts; j++)
			r = r OFS sprintf("%.0f", \
				matrix[what, "all", class[i], verdict[j]])
		print "", r
	}
	if (lost["all"])
		print ">", lost["all"] " flows are not in the truth."
}

function words(c)
{
	return c == "-" ? "not Skype" : c
}

function share(what, r, truth, called,   j, n)
{
	for (j = 1; j <= verdicts; j++)
		n += matrix[what, r, truth, verdict[j]]
	return percent(matrix[what, r, truth, called], n)
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
		for (j = 1; j < verdicts; j++)
			f += matrix["flows", r, "-", verdict[j]]
		print "", r, c, percent(found, c), \
			share("flows", r, "sig", "sig"), \
			share("packets", r, "sig", "sig"), f
	}
}

function calls_in(r, truth,   j, n)
{
	for (j = 1; j <= verdicts; j++)
		n += matrix["flows", r, truth, verdict[j]]
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
