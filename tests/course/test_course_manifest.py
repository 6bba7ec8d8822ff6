"""What a course.toml says is what the course is, and every problem is told with its line."""

import pytest

from checker.audit import manifest_meaning
from checker.course import assignment
from checker.course import course as courses
from checker.course.manifest import ManifestError

OWN = '[[task]]\nfunction = "f"\noperation = "tanh"\nasks = "forward"\npoints = 1\n'
CHANGED = """
title = "C"
take = ["losses", "neuron", "backprop"]
order = ["own", "neuron"]

[defaults]
seconds = 7.0
credit = "all"
carried_forward = 0.25
solution = "after full marks"
imports = ["numpy", "math"]

[change.backprop]
title = "Backwards"
seconds = 9.0
fresh = false
text = "texts/b.md"

[change.backprop.task.dense]
points = 5
conventions = "refuse"
credit = "each"

[change.neuron.task]
sigmoid = { unstable = 0.125 }
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A course with one assignment of its own."""
    monkeypatch.setenv(courses.VARIABLE, str(tmp_path))
    (tmp_path / "03_own").mkdir()
    (tmp_path / "03_own" / "assignment.toml").write_text(f'title = "Own"\nseconds = 3\n{OWN}')
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "b.md").write_text("# Backwards\n\n![b](backprop.png) ![own](own.png)\n")
    (tmp_path / "texts" / "own.png").write_bytes(b"PNG")
    (tmp_path / "course.toml").write_text(CHANGED)
    return tmp_path


def problems(folder, text):
    (folder / "course.toml").write_text(text)
    with pytest.raises(ManifestError) as told:
        assignment.names()
    return str(told.value).replace(str(folder), "here").splitlines()


def test_the_course_has_what_it_takes_in_its_order():
    assert list(assignment.names()) == ["own", "neuron", "losses", "backprop"]


@pytest.mark.parametrize(
    ("text", "own", "count"),
    [("", True, 1), ("", False, 13), ('take = "all"', True, 14), ("take = []", False, 0)],
)
def test_it_takes_all_if_it_has_none_and_does_not_say(folder, text, own, count):
    (folder / "course.toml").write_text(f'title = "C"\n{text}')
    if not own:
        (folder / "03_own" / "assignment.toml").unlink()
    assert len(assignment.names()) == count


def test_an_assignment_of_its_own_replaces_the_one_of_its_name(folder):
    (folder / "03_own").rename(folder / "backprop")
    (folder / "course.toml").write_text('title = "C"\ntake = "all"')
    assert assignment.find("backprop").title == "Own"
    assert len(assignment.names()) == 13


def test_defaults_hold_where_a_manifest_says_nothing():
    own, losses = assignment.find("own"), assignment.find("losses")
    assert (own.seconds, losses.seconds) == (3.0, 7.0)
    assert own.solution == losses.solution == "after full marks"
    assert own.imports == losses.imports == ("numpy", "math")
    tasks = [*own.tasks, *losses.tasks]
    assert {(task.credit, task.carried_forward) for task in tasks} == {("all", 0.25)}


def test_what_is_changed_is_changed_and_nothing_else():
    found = assignment.find("backprop")
    shipped = assignment.read(courses.SHIPPED / "04_backprop")
    assert (found.title, found.seconds, found.fresh) == ("Backwards", 9.0, False)
    assert found.text.startswith("# Backwards")
    assert found.pictures == {
        "own.png": b"PNG",
        "backprop.png": (courses.SHIPPED / "04_backprop" / "backprop.png").read_bytes(),
    }
    changed = next(task for task in found.tasks if task.function == "dense")
    assert (changed.points, changed.conventions, changed.credit) == (5, "refuse", "each")
    assert found.points == shipped.points + 4
    assert [task.operation for task in found.tasks] == [task.operation for task in shipped.tasks]
    neuron = assignment.find("neuron").tasks
    assert [task.function for task in neuron if task.unstable == 0.125] == ["sigmoid"]


def test_the_shipped_course_has_its_own_defaults(monkeypatch, tmp_path):
    monkeypatch.setenv(courses.VARIABLE, str(courses.SHIPPED))
    assert {assignment.find(name).solution for name in assignment.names()} == {"after full marks"}


WRONG = """\
titel = "C"
take = ["losses", "backprop"]
order = [
    "losses",
    "neuron",
]

[defaults]
second = 3
seconds = 0
credit = "some"
[change.bakprop]
title = "B"

[change.own]
[change.losses]
text = "texts/nothing.md"
colour = "red"
task.rss.points = -1
task.rss.unstable = 2

[change.backprop.task]
dens = { points = 2 }
dense = { pionts = 2 }
[change."backprop".task.'mse_gradient']
points = "3"
operation = "mse"
"""


