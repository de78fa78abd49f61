# Needs Python 3.11 or newer with venv, and make. Another Python: make demo PYTHON=python3.12
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8001

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
APP := $(VENV)/.app-installed
DEV := $(VENV)/.dev-installed
DEMO_DB := demo/prongsai.db
ONE := .venv-datasette-1

.DEFAULT_GOAL := help
.PHONY: help install demo test test-datasette-1 check benchmark screenshots lock clean

help: ## Show this list
	@echo "prongsai: make GOAL"
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 20

install: $(APP) ## Install the program into .venv

demo: $(APP) ## Load examples/ and open the site (SERVE=0: only load; PORT=8001)
	@mkdir -p demo
	$(BIN)/prongsai ingest examples --db $(DEMO_DB)
	@if [ "$(SERVE)" = 0 ]; then echo "Loaded into $(DEMO_DB). Open the site with: make demo"; \
	else $(BIN)/prongsai serve --db $(DEMO_DB) --port $(PORT); fi

test: $(DEV) ## Run the tests
	$(BIN)/python -m pytest

# An alpha: where it cannot be had, that is no fault of this project. The browser sees no difference worth its time.
test-datasette-1: $(BIN)/python ## Run the tests of the site on Datasette 1.0, in an environment of its own
	@test -x $(ONE)/bin/python || $(PYTHON) -m venv $(ONE)
	@if $(ONE)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes \
		-r requirements/datasette-1.txt; then \
		PYTHONWARNINGS=ignore $(ONE)/bin/python -m pip --disable-pip-version-check install --quiet --no-deps \
			--no-build-isolation --editable . && \
		$(ONE)/bin/python -m pytest -m "not browser" tests/pipeline/site tests/pipeline/test_publish.py; \
	else echo "SKIPPED: Datasette 1.0 (requirements/datasette-1.txt) cannot be installed here." >&2; fi

check: $(DEV) ## Check style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmark: $(DEV) ## Measure how long reading PDF files takes, and loading, the first and the second time
	$(BIN)/python benchmarks/pdf_reading.py
	$(BIN)/python benchmarks/reingest.py

screenshots: $(DEV) ## Take the pictures of the documentation and the help page anew (needs Chromium)
	$(BIN)/python tools/screenshots.py

lock: $(DEV) ## Write requirements/*.txt anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: install it with: pipx install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements/app.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --output-file requirements/dev.txt
	uv pip compile pyproject.toml --extra dev --override requirements/datasette-1.in --universal --python-version 3.11 \
		--upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--output-file requirements/datasette-1.txt

clean: ## Remove .venv, the demo database and caches
	rm -rf $(VENV) $(ONE) demo build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "prongsai needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { \
		echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The locks hold setuptools, too, which builds the project: nothing that is not pinned by its hash gets in.
# setuptools warns, screens long, of every editable install.
$(APP): requirements/app.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/app.txt
	PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	PYTHONWARNINGS=ignore $(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
