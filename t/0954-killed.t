#!/bin/sh
# A make that is killed where it can least bear it leaves nothing half made that
# the next takes for whole.
. "${0%/*}/lib.sh"
plan 6

unset MAKEFLAGS MAKELEVEL MFLAGS CI
object=$scratch/build/lib/base/mem.o
on_object() {
	make -s -C "$top" BUILD="$scratch/build" CC="$scratch/cc" "$object"
}

# The compiler's file is cut in half, and then make, its shell and what is called
# cc end as by kill -9.
cat >cc <<'END'
#!/bin/sh
case " $* " in *' -c '*) ;; *) exec cc "$@" ;; esac
cc "$@" || exit
[ -e "${0%/*}/killing" ] || exit 0
of=$(echo " $*" | sed 's/.* -o \([^ ]*\).*/\1/')
heads=$(echo " $*" | sed -n 's/.* -MF \([^ ]*\).*/\1/p')
for file in "$of" ${heads:-"${of%.o}.d"}; do
	truncate -s $(($(wc -c <"$file") / 2)) "$file"
done
# make calls it, or a shell of make's does.
process=$PPID
until [ "$(ps -o comm= -p "$process")" = make ]; do
	process=$(ps -o ppid= -p "$process" | tr -d ' ')
done
kill -9 "$process" $PPID $$
END
chmod +x cc
: >killing
( on_object ) >said 2>&1
is 'make is killed' $? 137
rm killing
ok 'the next goes on' on_object
mkdir whole
make -s -C "$top" BUILD="$scratch/whole" CC=cc "$scratch/whole/lib/base/mem.o"
is 'the object is whole' "$(nm "$object")" "$(nm whole/lib/base/mem.o)"
is 'and what the compiler said of headers' \
	"$(sed "s|$scratch/build|B|" "${object%.o}.d")" \
	"$(sed "s|$scratch/whole|B|" whole/lib/base/mem.d)"

# What other recipes write is beside its name, too, or is looked at each time.
make -C "$top" -nB BUILD="$scratch/none" BIN="$scratch/none/bin" \
	BENCH="$scratch/none/bench" all test-programs "$scratch/none/fault.so" \
	"$scratch/none/stages/half" "$scratch/none/bench/loop" >recipes
is 'compiled and linked beside their names' "$(grep -c ' -o [^ ]*[.]part ' recipes
	grep -oE ' -o [^ ]+' recipes | grep -vE '[.]part$|/part/')" \
	"$(grep -cE ' -o [^ ]+ ' recipes | awk '{print $1 - 2}')"
is 'no target is written where it stands' "$(cd "$top" &&
	grep -nE ">[ ']*[$]@('|\$)" Makefile ./*/*.mk ./*/*/*.mk |
	grep -vE '/settings:|MADE_WITH|PACKETS|systemd')" ''