def test_every_problem_is_told_with_its_line(folder):
    assert problems(folder, WRONG) == [
        "here/course.toml, " + line
        for line in (
            "line 1: 'titel' is not a known key: use title, take, order, defaults, marks, change. "
            "Did you mean 'title'?",
            'line 1: title is missing or not text: title = "..."',
            "line 3: the course has no assignment 'neuron'.",
            "line 9: 'second' is not a known key: use seconds, imports, fresh, solution, credit, "
            "conventions, unstable, other_shape, mutates, carried_forward. Did you mean 'seconds'?",
            "line 10: seconds must be a number above 0",
            "line 11: credit must be each or all",
            "line 12: the course takes no assignment 'bakprop'. Did you mean 'backprop'?",
            "line 15: own is an assignment of this course: change here/03_own/assignment.toml",
            "line 17: there is no file here/texts/nothing.md",
            "line 18: 'colour' is not a known key: use title, text, seconds, imports, fresh, "
            "solution, marks, functions, task.",
            "line 19: losses has no task 'rss'.",
            "line 19: points must be above 0",
            "line 20: unstable must be a number from 0 to 1",
            "line 23: backprop has no task 'dens'. Did you mean 'dense'?",
            "line 24: 'pionts' is not a known key: use points, arguments, fixed, calls, ranks, "
            "credit, conventions, unstable, other_shape, mutates, carried_forward. "
            "Did you mean 'points'?",
            "line 26: points must be a number above 0",
            "line 27: 'operation' is not a known key: use points, arguments, fixed, calls, ranks, "
            "credit, conventions, unstable, other_shape, mutates, carried_forward.",
        )
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('title = "C"\ntake = "some"', 'line 2: take must be "all" or a list of names'),
        ('title = "C"\n\ntake = ["loses"]', "line 3: there is no assignment 'loses' to take. Did"),
        ('title = "C"\norder = 3', "line 2: order must be a list of names"),
        ('title = "C"\norder = ["own", "own"]', "line 2: 'own' is in the order twice"),
        ('title = "C"\ndefaults = 3', "line 2: defaults must be a table"),
        ('title = "C"\nchange = 3', "line 2: change must have a table for each"),
        ('title = "C"\ntake = "all"\nchange.losses = 3', "line 3: change.losses must be a table"),
        ('title = "C"\ntake = "all"\n[change.losses]\ntask = 3', "line 4: task must have a table"),
        ('title = "C"\ntake = "all"\n[change.losses]\ntext = 3', "line 4: text must be the name"),
        (
            'take = "all"\ntitle = "C"\n[change.losses]\ntext = "../b"',
            "line 4: text must be the",
        ),
        ('take = "all"\ntitle = "C"\n[change.losses]\ntext = "/b"', "line 4: text must be the"),
        ('title = "C"\n[defaults]\npoints = 3', "line 3: 'points' is not a known key"),
        ("title = C", "(at line 1"),
    ],
)
def test_no_course_is_too_broken_to_say_where(folder, text, words):
    (told,) = problems(folder, text)
    assert words in told


def test_what_cannot_be_taken_hides_no_other_problem(folder):
    text = 'title = "C"\ntake = ["loses"]\norder = ["tensor"]\n[defaults]\nfresh = 1\n[change.a]\n'
    assert [told.split(": ")[0] for told in problems(folder, text)] == [
        f"here/course.toml, line {number}" for number in (2, 3, 5, 6)
    ]


def test_two_assignments_cannot_have_one_name(folder):
    (folder / "04_own").mkdir()
    (folder / "04_own" / "assignment.toml").write_text(f'title = "Own"\n{OWN}')
    assert "/03_own and here/04_own are both named own." in problems(folder, 'title = "C"')[0]


def test_a_change_that_the_operation_does_not_allow_is_told_where_it_is(folder):
    text = CHANGED + "[change.losses.task.mean_squared_error]\nfixed = { width = 3 }\n"
    tasks = assignment.read(courses.SHIPPED / "03_losses").tasks
    text = text.replace("mean_squared_error", tasks[0].function)
    (folder / "course.toml").write_text(text)
    line = text.count("\n")
    (told,) = manifest_meaning.problems(assignment.find("losses"))
    assert told.startswith(f"{folder / 'course.toml'}, line {line}: task 1 ({tasks[0].function}): ")
    assert "'width' is not a setting of" in told


def test_rules_for_marks_go_from_the_general_to_the_special(folder):
    (folder / "course.toml").write_text(
        'title = "C"\ntake = ["backprop", "losses"]\n[marks]\nlate_per_day = 0.1\nrounding = 0.5\n'
        '[change.backprop.marks]\nrounding = 1\nbonus = ["dense"]\n'
    )
    found = assignment.find("backprop")
    assert (found.marks.late_per_day, found.marks.rounding, found.maximum) == (0.1, 1, 19)
    assert assignment.find("losses").marks.rounding == 0.5


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[marks]\nbonus = ["dense"]', r"line 4: bonus belongs to an assignment"),
        ("[marks]\nlate = 1", "line 4: 'late' is not a known key of .marks."),
        ("[change.backprop.marks]\nbonus = ['den']", "line 4: there is no task 'den'"),
        ("[change.backprop]\nmarks = 1", r"line 4: marks must be a table: \[marks\]"),
    ],
)
def test_a_wrong_rule_for_marks_is_told_with_its_line(folder, lines, words):
    (folder / "course.toml").write_text(f'title = "C"\ntake = ["backprop"]\n{lines}\n')
    with pytest.raises(ManifestError, match=words):
        courses.current()
