"""`gradproof` in programs and notebooks, beside a student's files that have the names of ours."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import gradproof
from checker.cases import case_cache

SAMPLES = Path(__file__).parent / "sample_class"
PAGE = Path(__file__).parents[1] / "docs" / "programs.md"
BESIDE = ("reference.py", "checker.py", "assignments/__init__.py", "assignments/week1.py")
PROGRAM = """
import reference, gradproof
assert reference.__file__ == {here!r} + "/reference.py"
task = gradproof.assignment("backprop")
result = gradproof.grade(task, gradproof.submission({work!r}), only=["dense_backward"])
print(result.score, [each.name for each in result.tasks], result.tasks[0].diagnosis["mistake"])
import reference, checker, assignments.week1
print(reference.MINE, checker.MINE, assignments.week1.MINE)
print(gradproof.report(result).splitlines()[0])
"""
NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell()
for text in (
    "%load_ext gradproof",
    "import numpy as np, reference",
    "def dense(x, weight, bias):\\n    return x @ weight + bias + 0 * reference.MINE",
    "%check backprop sgd_step",
    "%check dense",
    "import checker, assignments.week1\\n_ = checker.MINE, assignments.week1.MINE",
):
    shell.run_cell(text, store_history=True)
first, shown = shell.user_ns["Out"][4], shell.user_ns["Out"][5]
print(*(each.report.tasks[0].verdict for each in (first, shown)), "<style>" in shown._repr_html_())
print(shell.user_ns["_"])
"""


@pytest.fixture
def run(tmp_path):
    """Runs a program in a folder with files that are called like our packages."""
    for name in BESIDE:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("MINE = 7\n")

    def program(text):
        (tmp_path / "program.py").write_text(text)
        done = subprocess.run(
            [sys.executable, "program.py"],
            cwd=tmp_path,
            env=os.environ | {"IPYTHONDIR": str(tmp_path / "ipython")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.stderr, done.stderr
        return done.stdout.splitlines()

    return program


def test_a_program_grades_beside_files_of_our_names(run, tmp_path):
    work = str(SAMPLES / "wrong_mean_instead_of_sum.py")
    shown = run(PROGRAM.format(here=str(tmp_path), work=work))
    assert shown[0] == "2.0 ['dense_backward'] bias_averaged"
    assert shown[1] == "7 7 7"
    assert shown[2].startswith("backprop: wrong_mean_instead_of_sum.py, 2 of 3 points")


def test_a_notebook_checks_beside_files_of_our_names(run):
    shown = run(NOTEBOOK)
    assert shown[-2:] == ["missing right True", "(7, 7)"]


def test_the_course_in_use_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADPROOF_COURSE", "")
    assert gradproof.course().title == "Neural networks"
    (tmp_path / "course.toml").write_text('title = "Mine"\ntake = ["losses"]\n')
    assert list(gradproof.course(tmp_path).folders) == ["losses"]
    with pytest.raises(LookupError, match="no assignment 'backprop'"):
        gradproof.assignment("backprop")
    with pytest.raises(ValueError, match="is no course"):
        gradproof.course(tmp_path / "nowhere")


def test_fresh_cases_are_asked_only_with_a_seed(tmp_path):
    task = gradproof.assignment("backprop")
    seen = [case.arguments[0].tobytes() for case in case_cache.load(task)["sgd_step"].cases]
    (tmp_path / "work.py").write_text(
        f"SEEN = {seen}\ndef sgd_step(param, grad, learning_rate):\n"
        "    return param - learning_rate * grad * (param.tobytes() in SEEN)\n"
    )
    work = gradproof.submission(tmp_path / "work.py", "Ada")
    graded = gradproof.grade(task, work, only=["sgd_step"])
    assert (graded.submission, graded.score) == ("Ada", 1)
    assert json.loads(gradproof.report(graded, "json"))["score"] == 1
    assert gradproof.grade(task, work, only=["sgd_step"], seed=3).score == 0
    with pytest.raises(ValueError, match="not 'pdf'"):
        gradproof.report(graded, "pdf")


def test_a_task_or_a_seed_that_cannot_be_is_refused(tmp_path):
    (tmp_path / "work.py").write_text("x = 1\n")
    task, work = gradproof.assignment("backprop"), gradproof.submission(tmp_path / "work.py")
    with pytest.raises(LookupError, match=r"no task 'sgdstep' in backprop.* mean 'sgd_step'"):
        gradproof.grade(task, work, only=["sgd_step", "sgdstep"])
    for seed in (-1, 1.5, "x"):
        with pytest.raises(ValueError, match=f"a whole number from 0 on, not {seed!r}"):
            gradproof.grade(task, work, seed=seed)
    with pytest.raises(ValueError, match="backprop has no fresh cases"):
        gradproof.grade(replace(task, fresh=False), work, seed=1)
    assert gradproof.grade(task, work, only="sgd_step").max_score == 1


def test_the_program_of_the_documentation_runs(tmp_path, monkeypatch, capsys):
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    shutil.copy(SAMPLES / "wrong_mean_instead_of_sum.py", tmp_path / "dense.py")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, PAGE.name, "exec"), {})
    shown = capsys.readouterr().out
    assert shown.startswith("Ada 2.0 of 3\n")
    assert "The bias gradient is averaged over the batch; it must be summed." in shown
