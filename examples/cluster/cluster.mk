# The suite on engines that spread work over several hosts.
#@ Past one machine
#@   cluster-check the engines' tests, on hosts made of namespaces (as root)
#@   deps-cluster  installs them: GNU parallel, sshd, rsync, Slurm

CLUSTER = examples/cluster

# A script of TAP each; what cannot run here says why and is skipped.
cluster-check: all
	BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) \
	    prove $(PROVEFLAGS) t/cluster/*.t

deps-cluster:
	@sh .ci/deps cluster

ifneq (,$(filter deps-cluster,$(MAKECMDGOALS)))
$(OBJECTS) $(BUILD)/places.c: | deps-cluster
endif

lint: lint-cluster
lint-cluster:
	shellcheck -x t/cluster/*.t $(addprefix $(CLUSTER)/,job map reduce stream \
	    local parallel slurm)

# The figures' data, no pictures: what the tests compare.
reduced: $(REDUCED)

.PHONY: reduced cluster-check deps-cluster lint-cluster
