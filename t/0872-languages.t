#!/bin/bash
# Records in Python, with pandas, and in R: the types, by hand.
set -euo pipefail
shopt -s inherit_errexit
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

{
	printf '#start\tproto\tsrc\tpkts\tbytes\trbytes\tperiod\tsize\tfun\twin\n'
	printf '1177192800.500000\tudp\t2001:db8::1\t3\t60\t9007199254740000\t'
	printf '1.500\t20:1,40:2\t0d:1,8f:2\t21/3/30:2,+4\n'
	printf '1177192801.000001\ttcp\t10.0.0.1\t0\t0\t7\t-\t-\t-\t-\n'
} >flows.tsv
printf 'tcp\t7\nudp\t9007199254740060\n' >sums
plan 11

# A python3 that has pandas, else any.
python=python3
for p in python3 /usr/bin/python3; do
	! "$p" -c 'import pandas' 2>/dev/null || python=$p
done
export PYTHONPATH=$top/examples/python PYTHONDONTWRITEBYTECODE=1
if ! command -v "$python" >/dev/null; then
	for name in sums types 'no such file'; do
		skip "python: $name" 'no python3'
	done
else
	check 'python: sums' -o sums -- \
		"$python" "$PYTHONPATH/flows.py" flows.tsv
	is 'python: types' "$("$python" -c '
import flows
for f in flows.read("flows.tsv"):
    print(f["start"].isoformat(), repr(f["src"]), f["period"])
    print(f["size"], f["fun"], f["win"])')" \
		"2007-04-21T22:00:00.500000+00:00 IPv6Address('2001:db8::1') 1.5
[(20, 1), (40, 2)] [(13, 1), (143, 2)] [(21, 3, 30, 2)]
2007-04-21T22:00:01.000001+00:00 IPv4Address('10.0.0.1') None
None None None"
	check 'python: no such file' -s 1 -M 'absent: No such file' -- \
		"$python" "$PYTHONPATH/flows.py" absent
fi

if ! "$python" -c 'import pandas' 2>/dev/null; then
	for name in sums types 'no such file'; do
		skip "pandas: $name" 'no pandas'
	done
else
	check 'pandas: sums' -o sums -- \
		"$python" "$PYTHONPATH/flows_pandas.py" flows.tsv
	is 'pandas: types' "$("$python" -c '
import flows_pandas
t = flows_pandas.read("flows.tsv")
print(t.dtypes.start, t.dtypes.pkts, t.dtypes.period)
print(t.start[1].value, t["size"][0].tolist(), t["size"].isna().tolist())')" \
		'datetime64[ns, UTC] Int64 float64
1177192801000001000 [[20, 1], [40, 2]] [False, True]'
	check 'pandas: no such file' -s 1 -M 'absent: No such file' -- \
		"$python" "$PYTHONPATH/flows_pandas.py" absent
fi

if ! command -v Rscript >/dev/null; then
	for name in sums types 'no such file'; do
		skip "R: $name" 'no Rscript'
	done
else
	check 'R: sums' -o sums -- Rscript "$top/examples/r/flows.R" flows.tsv
	cat >types.R <<'END'
source(file.path(Sys.getenv("top"), "examples/r/flows.R"))
t <- read_flows("flows.tsv")
cat(format(t$start[1], "%F %H:%M:%OS2"), class(t$pkts), is.na(t$period), "\n")
cat(t$size[[1]][, "value"], t$size[[1]][, "count"], t$fun[[1]][, "value"],
	names(t$win[[1]]), is.null(t$size[[2]]), "\n")
END
	is 'R: types' "$(Rscript types.R)" \
		'2007-04-21 22:00:00.50 numeric FALSE TRUE 
20 40 1 2 13 143 21/3/30 TRUE '
	check 'R: no such file' -s 1 -M 'absent: No such file' -- \
		Rscript "$top/examples/r/flows.R" absent
fi

# Figure 4, by hand: the same packets in both.
{
	printf '#proto\tclass\tpair\tsize\trsize\n'
	printf 'udp\tsig\tprobe\t20:1\t-\nudp\tsig\tmix\t0:5,20:1,100:2\t30:1\n'
	printf 'udp\t-\t-\t1000:5\t-\nudp\tsig\tprobe\t20:1\t18:2\n'
} >tagged.tsv
printf '%s\t%s\t%s\n' nonprobe 20 0.2500 nonprobe 30 0.5000 \
	nonprobe 100 1.0000 probe 18 0.5000 probe 20 1.0000 >cdf
if "$python" -c 'import pandas, matplotlib' 2>/dev/null; then
	export MPLCONFIGDIR=$scratch
	"$python" "$PYTHONPATH/sizes.py" tagged.tsv sizes.svg >got
	check 'pandas: figure 4' -o cdf -- cat got
	grep -q '<svg' sizes.svg
else
	skip 'pandas: figure 4' 'no pandas or no matplotlib'
fi
if Rscript -e 'library(ggplot2)' >/dev/null 2>&1; then
	Rscript "$top/examples/r/sizes.R" tagged.tsv sizes.pdf >got
	check 'R: figure 4' -o cdf -- cat got
	grep -q '^%PDF' sizes.pdf
else
	skip 'R: figure 4' 'no ggplot2'
fi
