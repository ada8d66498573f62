# The figures and tables of the paper, from packets.  Settings:
#@ Figures and tables, in out/
#@   figures       all of them, and report.html; each alone:
#@                 fig1 … fig7 tab1 tab2 timeout text report
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
TABLES = tab1 tab2 timeout text
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
	plots/lib.sh
$(FIG)/all.tsv: $(PACKETS) $(FIG)/source plots/records.sh
	$(TOOLS) sh plots/records.sh $@ $(FIG)/pieces.tsv $(FIG)/campus.truth
$(FIG)/pieces.tsv: $(FIG)/all.tsv ;

$(FIG)/endpoints.tsv: $(FIG)/all.tsv $(BIN)/skypeclass
	$(BIN)/skypeclass -e $< >$@

$(FIG)/flows.tsv: $(FIG)/all.tsv $(FIG)/settings plots/flows.sh $(GEODB) \
	    $(addprefix $(BIN)/,skypeclass sigtag rttcalc geojoin)
	$(TOOLS) sh plots/flows.sh $< $(GEODB) >$@

$(FIG)/popularity.tsv: $(FIG)/flows.tsv plots/popularity.sh $(BIN)/popularity
	$(TOOLS) sh plots/popularity.sh $< >$@

# Counts that tables and checks are made of.
COUNTED = $(FIG)/kinds.tsv $(FIG)/places.tsv
$(COUNTED): $(FIG)/%.tsv: plots/%.sh plots/lib.sh plots/cols.awk \
	    $(FIG)/flows.tsv
	$(TOOLS) sh plots/$*.sh $(FIG)/flows.tsv >$@
$(FIG)/timeouts.tsv: plots/timeouts.sh plots/lib.sh \
	    $(addprefix plots/,tab1.awk listed.awk skype.awk pieces.awk \
	    sum.awk) \
	    $(FIG)/endpoints.tsv $(FIG)/pieces.tsv $(BIN)/flowmerge
	$(TOOLS) sh plots/timeouts.sh $(FIG)/endpoints.tsv $(FIG)/pieces.tsv >$@
$(FIG)/fig3-clients.tsv: plots/fig3-pick.sh plots/fig3-pick.awk \
	    plots/fig3-two.awk $(FIG)/flows.tsv
	$(TOOLS) sh plots/fig3-pick.sh $(FIG)/flows.tsv >$@
$(FIG)/gaps.tsv: plots/gaps.sh plots/gaps.awk plots/gap-pairs.awk \
	    $(FIG)/flows.tsv $(PACKETS)
	$(TOOLS) sh plots/gaps.sh $(FIG)/flows.tsv >$@
$(FIG)/kinds.tsv: plots/tab1.awk
$(FIG)/places.tsv: plots/tab2.awk plots/eu.awk

# Reduced data.  What a reducer needs beside flows.tsv is named below.  What takes
# longest stands first, for make -j.
REDUCED = $(addprefix $(FIG)/,$(addsuffix .tsv,timeout fig3 text \
	$(filter-out fig3,$(FIGURES)) tab1 tab2))
$(REDUCED): $(FIG)/%.tsv: plots/%.sh plots/lib.sh plots/cols.awk \
	    plots/dist.awk $(FIG)/flows.tsv
	$(TOOLS) sh plots/$*.sh $(INPUT) >$@

$(FIG)/%.tsv: INPUT = $(FIG)/flows.tsv
$(FIG)/fig1.tsv: INPUT = $(FIG)/endpoints.tsv $(FIG)/flows.tsv
$(FIG)/fig1.tsv: plots/fig1.awk plots/peers.awk plots/listed.awk \
	 $(FIG)/endpoints.tsv
$(FIG)/fig2.tsv: plots/fig2.awk
$(FIG)/fig3.tsv: INPUT = $(FIG)/fig3-clients.tsv
$(FIG)/fig3.tsv: plots/fig3.awk $(FIG)/fig3-clients.tsv $(PACKETS)
$(FIG)/fig3-spots.tsv: $(FIG)/fig3.tsv plots/spots.awk
	awk -v until=30 -f plots/spots.awk $< $< >$@
