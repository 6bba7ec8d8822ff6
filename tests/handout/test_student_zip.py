"""The student zip grades like we do, where nothing of ours can be imported."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from checker.__main__ import course
from checker.cases import case_cache
from checker.course import assignment
from checker.handout import student_zip
from reference.catalogue import names

SAMPLES = Path(__file__).parents[1] / "sample_class"
RIGHT = (SAMPLES / "right.py").read_text()
# Isolated and without site-packages, except for numpy; the terminal is one of western Windows.
START = """
import io, sys, runpy
sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="cp1252")
from importlib.util import find_spec
sys.path.append(sys.argv.pop(1))
assert not any(map(find_spec, ("reference", "checker", "assignments", "click", "torch")))
script = sys.argv.pop(1)
sys.argv[0] = script
runpy.run_path(script, run_name="__main__")
"""


SOLUTIONS = {path.stem[3:]: path for path in (SAMPLES.parent / "solutions").glob("[0-9]*_*.py")}
SOLUTIONS["backprop"] = SAMPLES / "right.py"


@pytest.fixture(params=["backprop"])
def exported(request):
    found = assignment.find(request.param)
    return student_zip.student(found, case_cache.load(found))


@pytest.fixture
def grade(exported, tmp_path):
    """Grades a text in the unzipped folder: the exit code, and what is printed."""
    zipfile.ZipFile(io.BytesIO(exported)).extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    site = tmp_path / "site"
    site.mkdir()
    numpy = Path(np.__file__).parent
    for each in (numpy, numpy.with_name("numpy.libs")):
        if each.exists():
            (site / each.name).symlink_to(each)

    def run(text=None):
        if text is not None:
            (folder / f"{folder.name}.py").write_text(text)
        script = folder / "check.py"
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", START, str(site), str(script)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


@pytest.mark.parametrize("exported", SOLUTIONS, indirect=True)
def test_right_functions_have_all_points(grade, request):
    name = request.node.callspec.params["exported"]
    code, shown = grade(SOLUTIONS[name].read_text())
    assert code == 0, shown
    tasks = assignment.find(name).tasks
    points = f"{sum(task.points for task in tasks if task.asks != 'sample'):g}"
    assert f"{points} of {points} points" in shown


def test_the_starter_has_none_and_can_be_checked_as_it_is(grade):
    code, shown = grade()
    assert code == 1
    assert shown.count("not started") == 10
    assert "0 of 20 points" in shown


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "2 * (prediction",
            "3 * (prediction",
            [
                "19 of 20",
                "- mse_gradient            0 / 1  wrong",
                "mse_gradient: its values are wrong",
                "dprediction should be",
                "dprediction is",
            ],
        ),
        (
            "np.sum(grad, axis=0)",
            "np.mean(grad, axis=0)",
            [
                "17 of 20",
                "wrong: 2 of 3 results",
                "dense_backward: dbias is wrong, dx and dweight are right",
                "grad  [[",
            ],
        ),
        ("/ target.size", "/ len(target)", ["~ mse_gradient            1 / 1  other convention"]),
        ("- np.max(logits, axis=1, keepdims=True)", "", ["~ cross_entropy_gradient", "unstable"]),
        ("return param - learning_rate * grad", "return None", ["None: is a `return` missing?"]),
        (
            "return param - learning_rate * grad",
            "param -= learning_rate * grad\n    return param",
            ["sgd_step: the values are right, but it changes the arrays"],
        ),
        ("return param - learning_rate", "return param - rate", ["NameError"]),
        (
            "return param - ",
            "raise ValueError('\u2192 \u0127')\n    return param - ",
            ["ValueError: ? ?"],
        ),
        ("def sgd_step", "def step", [". sgd_step                0 / 1  missing"]),
        ("def sgd_step", "x = 1 / 0\ndef sgd_step", ["The file itself: ZeroDivisionError"]),
        ("def sgd_step(", "def sgd_step(:", ["The file itself: line 53"]),
    ],
)
def test_a_wrong_function_is_told_with_its_case(grade, old, new, words):
    assert old in RIGHT
    code, shown = grade(RIGHT.replace(old, new))
    assert code == (0 if "other convention" in words[0] else 1)
    assert not [each for each in words if each not in shown], shown


def test_nothing_of_the_reference_and_no_mutant_is_in_it(exported):
    archive = zipfile.ZipFile(io.BytesIO(exported))
    assert len(archive.namelist()) < 28
    texts = {name: archive.read(name).decode() for name in archive.namelist() if name[-3:] == ".py"}
    for name, text in texts.items():
        assert not re.search(r"(?m)^(from|import) (reference|checker)", text), name
        assert "mutants" not in name
        assert "library" not in name
    starter = texts["backprop/backprop.py"]
    assert "python check.py" in starter
    assert "check backprop" not in starter + archive.read("backprop/backprop.md").decode()
    assert not set(texts) & {f"{module}.py" for module in names().values()}


def test_it_is_the_same_every_time(exported):
    found = assignment.find("backprop")
    assert student_zip.student(found, case_cache.load(found)) == exported


def test_the_command_writes_a_zip_and_never_over_another(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for code, words in ((0, "backprop.zip written."), (2, "backprop.zip exists already")):
        done = CliRunner().invoke(course, ["export", "student", "backprop"])
        assert (done.exit_code, words in done.output) == (code, True)
    assert CliRunner().invoke(course, ["export", "student", "nothing"]).exit_code == 2


def test_what_is_sampled_is_left_to_the_course_and_the_text_says_so():
    found = assignment.find("schedules")
    archive = zipfile.ZipFile(io.BytesIO(student_zip.student(found, case_cache.load(found))))
    files = {name: archive.read(name) for name in archive.namelist()}
    text = files["schedules/schedules.md"].decode()
    assert "draw_he, draw_glorot: random results are graded by statistical tests" in text
    assert b"draw_he" not in files["schedules/cases.data"]
    assert "def draw_he(fan_in, fan_out, seed)" in files["schedules/schedules.py"].decode()
