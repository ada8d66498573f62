# How often skypeclass is right, on synthetic traffic with its truth.
#@ Accuracy of the classifier, in out/accuracy.{txt,svg,png}
#@   accuracy      some minutes; five campuses with much noise
#@   OTHER=folder  captures that hold no Skype, to count false verdicts

OTHER = $(wildcard ../shared/traces/other)
FIG = $(BUILD)/fig

accuracy: $(OUT)/accuracy.txt $(OUT)/accuracy.svg $(OUT)/accuracy.png

$(FIG)/accuracy-counts.tsv: $(addprefix plots/,accuracy/accuracy.sh accuracy/verdicts.awk \
	    accuracy/other-verdicts.awk lib/columns.awk lib/reduce.sh) \
	    $(addprefix $(BIN)/,tracegen pcap2flows skypeclass)
	@mkdir -p $(FIG) $(OUT)
	PATH=$(abspath $(BIN)):$$PATH sh plots/accuracy/accuracy.sh $(OTHER) >$@

$(FIG)/accuracy.tsv: plots/accuracy/accuracy-tables.awk $(FIG)/accuracy-counts.tsv
	awk -f $^ >$@

$(FIG)/accuracy-curves.tsv: plots/accuracy/threshold-curves.awk $(FIG)/accuracy-counts.tsv
	awk -f $^ >$@

$(OUT)/accuracy.txt: $(FIG)/accuracy.tsv plots/lib/table.awk
	LC_ALL=C awk -f plots/lib/table.awk $< >$@

$(OUT)/accuracy.svg $(OUT)/accuracy.png: $(FIG)/accuracy-curves.tsv \
	    plots/accuracy/accuracy.gp $(DRAWING)
	plots/lib/draw.sh accuracy/accuracy $< $@

.PHONY: accuracy
