# Luodi on a bare Debian 12 machine: Python 3.11 and make are all that has to be there.
# Every target says what it does; a second run needs no network.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup demo test check proof bench lock messages docs format

help:            ## show this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:           ## the virtualenv and the product in it (.venv/bin/luodi)
	@scripts/setup.sh run

demo: setup      ## set up, start Luodi with a demo city at http://127.0.0.1:8000, print the accounts
	@exec .venv/bin/luodi demo

test:            ## set up what is needed, all checks, all tests at small sizes, both databases
	@scripts/test.sh

check:           ## the rules of the house: format, lint, layers, types, migrations, generated docs
	@scripts/setup.sh test
	@scripts/check.sh

proof:           ## everything at full sizes: tests marked slow, the long generative runs, the benches
	@scripts/test.sh full

bench: setup     ## the benches at quick sizes
	@scripts/setup.sh test
	@scripts/bench.sh --quick

lock:            ## write requirements/*.lock anew from pyproject.toml (needs uv and a network)
	@scripts/lock.sh

messages:        ## put the Chinese sentences not yet in a catalogue into it, then compile
	@scripts/setup.sh test
	@.venv/bin/python scripts/catalogues.py update

docs:            ## write docs/generated and the results of the benchmark anew
	@scripts/setup.sh test
	@.venv/bin/python scripts/generate_docs.py
	@.venv/bin/python scripts/benchmark_results.py

format:          ## let ruff put the code into shape
	@.venv/bin/ruff format src tests scripts bench
	@.venv/bin/ruff check --fix src tests scripts bench
