# The figures and tables of the paper, from packets.  Settings:
#@ Figures and tables, in out/
#@   figures       all of them, and report.html; each alone:
#@                 fig1 … fig7 tab1 tab2 timeout text readings real
#@                 report
#@   PCAP="a b"    captures (default: a synthetic campus week); - is stdin.
#@                 One name with blanks stands alone; among several, a
#@                 backslash goes before each of its blanks: "a\ b.pcap c.pcap"
#@   NETS=list     internal networks (default: the private ranges)
#@   GEODB="a b"   geolocation bases (default: lib/geo/places.csv, invented),
#@                 named as captures are
#@   PROTO=any     count TCP too (default: udp, as the authors)
#@   SCALE=1       the campus' size, 1 = the paper's 1,700 clients
#@   SEED=1        what the synthetic campus is drawn from
#@   OUT=folder    where they go; what lies there of other settings goes
#@ Checks, in out/
#@   paper-check   every number of the paper, ours, the difference
#@   paper-check-seeds
#@                 the same, the median of as many campuses as SEEDS has
#@   truth-check   every figure from the synthetic week's truth, by awk alone

# Said before make or behind it, a setting holds.
PROTO ?= udp
SEED ?= 1
GEODB ?= lib/geo/places.csv
FIGURES = fig1 fig2 fig3 fig4 fig5 fig6 fig7
TABLES = tab1 tab2 timeout text readings real
FIG = $(BUILD)/fig
FIGURE_GOALS = figures $(FIGURES) $(TABLES) report paper-check truth-check \
	overlay
WORKING = $(if $(findstring n,$(firstword -$(MAKEFLAGS))),,$(filter \
	$(FIGURE_GOALS),$(MAKECMDGOALS)))

# PCAPS=my.pcap would be passed over, and the figures be of the synthetic week.
# What is given to a make around this one is not its own.
blank := $(subst ,, )
GIVEN = $(foreach word,$(subst \$(blank),,$(MAKEOVERRIDES)), \
	$(patsubst %:,%,$(firstword $(subst =, ,$(word)))))
