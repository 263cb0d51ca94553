PORT ?= 8000
AS_OF ?= $(shell date -u +%F)
PROBE ?=
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --retries 8 --timeout 60
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock"
READY := $(VENV)/.ready
TEST_READY := $(VENV)/.ready-test
PROVE_READY := $(VENV)/.ready-prove

.DEFAULT_GOAL := help
.PHONY: help serve edit build release check test prove lint format golden screenshots recordings clients-latest bench lock clean

help: ## List these recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(READY) ## Build the preview and serve it as a production host would (PORT=8123 for another port)
	@$(BIN)/agentdocs serve --port $(PORT)

edit: $(READY) ## Serve with live reload while you edit (PORT=8123 for another port)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(READY) ## Build the preview into site/
	@$(BIN)/agentdocs build

release: $(READY) ## Build what may be published into site-release/ (AS_OF=2030-01-31 for another day, PROBE=FILE)
	@$(BIN)/agentdocs build --release --as-of "$(AS_OF)" $(if $(PROBE),--probe "$(PROBE)")

check: $(READY) ## Validate the catalog and list what is unconfirmed
	@$(BIN)/agentdocs check

test: $(TEST_READY) ## Run the tests that need nothing but Python, in a few minutes
	@$(BIN)/pytest -n auto --dist worksteal

prove: $(PROVE_READY) ## Install every outside program (root on Debian) and run the tests that `make test` leaves out
	@$(BIN)/pytest --prove -m "program or thorough" -n auto --dist worksteal

lint: $(TEST_READY) ## Check format, style, types, spelling and wording
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	git ls-files -z | grep -zv '\.lock$$\|package-lock\.json$$\|\.weir$$' | xargs -0 $(BIN)/codespell
	$(BIN)/python -m site_tests.style

format: $(TEST_READY) ## Format the code and apply safe corrections
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(TEST_READY) ## Write the golden files anew; review the difference
	@$(BIN)/pytest -q site_tests/shipped/test_golden.py site_tests/machine/test_golden.py site_tests/machine/test_shared_pages.py --golden

recordings: $(PROVE_READY) ## Record anew what clients do when they are refused; review the difference
	@$(BIN)/pytest -q --prove --recordings -k refusal_is_told site_tests/clients

clients-latest: $(PROVE_READY) ## Run the proofs with the newest version of every client and print what still works
	@$(BIN)/python -m site_tests.clients.latest

screenshots: $(PROVE_READY) ## Write the approved screenshots anew; look at each of them
	@$(BIN)/pytest -q site_tests/site/test_look.py --screenshots

bench: $(TEST_READY) ## Measure check, build and live editing against other ways to render the same pages
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/live.py

lock: $(READY) ## Resolve the dependencies anew and write the lock files
	$(PIP) install --quiet uv
	$(LOCK) --upgrade pyproject.toml --extra checkout --output-file requirements.lock
	$(LOCK) --upgrade pyproject.toml --extra checkout --extra test --constraint requirements.lock \
	  --output-file requirements-test.lock
	$(LOCK) --upgrade pyproject.toml --extra checkout --extra test --extra prove --constraint requirements-test.lock \
	  --output-file requirements-prove.lock
	for input in site_tests/programs/*/requirements.in; do \
	  $(LOCK) --upgrade $$input --output-file $${input%.in}.lock || exit 1; done

clean: ## Remove everything that was built or installed
	rm -rf $(VENV) site site-release node_modules site_tests/programs/*/node_modules site_tests/programs/*/.venv .latest .mypy_cache .pytest_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "python3 cannot make virtual environments; on Debian install python3-venv" >&2; exit 1; }
	@echo "Installing the locked packages into $(VENV)"
	@$(PIP) install --quiet --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): $(READY) requirements-test.lock
	@echo "Installing what the tests need"
	@$(PIP) install --quiet --require-hashes --requirement requirements-test.lock
	@touch $@

$(PROVE_READY): $(TEST_READY) requirements-prove.lock site_tests/programs/install $(wildcard site_tests/programs/*/*.lock site_tests/programs/*/package-lock.json)
	@$(PIP) install --quiet --require-hashes --requirement requirements-prove.lock
	@site_tests/programs/install
	@touch $@
