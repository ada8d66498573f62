# The suite on engines that spread work over several hosts.
#@ Past one machine
#@   cluster-check the engines' tests, on hosts made of namespaces (as root)
#@   scale         measures what SCALE.md tells, ten minutes
#@   deps-cluster  installs them: GNU parallel, sshd, rsync, Slurm

CLUSTER = examples/cluster

# A script of TAP each; what cannot run here says why and is skipped.
cluster-check: all
	BIN="$$BIN_PATH" BUILD="$$BUILD_PATH" \
	    prove -j 2 $(PROVEFLAGS) t/cluster/*.t

deps-cluster:
	@bash .ci/deps cluster

ifneq (,$(filter deps-cluster,$(MAKECMDGOALS)))
$(OBJECTS) $(BUILD)/places.c: | deps-cluster
endif

# The tables go into the page, between the marks.
scale: all $(BUILD)/bench/shapes
	@mkdir -p $(BUILD)/scale
	SHAPES=$(BUILD)/bench/shapes \
	    bash $(CLUSTER)/scale.sh $(BUILD)/scale >$(BUILD)/scale.md
	awk 'NR == FNR {table = table $$0 "\n"; next} \
	    /^<!-- end/ {on = 0} !on {print} \
	    /^<!-- measured/ {on = 1; printf "\n%s\n", table}' \
	    $(BUILD)/scale.md $(CLUSTER)/SCALE.md >$(BUILD)/SCALE.new
	mv $(BUILD)/SCALE.new $(CLUSTER)/SCALE.md

lint: lint-cluster
lint-cluster:
	shellcheck -x t/cluster/*.t $(addprefix $(CLUSTER)/,job map reduce stream \
	    local parallel slurm)

# The figures' data, no pictures: what the tests compare.
reduced: $(REDUCED)

.PHONY: reduced scale cluster-check deps-cluster lint-cluster
