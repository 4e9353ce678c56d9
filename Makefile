# Two commands are enough: `make run` to try Sifang, `make test` to check it.
PORT ?= 8000
SEED ?= 0
SCHEDULES ?= 100000
CASES ?= 5000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready

.PHONY: help run test check unit browser browsers schedules simulate bench burden torture thorough nightly screens lighthouse lock sbom audit fuzz templates clean

help: ## what can be done here
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## install, migrate, fill with the demo community, serve (PORT=8000)
	$(BIN)/python -m server serve --port $(PORT) --demo --links

test: $(TEST_READY) ## install what tests need and run everything that CI runs
	$(MAKE) --no-print-directory check

check: $(TEST_READY)
	sh tools/check.sh

unit: $(TEST_READY) ## the tests without a browser
	$(BIN)/pytest --numprocesses auto --dist worksteal tests -m "not browser"

browser: $(TEST_READY) ## the tests in real Chromium
	$(BIN)/pytest --numprocesses auto --dist worksteal tests e2e -m browser

browsers: $(TEST_READY) ## the offline story in Firefox and in WebKit as well
	sh tools/install_browsers.sh
	$(BIN)/pytest e2e/other_browsers.py

schedules: $(TEST_READY) ## 200 random schedules of the exchange in real Chromium, over a link full of mischief
	SIFANG_SCHEDULES=200 $(BIN)/pytest -s e2e/test_schedules.py

simulate: $(TEST_READY) ## 100,000 made-up streets with every fault we know (SEED=0 SCHEDULES=100000)
	SEED=$(SEED) SCHEDULES=$(SCHEDULES) $(BIN)/python -m simulator

bench: $(TEST_READY) ## measure, with ratios to a baseline in the same run; writes build/bench.json (LEAVES=n in the log)
	$(BIN)/python -m bench

burden: $(TEST_READY) ## taps, keys, questions and waiting of the commonest jobs; fails when one got longer (KEEP=1 keeps)
	$(BIN)/python -m burden

torture: $(TEST_READY) ## 300 kills of the server, 300 of Chromium, 100 full disks on each database (SEED=n TIMES=n)
	$(BIN)/python -m torture

thorough: $(TEST_READY) ## every story, all of the access matrix, every attack, every page in both languages and lights, on both databases
	SIFANG_THOROUGH=1 $(BIN)/pytest --numprocesses auto --dist worksteal tests e2e

nightly: thorough schedules simulate torture browsers burden fuzz ## what is too long for every test run, one after the other

screens: $(TEST_READY) ## pictures of every page: phone, desk, dark, both languages (build/screens)
	$(BIN)/python -m tools.screens

lighthouse: $(TEST_READY) ## Lighthouse on residents' pages of a fresh demo; fails under 95 (needs Node and lighthouse)
	$(BIN)/python -m tools.lighthouse

templates: $(RUN_READY) ## compile the shared templates and the phone's words to JavaScript
	$(BIN)/python -m tools.compile_templates

sbom: $(TEST_READY) ## list every component with hashes and licence (build/sbom.json)
	$(BIN)/python -m tools.sbom

audit: $(TEST_READY) ## ask which locked versions have known vulnerabilities; fails when it cannot ask
	$(BIN)/python -m tools.audit

fuzz: $(TEST_READY) ## 5,000 requests drawn from the shapes of our own API (CASES=n)
	SIFANG_FUZZ_CASES=$(CASES) $(BIN)/pytest -s tests/fuzz

lock: $(TEST_READY) ## choose new versions of the dependencies and write their hashes
	sh tools/lock.sh

clean: ## remove what was installed and built; data/ stays
	rm -rf $(VENV) node_modules build

$(RUN_READY): requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sifang needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(TEST_READY): requirements/test.txt $(RUN_READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	sh tools/install_test_needs.sh
	@touch $@
