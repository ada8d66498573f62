# Programs and modules, by name.  No configure step: `make deps` installs
# the libraries and tools that are missing, pkg-config finds them.

PROGRAMS = pcap2flows flowmerge skypeclass sigtag rttcalc popularity geojoin \
	tracegen
MODULES = addr hash intern lines mem num out rec tool

BUILD = build
BIN = bin
CC = cc
CFLAGS = -O2 -g
LIBS = -lpcap -lcsv -lmaxminddb -lnettle -lm
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic \
	-Wshadow -Wconversion $(WERROR) -ffp-contract=off -Ilib -MMD -MP $(CFLAGS)

# A program is built when its source is there.
HERE = $(foreach p,$(PROGRAMS),$(if $(wildcard bin/$p.c),$(BIN)/$p))

all: $(HERE)

$(BIN)/%: $(BUILD)/bin/%.o $(BUILD)/libflows.a
	@mkdir -p $(@D)
	@echo "  ld $@"
	@$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libflows.a: $(MODULES:%=$(BUILD)/lib/%.o)
	@echo "  ar $@"
	@rm -f $@
	@$(AR) rc $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

clean:
	rm -rf $(BUILD) out $(PROGRAMS:%=bin/%)

-include $(MODULES:%=$(BUILD)/lib/%.d) $(PROGRAMS:%=$(BUILD)/bin/%.d)

.PHONY: all clean
.SECONDARY:
