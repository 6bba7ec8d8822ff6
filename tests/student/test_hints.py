"""Hints go from what is asked to the smallest input, and never give the solution away."""

import inspect
import re
from pathlib import Path

import pytest

from checker.cases import case_cache
from checker.cases.forms import task_form
from checker.course import assignment
from checker.library.variants import variants
from checker.student import progress, task_names
from checker.student.hints import hints
from checker.student.progress import TaskProgress
from reference.catalogue import module

SAMPLES = Path(__file__).parents[1] / "sample_class"
COURSE = [assignment.find(name) for name in assignment.names()]
TASKS = {f"{found.name}-{task.function}": (found, task) for found in COURSE for task in found.tasks}
FOUND = TaskProgress(misconception="The bias gradient is averaged.", hint="How many rows?")


def code(found, task):
    """Whatever a solution of the task is made of: statements, without their indentation."""
    sources = [inspect.getsource(module(task.operation)).partition('"""\n\n')[2]]
    sources += map(inspect.getsource, variants(task.operation, task_form(task).backward))
    if found.name == "backprop":
        sources.append((SAMPLES / "right.py").read_text())
    lines = {line.strip() for source in sources for line in source.splitlines()}
    return {line for line in lines if " = " in line or line.startswith("return ")}


@pytest.mark.parametrize("seen", [TaskProgress(), FOUND], ids=["new", "diagnosed"])
@pytest.mark.parametrize(("found", "task"), TASKS.values(), ids=TASKS)
def test_no_hint_holds_code_that_solves_the_task(found, task, seen):
    given = hints(found, task, case_cache.load(found)[task.function], seen)
    text = "\n".join(line for lines in given for line in lines)
    assert len(given) >= 3
    assert "np." not in text
    assert not re.search(r"(?m)^\s*return ", text)
    assert not [line for line in code(found, task) if line in text]
    assert (FOUND.misconception in text) == (FOUND.hint in text) == (seen is FOUND)


def test_hints_come_one_at_a_time_and_begin_again(check):
    first = check("hint", "backprop", "mse_gradient").output
    count = int(first.partition("hint 1 of ")[2][0])
    others = [check("hint", "backprop", "mse_gradient").output for _ in range(count)]
    assert len({first, *others}) == count
    assert others[-1] == first
    assert "should be" in others[-2]


def test_what_was_found_out_is_said_and_only_then(check):
    Path("backprop.py").write_bytes((SAMPLES / "wrong_mean_instead_of_sum.py").read_bytes())
    first = check("hint", "backprop", "dense_backward").output
    check("hint", "backprop", "dense_backward")
    check("backprop")
    said = "".join(check("hint", "backprop", "dense_backward").output for _ in range(3))
    assert "hint 1 of" not in said  # the first is known
    assert "hint 2 of" in said
    assert "How many rows does one bias serve" in said
    assert "averaged over the batch; it must be summed" in said
    assert first not in said
    Path("backprop.py").write_bytes((SAMPLES / "right.py").read_bytes())
    check("backprop")
    last = check("hint", "backprop", "dense_backward").output
    assert "was right when it was last checked" in last


def test_a_task_of_two_assignments_is_that_of_the_one_worked_on(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    folder = tmp_path / "course"
    for number, name in ((1, "one"), (2, "two")):
        (folder / f"0{number}_{name}").mkdir(parents=True)
        (folder / f"0{number}_{name}" / "assignment.toml").write_text(
            'title = "T"\n[[task]]\nfunction = "f"\noperation = "tanh"\n'
            'asks = "forward"\npoints = 1'
        )
    (folder / "course.toml").write_text('title = "C"')
    monkeypatch.setenv("GRADPROOF_COURSE", str(folder))
    with pytest.raises(LookupError, match="f is a task of one and of two: write one f"):
        task_names.find(("f",), tmp_path)
    assert task_names.find(("two", "f"), tmp_path)[0].name == "two"
    progress.count_hint(tmp_path, "two", "f", 1)
    assert task_names.find(("f",), tmp_path)[0].name == "two"
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "one.ipynb").touch()
    assert task_names.find(("f",), tmp_path / "work")[0].name == "one"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["backprop", "dens"], "there is no task 'dens' in backprop. Did you mean 'dense'?"),
        (["backprop", "relu"], "there is no task 'relu' in backprop."),
        (["backprop"], "Name one of its tasks: forward_pass"),
        (["nonsense", "dense"], "there is no assignment 'nonsense'"),
        (["a", "b", "c"], "at most two words"),
    ],
)
def test_a_task_that_is_not_there_is_told_with_the_nearest(check, words, message):
    done = check("hint", *words)
    assert done.exit_code == 2
    assert message in done.output
