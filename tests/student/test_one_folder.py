"""All assignments of the course lie in one folder, and import one another."""

import json
from pathlib import Path

import pytest

from checker.course import assignment
from checker.grading import intake
from checker.grading.files import IntakeError
from checker.handout.starter import starter
from checker.student import next_step

SAMPLES = Path(__file__).parents[1] / "sample_class"
RIGHT = (SAMPLES / "right.py").read_bytes()
PROJECT = b"from backprop import network_gradient\n"


def earned(done):
    report = json.loads(done.stdout)
    return {task["name"]: task["score"] for task in report["tasks"]}


def test_each_assignment_finds_its_own_file_among_all(tmp_path):
    for name in assignment.names():
        text = starter(assignment.find(name))
        for path in (f"{name}.py", f"{name} copy.py", f"old_{name}.py"):
            (tmp_path / path).write_text(text)
    (tmp_path / "helpers.py").write_bytes(RIGHT)
    for name in assignment.names():
        assert intake.find(assignment.find(name), tmp_path).name == f"{name}.py"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["backprop.ipynb", "mine.py", "losses.py"], "backprop.ipynb"),
        (["backprop.py", "backprop.ipynb"], "backprop.py"),
        (["Backprop.py", "mine.py"], "Backprop.py"),
        (["backprop.ipynb", "Backprop.py"], "backprop.ipynb"),
        (["mine.py", "losses.py", "project.py"], "mine.py"),
    ],
)
def test_the_file_with_the_name_is_the_one(tmp_path, files, found):
    if "backprop.py" not in files:
        (tmp_path / "backprop.py").mkdir()
    for name in files:
        (tmp_path / name).write_bytes(RIGHT)
    assert intake.find(assignment.find("backprop"), tmp_path).name == found


def test_the_file_of_another_assignment_is_not_meant(tmp_path):
    (tmp_path / "project.py").write_bytes(RIGHT)
    with pytest.raises(IntakeError, match="check start backprop"):
        intake.find(assignment.find("backprop"), tmp_path)


def test_a_file_imports_that_of_another_assignment(check):
    Path("backprop.py").write_bytes(RIGHT)
    Path("project.py").write_bytes(PROJECT)
    assert earned(check("project", "--format=json"))["network_gradient"] == 5


def test_a_class_does_so_too(check):
    for name in ("ada", "ben"):
        Path("class", name).mkdir(parents=True)
        Path("class", name, "project.py").write_bytes(PROJECT)
    Path("class/ada/backprop.py").write_bytes(RIGHT)
    assert check("grade", "class", "-a", "project", "-o", "out").exit_code == 0
    rows = json.loads(Path("out/results.json").read_text())["submissions"]
    assert [row["score"] for row in rows] == [5, 0]


@pytest.mark.parametrize(
    ("word", "graded"),
    [
        ("backprop.py", 10),
        ("./backprop.py", 10),
        ("4", 10),
        ("04_backprop", 10),
        ("Backpropagation", 10),
        ("BackProp", 10),
        ("homework.py", 10),
        ("delta_rule", 1),
        ("Delta-Rule", 1),
    ],
)
def test_an_assignment_is_found_by_any_of_its_names(check, word, graded):
    Path("backprop.py").write_bytes(RIGHT)
    Path("homework.py").write_bytes(RIGHT)
    assert len(earned(check(word, "--format=json"))) == graded


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("nowhere.py", "there is no file nowhere.py."),
        ("bakprop.py", "there is no file bakprop.py. Did you mean 'backprop'?"),
        ("empty.py", "which assignment is empty.py for? Write: check NAME empty.py"),
        ("hnit", "Did you mean 'hint'?"),
        ("dense_backwards", "Did you mean 'dense_backward'?"),
        ("lstm", "`check explain lstm` explains the operation."),
        ("cross_entropy_gradient", "is a task of losses and of backprop: write check ASSIGNMENT"),
        ("nothing_like_it", "`check` lists the assignments"),
    ],
)
def test_a_word_that_nothing_is_called_is_told_with_the_nearest(check, word, words):
    Path("empty.py").touch()
    done = check(word)
    assert done.exit_code == 2
    assert words in done.output


def test_after_full_marks_the_next_step_is_told(check):
    Path("helpers.py").write_bytes(RIGHT)
    Path("backprop.py").write_text(
        "import math, tools, \\\n os\nfrom helpers import *  # not losses\n"
    )
    for name in ("losses", "tools"):
        Path(f"{name}.py").touch()
    ending = " ".join(check("backprop").output.split())
    assert "Hand in backprop.py and helpers.py and tools.py." in ending
    assert ending.endswith("Automatic differentiation: `check start autodiff`")
    Path("autodiff.py").touch()
    assert "`check autodiff`" in check("backprop").output
    alone = check("backprop", "--task", "dense").output
    assert "`check backprop` grades all tasks." in alone
    assert "Hand in" not in alone


def test_the_last_assignment_has_none_after_it(tmp_path):
    words = next_step.words(assignment.find("convolution"), tmp_path / "convolution.py", ())
    assert words.endswith("It is the last one of the course.")
