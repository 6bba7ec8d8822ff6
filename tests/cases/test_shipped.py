"""An installed package has the case sets of the shipped assignments, which nobody waits for."""

import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from checker.cases import case_cache, provenance, shipped
from checker.cases.case_set import freeze
from checker.course import code
from checker.course.assignment import find
from checker.sandbox import wire

ROOT = Path(__file__).parents[2]
TENSORS = find("tensors")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What the build makes of one assignment, in a process of its own as there."""
    made = tmp_path_factory.mktemp("build") / "ready"
    command = [sys.executable, "-m", "checker.cases.shipped", str(made), "tensors"]
    subprocess.run(command, cwd=ROOT, check=True)
    return made


def test_the_build_makes_what_a_student_would_make(folder):
    (made,) = folder.iterdir()
    assert made.name == shipped.file(TENSORS).name
    assert made.read_bytes() == wire.encode(freeze(case_cache.load(TENSORS)))


def test_ready_case_sets_are_read_without_a_look_at_the_code(folder, monkeypatch):
    made = case_cache.load(TENSORS)
    monkeypatch.setattr(shipped, "FOLDER", folder)
    monkeypatch.setattr(provenance, "checksum", None)
    assert wire.encode(freeze(case_cache.load(TENSORS))) == wire.encode(freeze(made))


def test_a_course_that_changes_the_tasks_or_the_code_has_other_cases(monkeypatch):
    first, *others = TENSORS.tasks
    changed = replace(TENSORS, tasks=(replace(first, fixed=(("at", 2),)), *others))
    assert shipped.file(changed) != shipped.file(TENSORS)
    assert shipped.file(replace(TENSORS, folder=Path("mine/tensors"))) != shipped.file(TENSORS)
    before = shipped.file(TENSORS)
    monkeypatch.setattr(code, "snapshot", lambda: (Path("mine"), (("mine/mutants/x.py", 1, 1),)))
    assert shipped.file(TENSORS) != before


def test_setuptools_runs_this_step():
    # Environments of Python 3.12 and later come without it. Where this is skipped, a step that is
    # named wrongly is noticed when a wheel is built.
    pytest.importorskip("setuptools", reason="only setuptools can load its command")
    from checker.cases import build_command

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    step = build_command.BuildWithCases
    assert declared["tool"]["setuptools"]["cmdclass"] == {
        "build_py": f"{step.__module__}.{step.__name__}"
    }
