# 呼应 Huying. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/data
export DATA_DIR

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## prepare .venv from the hash-pinned lock

demo: install ## load 澄川县 (fictitious), start the server, print the address and the accounts
	@$(BIN)/huying demo --host $(HOST) --port $(PORT)

check: $(VENV)/.developer ## format, lint, types, storeys, house and rules tests (about a minute)
	@BIN=$(BIN) sh scripts/check.sh

test: $(VENV)/.developer ## all behaviour on SQLite and PostgreSQL, and one browser run per person
	@BIN=$(BIN) sh scripts/test.sh

proof: $(VENV)/.developer ## the long proofs: crawls, kill points, big random runs
	@BIN=$(BIN) sh scripts/proof.sh

bench: $(VENV)/.developer ## how fast the pages are, on both databases: SIZES="1000 10000 100000" (about half an hour)
	@$(BIN)/python -m bench $(SIZES)

docs: $(VENV)/.developer ## redraw the generated pages and the translation catalogue
	@$(BIN)/python -m huying.rules.states > docs/states.md
	@$(BIN)/python -m huying.rules.indicatorpage > docs/indicators.md
	@$(BIN)/python -m scripts.catalogue

sbom: $(VENV)/.developer ## renew docs/sbom.json and docs/licences.md from the lock
	@$(BIN)/python -m scripts.sbom

audit: $(VENV)/.developer ## ask the public lists for known holes in the parts (needs the network)
	@BIN=$(BIN) sh scripts/audit.sh

lock: $(VENV)/.developer ## renew the locks from pyproject.toml
	@BIN=$(BIN) sh scripts/lock.sh

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本 (Python 3.11 or newer is needed)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developer: $(VENV)/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help install demo check test proof bench docs sbom audit lock
.DEFAULT_GOAL := help
