"""An author begins with an assignment that holds, and is told every mistake by its line."""

import re

import pytest
from click.testing import CliRunner

from checker import assignment, manifest, scaffold
from checker.__main__ import course, main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty course."""
    monkeypatch.setattr(assignment, "FOLDER", tmp_path)
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
    assert (task.conventions, task.unstable, task.follow_through) == ("refuse", 0.5, 0.5)
    assert dict(task.fixed) == {"negative_slope": 0.1}
    assert manifest.unmeant(assignment.read(folder)) == []


@pytest.mark.parametrize("name", ["start", "gates", "Gates", "../gates", "2nd", ""])
def test_a_name_that_is_taken_or_no_name_is_refused(folder, name):
    check("new", "gates")
    done = check("new", name)
    assert done.exit_code == 2
    assert "is taken" in done.output or "is no name" in done.output
    assert len(list(folder.iterdir())) == 1


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

[task.colour]
deep = 1
"""


def test_every_problem_is_told_with_its_line(folder):
    (folder / "assignment.toml").write_text(WRONG)
    with pytest.raises(assignment.ManifestError) as told:
        assignment.read(folder)
    path = folder / "assignment.toml"
    assert str(told.value).replace(str(path), "it").splitlines() == [
        'it, line 1: title is missing or not text: title = "..."',
        "it, line 2: 'colour' is not a setting: "
        "title, seconds, imports, hidden_seed and [[task]] are",
        "it, line 3: seconds must be a number above 0",
        "it, line 9: task 1 (f): points is missing or not a number",
        "it, line 12: task 2 (f): task 1 has this function",
        "it, line 14: task 2 (f): points must be above 0",
        'it, line 16: task 2 (f): arguments must be a list of names: ["learning_rate"]',
        "it, line 18: task 2 (f): unstable must be a number from 0 to 1",
        "it, line 21: task 3 (def): function is no name that Python allows",
        "it, line 22: task 3 (def): operation is missing or not text",
        "it, line 25: task 3 (def): conventions is neither accept nor refuse",
        f"it, line 27: task 3 (def): 'colour' is not one of {', '.join(manifest.KNOWN)}",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: title is missing"),
        ('title = "T"\ntask = 3', "line 2: there is no [[task]]"),
        ('title = "T"\ntask = [3]', "line 2: there is no [[task]]"),
        ('title = "T"\ntask = [{function = "f"}]', "line 1: task 1 (f): operation is missing"),
        ('title = "T"\n\n[[task]]\npoints = nan', "line 4: task 1 (without a function): points is"),
        ('title = "T"\n[[task]]\nfixed = 3', "line 3: task 1 (without a function): fixed must be"),
        ('title = "T"\ntitle = "U"\n', "(at line 2"),
        ("title = T", "(at line 1"),
    ],
)
def test_no_manifest_is_too_broken_to_say_where(folder, text, words):
    (folder / "assignment.toml").write_text(text)
    with pytest.raises(assignment.ManifestError) as told:
        assignment.read(folder)
    assert words in str(told.value)


def test_what_operations_do_not_have_is_told_before_a_proof(folder):
    (folder / "01_wrong").mkdir()
    text = scaffold.files("wrong")["assignment.toml"]
    for old, new in (
        ('operation = "sigmoid"', 'operation = "sigmoind"'),
        ('asks = "backward"', 'asks = "step"'),
        ('["negative_slope"]', '["slope"]'),
        ("# fixed = { negative_slope", "fixed = { negative_slopes"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "01_wrong" / "assignment.toml").write_text(text)
    done = check("prove", "wrong")
    assert done.exit_code == 2
    shown = " ".join(done.output.split())
    for place, words in (
        ("sigmoind", "task 1 (sigmoid): there is no operation 'sigmoind'"),
        (
            '"step"',
            "task 2 (leaky_relu_backward): 'step' is not asked of a function: forward, back",
        ),
        ('["slope"]', "task 2 (leaky_relu_backward): 'slope' is no setting of leaky_relu: its"),
        ("negative_slopes", "task 2 (leaky_relu_backward): 'negative_slopes' is no setting of"),
    ):
        line = text[: text.index(place)].count("\n") + 1
        assert f"line {line}: {words}" in shown, shown


def test_a_broken_manifest_ends_no_command_in_a_traceback(folder, monkeypatch, capsys):
    (folder / "01_wrong").mkdir()
    (folder / "01_wrong" / "assignment.toml").write_text('title = "T"')
    monkeypatch.setattr("sys.argv", ["check", "start", "wrong"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 3
    assert capsys.readouterr().err.endswith("line 1: there is no [[task]]\n")