$(FIG)/fig4.tsv: plots/fig4.awk
$(FIG)/fig5.tsv: plots/fig5.awk
$(FIG)/fig6.tsv: plots/fig6.awk plots/difference.awk
$(FIG)/fig7.tsv: INPUT = $(FIG)/popularity.tsv
$(FIG)/fig7.tsv: plots/fig7.awk $(FIG)/popularity.tsv
$(FIG)/tab1.tsv: INPUT = $(FIG)/kinds.tsv
$(FIG)/tab1.tsv: plots/tab1-rows.awk $(FIG)/kinds.tsv
$(FIG)/tab2.tsv: INPUT = $(FIG)/places.tsv
$(FIG)/tab2.tsv: plots/tab2-rows.awk $(FIG)/places.tsv
$(FIG)/timeout.tsv: INPUT = $(FIG)/timeouts.tsv
$(FIG)/timeout.tsv: plots/timeout-rows.awk $(FIG)/timeouts.tsv
$(FIG)/text.tsv: INPUT = $(FIG)/values.tsv
$(FIG)/text.tsv: plots/text-rows.awk plots/paper/text.tsv $(FIG)/values.tsv
$(FIG)/prose.tsv: plots/prose.sh plots/lib.sh plots/cols.awk $(addprefix \
	    plots/,text.awk eu.awk listed.awk) $(addprefix $(FIG)/,endpoints.tsv \
	    flows.tsv)
	$(TOOLS) sh plots/prose.sh $(FIG)/endpoints.tsv $(FIG)/flows.tsv >$@
$(FIG)/values.tsv: plots/values.sh plots/lib.sh $(addprefix plots/,growth.awk \
	    super.awk mean.awk cols.awk) $(addprefix $(FIG)/,prose.tsv gaps.tsv \
	    fig1.tsv fig3.tsv popularity.tsv)
	$(TOOLS) sh plots/values.sh $(FIG) >$@

# Pictures; and of those with two panels each for itself, for narrow pages.
DRAW = gnuplot -e "data = '$(filter %.tsv,$^)'; out = '$@'; \
	ext = '$(subst .,,$(suffix $@))'"
PICTURES = $(foreach f,$(FIGURES),$(OUT)/$f.svg $(OUT)/$f.png) \
	$(foreach f,fig3 fig7,$(FIG)/$f-1.svg $(FIG)/$f-2.svg)
$(PICTURES): plots/style.gp plots/coast.dat plots/curve.awk plots/spots.awk \
	plots/hides.awk
$(filter $(OUT)/fig3.% $(FIG)/fig3-%,$(PICTURES)): plots/fig3.gp \
	    $(FIG)/fig3-spots.tsv
	$(DRAW) $(PANEL) plots/fig3.gp
$(FIG)/%-1.svg: PANEL = -e 'panel = 1'
$(FIG)/%-2.svg: PANEL = -e 'panel = 2'
$(FIG)/fig7-1.svg $(FIG)/fig7-2.svg: plots/fig7.gp $(FIG)/fig7.tsv
	$(DRAW) $(PANEL) plots/fig7.gp
$(OUT)/%.svg: $(FIG)/%.tsv plots/%.gp
	$(DRAW) plots/$*.gp
$(OUT)/%.png: $(FIG)/%.tsv plots/%.gp
	$(DRAW) plots/$*.gp

