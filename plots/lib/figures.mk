# The figures and tables of the paper, from packets.  Settings:
#@ Figures and tables, in out/
#@   figures       all of them, and report.html; each alone:
#@                 fig1 … fig7 tab1 tab2 timeout text readings report
#@   PCAP="a b"    captures (default: a synthetic campus week); - is stdin
#@   NETS=list     internal networks (default: the private ranges)
#@   GEODB="a b"   geolocation bases (default: lib/geo/places.csv, invented)
#@   PROTO=any     count TCP too (default: udp, as the authors)
#@   SCALE=1       the campus' size, 1 = the paper's 1,700 clients
#@   SEED=1        draws the right client of fig3
#@ Checks, in out/
#@   paper-check   every number of the paper, ours, the difference
#@   paper-check-seeds
#@                 the same, the median of as many campuses as SEEDS has
#@   truth-check   every figure from the synthetic week's truth, by awk alone

PROTO = udp
SEED = 1
GEODB = lib/geo/places.csv
FIGURES = fig1 fig2 fig3 fig4 fig5 fig6 fig7
TABLES = tab1 tab2 timeout text readings
FIG = $(BUILD)/fig
PART = $(shell awk 'BEGIN { print $(CLIENTS) / 1700 }')
CAPTURES = $(patsubst -,$(FIG)/stdin.pcap,$(PCAP))
CLIENTS = $(shell echo $(SCALE) | awk '{ n = int(1700 * $$1 + 0.5); \
	print (n > 1 ? n : 1) }')
CAMPUS = tracegen -c $(CLIENTS) -d 7d -w 96
TOOLS = PATH=$(abspath $(BIN)):$$PATH PROTO=$(PROTO) SEED=$(SEED) \
	PCAP2FLOWS="pcap2flows $(NETS:%=-n %)" \
	$(if $(PCAP),CAPTURES="$(CAPTURES)" CAMPUS=,CAMPUS="$(CAMPUS)")

figures: $(FIGURES) $(TABLES) report
	@echo "$(OUT)/report.html, and beside it fig1 … fig7 (.svg, .png)" \
	    "and $(TABLES:%=%.txt)"
$(FIGURES): %: $(OUT)/%.svg $(OUT)/%.png
$(TABLES): %: $(OUT)/%.txt
paper-check truth-check: %: $(OUT)/%.txt
	@cat $<
	@! grep -q '^NOT EQUAL' $<
report: $(OUT)/report.html

# What was asked for; the files are renewed when it changes.
$(FIG)/settings: SETTINGS = $(PCAP):$(NETS):$(GEODB):$(PROTO):$(SEED):$(CLIENTS)
$(FIG)/source: SETTINGS = $(PCAP):$(NETS):$(CLIENTS)
$(FIG)/source $(FIG)/settings: FORCE
	@mkdir -p $(FIG) $(OUT)
	@echo '$(SETTINGS)' | cmp -s - $@ || echo '$(SETTINGS)' >$@

$(FIG)/stdin.pcap: FORCE
	@mkdir -p $(FIG)
	@cat >$@

# The records of the paper's pipe; with them come those for timeouts, and the
# truth.  A synthetic week is made as often as its packets are read, not stored.
PACKETS = $(if $(PCAP),$(CAPTURES),$(BIN)/tracegen) $(BIN)/pcap2flows \
	plots/lib/reduce.sh
$(FIG)/all.tsv: $(PACKETS) $(FIG)/source plots/records/records.sh
	$(TOOLS) sh plots/records/records.sh $@ $(FIG)/pieces.tsv $(FIG)/campus.truth
$(FIG)/pieces.tsv: $(FIG)/all.tsv ;

$(FIG)/endpoints.tsv: $(FIG)/all.tsv $(BIN)/skypeclass
	$(BIN)/skypeclass -e $< >$@

$(FIG)/flows.tsv: $(FIG)/all.tsv $(FIG)/settings plots/records/flows.sh $(GEODB) \
	    $(addprefix $(BIN)/,skypeclass sigtag rttcalc geojoin)
	$(TOOLS) sh plots/records/flows.sh $< $(GEODB) >$@

