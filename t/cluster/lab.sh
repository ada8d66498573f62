# shellcheck shell=sh
# lab.sh: hosts on one machine, sourced by the tests of this folder.  A host
# is a set of namespaces of its own: network, mounts, processes, name.  They
# are joined by a bridge in a namespace, too, so that nothing is added to the
# machine's network and no packet leaves it.  Each has empty /root, /run and
# /var/tmp.  Needs root.
#
#	lab_up N	the hosts ctl, w1 .. wN, not yet booted
#	boot HOST COMMAND	starts a host, runs a shell command there
#	on HOST COMMAND ...	runs a command there, in the same folder
#	crash HOST	ends all its processes at once
#	unplug HOST, plug HOST	its link
#	lab_down	ends all; happens at exit, too

# lib.sh takes the folder above the test for the project.
top=${top%/t}
PATH=${BIN:-$top/bin}:$PATH
# shellcheck source=t/pieces.sh
. "$top/t/pieces.sh"

# shellcheck disable=SC2154  # lib.sh
lab=$scratch/lab
lab_id=flows$$
lab_why() { # why there can be no lab here
	[ "$(id -u)" -eq 0 ] || { echo "needs root"; return; }
	for tool in ip nsenter unshare "$@"; do
		command -v "$tool" >/dev/null || { echo "no $tool"; return; }
	done
	{ ip netns add "$lab_id" && ip netns del "$lab_id" && unshare --net \
		--mount --uts --pid --fork --mount-proc true; } 2>/dev/null ||
		echo "no namespaces here"
}

lab_up() { # hosts
	mkdir -p "$lab"
	chmod 755 "$scratch" "$lab"
	trap 'lab_down; cd / && rm -rf "$scratch"' EXIT
	echo '127.0.0.1 localhost' >"$lab/hosts"
	ip netns add "$lab_id-sw" && ip -n "$lab_id-sw" link add br0 type bridge &&
		ip -n "$lab_id-sw" link set br0 up
	add_host ctl 10
	for n in $(seq "$1"); do add_host "w$n" $((10 + n)); done
}

add_host() { # name octet
	ip netns add "$lab_id-$1"
	ip link add "$1" netns "$lab_id-sw" type veth \
		peer name eth0 netns "$lab_id-$1"
	ip -n "$lab_id-sw" link set "$1" master br0 up
	ip -n "$lab_id-$1" addr add "10.0.0.$2/24" dev eth0
	ip -n "$lab_id-$1" link set lo up
	ip -n "$lab_id-$1" link set eth0 up
	echo "10.0.0.$2 $1" >>"$lab/hosts"
}

# The first process of a host is a shell; as it ends all others do.  It is
# entered by nsenter: `ip netns exec` would hide /sys/fs/cgroup from slurmd.
boot() { # host command
	mkdir -p "$lab/$1"
	rm -f "$lab/$1/up"
	nsenter --net="/run/netns/$lab_id-$1" \
	unshare --mount --uts --pid --fork --kill-child --mount-proc \
		--propagation private sh -c "
		hostname $1
		mount --bind $lab/hosts /etc/hosts
		for dir in /root /run /var/tmp; do
			mount -t tmpfs -o mode=755 tmpfs \$dir
		done
		$2
		: >$lab/$1/up
		exec sleep infinity" </dev/null >"$lab/$1/boot" 2>&1 &
	echo $! >"$lab/$1/pid"
	until [ -e "$lab/$1/up" ]; do
		kill -0 "$(cat "$lab/$1/pid")" 2>/dev/null || {
			cat "$lab/$1/boot" >&2
			return 1
		}
		sleep 0.1
	done
}

on() { # host command ...
	init=$(cat "/proc/$(cat "$lab/$1/pid")/task/"*/children)
	shift
	# shellcheck disable=SC2016
	nsenter -t "${init%% *}" -m -u -n -p sh -c 'cd "$0" && exec "$@"' \
		"$PWD" "$@"
}

crash() { # host
	kill -9 "$(cat "$lab/$1/pid")"
	while kill -0 "$(cat "$lab/$1/pid")" 2>/dev/null; do sleep 0.1; done
	rm -f "$lab/$1/pid"
}

unplug() { ip -n "$lab_id-sw" link set "$1" down; }
plug() { ip -n "$lab_id-sw" link set "$1" up; }

lab_down() {
	for pid in "$lab"/*/pid; do
		[ ! -e "$pid" ] || kill -9 "$(cat "$pid")" 2>/dev/null
	done
	wait
	for host in $(ip netns list | sed -n "s/^\($lab_id-[^ ]*\).*/\1/p"); do
		ip netns del "$host"
	done
}
