# make demo   set up, build the demo graph and open it      make test   set up, run the tests
# make lint   style and types     make site   rebuild site/    make bench  the benchmarks
# make vendor brings in the versions of vendor/package.json (needs node, zstd)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test setup lint site bench lock vendor clean

demo: setup
	$(BIN)/kg build
	$(BIN)/kg view

test: setup
	$(BIN)/pytest -n auto

setup: $(VENV)/.ready

# The kg command is editable: a changed file counts at once, changed dependencies set up anew.
$(VENV)/.ready: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

site: setup
	$(BIN)/kg build --quiet --fresh
	$(BIN)/kg site

bench: setup
	$(BIN)/kg build --quiet
	$(BIN)/python bench/run.py

# Pins what pyproject.toml allows; needs uv. No address of any registry is written.
lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header --python-version 3.11 --quiet --output-file requirements.lock

# What others wrote for the page: users need none of this, kg/page/vendor is in the repository.
vendor:
	cd vendor && npm ci --no-audit --no-fund && npm run build

clean:
	rm -rf build $(VENV)
