#!/bin/bash
# features: a CSV of per-flow features for machine learning.
# Usage: features.sh [capture ...], or with options of pcap2flows: -i eth0
# Without captures standard input is read.  PCAP2FLOWS: the program with its
# options ("pcap2flows -t 120 -n 10.0.0.0/8").
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C
: "${AWK:=awk}"
read -ra pcap2flows <<<"${PCAP2FLOWS:-pcap2flows}"
here=$(dirname "$0")
# shellcheck source=plots/lib/usage.sh
. "$here/../../plots/lib/usage.sh"

"${pcap2flows[@]}" -e ip,tcp,time,ent "$@" |
	"$AWK" -f "$here/features.awk"
