#!/usr/bin/env bash
# tree: what git has looks as CONTRIBUTING.md says: the top has what stands
# below and no other file or folder, lib/ holds folders only, plots/ figures,
# tables and folders, no file that a compiler or a profiler made, no two modules
# of one name, and no line of C beyond 80 columns, no file beyond 450 lines, no
# function beyond 50.
# Usage: tree.sh, from the top folder of a checkout; prints what is wrong,
# status 1.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C.UTF-8

files=$(git ls-files)
found=$(
	awk -F / '
	NF == 1 && !/^(\.(editorconfig|gitattributes|gitignore|shellcheckrc)|CHANGELOG\.md|CITATION\.cff|CONTRIBUTING\.md|LICENSE|Makefile|README\.md)$/ ||
	NF > 1 && $1 !~ /^(\.ci|bin|examples|lib|package|plots|t)$/ {
		print $0 ": left there by somebody?"
	}
	/^lib\// && NF < 3 {
		print $0 ": lib/ holds folders only"
	}
	/^lib\/.*\.h$/ && module[$NF]++ {
		print $0 ": another module has the name, and its guard"
	}
	/^plots\// && NF < 3 && $2 !~ /^(fig[1-7]|tab[12])\./ {
		print $0 ": plots/ holds figures, tables and folders only"
	}
	/\.(o|d|a|so|profraw|profdata|gcda|gcno)$/ {
		print $0 ": made, not written"
	}' <<<"$files"
	mapfile -t sources <<<"$(grep -E '^(bin|lib|t)/.*\.[ch]$' <<<"$files")"
	for source in "${sources[@]}"; do
		expand "$source" | { grep -nE '^.{81,}' || [ $? = 1 ]; } |
			sed "s|^\([0-9]*\):.*|$source:\1: more than 80 columns|"
		awk -v name="$source" '
		/^\{/ { begin = NR }
		/^\}/ && begin {
			if (NR - begin > 50)
				print name ":" begin ": a function of " \
				    NR - begin " lines"
			begin = 0
		}
		END {
			if (NR > 450 && name !~ /^t\//)
				print name ": " NR " lines"
		}' "$source"
	done
)
[ -z "$found" ] || { echo "$found"; exit 1; }
