# pgfunnel: `make demo` shows it, `make test` proves it. Needs Python 3.10 or newer and PyPI; nothing else.
#
# DATABASE_URL, where set, is used instead of an embedded PostgreSQL.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

demo: $(VENV)/.done ## real files through the whole funnel, with a dashboard at the end
	@$(BIN)/pgfunnel demo

test: $(VENV)/.done ## all tests; ARGS="-k feed" for some
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

lint: $(VENV)/.done ## sqlfluff over all SQL, squawk over the migrations, ruff over Python
	@$(BIN)/sqlfluff lint --disable-progress-bar sql migrations
	@$(BIN)/squawk $$(ls migrations/*.sql | grep -v '\.rollback\.sql$$')
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

bench: $(VENV)/.done ## the benchmarks, each printing ratios
	@for bench in bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

clean: ## removes what make made
	rm -rf $(VENV) build *.egg-info dashboard.html

$(VENV)/.done: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed: make PYTHON=python3.12 …")'
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@
