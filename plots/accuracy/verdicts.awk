# verdicts.awk: verdicts beside the truth, counted.  Stands behind
# columns.awk; reads a truth file of tracegen(1), then the rows of skypeclass -a
# -x on the same capture.  Writes `table key … flows packets bytes`:
#	class	truth app, verdict: all flows
#	method	method, truth is a call, verdict is: flows with 100 messages
#	length	messages, found: calls
#	noise	app, taken for a call: other flows with 150 messages
#	near	app, passes chi-square, passes Bayes: the same flows
#	client	flows it has, found: signaling over UDP of such clients
#	clients	flows they have, found any: how many clients
#	curve	statistic, threshold, truth, -: flows that pass
#	lost	flows without a truth

function columns()
{
	CID = col("cid"); START = col("start")
	if (pass == 1) {
		TRUTH = col("class"); APP = col("app")
		return
	}
	PKTS = col("pkts"); RPKTS = col("rpkts"); DIR = col("dir")
	BYTES = col("bytes"); RBYTES = col("rbytes")
	KIND = col("proto"); CLASS = col("class"); SCORE = col("score")
	end_columns()
	for (d = 0; d < 2; d++) {
		r = d ? "r" : ""
		ID[d] = col(r "chiid"); REST[d] = col(r "chirest")
		FUN[d] = col(r "chifun")
		HEAD[d] = col(r "chihead"); TAIL[d] = col(r "chitail")
		LEN[d] = col(r "blen"); GAP[d] = col(r "bgap")
		VOICE[d] = col(r "fvoice"); SIG[d] = col(r "fsig")
	}
}

BEGIN {
	for (k = 0; k <= 30; k++)
		chi_limit[k] = sprintf("%.1f", 10 * exp(k / 10 * log(10)))
}

pass == 1 {
	is_what = $TRUTH "/" $APP
	truth[$CID $START] = is_what
	if (!($CID in truth))
		truth[$CID] = is_what
	else if (truth[$CID] != is_what)
		truth[$CID] = ""
	next
}

# Where packets are missing a flow may begin later: its tuple tells, too.
{
	key = ($CID $START) in truth ? $CID $START : $CID
	if (truth[key] == "") {
		count("lost" FS "-" FS "-")
		next
	}
	split(truth[key], is, "/")
	call = is[1] != "-" && is[1] != "sig"
	found = $CLASS ~ /^(voice|video|skypeout)$/
	most = $PKTS > $RPKTS ? $PKTS : $RPKTS
	count("class" FS is[1] FS is[2] FS $CLASS)
	if (call && most >= 150)
		count("length" FS long(most) FS found)
	if (is[1] == "-" && most >= 150)
		count("noise" FS is[2] FS found)
	if ($REST[0] != "-" || $REST[1] != "-")
		methods()
	if ($KIND == "udp" && !call && !found)
		endpoint()
}

END {
	if (bad)
		exit bad
	for (c in flows_of)
		client(c)
	for (k in flows)
		printf "%s\t%d\t%.0f\t%.0f\n", k, flows[k], packets[k], \
			bytes[k]
}

function count(key)
{
	flows[key]++
	packets[key] += $PKTS + $RPKTS
	bytes[key] += $BYTES + $RBYTES
}

function long(n)
{
	return n < 300 ? "150-299" : n < 1000 ? "300-999" : \
		n < 3000 ? "1000-2999" : "3000-"
}

# What each of the tests alone, and both, say of a flow.
function methods(   d, chi, bayes)
{
	for (d = 0; d < 2; d++)
		if ($REST[d] != "-") {
			chi = chi || chi_call(d, 150)
			bayes = bayes || belief(d) > -5
		}
	count("method" FS "chi" FS call FS chi + 0)
	count("method" FS "bayes" FS call FS bayes + 0)
	count("method" FS "both" FS call FS found)
	if (is[1] == "-" && most >= 150)
		count("near" FS is[2] FS chi + 0 FS bayes + 0)
	curves()
}

# Chi-square's verdict on a direction with this threshold.
function chi_call(d, limit)
{
	if ($KIND == "tcp")
		return $ID[d] < limit && $REST[d] < limit && $FUN[d] < limit
	if ($ID[d] < limit && $REST[d] < limit && $FUN[d] > limit && \
	    $VOICE[d] > 50 && $SIG[d] > 90)
		return 1
	return $HEAD[d] > limit && $TAIL[d] < limit && \
		($SPORT == 12340 || $DPORT == 12340)
}

function belief(d)
{
	if ($LEN[d] == "-")
		return -25
	return $LEN[d] < $GAP[d] ? $LEN[d] + 0 : $GAP[d] + 0
}

# Passes at each threshold; calls without TCP, of which chi-square alone
# says little.
function curves(   d, k, b, pass_chi)
{
	if ($KIND == "tcp")
		return
	b = -25
	for (d = 0; d < 2; d++)
		if ($REST[d] != "-" && belief(d) > b)
			b = belief(d)
	for (k = 0; k <= 30; k++) {
		pass_chi = 0
		for (d = 0; d < 2; d++)
			if ($REST[d] != "-" && chi_call(d, chi_limit[k] + 0))
				pass_chi = 1
		if (pass_chi)
			count("curve" FS "chi" FS chi_limit[k] FS call)
	}
	for (k = -24.5; k <= 0 && k < b; k += 0.5)
		count("curve" FS "bayes" FS sprintf("%.1f", k) FS call)
	count("curve" FS "flows" FS "-" FS call)
}

function endpoint(   s, k, sig)
{
	s = $SCORE == "-" ? -1000 : $SCORE + 0
	sig = is[1] == "sig"
	for (k = -20; k <= 30 && k <= s; k++)
		count("curve" FS "score" FS k FS sig)
	count("curve" FS "udp" FS "-" FS sig)
	if (sig && $DIR != "ext")
		mine($DIR == "in" ? $DST FS $DPORT : $SRC FS $SPORT)
}

# A signaling flow of an internal client.
function mine(c)
{
	flows_of[c]++
	packets_of[c] += $PKTS + $RPKTS
	bytes_of[c] += $BYTES + $RBYTES
	if ($CLASS == "sig") {
		flows_found[c]++
		packets_found[c] += $PKTS + $RPKTS
		bytes_found[c] += $BYTES + $RBYTES
	}
}

function client(c,   n, key)
{
	n = flows_of[c]
	n = n == 1 ? "1" : n < 6 ? "2-5" : "6-"
	key = "clients" FS n FS (flows_found[c] > 0)
	flows[key]++
	packets[key] += 0
	add("client" FS n FS 1, flows_found[c], packets_found[c], \
		bytes_found[c])
	add("client" FS n FS 0, flows_of[c] - flows_found[c], \
		packets_of[c] - packets_found[c], bytes_of[c] - bytes_found[c])
}

function add(key, f, p, b)
{
	flows[key] += f
	packets[key] += p
	bytes[key] += b
}
