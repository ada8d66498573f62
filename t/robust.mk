# Bad input on purpose: fuzzing, faults, live capture at its limit.
#@ Robustness
#@   thread-check  pcap2flows's threads under TSan
#@   fuzz          fuzz each reader for SECONDS=60 of its own processor
#@                 time (clang; FUZZ="names")
#@   fuzz-merge    adds to t/corpus what fuzzing found and it lacks
#@   more-check    the tests that in `make check` take small captures alone, on
#@                 all that are there
#@   stage-check   each command behind figures, tables, checks and examples
#@                 fails in turn, then disks are full: does the whole say so?
#@                 SAMPLE=100: so many of the commands; all take 20 min
#@   fresh-check   the README's commands in a fresh Debian: SUITE=bookworm or
#@                 trixie, as root and as a user, and the package (root);
#@                 STEPS="bare build figures root user package",
#@                 CACHE=folder
#@   foreign-check the same bytes, and the tests, on another machine, emulated:
#@                 ARCH=s390x (big-endian), i386, armhf (32 bits)
#@   live-check    live capture over a pair of interfaces: SECONDS=60 at
#@                 50,000 packets/s, then the rate at which drops begin,
#@                 and what readers read that have a hundredth of a
#@                 processor, beside tcpdump (root, 12 min; less by ROUNDS=1
#@                 STEPS=4 STEP=1 TAKE=4); out/live.txt

FUZZ_PROGRAMS = rttcalc sigtag popularity skypeclass flowmerge geojoin flowid \
	flowpart flowcut flowsort flowgrep flowpcap flowanon tracegen pcap2flows \
	flowfrom flownames
FUZZ_MODULES = decode container $(FIXBUF:flow%=%)
FUZZERS = $(FUZZ_MODULES) $(FUZZ_PROGRAMS)
FUZZ = $(FUZZERS)
REPLAYERS = $(FUZZERS:%=$(BUILD)/replay/%)
SECONDS = 60

comma = ,
WRAPPED = malloc calloc realloc posix_memalign free write close exit _exit err \
	errx warn warnx posix_spawnp fork sigaction csv_init MMDB_open MMDB_close
WRAP = $(WRAPPED:%=-Wl$(comma)--wrap=%)

# As the corpus is replayed: by the compiler, with the flags, of the tests.
$(BUILD)/replay/%.main.o: bin/%.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@$(call compile,-Dmain=program_main)

$(BUILD)/replay/%.o: t/fuzz/%.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@$(call compile)

$(BUILD)/replay/%.program.o: t/fuzz/program.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@$(call compile,-DPROGRAM='"$*"')

$(FUZZ_MODULES:%=$(BUILD)/replay/%): $(BUILD)/replay/%: \
	$(BUILD)/replay/%.o $(BUILD)/replay/replay.o $(BUILD)/libflows.a
	@echo "  ld $@"
	@$(call link)

$(FUZZ_PROGRAMS:%=$(BUILD)/replay/%): $(BUILD)/replay/%: \
	$(BUILD)/replay/%.program.o $(BUILD)/replay/%.main.o \
	$(BUILD)/replay/run.o $(BUILD)/replay/held.o $(BUILD)/replay/replay.o \
	$(BUILD)/libflows.a
	@echo "  ld $@"
	@$(call link,$(WRAP))
ifneq ($(FIXBUF),)
$(BUILD)/replay/ipfix $(BUILD)/fuzzer/ipfix: $(FIXBUF_OBJECTS)
$(BUILD)/replay/ipfix $(BUILD)/fuzzer/ipfix: \
	LIBS += $(shell pkg-config --libs-only-l libfixbuf)
$(BUILD)/replay/ipfix.o: ALL_CFLAGS += $(FIXBUF_CFLAGS)
endif
$(REPLAYERS): LDFLAGS += $(NO_LTO)

# On few clients and hours, so that it is quick.
$(BUILD)/stages/half: t/stages/half.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) -MT $@ -MF $@.d -o $@.part $<
	@mv -f $@.part $@

stage-check: export CAMPUS = tracegen -c 5 -d 3h -w 96
stage-check: all $(BUILD)/stages/half
	MAKEFLAGS= t/stages/stages.sh $(if $(SAMPLE),-s $(SAMPLE)) \
	    $(BUILD)/stages/half "$$BIN_PATH" t/stages/commands \
	    figures paper-check truth-check overlay

