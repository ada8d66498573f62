# The synthetic week as a workload that others can name.
#@ The reference workload (examples/campus)
#@   same-check    is the week the same with gcc and clang, -O0 and -O2; SCALE

same-check:
	bash t/same.sh $(BUILD)/same $(CLIENTS)

.PHONY: same-check