$(FIG)/popularity.tsv: $(FIG)/flows.tsv plots/records/popularity.sh $(BIN)/popularity
	$(TOOLS) sh plots/records/popularity.sh $< >$@

# Counts that tables and checks are made of.
COUNTED = $(FIG)/kinds.tsv $(FIG)/places.tsv
$(FIG)/kinds.tsv: plots/records/kinds.sh plots/records/kinds.awk
$(FIG)/places.tsv: plots/places/places.sh plots/places/places.awk \
	    plots/places/eu-2007.awk
$(COUNTED): plots/lib/reduce.sh plots/lib/columns.awk $(FIG)/flows.tsv
	$(TOOLS) sh $(SCRIPT) $(FIG)/flows.tsv >$@
$(FIG)/kinds.tsv: SCRIPT = plots/records/kinds.sh
$(FIG)/places.tsv: SCRIPT = plots/places/places.sh
$(FIG)/timeouts.tsv: plots/timeouts/timeouts.sh plots/lib/reduce.sh \
	    $(addprefix plots/,records/kinds.awk lib/listed-endpoints.awk timeouts/skype-endpoints.awk timeouts/part-pieces.awk \
	    timeouts/add-counts.awk) \
	    $(FIG)/endpoints.tsv $(FIG)/pieces.tsv $(BIN)/flowmerge
	$(TOOLS) sh plots/timeouts/timeouts.sh $(FIG)/endpoints.tsv $(FIG)/pieces.tsv >$@
$(FIG)/fig3-clients.tsv: plots/records/two-clients.sh plots/records/client-flows.awk \
	    plots/records/two-clients.awk $(FIG)/flows.tsv
	$(TOOLS) bash plots/records/two-clients.sh $(FIG)/flows.tsv >$@
$(FIG)/gaps.tsv: plots/prose/gaps.sh plots/prose/gaps.awk plots/prose/gap-pairs.awk \
	    $(FIG)/flows.tsv $(PACKETS)
	$(TOOLS) sh plots/prose/gaps.sh $(FIG)/flows.tsv >$@

# Reduced data.  What a reducer needs beside flows.tsv is named below.  What takes
# longest stands first, for make -j.
REDUCED = $(addprefix $(FIG)/,$(addsuffix .tsv,timeout fig3 text \
	$(filter-out fig3,$(FIGURES)) tab1 tab2))
SCRIPT = plots/$*.sh
$(FIG)/timeout.tsv: SCRIPT = plots/timeouts/timeout-table.sh
$(FIG)/text.tsv: SCRIPT = plots/prose/prose-table.sh
$(filter-out $(FIG)/text.tsv $(FIG)/timeout.tsv,$(REDUCED)): $(FIG)/%.tsv: \
	    plots/%.sh
$(FIG)/timeout.tsv: plots/timeouts/timeout-table.sh
$(FIG)/text.tsv: plots/prose/prose-table.sh
$(REDUCED): $(FIG)/%.tsv: plots/lib/reduce.sh plots/lib/columns.awk \
	    plots/lib/distributions.awk $(FIG)/flows.tsv
	$(TOOLS) sh $(SCRIPT) $(INPUT) >$@

$(FIG)/%.tsv: INPUT = $(FIG)/flows.tsv
$(FIG)/fig1.tsv: INPUT = $(FIG)/endpoints.tsv $(FIG)/flows.tsv
$(FIG)/fig1.tsv: plots/fig1.awk plots/lib/interval-peers.awk plots/lib/listed-endpoints.awk \
	 $(FIG)/endpoints.tsv
