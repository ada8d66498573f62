# shellcheck shell=bash
# usage.sh: --help and --version, for scripts that source this before they look
# at their operands: the head of the script, and the programs' version.
set -euo pipefail
shopt -s inherit_errexit

case ${1-} in
-h | --help)
	sed -n '2,$ { /^#/!q; s/^# \{0,1\}//p; }' "$0"
	exit 0
	;;
-V | --version)
	version=$(flowcut -V)
	echo "${0##*/} ${version#* }"
	exit 0
	;;
esac
