# To other machines.
#@ Packages
#@   install       programs, pages, completions, examples; PREFIX=/usr/local,
#@                 DESTDIR, BINDIR, MANDIR, DOCDIR, DATADIR
#@   uninstall     removes just that
#@   dist          out/flows-VERSION.tar.gz, always the same bytes
#@   deb           a Debian package in out/ (make deps deb)
#@   deb-check     installs it in a fresh Debian and tries it (root; minutes)

VERSION := $(shell sed -n 's/^\#define CMDLINE_VERSION "\(.*\)"/\1/p' lib/record/cmdline.h)
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/flows
DATADIR = $(PREFIX)/share/flows
BASHDIR = $(PREFIX)/share/bash-completion/completions
UNITDIR = $(PREFIX)/lib/systemd/system
ZSHDIR = $(PREFIX)/share/zsh/site-functions
COMPLETION = $(BUILD)/completion

# Folders that other packages make, too: where nobody did, they go again.
OF_OTHERS = $(foreach d,$(BASHDIR) $(ZSHDIR) $(UNITDIR),$d $(patsubst %/,%,$(dir $d)))

# What goes where: lines of mode, source, place.
FILES = BIN=$(BIN) BINDIR=$(BINDIR) MANDIR=$(MANDIR) DOCDIR=$(DOCDIR) \
	DATADIR=$(DATADIR) BASHDIR=$(BASHDIR) ZSHDIR=$(ZSHDIR) \
	UNITDIR=$(UNITDIR) UNITS=$(BUILD)/systemd \
	COMPLETION=$(COMPLETION) bash package/files.sh $(PROGRAMS)

# A shell that leaves PREFIX=~/flows as it is would make a folder ~ here.
NOT_WHOLE = $(strip $(foreach d,BINDIR MANDIR DOCDIR DATADIR BASHDIR UNITDIR \
	ZSHDIR,$(if $(filter /%,$(firstword $($d))),,$d=$($d))))
absolute:
	$(if $(NOT_WHOLE),@echo "install: a path from / is needed:" \
	    "$(firstword $(NOT_WHOLE))" >&2; exit 2)

install: absolute all completion units
	@$(FILES) | while read -r mode from to; do \
		install -D -m "$$mode" "$$from" "$(DESTDIR)$$to" || exit; done

uninstall: absolute
	@$(FILES) | while read -r mode from to; do \
		rm -f "$(DESTDIR)$$to" || exit; done
	@for d in $(DOCDIR) $(DATADIR) $(OF_OTHERS); do \
		[ ! -d "$(DESTDIR)$$d" ] || \
		find "$(DESTDIR)$$d" -depth -type d -empty -delete; done

# Made of the programs' own usage.
completion: $(PROGRAMS:%=$(COMPLETION)/%) $(COMPLETION)/_flows
$(COMPLETION)/_flows: package/zsh.awk package/usage.awk $(EXECUTABLES)
	@mkdir -p $(@D)
	@for p in $(PROGRAMS); do $(BIN)/$$p -h || exit; done | \
	    awk -f package/usage.awk -f package/zsh.awk $(WHOLE)
$(COMPLETION)/%: $(BIN)/% package/bash.awk package/usage.awk
	@mkdir -p $(@D)
	@$(BIN)/$* -h | awk -f package/usage.awk -f package/bash.awk $(WHOLE)

# The units name the programs where they will be.
UNIT_FILES = flows@.service flows-expire.service flows-expire.timer
units: $(UNIT_FILES:%=$(BUILD)/systemd/%)
$(BUILD)/systemd/%: package/systemd/% FORCE
	@mkdir -p $(@D)
	@sed 's|@BINDIR@|$(BINDIR)|' package/systemd/$* >'$@'

# The pages as HTML.  Asked for together with `deps`, it waits for mandoc.
doc: $(if $(filter deps,$(MAKECMDGOALS)),deps)
	@bash package/doc.sh $(VERSION) "$$OUT"/doc
	@echo "$$OUT/doc/index.html"

# What git has, or, in a tree that came from a tarball, all that is there.
TARBALL = $(O)/flows-$(VERSION).tar.gz
dist: $(TARBALL)
$(TARBALL): FORCE | $(if $(filter-out $(OUT),$(O)),$(O)/.settings)
	@mkdir -p $(@D)
	@bash package/dist.sh $(VERSION) $(WHOLE)
	@echo $@

deb: $(TARBALL)
	@bash package/deb.sh $(VERSION) $(TARBALL) "$$OUT"
ifneq (,$(filter deps,$(MAKECMDGOALS)))
$(TARBALL): | deps
endif

deb-check: deb
	bash t/deb.sh "$$OUT"/flows_$(VERSION)*.deb

.PHONY: doc units absolute install uninstall completion dist deb deb-check
