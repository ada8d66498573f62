#!/bin/sh
# examples/cluster over ssh with GNU parallel: three hosts that share no
# disk, one of them absent or lost on the way, tasks that fail.
. "${0%/*}/../lib.sh"
# shellcheck source=t/cluster/lab.sh
. "$top/cluster/lab.sh"

why=$(lab_why parallel sshd ssh ssh-keygen rsync look)
[ -z "$why" ] || skip_all "$why"
cluster=$top/examples/cluster

# Programs as they are, and one that takes its time, for links to be cut.
mkdir slow
for program in "${BIN:-$top/bin}"/*; do
	[ ! -x "$program" ] || ln -s "$program" slow
done
rm slow/pcap2flows
printf '#!/bin/sh\nsleep 2\nexec %s "$@"\n' "$(command -v pcap2flows)" \
	>slow/pcap2flows
chmod +x slow/pcap2flows

# The control host has job and captures on a disk of its own, /root.
control() {
	boot ctl "mkdir -m 700 /root/.ssh && cp $lab/id $lab/known_hosts \
		$lab/config /root/.ssh"
}

worker() { # host
	mkdir -p "$lab/$1"
	cat >"$lab/$1/sshd_config" <<-END
	HostKey $lab/$1/key
	PidFile none
	AuthorizedKeysFile $lab/id.pub
	StrictModes no
	UsePAM no
	PasswordAuthentication no
	KbdInteractiveAuthentication no
	MaxStartups 100
	END
	[ -e "$lab/$1/key" ] ||
		ssh-keygen -q -t ed25519 -N '' -f "$lab/$1/key"
	boot "$1" "mkdir -m 755 /run/sshd
		$(command -v sshd) -f $lab/$1/sshd_config -E $lab/$1/log"
}

lab_up 3
ssh-keygen -q -t ed25519 -N '' -f "$lab/id"
cat >"$lab/config" <<END
IdentitiesOnly yes
IdentityFile /root/.ssh/id
UserKnownHostsFile /root/.ssh/known_hosts
BatchMode yes
ConnectTimeout 2
ServerAliveInterval 1
ServerAliveCountMax 2
KexAlgorithms curve25519-sha256
LogLevel ERROR
END
for host in w1 w2 w3; do
	worker $host || exit 1
	echo "2/$host" >>hosts
	echo "$host $(cut -d ' ' -f 1,2 "$lab/$host/key.pub")"
done >"$lab/known_hosts"
control || exit 1

tracegen -c 6 -d 6h -s 4 -w 96 >a.pcap && one a.pcap || exit 1

cut_capture a.pcap a 6
on ctl mkdir /root/in
on ctl cp a?.pcap /root/in

# Prepares a job on the control host; works through it; fetches what it gave.
job() { # folder programs
	for n in 1 2 3 4 5 6; do echo "/root/in/a$n.pcap"; done >names
	on ctl "$cluster/job" -n 2 -b "$2" -d "$places" "/root/$1" <names
}
ssh="ssh -F /root/.ssh/config"
work() { # folder
	on ctl "$cluster/parallel" -t -e "$ssh" hosts "/root/$1"
}
fetch() { # folder
	rm -rf got && mkdir got
	for file in flows endpoints popularity; do
		on ctl cat "/root/$1/$file.tsv" >"got/$file.tsv"
	done
}
used() { # folder step: hosts that did it
	on ctl sed 1d "/root/$1/log/$2" | cut -f 2 | sort -u |
		sed 's/.*\(w[0-9]\)/\1/' | tr '\n' ' '
}
fast=${BIN:-$top/bin}

plan 24

ok 'hosts share no disk' on w1 test ! -e /root/in
job all "$fast"
check 'three hosts' -- work all
fetch all
ok 'what one process gives' is_one got
ok "the figures' data" same_figures got a?.pcap
is 'all had work' "$(used all map)" 'w1 w2 w3 '
is 'nothing stays there' "$(for host in w1 w2 w3; do
	on $host find /root -type f ! -path '*/.parallel/*'; done)" ''

check 'again' -- work all
on ctl head -c 1000 /root/all/run/3 >half
on ctl cp half /root/all/run/3
on ctl rm /root/all/results
check 'a run cut short' -- work all
fetch all
ok 'is made again' is_one got

crash w3
job missing "$fast"
check 'a host missing from the start' -M 'w3' -- work missing
fetch missing
ok 'what one process gives' is_one got
is 'the others did it' "$(used missing map)" 'w1 w2 '
worker w3

job lost "$scratch/slow"
work lost >out 2>err &
until on w2 find /root -path "*/tmp/*" | grep -q .; do sleep 0.1; done
unplug w2
wait $!
is 'a link cut in mid-run' $? 0
fetch lost
ok 'what one process gives' is_one got
ok 'its tasks failed there' sh -c "grep 'w2' err | grep -q ."
plug w2

on ctl mv /root/in/a5.pcap /root/in/away
job absent "$fast"
check 'an absent capture' -s 1 -M 'parallel: map failed: 5; see log/map' -- \
	work absent
ok 'is named' grep -q 'a5.pcap: No such file' .err
ok 'leaves no result' on ctl test ! -e /root/absent/run.part
on ctl mv /root/in/away /root/in/a5.pcap
check 'is read when it has come' -- work absent
is 'and it alone' "$(on ctl sed 1d /root/absent/log/map | wc -l)" 7
fetch absent
ok 'what one process gives' is_one got

"$cluster/job" -n 2 -b "$fast" -d "$places" common a?.pcap
check 'on a common disk' -- on ctl "$cluster/parallel" -s -e "$ssh" hosts common
is 'all had work' "$(sed 1d common/log/map | cut -f 2 |
	sed 's/.*\(w[0-9]\)/\1/' | sort -u | tr '\n' ' ')" 'w1 w2 w3 '
ok 'what one process gives' is_one common
