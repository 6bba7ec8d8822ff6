"""An author begins with an assignment that can be started and proven as it is."""

import re

import pytest
from click.testing import CliRunner

from checker.audit import manifest_meaning
from checker.commands.program import course
from checker.course import assignment
from checker.handout import scaffold


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty course."""
    (tmp_path / "course.toml").write_text('title = "C"')
    monkeypatch.setenv("GRADPROOF_COURSE", str(tmp_path))
    return tmp_path


def check(*words):
    return CliRunner().invoke(course, words)


def test_what_is_begun_can_be_read_started_and_proven(folder, monkeypatch):
    (folder / "07_before").mkdir()
    done = check("new", "gates")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (folder / "08_gates").iterdir()} == {"assignment.toml", "task.md"}
    monkeypatch.chdir(folder)
    assert check("start", "gates").exit_code == 0
    assert (folder / "gates.py").read_text().count("    raise NotImplementedError") == 2
    proven = check("prove", "gates")
    assert proven.exit_code == 0, proven.output


def test_every_line_that_is_only_a_comment_may_be_used(folder):
    text = scaffold.files("gates")["assignment.toml"]
    used = re.sub(r"(?m)^# (\w+ = )", r"\1", text.replace("arguments = ", "# "))
    (folder / "assignment.toml").write_text(used)
    task = assignment.read(folder).tasks[-1]
    assert (task.conventions, task.unstable, task.carried_forward) == ("refuse", 0.5, 0.5)
    assert dict(task.fixed) == {"negative_slope": 0.1}
    assert manifest_meaning.problems(assignment.read(folder)) == []


@pytest.mark.parametrize("name", ["start", "gates", "Gates", "../gates", "2nd", ""])
def test_a_name_that_is_taken_or_no_name_is_an_error(folder, name):
    check("new", "gates")
    done = check("new", name)
    assert done.exit_code == 2
    assert "is taken" in done.output or "is not a valid name" in done.output
    assert len(list(folder.glob("*_*"))) == 1