ARCH = s390x
foreign-check: all
	BIN="$$BIN_PATH" bash t/foreign.sh $(ARCH) $(BUILD)/foreign

more-check: all
	MORE=1 BIN="$$BIN_PATH" BUILD="$$BUILD_PATH" \
	    prove -j $(JOBS) t/0211-more-tshark.t t/0863-flowpcap.t \
	    t/0873-features-all.t

.PHONY: more-check stage-check fresh-check foreign-check test-programs

test-programs: $(TESTERS) $(REPLAYERS)
check: test-programs

ifneq (,$(filter deps,$(MAKECMDGOALS)))
$(foreach f,$(FUZZERS) run held replay,$(BUILD)/replay/$f.o) \
$(foreach p,$(FUZZ_PROGRAMS),$(BUILD)/replay/$p.main.o \
$(BUILD)/replay/$p.program.o) $(BUILD)/fault.so $(BUILD)/stages/half: | deps
endif

# As it is fuzzed.
FUZZ_BUILD = $(BUILD)/fuzz
FUZZ_FLAGS = -g -O1 -fno-zero-initialized-in-bss -fno-omit-frame-pointer -fno-sanitize-recover=all
FUZZ_LINK = -fsanitize=fuzzer,address,undefined

fuzz-build:
	@$(MAKE) --no-print-directory CC=clang BUILD=$(FUZZ_BUILD) \
	    CFLAGS="$(FUZZ_FLAGS) -fsanitize=fuzzer-no-link,address,undefined" \
	    $(FUZZ:%=$(FUZZ_BUILD)/fuzzer/%)

$(FUZZ_MODULES:%=$(BUILD)/fuzzer/%): $(BUILD)/fuzzer/%: \
	$(BUILD)/replay/%.o $(BUILD)/libflows.a
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) -o $@ $(filter %.o,$^) \
	    $(filter %.a,$^) $(LIBS)

# All variables of the program stand in one section, which run.c restores.
$(BUILD)/fuzzer/%.whole.o: $(BUILD)/replay/%.main.o $(BUILD)/libflows.a
	@mkdir -p $(@D)
	@$(LD) -r -o $@ $< --whole-archive $(BUILD)/libflows.a
	@objcopy --rename-section .data=variables \
	    --rename-section .data.rel.local=variables $@

$(FUZZ_PROGRAMS:%=$(BUILD)/fuzzer/%): $(BUILD)/fuzzer/%: \
	$(BUILD)/replay/%.program.o $(BUILD)/fuzzer/%.whole.o \
	$(BUILD)/replay/run.o $(BUILD)/replay/held.o
	@mkdir -p $(@D)
	@$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) $(WRAP) -o $@ $^ $(LIBS)

fuzz: all fuzz-build
	@bash t/fuzz/fuzz.sh "$(FUZZ_BUILD)" $(SECONDS) $(FUZZ)

fuzz-merge: all fuzz-build
	@bash t/fuzz/merge.sh "$(FUZZ_BUILD)" $(FUZZ)

SUITE = bookworm
fresh-check:
	bash t/fresh.sh $(SUITE) $(STEPS)

live-check: all
	@mkdir -p -- "$$OUT"
	@bash t/live.sh "$$BIN_PATH" $(SECONDS) "$$OUT/live.txt"

thread-check:
	@$(MAKE) --no-print-directory $(BUILD)/thread/exe/pcap2flows \
	    BUILD=$(BUILD)/thread BIN=$(BUILD)/thread/exe \
	    CFLAGS="-O1 -g -fsanitize=thread"
	BIN="$$BUILD_PATH/thread/exe" FLOOD=20000 MOST=3000 \
	    setarch -R prove t/1040-floods.t

.PHONY: thread-check fuzz fuzz-build fuzz-merge live-check

$(BUILD)/fault.so: t/fault/fault.c $(FLAGS_FILE)
	@mkdir -p $(@D)
	@$(CC) -std=c11 -O1 -g -Wall -Wextra $(WERROR) -fPIC -shared \
	    -o $@.part $< -ldl
	@mv -f $@.part $@

check: $(BUILD)/fault.so
