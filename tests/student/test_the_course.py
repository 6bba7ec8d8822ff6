"""A student goes through the whole course in one folder, by commands only."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from checker.course import assignment

COURSE = assignment.names()
SOLUTIONS = Path(__file__).parents[1] / "solutions"
LAST = list(COURSE)[-1]


def solution(name):
    return (SOLUTIONS / f"{COURSE[name].name}.py").read_text(encoding="utf-8")


@pytest.fixture
def started(check):
    """Starts assignments in one folder, with copies of each and a module of the student's."""
    Path("helpers.py").write_text("def dense(x, weight, bias):\n    return x @ weight + bias\n")

    def start(*names):
        for name in names:
            assert check("start", name).exit_code == 0
            shutil.copy(f"{name}.py", f"{name} copy.py")
            shutil.copy(f"{name}.py", f"old_{name}.py")

    return start


def points(done):
    """The points that were earned, and those possible."""
    earned, possible = re.search(r"([\d.]+) of ([\d.]+)\s+points", done.output).groups()
    return float(earned), float(possible)


def test_the_course_is_solved_from_the_first_start_to_the_last_zip(check, started):
    total = {name: assignment.find(name).points for name in COURSE}
    started(*COURSE)
    for name in (LAST, "losses"):
        assert points(check(name)) == (0, total[name])

    half = solution("losses").partition("\n\n\ndef binary_cross_entropy")[0]
    Path("losses.py").write_text(half, encoding="utf-8")
    done = check("losses")
    assert 0 < points(done)[0] < total["losses"]
    assert "Next: binary_cross_entropy" in done.output
    assert "half_rss_gradient" in check("progress").output

    for name in (LAST, "descent"):
        tasks = assignment.find(name).tasks
        assert "hint 1 of" in check("hint", name, tasks[0].function).output
        assert check("explain", tasks[-1].operation).exit_code == 0
        assert check("read", name, "--out", f"{name}.html").exit_code == 0

    for name in COURSE:
        Path(f"{name}.py").write_text(solution(name), encoding="utf-8")
        done = check(name)
        assert done.exit_code == 0, done.output
        assert points(done) == (total[name], total[name])
        assert "Hand in" in done.output
        handed = check("submit", name).output
        assert "It was checked as it is" in " ".join(handed.split())
        with zipfile.ZipFile(f"{name}-submission.zip") as packed:
            assert packed.read(f"{name}.py").decode() == solution(name)

    ended = check("progress").output
    assert f"{sum(total.values()):g} of {sum(total.values()):g} points" in ended
    assert ended.endswith("Everything is solved.\n")
    assert "earned" in check().output


def test_an_assignment_takes_over_what_another_has(check, started):
    started("project", "training", "backprop")
    Path("backprop.py").write_text("from helpers import dense\n", encoding="utf-8")
    own = solution("project").replace("def network_gradient", "def mine")
    Path("project.py").write_text(f"from training import network_gradient\n{own}")
    Path("training.py").write_text(f"import backprop\n{solution('backprop')}")
    assert points(check("backprop"))[0] == 1
    assert check("project").exit_code == 0
    assert check("submit", "project").exit_code == 0
    with zipfile.ZipFile("project-submission.zip") as packed:
        names = {"project.py", "training.py", "backprop.py", "helpers.py", "checked.txt"}
        assert set(packed.namelist()) == names


def test_pictures_are_drawn_of_the_first_answers(check, started):
    started("neuron")
    Path("neuron.py").write_text(solution("neuron"))
    assert check("show", "neuron", "sigmoid").exit_code == 0
    assert Path("sigmoid.png").stat().st_size > 1000
