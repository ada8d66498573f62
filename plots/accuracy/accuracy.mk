# How often skypeclass is right, on synthetic traffic with its truth.
#@ Accuracy of the classifier, in out/accuracy.{txt,svg,png}
#@   accuracy      some minutes; five campuses with much noise
#@   OTHER=folder  captures that hold no Skype, to count false verdicts

OTHER := $(wildcard ../shared/traces/other)
override OTHER := $(value OTHER)
export OTHER

# What was said of OTHER; what was counted is counted anew when it changes.
ifneq ($(file <$(FIG)/accuracy-other),$(OTHER))
$(FIG)/accuracy-other: FORCE
endif
$(FIG)/accuracy-other:
	@mkdir -p $(FIG)
	@printf '%s\n' "$$OTHER" $(WHOLE)

accuracy: $(O)/accuracy.txt $(O)/accuracy.svg $(O)/accuracy.png

$(FIG)/accuracy-counts.tsv: $(addprefix plots/accuracy/,accuracy.sh \
	    verdicts.awk endpoint-scores.awk made-calls.awk made-verdicts.awk \
	    other-verdicts.awk other-scores.awk accuracy.mk) $(COMMON) \
	    $(FIG)/accuracy-other \
	    $(addprefix $(BIN)/,tracegen pcap2flows skypeclass)
	@mkdir -p $(FIG)
	plots/accuracy/accuracy.sh $(WHOLE)

$(FIG)/accuracy.tsv: plots/accuracy/accuracy-tables.awk \
	    $(FIG)/accuracy-counts.tsv
	LC_ALL=C awk -f $^ $(WHOLE)

$(FIG)/accuracy-curves.tsv: plots/accuracy/threshold-curves.awk \
	    $(FIG)/accuracy-counts.tsv
	LC_ALL=C awk -f $^ $(WHOLE)

$(O)/accuracy.txt: $(FIG)/accuracy.tsv plots/lib/table.awk | $(O)/.settings
	LC_ALL=C awk -f plots/lib/table.awk $< $(WHOLE)

$(O)/accuracy.svg $(O)/accuracy.png: $(FIG)/accuracy-curves.tsv \
	    plots/accuracy/accuracy.gp $(DRAWING) | $(O)/.settings
	plots/lib/draw.sh accuracy/accuracy $< $@

.PHONY: accuracy
