#!/bin/sh
# pcap2flows against a model in Perl, t/models/flows.pl, on random captures,
# option by option.
. "${0%/*}/lib.sh"

perl -MDigest::SHA -e 1 2>/dev/null || skip_all 'no Digest::SHA'
cases=${CASES:-2000}
[ -n "${CASES-}" ] || ! ldd "$(command -v pcap2flows)" | grep -q libasan ||
	cases=600
seed=${MODEL_SEED:-1}
plan 2
echo "# $cases cases from seed $seed"
mkdir a b
half() { cd "$1" && exec perl "$top/t/models/flows.pl" "$2" "$3"; }
half a "$seed" $((cases / 2)) >a.out 2>&1 &
(half b $((seed + cases / 2)) $((cases / 2)) >b.out 2>&1)
second=$?
wait $!
first=$?
ok 'the first half' sh -c "cat a.out; exit $first"
ok 'the second half' sh -c "cat b.out; exit $second"
tail -qn 2 a.out b.out | sed 's/^/# /'
