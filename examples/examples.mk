# Figures of other overlays than Skype.
#@ Examples
#@   overlay       figures 1, 2, 4, 5, 6, 7 and table I of what SELECT says,
#@                 in out/overlay; PCAP, NETS, GEODB, PROTO as for figures
#@   SELECT="…"    operands of examples/select.awk: port=30303, app=REGEX,
#@                 list=FILE, cids=FILE … or ndpi=REGEX (nDPI's name)
#@   NAME="…"      what it is called (default: SELECT)
#@   GROUP=host    clients are internal hosts, not endpoints

# Some systems have their own name in NAME, where nobody meant ours.
ifneq (,$(filter environment,$(origin NAME)))
ifeq (,$(filter environment,$(origin SELECT)))
NAME =
endif
endif
override SELECT := $(value SELECT)
override NAME := $(value NAME)
override GROUP := $(value GROUP)
OVERLAY = $(FIG)/overlay
OVERLAY_FIGURES = fig1 fig2 fig4 fig5 fig6 fig7
OVERLAY_OUT = $(O)/overlay
OVERLAY_PICTURES = $(foreach f,$(OVERLAY_FIGURES), \
	$(OVERLAY_OUT)/$f.svg $(OVERLAY_OUT)/$f.png)

# Words of the user go to the scripts in the environment: no shell reads them.
export SELECT NAME GROUP
CHOSEN_FILES := $(if $(findstring =,$(SELECT)),$(shell \
	SELECT=$(call shell_word,$(SELECT)) examples/overlay/chosen-files.sh))
OVERLAY_NOTE = $(SELECT):$(NAME):$(GROUP):$(CHOSEN_FILES)

overlay: $(OVERLAY_OUT)/index.html $(OVERLAY_OUT)/tab1.txt $(OVERLAY_PICTURES) \
	    $(O)/made-of.txt $(OVERLAY)/notices.txt | $(EXECUTABLES)
	@echo "$$OUT/overlay/index.html, and beside it its pictures and tab1.txt"
	$(NOTICE)

$(OVERLAY)/notices.txt: plots/records/notices.sh plots/records/notices.awk \
	    $(FIG)/all.tsv $(OVERLAY)/flows.tsv
	$(SAY)$< $(FIG)/all.tsv $(OVERLAY)/flows.tsv select $(WHOLE)

# What was chosen; the files are renewed when it changes.
ifneq ($(file <$(OVERLAY)/chosen),$(OVERLAY_NOTE))
$(OVERLAY)/chosen: FORCE
endif
$(OVERLAY)/chosen: | $(O)/.settings
	@mkdir -p $(OVERLAY) $(OVERLAY_OUT)
	@printf '%s\n' "$$SELECT:$$NAME:$$GROUP:$(CHOSEN_FILES)" $(WHOLE)

$(OVERLAY)/flows.tsv: $(FIG)/all.tsv $(FIG)/settings $(OVERLAY)/chosen \
	    examples/overlay/flows.sh examples/overlay/hosts.awk \
	    examples/select.awk examples/examples.mk $(COMMON) \
	    $(addprefix $(BIN)/,sigtag rttcalc geojoin flowcut flowid)
	$(SAY)examples/overlay/flows.sh $< $(WHOLE)

$(OVERLAY)/endpoints.tsv: $(OVERLAY)/flows.tsv examples/overlay/endpoints.awk
	$(SAY)awk -f examples/overlay/endpoints.awk $< $(WHOLE)

OVERLAY_REDUCED = $(addprefix $(OVERLAY)/,$(addsuffix .tsv,contacts popularity \
	kinds $(OVERLAY_FIGURES)))
$(OVERLAY_REDUCED): $(OVERLAY)/%.tsv: $(COMMON) plots/lib/distributions.awk \
	    $(BIN)/flowcut
	$(SAY)$(SCRIPT) $(INPUT) $(WHOLE)
$(OVERLAY)/%.tsv: SCRIPT = plots/$*.sh
$(OVERLAY)/%.tsv: INPUT = $(filter %.tsv,$^)
$(foreach f,$(filter-out fig1,$(OVERLAY_FIGURES)), \
    $(eval $(OVERLAY)/$f.tsv: plots/$f.sh plots/$f.awk))
$(OVERLAY)/fig6.tsv: plots/lib/cumulated-bins.awk $(wildcard plots/paper/fig6*)
$(OVERLAY)/contacts.tsv: SCRIPT = plots/records/contacts.sh
$(OVERLAY)/contacts.tsv: $(OVERLAY)/endpoints.tsv $(OVERLAY)/flows.tsv \
	    $(wildcard plots/records/*contacts.*) plots/lib/listed-endpoints.awk
$(OVERLAY)/popularity.tsv: SCRIPT = plots/records/popularity.sh
$(OVERLAY)/popularity.tsv: $(OVERLAY)/flows.tsv plots/records/popularity.sh \
	    plots/records/figure-rows.awk $(BIN)/popularity
$(OVERLAY)/kinds.tsv: SCRIPT = plots/records/kinds.sh
$(OVERLAY)/kinds.tsv: $(OVERLAY)/flows.tsv plots/records/kinds.sh \
	    plots/records/kinds.awk
$(OVERLAY)/fig1.tsv: $(OVERLAY)/contacts.tsv plots/fig1.sh \
	    plots/lib/interval-peers.awk
$(addprefix $(OVERLAY)/,fig2.tsv fig4.tsv fig5.tsv fig6.tsv): \
	    $(OVERLAY)/flows.tsv
$(OVERLAY)/fig7.tsv: $(OVERLAY)/popularity.tsv

# The same table under other headings.
$(OVERLAY)/tab1.tsv: $(OVERLAY)/kinds.tsv plots/tab1.sh plots/tab1.awk
	$(SAY)plots/tab1.sh $< | sed -e 's/	paper/	Skype 2007/g' \
	    -e 's/	ours/	here/g' -e 's/ (Table I)//' $(WHOLE)

$(OVERLAY_OUT)/tab1.txt: $(OVERLAY)/tab1.tsv plots/lib/table.awk \
	    plots/lib/made-of.awk $(FIG)/made-of
	$(SAY)LC_ALL=C awk -f plots/lib/table.awk $< | \
	    awk -f plots/lib/made-of.awk - $(FIG)/made-of $(WHOLE)

$(OVERLAY_PICTURES): export CHOSEN = $(SELECT)
$(OVERLAY_PICTURES): export WAS = Skype 2007
$(OVERLAY_PICTURES): export IS = $(or $(NAME),$(SELECT),all flows)
$(OVERLAY_PICTURES): export LANDMARKS = no
$(OVERLAY_OUT)/%.svg: $(OVERLAY)/%.tsv plots/%.gp $(DRAWING)
	$(SAY)plots/lib/draw.sh $* $< $@
$(OVERLAY_OUT)/%.png: $(OVERLAY)/%.tsv plots/%.gp $(DRAWING)
	$(SAY)plots/lib/draw.sh $* $< $@

$(OVERLAY_OUT)/index.html: $(OVERLAY)/flows.tsv $(OVERLAY)/tab1.tsv \
	    examples/overlay/page.sh plots/report/report.css \
	    plots/lib/table.awk $(filter %.svg,$(OVERLAY_PICTURES))
	$(SAY)examples/overlay/page.sh $(OVERLAY)/flows.tsv $(OVERLAY)/tab1.tsv \
	    $(WHOLE)

.PHONY: overlay
