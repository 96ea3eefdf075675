# newsfacts: `make run` and `make test` need nothing but python3 (3.11 to 3.13) and make.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help
help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "newsfacts needs Python 3.11, 3.12 or 3.13; say which: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "python3 has no venv module; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	@echo "installing newsfacts into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	@echo "installing newsfacts and its development tools into $(VENV) ..."
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run

.PHONY: run
run: $(VENV)/.run ## extract the five articles of corpus/ into output/ and load output/facts.db
	@$(BIN)/newsfacts run corpus/articles --out output
	@$(BIN)/newsfacts load output --to output/facts.db

.PHONY: test
test: lint type unit evaluate ## everything that CI checks

.PHONY: unit
unit: $(VENV)/.dev ## unit, property and whole-article tests
	@$(BIN)/pytest

.PHONY: lint
lint: $(VENV)/.dev ## style, layers between modules, rules and their examples
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(BIN)/newsfacts rules check --quiet

.PHONY: type
type: $(VENV)/.dev ## static types (mypy --strict)
	@$(BIN)/mypy

.PHONY: evaluate
evaluate: $(VENV)/.dev ## score the five articles against their gold; fails below the pinned scores
	@$(BIN)/newsfacts run corpus/articles --out output --quiet
	@$(BIN)/newsfacts validate output/facts.jsonl --texts corpus/articles
	@$(BIN)/newsfacts evaluate output/facts.jsonl --gold corpus/gold/seeds.jsonl --baseline corpus/baseline.json

.PHONY: format
format: $(VENV)/.dev ## rewrite the code in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: docs
docs: $(VENV)/.dev ## regenerate docs/cli.md, the JSON Schemas and the examples of README.md
	@$(BIN)/python tools/gen_docs.py && $(BIN)/python tools/gen_readme.py

.PHONY: gazetteer
gazetteer: $(VENV)/.dev ## rebuild the packaged gazetteer from its pinned source packages
	@$(BIN)/python -m tools.gazetteer

.PHONY: screenshots
screenshots: $(VENV)/.dev run ## pictures of the report page of the five articles, into docs/images
	@$(BIN)/python tools/screenshots.py

.PHONY: wheel
wheel: $(VENV)/.dev ## build the wheel into dist/
	@$(PIP) install -c constraints.txt build && $(BIN)/python -m build --wheel

.PHONY: clean
clean: ## remove outputs, caches and the environment
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis output/*.jsonl output/*.db
