# cumulated-bins.awk: the published cumulated curve of fig6 (x,y) as shares per
# bin of 1/40 decade from 10 to 1000 ms; between points it is taken as
# straight over log x.

{
	at[NR] = log($1)
	sum[NR] = $2
}

END {
	printf "\n\n# paper_%s\n", kind
	low = log(10)
	step = log(10) / 40
	for (k = 0; k < 80; k++)
		printf "%.6g\t%.9f\n", exp(low + k * step), \
			value(low + (k + 1) * step) - value(low + k * step)
}

function value(x,   i)
{
	for (i = 1; i <= NR && at[i] <= x; i++)
		;
	if (i == 1)
		return 0
	if (i > NR)
		return sum[NR]
	return sum[i - 1] + (sum[i] - sum[i - 1]) * \
		(x - at[i - 1]) / (at[i] - at[i - 1])
}
