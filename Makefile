# The front door. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.ready
export BILAN_EVAL ?= ../shared/eval

$(READY): requirements.lock pyproject.toml .ci/prepare
	@.ci/prepare
	@touch $@

.PHONY: help
help: ## list what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

.PHONY: setup
setup: $(READY) ## install everything into .venv

.PHONY: demo
demo: $(READY) gazetteer ## set everything up, then read a report and count a whole story
	@.ci/demo

.PHONY: test
test: $(READY) gazetteer ## set everything up, pass every test
	@$(BIN)/pytest -n 2

.PHONY: check
check: $(READY) ## format, lint, import contracts, types: under 30 s
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/lint-imports
	@$(BIN)/mypy

.PHONY: gazetteer
gazetteer: $(READY) ## build the gazetteer of place names, once per user
	@$(BIN)/python -c 'from bilan.cli.place_finder import opened_places; opened_places()'

.PHONY: lock
lock: ## pin every dependency anew in requirements.lock
	uv pip compile -q pyproject.toml --extra postgres --group dev --generate-hashes --universal \
	  --python-version 3.11 --upgrade -o requirements.lock

.PHONY: accuracy
accuracy: $(READY) gazetteer ## how right the reader is, set by set: SETS=own,gold FRESH=1 PIN=1 PUBLISH=1
	@$(BIN)/python -m benchmarks.accuracy $(if $(SETS),--sets $(SETS)) $(if $(FRESH),--fresh) \
	  $(if $(PIN),--pin) $(if $(PUBLISH),--publish)

.PHONY: speed
speed: $(READY) gazetteer ## how fast it is, against its peers, and how right the same build is
	@$(BIN)/python -m benchmarks.speed

.PHONY: spark
spark: $(READY) gazetteer ## install Spark (Java 17 has to be there), pass its test: make test skips it
	@.ci/spark

.PHONY: fuzz
fuzz: $(READY) gazetteer ## search two minutes (FOR=seconds) for texts on which reading breaks
	@$(BIN)/python -m benchmarks.fuzz $(if $(FOR),--seconds $(FOR))

.PHONY: docs
docs: $(READY) gazetteer ## write anew what the docs quote from the program
	@$(BIN)/python docs/data_pages.py
	@$(BIN)/python docs/regenerate.py
