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

function flow_columns()
{
	class_columns()
	end_columns()
	DIR = col("dir"); START = col("start")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}
