# Each target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements.lock

.DEFAULT_GOAL := help
.PHONY: help setup demo test system lint lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(VENV)/.done ## make the virtual environment from the lock

$(VENV)/.done: $(LOCK) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## run the main job on real input
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: setup system lint ## set up and run all checks and tests
	$(BIN)/pytest

system: ## install with apt, where it may, what some tests need: Chromium and Java
	@sh tests/system.sh

lint: setup ## style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

lock: setup ## renew the lock (needs the network)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--no-annotate --extra all --extra spark --group dev pyproject.toml -o $(LOCK)

clean: ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
