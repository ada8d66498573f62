"""Flow records with the right types, by the standard library alone.

    for f in flows.read("flows.tsv"):
        print(f["start"], f["src"], f["bytes"], f["size"])

Times are datetimes (microseconds are all that these hold), addresses are
ipaddress's, histograms lists of (value, count), voice windows of (mean, sd,
gap, count), unknown is None.  The types are those that flowcut -T tells.
"""
import csv
import datetime
import ipaddress
import subprocess
import sys

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
HEX = {"fun", "rfun", "tos", "rtos"}
WINDOWS = {"win", "rwin"}


def time(text):
    s, _, fraction = text.partition(".")
    micro = int(fraction[:6].ljust(6, "0"))
    return EPOCH + datetime.timedelta(seconds=int(s), microseconds=micro)


def histogram(name):
    """The function that reads such a column."""
    def value(text):
        if name in WINDOWS:
            return tuple(int(v) for v in text.split("/"))
        return int(text, 16 if name in HEX else 10),

    def read(text):             # "+N" counts what has no place of its own
        bins = (b.split(":") for b in text.split(",") if b[0] != "+")
        return [(*value(v), int(n)) for v, n in bins]
    return read


def types(file):
    """The function that reads each column."""
    by_type = {"integer": int, "real": float, "time": time,
               "address": ipaddress.ip_address}
    told = subprocess.run(["flowcut", "-T", file], check=True,
                          stdout=subprocess.PIPE, encoding="utf-8").stdout
    rows = [line.split("\t") for line in told.splitlines()[1:]]
    return {name: histogram(name) if kind == "histogram"
            else by_type.get(kind, str) for name, kind, _ in rows}


def read(file):
    """Records of a file, one dictionary after the other."""
    cast = types(file)
    with open(file, encoding="utf-8", newline="\n") as lines:
        names = next(lines).rstrip("\n").lstrip("#").split("\t")
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield {name: None if text == "-" else cast[name](text)
                   for name, text in zip(names, row)}


def asked(text):
    """--help and --version, of a script whose head is that text."""
    if sys.argv[1:2] in (["-h"], ["--help"]):
        sys.exit(print(text.strip()))
    if sys.argv[1:2] in (["-V"], ["--version"]):
        said = subprocess.run(["flowcut", "-V"], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        name = sys.argv[0].rsplit("/", 1)[-1]
        sys.exit(print(name, said.split(" ", 1)[1].strip()))


def main():
    asked(__doc__)
    total = {}
    for f in read(sys.argv[1]):
        total[f["proto"]] = total.get(f["proto"], 0) + f["bytes"] + f["rbytes"]
    for proto in sorted(total):
        print(proto, total[proto], sep="\t")


if __name__ == "__main__":
    main()
