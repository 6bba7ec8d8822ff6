"""What the README shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import course as lectures
from checker.__main__ import course
from checker.proof import coverage
from reference.catalogue import names

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
SESSIONS = re.findall(r"```console\n\$ check(.*?)\n(.*?)```", README, re.DOTALL)


def without_last_digits(text):
    """A worst error depends on the processor from its second digit on, isolation on the kernel."""
    return re.sub(r"isolation: .*", "isolation", re.sub(r"0\.\d{3}", "0.xxx", text))


@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words for words, _ in SESSIONS])
def test_a_session_in_the_readme_is_what_happens(monkeypatch, words, shown):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(course, shlex.split(words))
    assert without_last_digits(done.stdout) == without_last_digits(shown)


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_code_in_the_readme_runs(code):
    assert "assert " in code
    exec(compile(code, "README.md", "exec"), {})


def test_the_readme_has_sessions_and_names_every_command():
    assert len(SESSIONS) >= 3
    for command in course.commands:
        assert f"check {command}" in README


def test_links_and_paths_in_the_readme_exist():
    for path in re.findall(r"`((?:reference|checker|assignments|tests)/[\w./]*)`", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_table_of_what_is_specified_is_current():
    shown = README.partition("<!-- coverage -->\n")[2].partition("\n<!-- end")[0]
    assert shown == coverage.table(), "run: python -m checker.proof.coverage"


def test_the_table_of_the_course_is_current_and_complete():
    shown = README.partition("<!-- course -->\n")[2].partition("\n<!-- end")[0]
    assert shown == lectures.table(), "run: python -m checker.course"
    where = lectures.graded()
    for block, _, operations in lectures.BLOCKS:
        for name in operations:
            assert name in names(), name
            assert where.get(name), f"{block}: no task asks for {name}"


def test_the_number_of_planted_faults_is_the_one_tested():
    import test_proof

    assert f"{len(test_proof.MUTATIONS)} single" in README
