"""What the README says and shows is what happens."""

import doctest
import importlib
import re
import shlex
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import lectures
from reference.catalogue import names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ check(.*?)\n(.*?)```", README, re.DOTALL)
PAGES = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG")]


MADE_BY_THE_TUTORIAL = {
    "reference/activations/gaussian.py",
    "assignments/NN_bumps/assignment.toml",
}


def without_last_digits(text):
    """A worst error depends on the processor from its second digit on, isolation on the kernel."""
    return re.sub(r"isolation: \w+( only)?", "isolation", re.sub(r"0\.\d{3}", "0.xxx", text))


@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words for words, _ in SESSIONS])
def test_a_session_in_the_readme_is_what_happens(monkeypatch, words, shown):
    if "verify" in words.split():
        pytest.importorskip("torch", reason="PyTorch is not installed")
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(course, shlex.split(words))
    assert without_last_digits(done.stdout) == without_last_digits(shown)


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_code_in_the_readme_runs(code):
    assert "assert " in code
    exec(compile(code, "README.md", "exec"), {})


def test_the_readme_is_short_and_names_every_command():
    assert len(SESSIONS) == 1
    prose = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    assert len(prose.split()) <= 600
    context = click.Context(course)
    for name in course.list_commands(context):
        assert course.get_command(context, name).hidden or f"check {name}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_exist(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    inside = r"`((?:reference|checker|assignments|tests|docs)/[\w./]*)`"
    links = [*re.findall(r"\]\(([^)#:]+)\)", text), *re.findall(r'src="([^":]+)"', text)]
    for path in [*re.findall(inside, text), *links]:
        assert (ROOT / path).exists() or path in MADE_BY_THE_TUTORIAL, path


def test_the_pictures_of_the_readme_are_current():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        drawn = importlib.import_module("pictures").pictures()
    finally:
        sys.path.remove(str(ROOT / "docs"))
    for name, text in drawn.items():
        kept = (ROOT / "docs" / "images" / name).read_text(encoding="utf-8")
        same = without_last_digits(kept) == without_last_digits(text)
        assert same, f"{name} is stale: run python docs/pictures.py"


def test_the_numbers_of_the_readme_are_those_of_the_stored_table():
    table = (ROOT / "checker" / "audit" / "CONFUSION.md").read_text(encoding="utf-8")
    cells = re.findall(r"\*\*(\d+)\*\*", table.splitlines()[-3])
    written, _, _, named, variants, right, *_ = cells
    assert written == named
    assert variants == right
    operations = {row.split(" | ")[0] for row in table.splitlines() if row.startswith("| ")}
    count = len(operations - {"| operation", "| ---", "| **all**"})
    assert f"{written} known-wrong implementations of {count} operations" in README
    assert f"{variants} correct variants" in README
    assert f"{len(names())} operations" in README


def test_the_course_grades_every_topic_of_the_lectures():
    tasks = lectures.graded()
    for topic, _, operations in lectures.BLOCKS:
        for name in operations:
            assert name in names(), name
            assert tasks.get(name), f"{topic}: no task asks for {name}"


@pytest.mark.parametrize("name", names())
def test_the_example_of_an_operation_is_what_it_returns(name):
    result = doctest.testmod(importlib.import_module(names()[name]))
    assert result.attempted >= 1
    assert result.failed == 0
