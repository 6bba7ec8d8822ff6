"""What an assignment.toml says is what a task does, and every problem is told with its line."""

import re
from dataclasses import asdict

import pytest

from checker.commands.program import main
from checker.course.assignment import read
from checker.course.manifest import KNOWN, ManifestError

EVERYTHING = """
title = "All of it"

[[task]]
function = "f"
operation = "adam"
asks = "path"
points = 3
arguments = ["learning_rate"]
fixed = { beta1 = 0.5 }
credit = "all"
conventions = "refuse"
unstable = 0.25
other_shape = 0.1
mutates = 0.2
carried_forward = 0.75
ranks = { start = 2 }
calls = "return f(start, grads, learning_rate)"
"""

TASK = '[[task]]\nfunction = "f"\noperation = "tanh"\nasks = "forward"\npoints = 1\n'


def written(folder, text):
    (folder / "assignment.toml").write_text(text)
    return folder


def test_every_setting_of_a_task_reaches_it(tmp_path):
    (task,) = read(written(tmp_path, EVERYTHING)).tasks
    assert asdict(task) == {
        "function": "f",
        "operation": "adam",
        "asks": "path",
        "points": 3,
        "arguments": ("learning_rate",),
        "fixed": (("beta1", 0.5),),
        "credit": "all",
        "conventions": "refuse",
        "unstable": 0.25,
        "other_shape": 0.1,
        "mutates": 0.2,
        "carried_forward": 0.75,
        "calls": "return f(start, grads, learning_rate)",
        "ranks": (("start", 2),),
    }


def test_imports_and_fresh_cases_are_for_all_tasks(tmp_path):
    found = read(written(tmp_path, 'imports = ["numpy"]\nfresh = false' + EVERYTHING))
    assert (found.imports, found.fresh) == (("numpy",), False)
    found = read(written(tmp_path, EVERYTHING))
    assert (found.imports, found.fresh) == ((), True)


def test_rules_for_marks_are_read(tmp_path):
    rules = (
        "[marks]\ndue = 2026-03-01T12:00:00+01:00\nlate_per_day = 0.1\n"
        'attempts = "best"\nbonus = ["g"]\n'
    )
    text = 'title = "T"\n' + rules + TASK + TASK.replace('"f"', '"g"')
    found = read(written(tmp_path, text)).marks
    assert str(found.due) == "2026-03-01 12:00:00+01:00"
    assert (found.late_per_day, found.late_most, found.attempts) == (0.1, 1, "best")
    assert found.bonus == ("g",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("due = 2026-03-01T12:00:00", "line 3: due must be a time with its distance from UTC"),
        ("due = 2026-03-01", "line 3: due must be a time"),
        ("late_per_day = 10", "line 3: late_per_day must be a number from 0 to 1"),
        ("late_most = true", "line 3: late_most must be a number from 0 to 1"),
        ("grace_minutes = -1", "line 3: grace_minutes must be a number from 0 to 1e+06"),
        ("rounding = 0.125", "line 3: rounding must be a number with at most two decimals"),
        ('attempts = "first"', "line 3: attempts must be 'last' or 'best'"),
        ('bonus = ["ff"]', "line 3: there is no task 'ff'. The tasks are f"),
        ('bonus = ["f"]', "line 3: some task must be left that is no bonus"),
        ('bonus = "f"', "line 3: bonus must be a list of tasks"),
        ('deu = "x"', "line 3: 'deu' is not a known key of [marks]: use due, grace_minutes"),
    ],
)
def test_a_wrong_rule_for_marks_is_told_with_its_line(tmp_path, line, words):
    with pytest.raises(ManifestError, match=re.escape(words)):
        read(written(tmp_path, f'title = "T"\n[marks]\n{line}\n{TASK}'))


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("", "never"),
        ('solution = "never"\n', "never"),
        ('solution = "after full marks"\n', "after full marks"),
    ],
)
def test_solutions_are_shown_only_if_the_manifest_says_so(tmp_path, line, shown):
    assert read(written(tmp_path, line + EVERYTHING)).solution == shown


