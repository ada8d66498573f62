# Figures of other overlays than Skype.
#@ Examples
#@   overlay       figures 1, 2, 4, 5, 6, 7 and table I of what SELECT says,
#@                 in out/overlay; PCAP, NETS, GEODB, PROTO as for figures
#@   SELECT="…"    operands of examples/select.awk: port=30303, app=REGEX,
#@                 list=FILE, cids=FILE … or ndpi=REGEX (nDPI's name)
#@   NAME="…"      what it is called (default: SELECT)
#@   GROUP=host    clients are internal hosts, not endpoints

NAME = $(or $(SELECT),all flows)
OVERLAY = $(BUILD)/overlay
OVERLAY_FIGURES = fig1 fig2 fig4 fig5 fig6 fig7
OVERLAY_OUT = $(OUT)/overlay
OVERLAY_WAS = Skype 2007

# Words of the user go to the shell in the environment: it may not read them.
$(OVERLAY)/% $(OVERLAY_OUT)/%: export NAME := $(NAME)
$(OVERLAY)/% $(OVERLAY_OUT)/%: export SELECT := $(SELECT)
$(OVERLAY)/% $(OVERLAY_OUT)/%: export GROUP := $(GROUP)
$(OVERLAY)/% $(OVERLAY_OUT)/%: export SOURCE := $(or $(PCAP),the synthetic campus)

overlay: $(OVERLAY_OUT)/index.html $(OVERLAY_OUT)/tab1.txt \
	$(OVERLAY_FIGURES:%=$(OVERLAY_OUT)/%.png)

$(OVERLAY)/settings: SETTINGS = $(PCAP):$(NETS):$(GEODB):$(PROTO)
$(OVERLAY)/settings: FORCE
	@mkdir -p $(OVERLAY) $(OVERLAY_OUT)
	@now="$$SELECT:$$NAME:$$GROUP:$(SETTINGS)"; \
	[ "$$now" = "$$(cat $@ 2>/dev/null)" ] || echo "$$now" >$@

$(OVERLAY)/flows.tsv: $(FIG)/all.tsv $(OVERLAY)/settings \
	    examples/overlay/flows.sh examples/overlay/hosts.awk \
	    examples/select.awk $(GEODB) \
	    $(addprefix $(BIN)/,sigtag rttcalc geojoin flowcut flowid)
	$(TOOLS) sh examples/overlay/flows.sh $< $(GEODB) >$@

$(OVERLAY)/endpoints.tsv: $(OVERLAY)/flows.tsv examples/overlay/endpoints.awk
	awk -f examples/overlay/endpoints.awk $< >$@

$(OVERLAY)/popularity.tsv: $(OVERLAY)/flows.tsv $(BIN)/popularity
	$(TOOLS) sh plots/records/popularity.sh $< >$@

$(OVERLAY)/kinds.tsv: $(OVERLAY)/flows.tsv plots/records/kinds.sh plots/records/kinds.awk
	$(TOOLS) sh plots/records/kinds.sh $< >$@

$(OVERLAY)/%.tsv: INPUT = $(OVERLAY)/flows.tsv
$(OVERLAY)/fig1.tsv: INPUT = $(OVERLAY)/endpoints.tsv $(OVERLAY)/flows.tsv
$(OVERLAY)/fig1.tsv: $(OVERLAY)/endpoints.tsv
$(OVERLAY)/fig7.tsv: INPUT = $(OVERLAY)/popularity.tsv
$(OVERLAY)/fig7.tsv: $(OVERLAY)/popularity.tsv
$(OVERLAY_FIGURES:%=$(OVERLAY)/%.tsv): $(OVERLAY)/%.tsv: plots/%.sh \
	    plots/%.awk plots/lib/reduce.sh plots/lib/columns.awk plots/lib/distributions.awk \
	    $(OVERLAY)/flows.tsv
	$(TOOLS) sh plots/$*.sh $(INPUT) >$@

# The same table under other headings.
$(OVERLAY)/tab1.tsv: $(OVERLAY)/kinds.tsv plots/tab1.sh plots/tab1.awk
	$(TOOLS) sh plots/tab1.sh $< | sed -e 's/	paper/	Skype 2007/g' \
	    -e 's/	ours/	here/g' -e 's/ (Table I)//' >$@

$(OVERLAY_OUT)/tab1.txt: $(OVERLAY)/tab1.tsv plots/lib/table.awk
	LC_ALL=C awk -f plots/lib/table.awk $< >$@

$(OVERLAY_OUT)/%.svg: $(OVERLAY)/%.tsv plots/%.gp $(DRAWING)
	IS="$$NAME" WAS='$(OVERLAY_WAS)' LANDMARKS=no plots/lib/draw.sh $* $< $@
$(OVERLAY_OUT)/%.png: $(OVERLAY)/%.tsv plots/%.gp $(DRAWING)
	IS="$$NAME" WAS='$(OVERLAY_WAS)' LANDMARKS=no plots/lib/draw.sh $* $< $@

$(OVERLAY_OUT)/index.html: $(OVERLAY)/flows.tsv $(OVERLAY)/tab1.tsv \
	    examples/overlay/page.sh plots/report/report.css plots/lib/table.awk \
	    $(OVERLAY_FIGURES:%=$(OVERLAY_OUT)/%.svg)
	$(TOOLS) sh examples/overlay/page.sh $(OVERLAY)/flows.tsv \
	    $(OVERLAY)/tab1.tsv >$@

.PHONY: overlay
