"""Which course is in use, and how one is begun."""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course, main
from checker.course import assignment
from checker.course import course as courses
from checker.course.course import CourseError, current
from checker.handout import scaffold

TASK = '[[task]]\nfunction = "f"\noperation = "tanh"\nasks = "forward"\npoints = 1\n'


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """A working directory without a course, and no course in the environment."""
    monkeypatch.delenv(courses.VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)


def made(folder, name="own"):
    """A course of one assignment."""
    (folder / name).mkdir(parents=True)
    (folder / "course.toml").write_text(f'title = "{name}"')
    (folder / name / "assignment.toml").write_text(f'title = "{name}"\n{TASK}')
    return folder


def installed(place, package, entry):
    """A course in a package that is installed in this place."""
    made(place / package, package)
    (place / package / "__init__.py").write_text("raise SystemExit('imported')\n")
    folder = place / f"{package}-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(f"[gradproof.courses]\n{entry} = {package}\n")


def check(*words, status=0):
    done = CliRunner().invoke(course, list(map(str, words)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return " ".join(done.output.split())


def test_it_is_the_one_of_this_package_if_there_is_no_other():
    assert (current().folder, current().origin) == (courses.SHIPPED, "shipped")
    assert list(assignment.names())[:2] == ["tensors", "neuron"]


def test_it_is_the_nearest_one_from_the_working_directory_upwards(tmp_path, monkeypatch):
    made(tmp_path / "far", "far")
    made(tmp_path / "far" / "near", "near")
    (tmp_path / "far" / "near" / "below" / "below").mkdir(parents=True)
    for place, names in (("far", ["far"]), ("far/near/below/below", ["near"])):
        monkeypatch.chdir(tmp_path / place)
        assert list(assignment.names()) == names
        assert current().origin == "found"


def test_a_variable_wins_over_the_working_directory_and_an_option_over_both(tmp_path, monkeypatch):
    for name in ("here", "named", "chosen"):
        made(tmp_path / name, name)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv(courses.VARIABLE, "../named")
    assert "named: 1 task" in check()
    assert "chosen: 1 task" in check("-C", "../chosen")
    assert "0 of 1 points" in check("-C", tmp_path / "chosen", "progress")
    assert os.environ[courses.VARIABLE] == "../named"
    monkeypatch.delenv(courses.VARIABLE)
    check("-C", "../chosen")
    assert courses.VARIABLE not in os.environ


def test_an_option_is_known_to_processes_that_are_started(tmp_path, monkeypatch):
    made(tmp_path / "chosen", "chosen")
    seen = []
    monkeypatch.setattr("checker.student.overview.page", lambda *_: seen.append(started()) or "")

    def started():
        script = "from checker.course import assignment; print(*assignment.names())"
        command = [sys.executable, "-c", script]
        where = {**os.environ, "PYTHONPATH": str(courses.SHIPPED.parent)}
        return subprocess.run(command, capture_output=True, text=True, env=where).stdout

    check("-C", "chosen")
    assert seen == ["chosen\n"]


def test_an_installed_course_is_used_if_it_is_the_only_one(tmp_path, monkeypatch):
    place = tmp_path / "site-packages"
    installed(place, "autumn_course", "autumn")
    monkeypatch.syspath_prepend(place)
    assert EntryPoint("autumn", "autumn_course", courses.GROUP) in entry_points(group=courses.GROUP)
    assert (current().origin, list(assignment.names())) == ("installed", ["autumn_course"])
    assert "autumn_course" not in sys.modules
    assert "the course in use is installed" in check("new", "more", status=2)
    (tmp_path / "work").mkdir()
    made(tmp_path / "work", "here")
    monkeypatch.chdir(tmp_path / "work")
    assert list(assignment.names()) == ["here"]


def test_of_several_installed_courses_one_is_chosen_by_its_name(tmp_path, monkeypatch):
    place = tmp_path / "site-packages"
    installed(place, "autumn_course", "autumn")
    installed(place, "spring_course", "Spring")
    monkeypatch.syspath_prepend(place)
    assert current().origin == "shipped"
    assert "spring_course: 1 task" in check("-C", "Spring")
    shown = check("-C", "summer", status=2)
    assert "summer is no course" in shown
    assert "Installed courses: autumn, Spring." in shown
    (place / "spring_course" / "course.toml").unlink()
    courses._installed.cache_clear()
    with pytest.raises(CourseError, match="the installed course Spring is not complete: there is"):
        current()
    made(tmp_path / "named")
    assert "own: 1 task" in check("-C", tmp_path / "named")


def test_a_folder_without_a_course_says_how_to_make_one(tmp_path, monkeypatch):
    assert "there is no" in check("-C", tmp_path, status=2)
    monkeypatch.setenv(courses.VARIABLE, str(tmp_path / "nothing"))
    with pytest.raises(CourseError, match="`check new course` makes one"):
        assignment.names()
    check("new", "course")
    monkeypatch.setenv(courses.VARIABLE, str(tmp_path))
    assert "backprop" in assignment.names()


def test_a_course_of_another_user_is_used_only_if_it_is_named(tmp_path, monkeypatch):
    folder = made(tmp_path / "shared")
    monkeypatch.chdir(folder)
    # raising=False: Windows has no such function
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1, raising=False)
    with pytest.raises(CourseError, match=f"belongs to another user.* check -C {folder}"):
        assignment.names()
    assert "own: 1 task" in check("-C", folder)


def test_commands_win_over_assignments_of_their_name(tmp_path):
    made(tmp_path, "doctor")
    assert "isolation" in check("doctor")


def test_the_first_assignment_outside_of_any_course_begins_one_here(tmp_path):
    before = sorted(courses.SHIPPED.iterdir())
    shown = check("new", "gates")
    assert shown.startswith("course.toml written. 01_gates/assignment.toml written. 01_gates/task")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01_gates", "course.toml"]
    assert {"gates", "backprop"} <= assignment.names().keys()
    assert sorted(courses.SHIPPED.iterdir()) == before


def test_an_assignment_is_added_to_the_course_from_a_folder_below(tmp_path, monkeypatch):
    made(tmp_path / "c")
    monkeypatch.chdir(tmp_path / "c" / "own")
    assert f"{tmp_path}/c/01_gates/task.md written." in check("new", "gates")
    assert list(assignment.names()) == ["gates", "own"]
    assert "own is taken" in check("new", "own", status=2)


@pytest.mark.parametrize("title", ['A "new" course', "Übung \\ 3", "c"])
def test_a_course_is_begun_only_where_there_is_none(tmp_path, monkeypatch, title):
    folder = tmp_path / title
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert check("new", "course") == "course.toml written. `check new NAME` adds an assignment."
    assert current().title.lower() == title.lower()
    assert "course.toml exists already." in check("new", "course", status=2)


def test_every_line_of_a_new_course_that_is_only_a_comment_may_be_used(tmp_path):
    lines = scaffold.course("C").splitlines()
    used = [line.removeprefix("# ") if " = " in line or "# [" in line else line for line in lines]
    (tmp_path / "course.toml").write_text("\n".join(used))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "backprop.md").write_text("# T\n")
    assert list(assignment.names())[:2] == ["backprop", "losses"]
    found = assignment.find("backprop")
    assert (found.title, found.text, found.tasks[2].credit) == (
        "Learning backwards",
        "# T\n",
        "all",
    )
    assert all(line not in lines for line in used if line.startswith(('title = "L', "seconds")))


def test_a_wrong_course_ends_no_command_in_a_traceback(tmp_path, monkeypatch, capsys):
    (tmp_path / "course.toml").write_text("titel = 3\n")
    monkeypatch.setattr("sys.argv", ["check", "backprop"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    shown = capsys.readouterr().err
    assert shown.count(f"{tmp_path / 'course.toml'}, line 1: ") == 2
    assert Path.cwd() == tmp_path
