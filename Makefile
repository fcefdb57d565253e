# make          what can be done here
# Everything runs in .venv, which is made on first use from a plain Python 3.11 or newer.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
CYCLE  := examples/2024Q3
LOWEST := .venv-lowest

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-lowest check bench declared format clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

setup: $(READY) ## make .venv with everything in it

demo: $(READY) ## evaluate the example quarter and explain one person
	$(BIN)/perfrules check policies
	$(BIN)/perfrules evaluate $(CYCLE) --out results/2024Q3 || test $$? -eq 5
	$(BIN)/perfrules verify results/2024Q3
	$(BIN)/perfrules explain results/2024Q3 E1003

# Both halves run and report, even where the first fails.
define all_tests
@failed=0; \
$(1)/python -m pytest -n auto --dist worksteal || failed=1; \
$(1)/perfrules test policies examples tests/cases --no-coverage || failed=1; \
exit $$failed
endef

test: $(READY) ## run all tests
	$(call all_tests,$(BIN))

$(LOWEST)/.ready: pyproject.toml .ci/lowest.py
	$(PYTHON) -m venv $(LOWEST)
	$(PYTHON) .ci/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check \
	  -c $(LOWEST)/constraints.txt -e '.[dev]'
	@touch $@

test-lowest: $(LOWEST)/.ready ## run all tests with the lowest allowed version of each dependency
	$(call all_tests,$(LOWEST)/bin)

check: $(READY) ## style, types, policies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/perfrules check policies examples

bench: $(READY) ## measure the speed against zen-engine and a hand-written program
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks.one_appraisal
	$(BIN)/python -m benchmarks.whole_cycle

declared: $(READY) ## write schemas and tables of the docs anew from the declarations
	$(BIN)/python -m perfrules.declared_files

format: $(READY) ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what was made
	rm -rf $(VENV) $(LOWEST) build dist results *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
