# make demo: grade a sample class. make test: lint, types and tests. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: demo test clean

demo: .venv/demo
	$(VENV)/check grade tests/sample_class -a backprop -o build/demo --report html

test: .venv/test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/pytest

.venv/demo: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --editable .
	touch $@

.venv/test: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --editable '.[dev,plots,verify]'
	touch $@ .venv/demo

clean:
	rm -rf .venv build *.egg-info
