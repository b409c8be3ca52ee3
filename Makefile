# One word for each thing a contributor does. `make` alone lists them.
# The programs live in .venv, made from the hashed lock the first time anything is asked for.

BIN := .venv/bin
PORT ?= 8000
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run flerpart test check fix coverage migration openapi rulebook bench trust lock venv clean

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: venv ## Start everything on http://127.0.0.1:8000 and play a case through (PORT=… another port, ONCE=1 stop after the play)
	@PORT=$(PORT) ONCE=$(ONCE) exec $(BIN)/python -m dev.run

flerpart: venv ## Run a command of flerpart, in another terminal, on what make run has started (ARGS="journal verify")
	@test -f .flerpart/environment || { echo 'Start it first, in another terminal: make run'; exit 2; }
	@. .flerpart/environment && exec $(BIN)/flerpart $(ARGS)

test: venv ## Run the tests on a PostgreSQL of their own (ARGS="tests/domain -k consent" a part of them)
	$(BIN)/python -m pytest $(ARGS)

check: venv ## Lint, format, types, floors, dependencies, migrations, generated files
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m dev.migrations check
	$(BIN)/python -m dev.generated check

fix: venv ## Let ruff put right what it can
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

coverage: venv ## Run the tests and say which lines none of them reached
	$(BIN)/python -m coverage run -m pytest $(ARGS)
	$(BIN)/python -m coverage report

migration: venv ## Write a migration from what changed in the tables (m="add the table of …")
	@test -n "$(m)" || { echo 'Say what changes: make migration m="add the table of offers"'; exit 2; }
	$(BIN)/python -m dev.migrations new "$(m)"

openapi: venv ## Write openapi/openapi.json from the code
	$(BIN)/python -m dev.generated write openapi

rulebook: venv ## Write docs/rulebook.md and docs/clauses/ from the rules and the agreements
	$(BIN)/python -m dev.generated write rulebook

bench: venv ## Measure against what the machine and PostgreSQL can do at most
	$(BIN)/python -m bench $(ARGS)

trust: venv ## Try to break what is promised, gate by gate (ARGS="g4 g7" some of them, LONG=1 the full measure)
	$(BIN)/python -m trust $(ARGS)

lock: ## Renew the hashed locks from pyproject.toml (needs uv on the path; UPGRADE=--upgrade takes newer versions)
	uv pip compile $(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	uv pip compile $(LOCK) $(UPGRADE) --output-file requirements-dev.txt --extra embedded --group dev pyproject.toml

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

venv:
	@dev/make-venv

clean: ## Remove .venv and caches; the development data in .flerpart stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage mutants
