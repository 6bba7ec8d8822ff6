"""What a continuous integration job needs: one submission, a form of output, an exit code."""

import functools
import json
import operator
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import assignment
from checker.reports import formats

SAMPLES = Path(__file__).parents[1] / "sample_class"
SCHEMA = Path(formats.__file__).with_name("results.schema.json")


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Runs check in the repository of a student, who has 17 of 20 points."""
    repository = tmp_path / "ada"
    (repository / "src").mkdir(parents=True)
    (repository / "tests").mkdir()
    shutil.copy(SAMPLES / "wrong_sign.py", repository / "src" / "backprop.py")
    (repository / "conftest.py").touch()
    (repository / "tests" / "test_it.py").touch()
    monkeypatch.chdir(repository)
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))


ONE = ("grade", ".", "-a", "backprop", "--one")


def test_a_repository_is_one_student(check):
    done = check(*ONE)
    assert done.exit_code == 0
    assert done.stdout.startswith("backprop: ada, 17 of 20 points")
    assert "one submission: ada" in done.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["conftest.py", "src", "tests"]


def test_with_a_folder_for_results_its_reports_are_written(check):
    done = check(*ONE, "-o", "out", "--report", "junit", "--report", "gradescope")
    assert "17 of 20 points" in done.stdout
    assert "written" in done.stderr
    assert Path("out/gradescope/ada.json").exists()
    (row,) = json.loads(Path("out/results.json").read_text())["submissions"]
    assert (row["submission"], row["score"]) == ("ada", 17.0)
    again = check(*ONE, "-o", "out")
    assert "17 of 20 points" in again.stdout


def test_json_is_one_object_that_fits_the_schema(check):
    done = check(*ONE, "--format", "json")
    jsonschema.validate(json.loads(done.stdout), json.loads(SCHEMA.read_text()))
    alone = check("backprop", "src/backprop.py", "--format", "json")
    assert alone.exit_code == 1
    jsonschema.validate(json.loads(alone.stdout), json.loads(SCHEMA.read_text()))


def test_annotations_point_into_the_repository(check):
    for words in (ONE, ("backprop", "src/backprop.py")):
        done = check(*words, "--format", "github")
        errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
        assert len(errors) == 2
        assert all("file=src/backprop.py,line=" in line for line in errors)
        assert '::{"totalPoints": 17.0, "maxPoints": 20}' in done.stdout


@pytest.mark.parametrize(
    ("limit", "code"), [("17", 0), ("17.5", 1), ("85%", 0), ("85.1%", 1), ("0", 0)]
)
def test_the_exit_code_says_whether_there_are_enough_points(check, limit, code):
    assert check("backprop", "src/backprop.py", "--fail-under", limit).exit_code == code


def test_full_marks_are_full_where_floats_do_not_add_up(check):
    tasks = assignment.find("backprop").tasks
    assert functools.reduce(operator.add, [0.1] * len(tasks)) != 1  # as `sum` was before 3.12
    points = "".join(f"{task.function} = {{ points = 0.1 }}\n" for task in tasks)
    start = 'title = "C"\ntake = ["backprop"]\n[change.backprop.task]\n'
    Path("course.toml").write_text(start + points)
    done = check("backprop", SAMPLES / "right.py", "--fail-under", "1")
    assert done.exit_code == 0, done.output
    assert "1 of 1 points" in done.output
    assert "Hand in right.py." in done.output


def test_a_class_fails_if_one_submission_has_too_little(check):
    shutil.copytree("src", "class/ada")
    shutil.copytree("src", "class/ben")
    grade = ("grade", "class", "-a", "backprop", "-o", "out", "--fail-under")
    assert check(*grade, "17").exit_code == 0
    done = check(*grade, "90%")
    assert done.exit_code == 1
    assert "2 of 2 submissions have less than 18 points." in done.stderr


def test_a_share_is_one_of_the_tasks_that_are_graded(check):
    words = ("backprop", "src/backprop.py", "--task", "mse_gradient", "--task", "dense")
    assert check(*words, "--fail-under", "50%").exit_code == 0
    assert check(*words, "--fail-under", "51%").exit_code == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["grade", "class", "-a", "backprop"], "name a folder for the results of the class"),
        ([*ONE, "--report", "junit"], "--report writes files: name a folder"),
        (
            ["grade", "class", "-a", "backprop", "-o", "out", "--format", "json"],
            "ada is one of 2. Add --one",
        ),
        ([*ONE, "--fail-under", "21"], "--fail-under 21: there are only 20 points"),
        ([*ONE, "--fail-under", "many"], "points such as 12, or a share such as 60%, not 'many'"),
        ([*ONE, "--fail-under", "101%"], "there are only 20 points"),
        (["backprop", "--watch", "--format", "json"], "--watch can be combined with --task only"),
        (["backprop", "--watch", "--fail-under", "3"], "--watch can be combined with --task only"),
    ],
)
def test_what_cannot_be_meant_is_an_error(check, words, message):
    shutil.copytree("src", "class/ada")
    shutil.copytree("src", "class/ben")
    done = check(*words)
    assert done.exit_code == 2
    assert message in done.output
    assert not Path("out").exists()
