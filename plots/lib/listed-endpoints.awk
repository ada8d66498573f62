# listed-endpoints.awk: the endpoints that skypeclass(1) takes for Skype, out of the rows
# of its -e: those whose score reaches its threshold; and what scripts need that
# read the flows behind them.

BEGIN {
	SKYPE_BITS = 11
}

function listed_columns()
{
	IP = col("ip"); PORT = col("port"); SCORE = col("score")
}

function listed()
{
	if ($SCORE + 0 >= SKYPE_BITS)
		is_listed[$IP ":" $PORT]
}

# The ends of the row, a and b, and whether they are clients that may have sent in
# it.  Flows of one cid mostly stand together, and theirs are found once.
function find_clients()
{
	if ($CID == cid && $DIR == dir && dir != "int")
		return
	cid = $CID ""
	dir = $DIR ""
	a = initiator()
	b = responder()
	a_is_client = (dir == "out" || dir == "int") && a in is_listed
	b_is_client = (dir == "in" || dir == "int") && b in is_listed
}

function flow_columns()
{
	class_columns()
	end_columns()
	DIR = col("dir"); START = col("start")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}