def test_another_word_for_when_is_a_problem(tmp_path):
    with pytest.raises(ManifestError, match="solution must be 'never' or 'after full marks'"):
        read(written(tmp_path, 'solution = "always"\n' + EVERYTHING))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("imports = []", "imports must be a list of packages"),
        ('imports = "numpy"', "imports must be a list of packages"),
        ('imports = ["numpy.linalg"]', "imports must be a list of packages"),
        ("fresh = 1", "fresh must be true or false"),
        ('fresh = "no"', "fresh must be true or false"),
    ],
)
def test_settings_of_all_tasks_that_make_no_sense_are_told(tmp_path, line, words):
    with pytest.raises(ManifestError, match=f"line 1: {words}"):
        read(written(tmp_path, line + EVERYTHING))


def test_what_is_no_setting_is_named(tmp_path):
    with pytest.raises(ManifestError, match="'point' is not a known key: use function"):
        read(written(tmp_path, EVERYTHING.replace("points", "point")))


def test_points_that_no_report_can_show_are_told(tmp_path):
    text = 'title = "T"\n' + TASK
    with pytest.raises(ManifestError, match=r"line 6: .* points must have at most two decimals"):
        read(written(tmp_path, text.replace("points = 1", "points = 0.125")))
    assert read(written(tmp_path, text.replace("points = 1", "points = 0.07"))).points == 0.07


WRONG = """\
title = 3
colour = "red"
seconds = 0

[[task]]
function = "f"
operation = "tanh"
asks = "forward"
points = true

[[task]]
function = "f"
operation = "tanh"
points = -1
asks = "forward"
"arguments" = "slope"
fixed.slope = 1
  unstable = 2

[[ task ]] # the third
function = "def"
operation = 3
asks = "forward"
points = 1
conventions = "never"
credit = 1
mutates = "half"

[task.colour]
deep = 1
"""


def test_every_problem_is_told_with_its_line(tmp_path):
    (tmp_path / "assignment.toml").write_text(WRONG)
    with pytest.raises(ManifestError) as told:
        read(tmp_path)
    path = tmp_path / "assignment.toml"
    assert str(told.value).replace(str(path), "it").splitlines() == [
        'it, line 1: title is missing or not text: title = "..."',
        "it, line 2: 'colour' is not a known key: "
        "use title, seconds, imports, fresh, solution, marks, functions and [[task]]",
        "it, line 3: seconds must be a number above 0",
        "it, line 9: task 1 (f): points is missing or not a number",
        "it, line 12: task 2 (f): task 1 already has this function",
        "it, line 14: task 2 (f): points must be above 0",
        'it, line 16: task 2 (f): arguments must be a list of names: ["learning_rate"]',
        "it, line 18: task 2 (f): unstable must be a number from 0 to 1",
        "it, line 21: task 3 (def): function is not a valid Python name",
        "it, line 22: task 3 (def): operation is missing or not text",
        "it, line 25: task 3 (def): conventions must be accept or refuse",
        "it, line 26: task 3 (def): credit must be each or all",
        "it, line 27: task 3 (def): mutates must be a number from 0 to 1",
        f"it, line 29: task 3 (def): 'colour' is not a known key: use {', '.join(KNOWN)}",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: title is missing"),
        ('title = "T"\ntask = 3', "line 2: there is no [[task]]"),
        ('title = "T"\ntask = [3]', "line 2: there is no [[task]]"),
        ('title = "T"\ntask = [{function = "f"}]', "line 2: task 1 (f): operation is missing"),
        ('title = "T"\n\n[[task]]\npoints = nan', "line 4: task 1 (without a function): points is"),
        ('title = "T"\n[[task]]\nfixed = 3', "line 3: task 1 (without a function): fixed must be"),
        ('title = "T"\ntitle = "U"\n', "(at line 2"),
        ("title = T", "(at line 1"),
    ],
)
def test_no_manifest_is_too_broken_to_say_where(tmp_path, text, words):
    (tmp_path / "assignment.toml").write_text(text)
    with pytest.raises(ManifestError) as told:
        read(tmp_path)
    assert words in str(told.value)


def test_a_broken_manifest_ends_no_command_in_a_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GRADPROOF_COURSE", str(tmp_path))
    (tmp_path / "course.toml").write_text('title = "C"')
    (tmp_path / "01_wrong").mkdir()
    (tmp_path / "01_wrong" / "assignment.toml").write_text('title = "T"')
    monkeypatch.setattr("sys.argv", ["check", "start", "wrong"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err.endswith(
        "line 1: there is no [[task]]: add one for each function\n"
    )
