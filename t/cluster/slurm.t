#!/bin/sh
# examples/cluster under Slurm: a controller and three nodes, one of which
# crashes; elements that fail.
. "${0%/*}/../lib.sh"
# shellcheck source=t/cluster/lab.sh
. "$top/cluster/lab.sh"

why=$(lab_why slurmctld slurmd munged sbatch look)
[ -z "$why" ] || skip_all "$why"
cluster=$top/examples/cluster
fast=${BIN:-$top/bin}

# Programs as they are, and one that takes its time, for nodes to crash.
mkdir slow
for program in "$fast"/*; do
	[ ! -x "$program" ] || ln -s "$program" slow
done
rm slow/pcap2flows
printf '#!/bin/sh\nsleep 3\nexec %s "$@"\n' "$(command -v pcap2flows)" \
	>slow/pcap2flows
chmod +x slow/pcap2flows

# Short times, so that a crashed node is given up soon.  The folder of the
# test is the disk that all share.
settings() {
	cat <<-END
	ClusterName=lab
	SlurmctldHost=ctl
	SlurmUser=root
	SlurmdUser=root
	AuthType=auth/munge
	AuthInfo=socket=/run/munge/socket,cred_expire=5
	CredType=cred/munge
	StateSaveLocation=$lab/state
	SlurmdSpoolDir=$lab/%n/spool
	SlurmctldPidFile=/run/slurmctld.pid
	SlurmdPidFile=/run/slurmd.pid
	SlurmctldLogFile=$lab/slurmctld.log
	SlurmdLogFile=$lab/%n/slurmd.log
	ProctrackType=proctrack/linuxproc
	TaskPlugin=task/none
	JobAcctGatherType=jobacct_gather/none
	AccountingStorageType=accounting_storage/none
	SelectType=select/cons_tres
	SelectTypeParameters=CR_CPU
	SchedulerParameters=batch_sched_delay=0,bf_interval=1,sched_min_interval=100000
	MpiDefault=none
	ReturnToService=2
	SlurmctldTimeout=30
	SlurmdTimeout=5
	MessageTimeout=3
	KillWait=2
	MinJobAge=10
	RebootProgram=/bin/false
	NodeName=w[1-3] CPUs=2 RealMemory=1000 State=UNKNOWN
	PartitionName=main Nodes=w[1-3] Default=YES MaxTime=INFINITE State=UP
	END
}

SLURM_CONF=$lab/slurm.conf
export SLURM_CONF
host() { # name daemon
	boot "$1" "mkdir -m 755 /run/munge /run/munge/log
		munged --force --key-file=$lab/munge.key --num-threads=2 \
			--socket=/run/munge/socket --pid-file=/run/munge/pid \
			--log-file=/run/munge/log/log --seed-file=/run/munge/seed
		$2"
}

lab_up 3
mkdir "$lab/state"
settings >"$SLURM_CONF"
(umask 077 && head -c 128 /dev/urandom >"$lab/munge.key")
host ctl 'slurmctld -c' || exit 1
for node in w1 w2 w3; do
	host $node slurmd || exit 1
done

tracegen -c 6 -d 6h -s 4 -w 96 >a.pcap && one a.pcap || exit 1
cut_capture a.pcap a 6

job() { # folder programs [capture ...]
	folder=$1 programs=$2
	shift 2
	"$cluster/job" -n 2 -b "$programs" -d "$places" "$folder" "$@"
}
work() { on ctl "$cluster/slurm" "$1"; }

plan 16

job all "$fast" a?.pcap
check 'three nodes' -- work all
ok 'what one process gives' is_one all
ok "the figures' data" same_figures all a?.pcap
check 'again' -- work all
head -c 1000 all/run/3 >half
cp half all/run/3
rm all/results
check 'a run cut short' -- work all
ok 'is made again' is_one all

mv a5.pcap away
job absent "$fast" a1.pcap a2.pcap a3.pcap a4.pcap a5.pcap a6.pcap
check 'an absent capture' -s 1 \
	-M 'slurm: map failed: 5; the steps behind are cancelled' -- work absent
ok 'is named' grep -q 'map 5: pcap2flows: .*a5.pcap: No such file' .err
ok 'the others are done' test -s absent/run/6
is 'the steps behind have not begun' "$(ls absent)" "$(printf '%s\n' \
	captures kit list log run tmp)"
is 'nor wait' "$(on ctl squeue -h)" ''
mv away a5.pcap
check 'is read when it has come' -- work absent
ok 'what one process gives' is_one absent

job crashed "$scratch/slow" a?.pcap
work crashed >out 2>err &
until on ctl squeue -h -o %N -t R 2>/dev/null | grep -q w2; do sleep 0.2; done
crash w2
wait $!
is 'a node that crashes' "$?$(cat err)" 0
ok 'what one process gives' is_one crashed
ok 'its elements went back to the queue' grep -qi 'requeue.*w2\|w2.*requeue' \
	"$lab/slurmctld.log"
