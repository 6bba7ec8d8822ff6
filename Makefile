# make demo: grade a sample class. make test: lint, types and tests. make docs: the documentation.
# make tables: the generated files of the repository. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: demo test docs tables clean

demo: .venv/demo
	$(VENV)/check grade tests/sample_class -a backprop -o build/demo --report html

test: .venv/test
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/pytest

docs: .venv/test
	$(VENV)/sphinx-build -W --keep-going -n -q -b html docs build/docs
	@echo "Open build/docs/index.html"

tables: .venv/test
	$(VENV)/check tables --pictures
	$(VENV)/python docs/pictures.py

.venv/demo: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --editable .
	touch $@

.venv/test: pyproject.toml
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --editable '.[dev,docs,keras,plots,verify]'
	touch $@ .venv/demo

clean:
	rm -rf .venv build docs/assignments docs/assignments.md docs/generated docs/operations *.egg-info
