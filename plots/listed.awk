# listed.awk: the endpoints that skypeclass(1) takes for Skype, out of the rows
# of its -e, by its thresholds: more than 5 source flows, more than 80 % that
# look like signaling, more than 95 % with calls.  (Its test for fixed headers
# is left out: no endpoint that fails it has rows of its own in the flows.)

function listed_columns()
{
	IP = col("ip"); PORT = col("port")
	FLOWS = col("flows"); SIG = col("sig"); CALL = col("call")
}

function listed()
{
	if ($FLOWS > 5 && $SIG > 0.8 * $FLOWS && $SIG + $CALL > 0.95 * $FLOWS)
		is_listed[$IP ":" $PORT]
}