$(FIG)/fig2.tsv: plots/fig2.awk
$(FIG)/fig3.tsv: INPUT = $(FIG)/fig3-clients.tsv
$(FIG)/fig3.tsv: plots/fig3.awk $(FIG)/fig3-clients.tsv $(PACKETS)
$(FIG)/fig4.tsv: plots/fig4.awk
$(FIG)/fig5.tsv: plots/fig5.awk
$(FIG)/fig6.tsv: plots/fig6.awk plots/lib/cumulated-bins.awk
$(FIG)/fig7.tsv: INPUT = $(FIG)/popularity.tsv
$(FIG)/fig7.tsv: plots/fig7.awk $(FIG)/popularity.tsv
$(FIG)/tab1.tsv: INPUT = $(FIG)/kinds.tsv
$(FIG)/tab1.tsv: plots/tab1.awk $(FIG)/kinds.tsv
$(FIG)/tab2.tsv: INPUT = $(FIG)/places.tsv
$(FIG)/tab2.tsv: plots/tab2.awk $(FIG)/places.tsv
$(FIG)/timeout.tsv: INPUT = $(FIG)/timeouts.tsv
$(FIG)/timeout.tsv: plots/timeouts/timeout-table.awk $(FIG)/timeouts.tsv
$(FIG)/text.tsv: INPUT = $(FIG)/values.tsv
$(FIG)/text.tsv: plots/prose/prose-table.awk plots/paper/text.tsv $(FIG)/values.tsv
$(FIG)/prose.tsv: plots/prose/prose.sh plots/lib/reduce.sh plots/lib/columns.awk $(addprefix \
	    plots/,prose/prose.awk places/eu-2007.awk lib/listed-endpoints.awk) $(addprefix $(FIG)/,endpoints.tsv \
	    flows.tsv)
	$(TOOLS) sh plots/prose/prose.sh $(FIG)/endpoints.tsv $(FIG)/flows.tsv >$@
$(FIG)/values.tsv: plots/prose/values.sh plots/lib/reduce.sh $(addprefix plots/,prose/peer-growth.awk \
	    prose/super-nodes.awk prose/mean-contacts.awk check/fig3-totals.awk lib/columns.awk) $(addprefix $(FIG)/,prose.tsv gaps.tsv \
	    fig1.tsv fig3.tsv popularity.tsv)
	$(TOOLS) sh plots/prose/values.sh $(FIG) >$@

$(FIG)/read-otherwise.tsv: $(addprefix plots/,prose/readings.sh fig1.awk \
	    prose/readings.awk prose/exchanged-popularity.awk \
	    prose/figure-shares.awk prose/mean-contacts.awk lib/reduce.sh \
	    lib/columns.awk lib/listed-endpoints.awk lib/interval-peers.awk \
	    lib/distributions.awk) \
	    $(addprefix $(FIG)/,endpoints.tsv flows.tsv fig6.tsv fig7.tsv)
	$(TOOLS) bash plots/prose/readings.sh $(FIG) >$@
$(FIG)/readings.tsv: plots/prose/readings-table.awk $(FIG)/read-otherwise.tsv \
	    $(FIG)/values.tsv
	awk -f $^ >$@

# Pictures; each panel for itself too, since a narrow page has one above the
# other; and the data beside them.
DRAWING = plots/places/coast.dat $(addprefix plots/lib/,draw.sh style.gp \
	drawn-curves.awk drawn-counts.awk thin-dots.awk ten-byte-bins.awk)
PANELS = $(foreach f,$(FIGURES),$(FIG)/$f-1.svg $(FIG)/$f-2.svg)
DATA = $(FIGURES:%=$(OUT)/data/%.tsv)
$(OUT)/%.svg: $(FIG)/%.tsv plots/%.gp $(DRAWING)
	plots/lib/draw.sh $* $< $@
$(OUT)/%.png: $(FIG)/%.tsv plots/%.gp $(DRAWING)
	plots/lib/draw.sh $* $< $@
$(FIG)/%-1.svg: $(FIG)/%.tsv plots/%.gp $(DRAWING)
	plots/lib/draw.sh $* $< $@ 1
$(FIG)/%-2.svg: $(FIG)/%.tsv plots/%.gp $(DRAWING)
	plots/lib/draw.sh $* $< $@ 2
$(DATA): $(OUT)/data/%.tsv: $(FIG)/%.tsv
	@mkdir -p $(@D)
	@cp $< $@

