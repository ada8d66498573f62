"""Flow records as a pandas data frame with the right types.

    t = flows_pandas.read("flows.tsv")
    t.groupby("proto").bytes.sum()

Times are datetime64[ns, UTC], exact; integers are Int64, which know unknown;
histograms are arrays of two columns, value and count (of voice windows: mean,
sd, gap and count).
"""
import io
import subprocess
import sys

import flows

if __name__ == "__main__":
    flows.asked(__doc__)        # also where pandas is not installed

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

DTYPE = {"integer": "Int64", "real": "float64"}


def run(*command):
    return io.StringIO(subprocess.run(command, check=True, encoding="utf-8",
                                      stdout=subprocess.PIPE).stdout)


def time(text):
    """Exactly: a floating-point number has no room for nanoseconds."""
    s = text.str.split(".", expand=True)
    ns = s[0].astype("Int64") * 10**9 + s[1].str.ljust(9, "0").astype("Int64")
    return pd.to_datetime(ns, utc=True)


def read(file):
    kind = pd.read_csv(run("flowcut", "-pT", file), sep="\t", index_col="name")
    kind = kind["type"]
    t = pd.read_csv(run("flowcut", "-p", file), sep="\t", quoting=3,
                    na_values=["-"], keep_default_na=False,
                    dtype={c: DTYPE.get(k, "string") for c, k in kind.items()})
    for c in kind.index[kind == "time"]:
        t[c] = time(t[c])
    for c in kind.index[kind == "histogram"]:
        t[c] = t[c].map(lambda h, f=flows.histogram(c): np.array(f(h)),
                        na_action="ignore")
    return t


if __name__ == "__main__":
    flow = read(sys.argv[1])
    total = (flow.bytes + flow.rbytes).groupby(flow.proto).sum()
    print(total.to_csv(sep="\t", header=False), end="")