# Nothing is required of a capture of another network.
$(FIG)/paper-check.tsv: $(addprefix plots/,paper-check.sh paper-check.awk \
	    shares.awk activity.awk listed.awk dots.awk times.awk dist.awk \
	    lib.sh cols.awk) $(wildcard plots/paper/*) $(COUNTED) \
	    $(addprefix $(FIG)/,values.tsv endpoints.tsv flows.tsv fig1.tsv \
	    fig2.tsv fig3.tsv fig4.tsv fig6.tsv fig7.tsv)
	$(TOOLS) sh plots/paper-check.sh $(FIG) $(if $(PCAP),1,$(PART)) \
	    $(if $(PCAP),0,1) >$@

# The median campus.  Of each only its numbers are kept.
SEED_NUMBERS = $(SEEDS:%=$(BUILD)/seed/%.tsv)
$(SEED_NUMBERS): $(BUILD)/seed/%.tsv: FORCE
	@rm -rf $(BUILD)/seed/$*
	@mkdir -p $(BUILD)/seed/$*
	@$(MAKE) -s FIG=$(BUILD)/seed/$* OUT=$(BUILD)/seed/$* SCALE=$(SCALE) \
	    CAMPUS="$(CAMPUS) -s $*" $(BUILD)/seed/$*/paper-check.tsv
	@$(TOOLS) sh plots/paper-check.sh $(BUILD)/seed/$* $(PART) 1 raw=1 >$@
	@cd $(BUILD)/seed/$* && rm -f all.tsv pieces.tsv campus.truth

paper-check-seeds: $(SEED_NUMBERS)
	awk -f plots/median.awk $(SEED_NUMBERS) >$(BUILD)/seed/median
	$(TOOLS) sh plots/paper-check.sh $(BUILD)/seed/$(firstword $(SEEDS)) \
	    $(PART) 1 given=$(BUILD)/seed/median >$(BUILD)/seed/check.tsv
	@LC_ALL=C awk -f plots/table.awk $(BUILD)/seed/check.tsv | \
	    tee $(OUT)/paper-check-seeds.txt

TRUTH_AWK = truth.awk truth-compare.awk truth-dots.awk truth-growth.awk \
	truth-match.awk truth-pieces.awk truth-rows.awk truth-timeouts.awk \
	flow-lines.awk keyed.awk eu.awk dist.awk mean.awk dots.awk lib.sh
$(FIG)/truth-check.tsv: plots/truth-check.sh $(TRUTH_AWK:%=plots/%) $(COUNTED) \
	    $(addprefix $(FIG)/,fig1.tsv fig2.tsv fig3.tsv fig3-clients.tsv \
	    fig4.tsv fig5.tsv fig6.tsv fig7.tsv values.tsv timeouts.tsv)
	$(TOOLS) sh plots/truth-check.sh $(FIG)/campus.truth $(FIG) >$@

PRINTED = $(TABLES) paper-check truth-check
$(PRINTED:%=$(OUT)/%.txt): $(OUT)/%.txt: $(FIG)/%.tsv plots/table.awk
	LC_ALL=C awk -f plots/table.awk $< >$@

$(OUT)/report.html: $(addprefix plots/,report.sh report-text.sh report.css \
	    inline.awk table.awk fit.awk provenance.awk lib.sh) \
	    $(FIGURES:%=$(OUT)/%.svg) $(TABLES:%=$(FIG)/%.tsv) \
	    $(foreach f,fig3 fig7,$(FIG)/$f-1.svg $(FIG)/$f-2.svg) \
	    $(FIG)/values.tsv $(FIG)/paper-check.tsv \
	    $(if $(PCAP),,$(FIG)/truth-check.tsv) \
	    $(wildcard $(FIG)/accuracy.tsv $(OUT)/accuracy.svg) $(PROGRAMS:%=$(BIN)/%)
	$(TOOLS) SCALE=$(SCALE) CLIENTS=$(CLIENTS) PCAP='$(PCAP)' \
	    NETS='$(NETS)' GEODB='$(GEODB)' sh plots/report.sh $(OUT) $(FIG) >$@

-include plots/accuracy.mk

FORCE:
.PHONY: figures $(FIGURES) $(TABLES) report paper-check \
	paper-check-seeds truth-check FORCE