# Nothing is required of a capture of another network.
$(FIG)/paper-check.tsv: $(addprefix plots/,check/paper-check.sh check/paper-check.awk \
	    check/table-shares.awk check/client-activity.awk lib/listed-endpoints.awk check/fig3-totals.awk check/rtt-holding.awk lib/distributions.awk \
	    lib/reduce.sh lib/columns.awk) $(wildcard plots/paper/*) $(COUNTED) \
	    $(addprefix $(FIG)/,values.tsv endpoints.tsv flows.tsv fig1.tsv \
	    fig2.tsv fig3.tsv fig4.tsv fig6.tsv fig7.tsv)
	$(TOOLS) sh plots/check/paper-check.sh $(FIG) $(if $(PCAP),1,$(PART)) \
	    $(if $(PCAP),0,1) >$@

# The median campus.  Of each only its numbers are kept.
SEED_NUMBERS = $(SEEDS:%=$(BUILD)/seed/%.tsv)
$(SEED_NUMBERS): $(BUILD)/seed/%.tsv: FORCE
	@rm -rf $(BUILD)/seed/$*
	@mkdir -p $(BUILD)/seed/$*
	@$(MAKE) -s FIG=$(BUILD)/seed/$* OUT=$(BUILD)/seed/$* SCALE=$(SCALE) \
	    CAMPUS="$(CAMPUS) -s $*" $(BUILD)/seed/$*/paper-check.tsv
	@$(TOOLS) sh plots/check/paper-check.sh $(BUILD)/seed/$* $(PART) 1 raw=1 >$@
	@cd $(BUILD)/seed/$* && rm -f all.tsv pieces.tsv campus.truth

paper-check-seeds: $(SEED_NUMBERS)
	awk -f plots/check/seed-medians.awk $(SEED_NUMBERS) >$(BUILD)/seed/median
	$(TOOLS) sh plots/check/paper-check.sh $(BUILD)/seed/$(firstword $(SEEDS)) \
	    $(PART) 1 given=$(BUILD)/seed/median >$(BUILD)/seed/check.tsv
	@LC_ALL=C awk -f plots/lib/table.awk $(BUILD)/seed/check.tsv | \
	    tee $(OUT)/paper-check-seeds.txt

TRUTH_AWK = check/truth.awk check/truth-compare.awk check/truth-dots.awk check/truth-growth.awk \
	check/truth-match.awk check/truth-pieces.awk check/truth-table.awk check/truth-timeouts.awk \
	check/truth-flows.awk check/truth-keys.awk places/eu-2007.awk lib/distributions.awk prose/mean-contacts.awk check/fig3-totals.awk lib/reduce.sh
$(FIG)/truth-check.tsv: plots/check/truth-check.sh $(TRUTH_AWK:%=plots/%) $(COUNTED) \
	    $(addprefix $(FIG)/,fig1.tsv fig2.tsv fig3.tsv fig3-clients.tsv \
	    fig4.tsv fig5.tsv fig6.tsv fig7.tsv values.tsv timeouts.tsv)
	$(TOOLS) sh plots/check/truth-check.sh $(FIG)/campus.truth $(FIG) >$@

PRINTED = $(TABLES) paper-check truth-check
$(PRINTED:%=$(OUT)/%.txt): $(OUT)/%.txt: $(FIG)/%.tsv plots/lib/table.awk
	LC_ALL=C awk -f plots/lib/table.awk $< >$@

$(OUT)/report.html: $(addprefix plots/,report/report.sh report/report-text.sh report/report.css \
	    report/inline-svg.awk report/alt-text.awk lib/table.awk report/contradictions.awk report/provenance.awk lib/reduce.sh) \
	    $(FIGURES:%=$(OUT)/%.svg) $(TABLES:%=$(FIG)/%.tsv) \
	    $(PANELS) $(DATA) $(FIGURES:%=$(OUT)/%.png) \
	    $(addprefix $(FIG)/,values.tsv read-otherwise.tsv fig3-clients.tsv \
	    paper-check.tsv) $(if $(PCAP),,$(FIG)/truth-check.tsv) \
	    $(wildcard $(FIG)/accuracy.tsv $(OUT)/accuracy.svg) $(PROGRAMS:%=$(BIN)/%)
	$(TOOLS) SCALE=$(SCALE) CLIENTS=$(CLIENTS) PCAP='$(PCAP)' \
	    NETS='$(NETS)' GEODB='$(GEODB)' sh plots/report/report.sh $(OUT) $(FIG) >$@

-include plots/accuracy/accuracy.mk

FORCE:
.PHONY: figures $(FIGURES) $(TABLES) report paper-check \
	paper-check-seeds truth-check FORCE