FOR_SCRIPTS = AWK SHELL TMPDIR
ifneq (,$(if $(filter 0,$(MAKELEVEL)),$(filter $(FIGURE_GOALS),$(MAKECMDGOALS))))
$(foreach s,$(filter-out $(FOR_SCRIPTS),$(GIVEN)),$(if $(shell \
    grep -lFe '$$($s)' -e '$$(value $s)' $(MAKEFILE_LIST) examples/*.mk \
    plots/*/*.mk package/*.mk t/*.mk),,$(error no setting "$s": make help lists them)))
endif

# What a user sets goes to the scripts in the environment, as it is: neither
# make nor a shell reads it.
override PCAP := $(value PCAP)
override NETS := $(value NETS)
override GEODB := $(value GEODB)
override PROTO := $(value PROTO)
override SEED := $(value SEED)
override SCALE := $(value SCALE)
override CAMPUS := $(value CAMPUS)
SETTINGS = PCAP NETS GEODB PROTO SEED SCALE CAMPUS OUT
export $(SETTINGS)
SPOOLED = $(if $(filter -,$(PCAP)),$(FIG)/stdin.pcap)
export SPOOLED

# The synthetic campus' size in clients, for those who ask for packets alone.
CLIENTS = $(shell LC_ALL=C awk -v scale=$(call shell_word,$(SCALE)) \
	'BEGIN { n = int(1700 * scale + 0.5); print (n > 1 ? n : 1) }')

# Where pictures go, and which of the notes of settings do not say what is
# asked for now: what depends on them is due.
shell_word = '$(subst ','\'',$(1))'
NOTED := $(shell $(foreach s,$(SETTINGS),$s=$(call shell_word,$($s))) \
	plots/lib/settings.sh compare $(FIG) $(if $(WORKING),$$PPID) 2>/dev/null)
ifeq ($(firstword $(NOTED)),busy)
$(error another make works in $(FIG): wait for it, or give this one a folder \
    of its own, FIG=$(FIG)-2)
endif
O := $(or $(firstword $(NOTED)),$(FIG)/out)
PICTURES = $(foreach f,$(FIGURES),$(O)/$f.svg $(O)/$f.png)
PRINTED = $(TABLES) paper-check truth-check
OUTDATED := $(if $(NOTED),$(wordlist 2,9,$(NOTED)),source settings pictures)
$(patsubst %,$(FIG)/%,$(filter source settings,$(OUTDATED))): FORCE
$(FIG)/source: ; $(SAY)plots/lib/settings.sh source $(FIG)
$(FIG)/settings $(FIG)/made-of &: $(FIG)/source
	$(SAY)plots/lib/settings.sh settings $(FIG)
$(O)/.settings: $(FIG)/settings $(FIG)/made-of $(if $(filter pictures,$(OUTDATED)),FORCE)
	$(SAY)plots/lib/settings.sh pictures $(FIG) $(O) report.html \
	    $(foreach f,$(FIGURES),$f.svg $f.png data/$f.tsv) \
	    $(PRINTED:%=%.txt) paper-check-seeds.txt overlay/index.html \
	    overlay/tab1.txt $(foreach f,$(FIGURES),overlay/$f.svg overlay/$f.png)

$(O)/made-of.txt: $(FIG)/made-of | $(O)/.settings
	@cat $< $(WHOLE)

# What is made is told, but under -s; make -n prints how.
SAY = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,echo "  fig $(@F)"; )
# A target is written beside its name; what failed leaves nothing.
WHOLE = >$@.part && mv -f $@.part $@ || { rm -f $@.part; exit 1; }

# What takes longest, or much waits for, comes first, for make -j.
LONGEST = $(addprefix $(FIG)/,$(addsuffix .tsv,timeouts \
	$(if $(PCAP),,truth-figures) fig3 prose $(if $(PCAP),,truth-match) real))

figures: $(LONGEST) $(FIGURES) $(TABLES) report
	@echo "$$OUT/report.html, and beside it fig1 … fig7 (.svg, .png)" \
	    "and $(TABLES:%=%.txt)"
	@cat $(FIG)/notices.txt >&2
# Said once, by the last of what was asked for.
NOTICED = $(FIGURES) $(TABLES) report overlay
NOTICE = $(if $(filter $@,$(lastword $(filter $(NOTICED),$(MAKECMDGOALS)))),@cat $(filter %/notices.txt,$^) >&2)
$(FIGURES): %: $(O)/%.svg $(O)/%.png $(O)/made-of.txt $(FIG)/notices.txt
	$(NOTICE)
$(TABLES): %: $(O)/%.txt $(O)/made-of.txt $(FIG)/notices.txt
	$(NOTICE)
paper-check truth-check: %: $(O)/%.txt $(O)/made-of.txt
	@text=$$(<$<); printf '%s\n' "$$text"; \
	[[ $$text != *NOT\ EQUAL* ]]
report: $(O)/report.html $(O)/made-of.txt $(FIG)/notices.txt
	$(NOTICE)

$(FIG)/stdin.pcap: FORCE | $(FIG)/settings
	$(SAY)cat $(WHOLE)

# The records of the paper's pipe, from their pieces; with these comes the truth.
# A synthetic week is made as often as its packets are read, not stored.  What
# other rules made is made anew, so this file is among what all is made of.
COMMON = $(addprefix plots/lib/,reduce.sh usage.sh columns.awk figures.mk)
READERS = $(if $(PCAP),$(SPOOLED),$(BIN)/tracegen) $(BIN)/pcap2flows
RECORDS = $(addprefix $(FIG)/,pieces.tsv all.tsv endpoints.tsv listed.tsv)
$(RECORDS) $(if $(PCAP),,$(FIG)/campus.truth) &: $(READERS) $(BIN)/flowmerge \
	    $(BIN)/skypeclass $(FIG)/source plots/records/records.sh \
	    plots/records/listed.awk plots/lib/listed-endpoints.awk $(COMMON)
	$(SAY)plots/records/records.sh $(RECORDS) $(FIG)/campus.truth

$(FIG)/notices.txt: plots/records/notices.sh plots/records/notices.awk \
	    $(FIG)/all.tsv $(FIG)/flows.tsv $(COMMON) $(BIN)/flowcut
	$(SAY)$< $(FIG)/all.tsv $(FIG)/flows.tsv $(WHOLE)

$(FIG)/flows.tsv: $(FIG)/all.tsv $(FIG)/settings plots/records/flows.sh \
	    $(addprefix $(BIN)/,skypeclass sigtag rttcalc geojoin)
	$(SAY)plots/records/flows.sh $< $(WHOLE)

# Reduced data: each by one script, which stands first among what it is made
# of, from the data behind it.
BY_SCRIPT = contacts timeouts fig3 gaps prose activity fig1 fig2 fig4 fig5 fig6 fig7 popularity \
	kinds places fig3-clients values tab1 tab2 timeout text read-otherwise \
	paper-check \
	$(if $(PCAP),,truth-check truth-figures truth-match)
$(BY_SCRIPT:%=$(FIG)/%.tsv): $(FIG)/%.tsv: $(COMMON) $(BIN)/flowcut
	$(SAY)$(SCRIPT) $(INPUT) $(WHOLE)

$(FIG)/%.tsv: SCRIPT = plots/$*.sh
$(FIG)/%.tsv: INPUT = $(filter %.tsv,$^)
$(foreach f,$(filter fig% tab%,$(filter-out fig1 fig3-%,$(BY_SCRIPT))), \
    $(eval $(FIG)/$f.tsv: plots/$f.sh plots/$f.awk))
$(foreach f,fig1 fig2 fig4 fig6 fig7, \
    $(eval $(FIG)/$f.tsv: plots/lib/distributions.awk))

$(FIG)/contacts.tsv: SCRIPT = plots/records/contacts.sh
$(FIG)/contacts.tsv: $(FIG)/listed.tsv $(FIG)/flows.tsv \
	    plots/lib/listed-endpoints.awk \
	    $(wildcard plots/records/*contacts.*)
$(FIG)/fig1.tsv: $(FIG)/contacts.tsv plots/fig1.sh plots/lib/interval-peers.awk
$(FIG)/fig2.tsv $(FIG)/fig4.tsv $(FIG)/fig5.tsv: $(FIG)/flows.tsv
$(FIG)/fig3.tsv: $(FIG)/fig3-clients.tsv $(FIG)/source $(READERS)
$(FIG)/fig6.tsv: $(FIG)/flows.tsv plots/lib/cumulated-bins.awk \
	    $(wildcard plots/paper/fig6*)
$(FIG)/fig7.tsv: $(FIG)/popularity.tsv
$(FIG)/tab1.tsv: $(FIG)/kinds.tsv
$(FIG)/tab2.tsv: $(FIG)/places.tsv plots/paper/table2.tsv
$(FIG)/tab2.tsv: INPUT = $(FIG)/places.tsv

$(FIG)/popularity.tsv: SCRIPT = plots/records/popularity.sh
$(FIG)/popularity.tsv: $(FIG)/flows.tsv plots/records/popularity.sh \
	    plots/records/figure-rows.awk $(BIN)/popularity
$(FIG)/kinds.tsv: SCRIPT = plots/records/kinds.sh
$(FIG)/kinds.tsv: $(FIG)/flows.tsv plots/records/kinds.sh \
	    plots/records/kinds.awk
$(FIG)/fig3-clients.tsv: SCRIPT = plots/records/two-clients.sh
$(FIG)/fig3-clients.tsv: $(FIG)/flows.tsv plots/records/two-clients.sh \
	    plots/records/client-flows.awk plots/records/two-clients.awk
$(FIG)/places.tsv: SCRIPT = plots/places/places.sh
$(FIG)/places.tsv: $(FIG)/flows.tsv plots/places/places.sh \
	    plots/places/places.awk plots/places/eu-2007.awk $(BIN)/geojoin
$(FIG)/timeouts.tsv: SCRIPT = plots/timeouts/timeouts.sh
$(FIG)/timeouts.tsv: $(FIG)/listed.tsv $(FIG)/pieces.tsv $(FIG)/settings \
	    $(wildcard plots/timeouts/*) \
	    $(BIN)/flowmerge $(BIN)/skypeclass
$(FIG)/timeout.tsv: SCRIPT = plots/timeouts/timeout-table.sh
$(FIG)/timeout.tsv: $(FIG)/timeouts.tsv $(wildcard plots/timeouts/*)
$(FIG)/gaps.tsv: SCRIPT = plots/prose/gaps.sh
$(FIG)/gaps.tsv: $(FIG)/flows.tsv $(FIG)/pieces.tsv $(FIG)/source \
	    $(READERS) $(wildcard plots/prose/*gap*)
$(FIG)/prose.tsv: SCRIPT = plots/prose/prose.sh
$(FIG)/prose.tsv: $(FIG)/listed.tsv $(FIG)/flows.tsv \
	    $(wildcard plots/prose/prose.*) plots/places/eu-2007.awk \
	    plots/lib/listed-endpoints.awk $(BIN)/geojoin
$(FIG)/activity.tsv: SCRIPT = plots/prose/activity.sh
$(FIG)/activity.tsv: $(FIG)/listed.tsv $(FIG)/flows.tsv \
	    plots/prose/activity.sh plots/check/client-activity.awk \
	    plots/lib/listed-endpoints.awk
$(FIG)/values.tsv: SCRIPT = plots/prose/values.sh
$(FIG)/values.tsv: INPUT = $(FIG)
$(FIG)/values.tsv: $(wildcard plots/prose/*) plots/check/fig3-totals.awk \
	    $(addprefix $(FIG)/,prose.tsv activity.tsv gaps.tsv fig1.tsv \
	    fig3.tsv popularity.tsv)
$(FIG)/text.tsv: SCRIPT = plots/prose/prose-table.sh
$(FIG)/text.tsv: $(FIG)/values.tsv $(wildcard plots/prose/prose-table.*) \
	    plots/paper/text.tsv
$(FIG)/text.tsv: INPUT = $(FIG)/values.tsv

# What the figures and tables are made of.
REDUCED = $(addprefix $(FIG)/,$(addsuffix .tsv,timeout fig3 text \
	$(filter-out fig3,$(FIGURES)) tab1 tab2))

# Two clients of 2006, beside ours.
$(FIG)/real.tsv: plots/real/real.sh $(FIG)/timeouts.tsv $(FIG)/values.tsv \
	    $(wildcard plots/real/* plots/paper/fig3*) $(COMMON) \
	    plots/prose/peer-growth.awk plots/records/kinds.awk \
	    $(addprefix $(BIN)/,pcap2flows skypeclass sigtag)
	$(SAY)$< $(FIG) $(WHOLE)

$(FIG)/read-otherwise.tsv: SCRIPT = plots/prose/readings.sh
$(FIG)/read-otherwise.tsv: INPUT = $(FIG)
$(FIG)/read-otherwise.tsv: $(wildcard plots/prose/*) \
	    $(addprefix plots/lib/,listed-endpoints.awk interval-peers.awk \
	    distributions.awk) $(addprefix $(FIG)/,listed.tsv flows.tsv \
	    contacts.tsv fig6.tsv fig7.tsv)
$(FIG)/readings.tsv: plots/prose/readings-table.awk \
	    $(FIG)/read-otherwise.tsv $(FIG)/values.tsv
	$(SAY)awk -f $^ $(WHOLE)

# Pictures; each panel for itself too, since a narrow page has one above the
# other; and the data beside them.
DRAWING = plots/places/coast.dat $(wildcard plots/paper/fig*) $(addprefix \
	plots/lib/,draw.sh reduce.sh usage.sh style.gp drawn-curves.awk \
	drawn-counts.awk thin-dots.awk ten-byte-bins.awk)
PANELS = $(foreach f,$(FIGURES),$(FIG)/$f-1.svg $(FIG)/$f-2.svg)
DATA = $(FIGURES:%=$(O)/data/%.tsv)
$(PICTURES) $(PANELS) $(DATA): | $(O)/.settings
$(O)/%.svg $(O)/%.png $(FIG)/%-1.svg $(FIG)/%-2.svg: $(FIG)/%.tsv plots/%.gp \
	    $(DRAWING)
	$(SAY)plots/lib/draw.sh $* $< $(O)/$*.svg 0 $(O)/$*.png 0 \
	    $(FIG)/$*-1.svg 1 $(FIG)/$*-2.svg 2
$(DATA): $(O)/data/%.tsv: $(FIG)/%.tsv
	@mkdir -p $(@D)
	@cat $< $(WHOLE)

# Nothing is required of a capture of another network.
$(FIG)/paper-check.tsv: SCRIPT = plots/check/paper-check.sh
$(FIG)/paper-check.tsv: INPUT = $(FIG)
$(FIG)/paper-check.tsv: $(addprefix plots/check/,paper-check.sh \
	    paper-check.awk table-shares.awk client-activity.awk \
	    fig3-totals.awk rtt-holding.awk other-numbers.awk) plots/lib/listed-endpoints.awk \
	    plots/lib/distributions.awk $(wildcard plots/paper/*) \
	    $(addprefix $(FIG)/,values.tsv endpoints.tsv flows.tsv kinds.tsv \
	    places.tsv timeouts.tsv popularity.tsv fig1.tsv fig2.tsv fig3.tsv fig4.tsv fig6.tsv fig7.tsv)

# The median campus.  Of each only its numbers are kept.
SEED_NUMBERS = $(SEEDS:%=$(BUILD)/seed/%.tsv)
$(SEED_NUMBERS): $(BUILD)/seed/%.tsv: FORCE
	@rm -rf $(BUILD)/seed/$*
	@mkdir -p $(BUILD)/seed/$*
	@$(MAKE) -s FIG=$(BUILD)/seed/$* OUT=$(BUILD)/seed/$* SEED=$* \
	    $(BUILD)/seed/$*/paper-check.tsv
	@plots/check/paper-check.sh $(BUILD)/seed/$* raw=1 $(WHOLE)
	@cd $(BUILD)/seed/$* && rm -f all.tsv pieces.tsv campus.truth

paper-check-seeds: $(SEED_NUMBERS) | $(O)/.settings
	$(SAY)LC_ALL=C awk -f plots/check/seed-medians.awk $(SEED_NUMBERS) \
	    >$(BUILD)/seed/median
	@plots/check/paper-check.sh $(BUILD)/seed/$(firstword $(SEEDS)) \
	    given=$(BUILD)/seed/median >$(BUILD)/seed/check.tsv
	@LC_ALL=C awk -f plots/lib/table.awk $(BUILD)/seed/check.tsv \
	    >$(O)/paper-check-seeds.txt
	@cat $(O)/paper-check-seeds.txt

$(FIG)/truth-figures.tsv: SCRIPT = plots/check/truth-figures.sh
$(FIG)/truth-figures.tsv: INPUT = $(FIG)/campus.truth
$(FIG)/truth-figures.tsv: $(wildcard plots/check/truth*) \
	    plots/places/eu-2007.awk plots/lib/distributions.awk \
	    plots/prose/mean-contacts.awk $(FIG)/campus.truth $(FIG)/settings \
	    $(BIN)/geojoin
$(FIG)/truth-match.tsv: SCRIPT = plots/check/truth-match.sh
$(FIG)/truth-match.tsv: INPUT = $(FIG)/campus.truth $(FIG)/flows.tsv
$(FIG)/truth-match.tsv: $(wildcard plots/check/truth-match.*) \
	    $(FIG)/campus.truth $(FIG)/flows.tsv
$(FIG)/truth-check.tsv: SCRIPT = plots/check/truth-check.sh
$(FIG)/truth-check.tsv: INPUT = $(FIG)/campus.truth $(FIG)
$(FIG)/truth-check.tsv: $(wildcard plots/check/truth*) \
	    plots/check/fig3-totals.awk $(addprefix $(FIG)/,truth-figures.tsv \
	    truth-match.tsv kinds.tsv places.tsv fig1.tsv fig2.tsv fig3.tsv \
	    fig3-clients.tsv fig4.tsv fig5.tsv fig6.tsv fig7.tsv values.tsv \
	    timeouts.tsv)

$(PRINTED:%=$(O)/%.txt): $(O)/%.txt: $(FIG)/%.tsv plots/lib/table.awk \
	    plots/lib/made-of.awk $(FIG)/made-of | $(O)/.settings
	$(SAY)LC_ALL=C awk -f plots/lib/table.awk $< | \
	    awk -f plots/lib/made-of.awk - $(FIG)/made-of $(WHOLE)

$(O)/report.html: $(wildcard plots/report/*) plots/lib/table.awk \
	    plots/lib/reduce.sh $(FIGURES:%=$(O)/%.svg) \
	    $(TABLES:%=$(FIG)/%.tsv) $(PANELS) $(DATA) \
	    $(FIGURES:%=$(O)/%.png) \
	    $(addprefix $(FIG)/,values.tsv read-otherwise.tsv fig3-clients.tsv) \
	    $(FIG)/notices.txt $(FIG)/paper-check.tsv \
	    $(if $(PCAP),,$(FIG)/truth-check.tsv) \
	    $(wildcard $(FIG)/accuracy.tsv $(O)/accuracy.svg) \
	    $(PROGRAMS:%=$(BIN)/%) | $(O)/.settings
	$(SAY)plots/report/report.sh $(O) $(FIG) $(WHOLE)

# Without -j the reducers use the processors that are there.
ifeq (,$(filter-out all deps $(FIGURE_GOALS),$(or $(MAKECMDGOALS),all)))
MAKEFLAGS += -j$(JOBS)
endif

-include plots/accuracy/accuracy.mk

FORCE:
.PHONY: figures $(FIGURES) $(TABLES) report paper-check \
	paper-check-seeds truth-check FORCE
