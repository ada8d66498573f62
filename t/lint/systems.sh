#!/usr/bin/env bash
# systems: what only Linux has is named in modules X_linux.c alone, beside each
# of which an X_other.c does without it (see SYSTEM in the Makefile).
# Usage: systems.sh, from the top folder; prints what is wrong, status 1.
set -euo pipefail
shopt -s inherit_errexit

only='^#[ \t]*include[ \t]*<(linux/|netpacket/|seccomp\.h|sched\.h|'
only+='sys/(prctl|syscall|epoll|eventfd|inotify|signalfd)\.h)'
bad=0
for f in bin/*.[ch] lib/*/*.[ch]; do
	case $f in
	*_linux.c)
		[ -e "${f%_linux.c}_other.c" ] || {
			echo "$f: there is no ${f%_linux.c}_other.c"
			bad=1
		}
		continue
		;;
	esac
	s=0
	grep -HnE "$only" "$f" || s=$?
	case $s in 0) bad=1 ;; 1) ;; *) exit "$s" ;; esac
done
exit "$bad"
