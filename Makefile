# Programs and modules, by name.  No configure step: `make deps` installs
# what is missing.
#
#	make deps figures	every figure and table, in out/
#	make deps check		all tests
#	make help		the other targets and settings

PROGRAMS = pcap2flows flowmerge flowpart flowid flowanon flowcut flowsort \
	flowgrep flowpcap skypeclass sigtag rttcalc popularity geojoin tracegen \
	flowfrom flownames
MODULES := $(filter-out lib/ipfix/%,$(wildcard lib/*/*.c))

# What only Linux has is in a module X_linux.c; X_other.c does without.
SYSTEM := $(if $(filter Linux,$(shell uname -s)),linux,other)
MODULES := $(filter-out $(if $(filter linux,$(SYSTEM)),%_other.c,%_linux.c), \
	$(MODULES))

# flowipfix is made where libfixbuf is, and alone is linked with it.
FIXBUF := $(shell pkg-config --exists libfixbuf 2>/dev/null && echo flowipfix)
PROGRAMS += $(FIXBUF)
FIXBUF_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags libfixbuf))
FIXBUF_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/ipfix/*.c))
UNITS = $(patsubst t/unit/%.c,%,$(wildcard t/unit/*.c))
UNIT_MODEL = $(patsubst %.c,$(BUILD)/%.o,$(wildcard t/unit/model/*.c))

# All rules stand here and in what is included.  Looking for make's own for each
# file takes .08 s, which whoever draws figures would wait for.
MAKEFLAGS += --no-builtin-rules

SHELL := bash
.SHELLFLAGS := -euo pipefail -O inherit_errexit -c

BUILD = build
BIN = bin
OUT ?= out
override OUT := $(value OUT)
SCALE ?= 0.05
SEEDS = 1 2 3 4 5
CC = cc
CFLAGS = -O2 -g $(HARDEN) $(LTO:%=% -ffat-lto-objects)
# pcap2flows is optimised as a whole, which makes it 5 to 8 % faster.  The
# others would gain little, and are linked from the same objects as they are.
LTO = $(if $(findstring gcc,$(shell $(CC) -v 2>&1 | tail -n 1)),-flto=auto)
NO_LTO = $(if $(filter -ffat-lto-objects,$(CFLAGS)),-fno-lto)
# Overflows end the program instead of running on; addresses are random, and
# what the linker writes is read-only before main begins.
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LDFLAGS = -pie -Wl,-z,relro,-z,now
LIBS = -lpcap -lcsv -lmaxminddb -lnettle \
	$(if $(filter linux,$(SYSTEM)),-lseccomp) -lm -pthread
WERROR = $(if $(CI),-Werror)
# Without contraction of a*b+c the synthetic traffic is the same everywhere.
FLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic \
	-Wshadow -Wconversion $(WERROR) -ffp-contract=off $(CFLAGS)
ALL_CFLAGS = -Ilib -I$(BUILD)/lib -MMD -MP $(FLAGS)

# Objects are made anew by another compiler or with other flags: all depend on
# the file where these stand.  What was compiled with warnings as errors is as
# good for who asks for none; where nothing was compiled nothing is old.
COMPILER = $(shell $(CC) --version 2>/dev/null | head -n 1)
LINKED := $(LDFLAGS) $(LIBS)
MADE_WITH = $(COMPILER) $(CC) $(FLAGS) $(FIXBUF_CFLAGS) $(LINKED)
MADE_BEFORE := $(file <$(BUILD)/settings)
ifeq (,$(wildcard $(BUILD)/settings $(BUILD)/libflows.a))
FLAGS_FILE = | $(BUILD)/settings
else
FLAGS_FILE = $(BUILD)/settings
ifneq ($(filter-out -Werror,$(MADE_BEFORE)),$(filter-out -Werror,$(MADE_WITH)))
$(BUILD)/settings: FORCE
else ifneq (,$(filter-out $(MADE_BEFORE),$(WERROR)))
$(BUILD)/settings: FORCE
endif
endif

SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer

PARSER = $(BUILD)/lib/query/grammar $(BUILD)/lib/query/lexer
OBJECTS = $(MODULES:%.c=$(BUILD)/%.o) $(PARSER:%=%.o) $(BUILD)/places.o
EXECUTABLES = $(foreach p,$(PROGRAMS),$(if $(wildcard bin/$p.c),$(BIN)/$p))
TESTERS = $(UNITS:%=$(BUILD)/t/%)

# What is built here comes first.  The folder's name may be any: only a shell
# that reads it from the environment sees it whole.
from_here = $(if $(filter /%,$(firstword $(1))),$(1),$(CURDIR)/$(1))
export BIN_PATH := $(call from_here,$(BIN))
export BUILD_PATH := $(call from_here,$(BUILD))
export PATH := $(BIN_PATH):$(PATH)

# It may have come with `deps`, since this file was read.
all: $(EXECUTABLES)
ifeq ($(FIXBUF),)
	@if [ "$(origin FIXBUF)" = file ] && \
	    pkg-config --exists libfixbuf 2>/dev/null; then \
	    $(MAKE) --no-print-directory $(BIN)/flowipfix FIXBUF=flowipfix; else \
	    echo "flowipfix is left out: no libfixbuf here (libfixbuf-dev)"; fi
endif

help:
	@sed -n '/^#@/s/^#@ \{0,1\}//p' $(MAKEFILE_LIST)

#@ To begin with
#@   all           the programs, in bin/
#@   deps          installs what is missing (as root, or through sudo); before
#@                 other targets what these need: make deps figures
#@   doc           all pages as HTML, in out/doc
#@   geodb         a real geolocation base, in build/geodb (DB-IP, 60 MB)
#@   clean         removes what was made, but for a folder named with OUT=
#@ Tests
#@   check         all of them
#@   traces        looks in DIR=folder for the real captures of t/traces.tsv,
#@                 by their sums; tests take those that are found
#@   lint          compiler warnings with gcc and clang, cppcheck,
#@                 shellcheck, man pages
#@   sanitize      all tests with ASan and UBSan
#@   memcheck      the pipeline under valgrind
#@   browser-check the report in a real browser (chromium)
#@ For editors
#@   tags          by ctags
#@   compile_commands.json

$(BUILD)/settings:
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(MADE_WITH))' >$@

# What is compiled and linked is written beside its name, what the compiler says
# of headers too: a make that is killed leaves nothing that is half made.
compile = $(CC) $(ALL_CFLAGS) $(1) -MT $@ -MF $(@:.o=.d).part \
	-c -o $@.part $< && \
	mv -f $(@:.o=.d).part $(@:.o=.d) && mv -f $@.part $@
link = $(CC) $(ALL_CFLAGS) $(LDFLAGS) $(1) -o $@.part $(filter %.o,$^) \
	$(filter %.a,$^) $(LIBS) && mv -f $@.part $@

$(EXECUTABLES): $(BIN)/%: $(BUILD)/bin/%.o $(BUILD)/libflows.a
	@mkdir -p $(@D)
	@echo "  ld $@"
	@$(call link)

$(filter-out %/pcap2flows,$(EXECUTABLES)) $(TESTERS): LDFLAGS += $(NO_LTO)
$(BIN)/flowipfix: LIBS += $(shell pkg-config --libs-only-l libfixbuf)
$(BIN)/flowipfix: $(FIXBUF_OBJECTS)
$(FIXBUF_OBJECTS) $(BUILD)/bin/flowipfix.o: ALL_CFLAGS += $(FIXBUF_CFLAGS)

$(BUILD)/t/flowtab: $(UNIT_MODEL)
$(UNIT_MODEL) $(BUILD)/t/unit/flowtab.o: ALL_CFLAGS += -It/unit
$(TESTERS): $(BUILD)/t/%: $(BUILD)/t/unit/%.o $(BUILD)/libflows.a
	@echo "  ld $@"
	@$(call link)

$(BUILD)/libflows.a: $(OBJECTS)
	@echo "  ar $@"
	@rm -f $@.part
	@$(AR) rc $@.part $^
	@mv -f $@.part $@

$(BUILD)/%.o: %.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(call compile)

# The parser of expressions; what bison and flex write has warnings of its
# own that are not ours to mend.
$(BUILD)/lib/query/grammar.c $(BUILD)/lib/query/grammar.h &: \
	    lib/query/grammar.y
	@mkdir -p $(BUILD)/lib/query/part
	@echo "  bison $<"
	@bison -Wall -Werror -o $(BUILD)/lib/query/part/grammar.c \
	    --header=$(BUILD)/lib/query/part/grammar.h $<
	@mv -f $(BUILD)/lib/query/part/grammar.[ch] $(BUILD)/lib/query
$(BUILD)/lib/query/lexer.c: lib/query/lexer.l
	@mkdir -p $(@D)/part
	@echo "  flex $<"
	@flex -o $(@D)/part/$(@F) $<
	@mv -f $(@D)/part/$(@F) $@
$(BUILD)/lib/query/query.o $(BUILD)/lib/query/lexer.o: \
	$(BUILD)/lib/query/grammar.h
$(PARSER:%=%.o): %.o: %.c $(FLAGS_FILE)
	@echo "  cc $<"
	@$(call compile,-w)

# The place table of the synthetic traffic is part of tracegen.
$(BUILD)/places.o: ALL_CFLAGS += -Wno-overlength-strings
$(BUILD)/places.o: $(BUILD)/places.c $(FLAGS_FILE)
	@echo "  cc $<"
	@$(call compile)

$(BUILD)/places.c: lib/geo/places.csv Makefile
	@mkdir -p $(@D)
	@{ echo '#include <stddef.h>'; \
	echo 'extern const char places_csv[];'; \
	echo 'extern const size_t places_csv_size;'; \
	echo 'const char places_csv[] ='; \
	sed 's/["\\]/\\&/g; s/.*/"&\\n"/' $<; \
	echo ';'; \
	echo 'const size_t places_csv_size = sizeof places_csv - 1;'; } >$@.part
	@mv -f $@.part $@

# With `deps` among the goals nothing is compiled before it is done, also with
# -j.
ifneq (,$(filter deps,$(MAKECMDGOALS)))
$(OBJECTS) $(BUILD)/places.c $(PROGRAMS:%=$(BUILD)/bin/%.o) \
$(UNITS:%=$(BUILD)/t/unit/%.o) $(UNIT_MODEL) $(FIXBUF_OBJECTS): | deps
$(PARSER:%=%.c) $(BUILD)/settings: | deps
endif

deps:
	@bash .ci/deps $(or $(strip $(if $(filter figures,$(MAKECMDGOALS)),figures) \
	$(if $(filter check lint sanitize memcheck,$(MAKECMDGOALS)),check) \
	$(if $(filter live-check,$(MAKECMDGOALS)),live) \
	$(if $(filter doc,$(MAKECMDGOALS)),doc) \
	$(if $(filter same-check,$(MAKECMDGOALS)),lint) \
	$(if $(filter deb deb-check,$(MAKECMDGOALS)),deb build) \
	$(if $(filter fresh-check,$(MAKECMDGOALS)),fresh) \
	$(if $(filter foreign-check,$(MAKECMDGOALS)),build foreign-$(ARCH)) \
	$(if $(filter browser-check,$(MAKECMDGOALS)),figures browser) \
	$(if $(filter fuzz fuzz-merge,$(MAKECMDGOALS)),lint) \
	$(filter bench geodb lint memcheck,$(MAKECMDGOALS))),check)

TESTS = t/*.t
JOBS := $(shell nproc 2>/dev/null || echo 1)

check: all $(TESTERS)
	BIN="$$BIN_PATH" BUILD="$$BUILD_PATH" \
	    prove -j $(JOBS) $(PROVEFLAGS) $(TESTS)

traces:
	@bash t/traces.sh build/traces "$${DIR-}"

sanitize:
	$(MAKE) check BUILD=$(BUILD)/sanitize BIN=$(BUILD)/sanitize/exe \
	    CFLAGS="$(SANITIZE)"

lint:
	$(MAKE) all CC=gcc LTO= WERROR=-Werror BUILD=$(BUILD)/gcc \
	    BIN=$(BUILD)/gcc/exe
	$(MAKE) all CC=clang WERROR=-Werror BUILD=$(BUILD)/clang \
	    BIN=$(BUILD)/clang/exe
	cppcheck -j $(JOBS) -q --error-exitcode=1 --std=c11 --inline-suppr -Ilib \
	    --enable=warning,performance,portability bin lib t/unit
	git ls-files -z 't/*.t' '*.sh' .ci | xargs -0 -P $(JOBS) -n 12 shellcheck -x
	mandoc -Tlint -W warning $$(git ls-files '*.[157]')
	bash t/lint/includes.sh
	bash t/lint/tree.sh
	bash t/lint/settings.sh
	bash t/lint/systems.sh
	$(MAKE) all SYSTEM=other LTO= WERROR=-Werror BUILD=$(BUILD)/other \
	    BIN=$(BUILD)/other/exe

# Asked for together with `deps`, it waits for npm.
geodb: $(if $(filter deps,$(MAKECMDGOALS)),deps)
	bash plots/places/geodb.sh $(BUILD)/geodb

memcheck: all
	bash t/memcheck.sh

# Part of `check` too, where there is a browser.
browser-check: all
	BIN="$$BIN_PATH" prove t/0710-report.t

SOURCES = $(wildcard bin/*.c lib/*/*.[ch] t/unit/*.[ch] \
	t/unit/*/*.[ch])
tags: $(SOURCES)
	@command -v ctags >/dev/null || { echo "tags: no ctags here;" \
	    "apt-get install universal-ctags" >&2; exit 1; }
	ctags -f $@ $(SOURCES)

# How each file is compiled, for clangd and the like.
compile_commands.json: Makefile $(SOURCES)
	@$(MAKE) -nB --no-print-directory all | awk -v dir="$(CURDIR)" ' \
	    function quoted(s) { gsub(/[\\"]/, "\\\\&", s); return "\"" s "\"" } \
	    / -c -o / { sub(/ &&.*/, ""); printf "%s\n{\"directory\": %s, \"file\": %s, " \
		"\"command\": %s}", n++ ? "," : "[", quoted(dir), \
		quoted($$NF), quoted($$0) } \
	    END { print "\n]" }' >$@.tmp
	@mv $@.tmp $@

# A folder that somebody named may hold what is not ours.
clean:
	@[ "$$OUT" = out ] || echo "clean: $$OUT stays; it may hold other files" >&2
	rm -rf out $(BUILD) $(PROGRAMS:%=bin/%) tags compile_commands.json

# What the compiler says of headers, also of sources that are made themselves.
-include $(wildcard $(patsubst %,$(BUILD)%*.d,/ /bin/ /lib/*/ /t/unit/ \
	/t/unit/model/ /replay/ /bench/ /stages/))
-include plots/lib/figures.mk
-include examples/examples.mk
-include t/robust.mk
-include examples/cluster/cluster.mk
-include examples/campus/campus.mk
-include t/bench/bench.mk
-include package/package.mk

.PHONY: all help deps geodb check traces sanitize lint memcheck browser-check clean
.SECONDARY:
.DELETE_ON_ERROR:
