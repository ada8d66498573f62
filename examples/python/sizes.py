"""Figure 4 of the paper from tagged records, with pandas and matplotlib: how
large packets of signaling are, by the kind of their pair.

    python3 sizes.py tagged.tsv sizes.svg

Writes the picture, and on standard output what is drawn: kind, bytes, share of
packets that are not larger.
"""
import sys

import flows

if __name__ == "__main__":
    flows.asked(__doc__)        # also where the others are not installed

import matplotlib  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

import flows_pandas  # noqa: E402

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402  (after the choice of a backend)


def packets(t, column):
    """A row for each value of the histogram: kind, bytes, packets."""
    t = t[t[column].notna()]
    kind = np.where(t.pair == "probe", "probe", "nonprobe")
    return pd.DataFrame([(k, *b) for k, h in zip(kind, t[column]) for b in h],
                        columns=["kind", "bytes", "packets"])


def main(file, picture):
    t = flows_pandas.read(file)
    t = t[t["class"] == "sig"]
    n = pd.concat([packets(t, "size"), packets(t, "rsize")])
    n = n[n.bytes > 0].groupby(["kind", "bytes"]).packets.sum()
    share = n.groupby("kind").cumsum() / n.groupby("kind").sum()
    figure, axes = plt.subplots(figsize=(6, 4))
    for kind, cdf in share.groupby("kind"):
        axes.step(cdf.index.get_level_values("bytes"), cdf, where="post",
                  label=kind)
    axes.set(xlabel="UDP payload of a packet (bytes)", ylabel="CDF of packets",
             ylim=(0, 1))
    axes.legend()
    figure.savefig(picture)
    print(share.to_csv(sep="\t", header=False, float_format="%.4f"), end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
