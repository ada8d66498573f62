# What it costs.
#@ Speed, in out/bench.{txt,svg}
#@   bench         ours and, where installed, other tools; some minutes
#@   bench-line    pcap2flows with ten times as many packets; out/bench-line.txt
#@   bench-week    from a synthetic week's packets to figure data, as multiples
#@                 of a bare loop; SCALE, out/bench-week.txt
#@   bench-numbers instructions and memory anew, into t/bench/numbers.tsv, with
#@                 which a test compares
#@   bench-pages   the tables of README and flows-quality(7) anew, from
#@                 out/bench.txt
#@   profile       where the time goes
#@   PACKETS=1000000  in a capture
#@   ROUNDS=5      of which the medians are told

PACKETS = 1000000
ROUNDS = 5
BENCH = $(BUILD)/bench
BENCH_SHAPES = mix campus flood small elephant
BENCH_FILES = $(addprefix $(BENCH)/,cost loop $(BENCH_SHAPES:%=%.pcap) \
	short.pcap skype.pcap)

# What stands before it goes there when it is whole; what fails leaves the one
# of before.
into = >"$$OUT"/$(1).part && mv -f -- "$$OUT"/$(1).part "$$OUT"/$(1) || \
	{ rm -f -- "$$OUT"/$(1).part; exit 1; }

# Asked for together with `deps`, it waits for the other tools.
bench: all $(BENCH_FILES) $(if $(filter deps,$(MAKECMDGOALS)),deps)
	@mkdir -p -- "$$OUT"
	bash t/bench/run.sh $(BENCH) '$(ROUNDS)' $(call into,bench.txt)
	bash t/bench/numbers.sh $(BENCH) $(call into,bench-numbers.tsv)
	gp=$$PWD/t/bench/bench.gp; cd -- "$$OUT"; \
	    gnuplot -e "data = 'bench.txt'; out = 'bench.svg'" "$$gp"
	@cat -- "$$OUT"/bench.txt "$$OUT"/bench-numbers.tsv

# Beside its name first, so that a run that fails leaves what there is.
bench-numbers: all $(addprefix $(BENCH)/,shapes cost)
	bash t/bench/numbers.sh $(BENCH) >t/bench/numbers.tsv.tmp
	mv t/bench/numbers.tsv.tmp t/bench/numbers.tsv

bench-pages:
	bash t/bench/pages.sh "$$OUT"/bench.txt

profile: all $(BENCH_FILES)
	bash t/bench/profile.sh $(BENCH)

$(BENCH)/shapes $(BENCH)/loop $(BENCH)/cost: $(BENCH)/%: t/bench/%.c \
	    $(FLAGS_FILE)
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(ALL_CFLAGS) -MT $@ -MF $@.d -o $@.part $< -lpcap
	@mv -f $@.part $@

bench-line: all $(addprefix $(BENCH)/,shapes loop cost)
	@mkdir -p -- "$$OUT"
	bash t/bench/line.sh $(BENCH) '$(PACKETS)' '$(ROUNDS)' \
	    $(call into,bench-line.txt)
	@cat -- "$$OUT"/bench-line.txt

bench-week: all $(addprefix $(BENCH)/,loop cost)
	@mkdir -p -- "$$OUT"
	bash t/bench/week.sh "$$BUILD_PATH/bench" \
	    $(CLIENTS) '$(ROUNDS)' $(call into,bench-week.txt)
	@cat -- "$$OUT"/bench-week.txt

# The captures are made anew when their size changes.
$(BENCH)/settings: FORCE
	@mkdir -p $(BENCH)
	@echo '$(PACKETS)' | cmp -s - $@ || echo '$(PACKETS)' >$@

$(BENCH_SHAPES:%=$(BENCH)/%.pcap): $(BENCH)/%.pcap: $(BENCH)/shapes \
	    $(BENCH)/settings
	$(BENCH)/shapes $* $(PACKETS) $(WHOLE)

$(BENCH)/short.pcap: $(BENCH)/shapes
	$(BENCH)/shapes mix 100000 $(WHOLE)

# About as many packets, of 150 clients who also call.
$(BENCH)/skype.pcap: $(BIN)/tracegen $(BENCH)/settings
	$(BIN)/tracegen -c 150 -d $$(($(PACKETS) / 200))s -w 96 $(WHOLE)

.PHONY: bench bench-numbers bench-pages bench-line bench-week profile
