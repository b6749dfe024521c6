# Two commands do everything: `make run` and `make test`. Each sets up first what it needs.
PYTHON ?= python3
BIN := .venv/bin
DATA := $(or $(FOEDERA_DATA),../shared/data)

.PHONY: run test check mutants long changes bench convention benchmark replication serve axe docs borders clean

run: .venv/installed        ## assess Niger 2023, both branches, and draw the map
	@mkdir -p out
	$(BIN)/foedera assess niger-2023 --branch invasion --on 2023-09-18 --svg out/niger-invasion.svg
	@echo
	$(BIN)/foedera assess niger-2023 --branch peaceful --on 2023-09-18 --svg out/niger-peaceful.svg

test: .venv/tested-with     ## the tests, the library's expectations and examples, the conformance cases
	$(BIN)/python -m pytest
	$(BIN)/foedera test
	$(BIN)/foedera test conformance
	$(BIN)/python scripts/mutants --changed

mutants: .venv/tested-with  ## which mutants of the library's treaties no expectation notices (about a minute)
	$(BIN)/python scripts/mutants

check: .venv/tested-with    ## types, style, and the library's files
	$(BIN)/mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/foedera check src/foedera/library/treaties src/foedera/library/crises conformance

long: .venv/tested-with     ## longer campaigns: random worlds, both engines on 100,000, a million hostile inputs, the engine's mutants (hours)
	FOEDERA_LONG=1 $(BIN)/python -m pytest tests -k "laws or hostile or crosscheck" --hypothesis-profile=long
	$(BIN)/python scripts/mutants/engine.py --own
	$(BIN)/python scripts/mutants/engine.py

changes: .venv/installed    ## before a release: writes the answers that changed since the last one into CHANGELOG.md
	$(BIN)/python scripts/changes.py

bench: .venv/tested-with    ## what performance is measured by
	$(BIN)/python benchmarks/speed.py
	FOEDERA_DATA=$(DATA) $(BIN)/python benchmarks/panel.py
	$(BIN)/python benchmarks/workbench.py

convention: .venv/tested-with   ## our directed dyad-years against ATOP's own (FOEDERA_DATA: the folder with ATOP)
	FOEDERA_DATA=$(DATA) $(BIN)/python benchmarks/convention.py

docs: .venv/installed       ## makes docs/library.md and the README's picture again from the library's files
	$(BIN)/python scripts/build_library_page.py
	$(BIN)/foedera assess niger-2023 --branch invasion --on 2023-09-18 --svg docs/niger-invasion.svg >/dev/null

benchmark: .venv/installed  ## alliances judged in wars, against experts' coding; needs the data at $FOEDERA_DATA
	@mkdir -p out
	$(BIN)/foedera apply $(DATA)/casus_foederis/rows.csv --atop $(DATA)/atop --out out/answers.csv
	$(BIN)/python benchmarks/casus_foederis.py $(DATA)/casus_foederis/rows.csv out/answers.csv docs/benchmark.md

replication: .venv/installed    ## kept and broken promises, from the experts' coding; needs the data at $FOEDERA_DATA
	FOEDERA_DATA=$(DATA) $(BIN)/python benchmarks/replication.py

serve: .venv/tested-with    ## the workbench in the browser
	$(BIN)/foedera serve --open

axe:                        ## fetches axe-core (dev only) for the tests of accessibility
	@mkdir -p .axe && cd .axe && npm pack --silent axe-core@4.14.1 >/dev/null && tar -xzf axe-core-4.14.1.tgz package/axe.min.js \
		&& mv package/axe.min.js . && rm -rf package axe-core-4.14.1.tgz

borders: .venv/installed    ## makes the map's package data again from Natural Earth
	$(BIN)/python scripts/build_borders.py

clean:
	rm -rf .venv out dist build

.venv/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Foedera needs Python 3.11 or newer: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested-with: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
