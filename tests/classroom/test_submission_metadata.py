"""Where Gradescope says when a submission was made and due, lateness costs what the rules say."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import submission_metadata
from checker.classroom.submission_metadata import MetadataError
from checker.commands.program import course

RIGHT = Path(__file__).parents[1] / "sample_class" / "right.py"
DUE = "2026-03-01T23:00:00.000000-07:00"
LATER = "2026-03-03T23:00:00.000000-07:00"
MADE = "2026-03-03T14:22:32.365935-07:00"


def metadata(due, *own, **more):
    users = [{"name": "Ada", "assignment": each and {"due_date": each}} for each in own]
    return {"created_at": MADE, "assignment": {"due_date": due}, "users": users, **more}


def read(folder, found):
    path = folder / "submission_metadata.json"
    path.write_text(found if isinstance(found, str) else json.dumps(found))
    return submission_metadata.read(path)


@pytest.mark.parametrize(
    ("found", "due"),
    [
        (metadata(DUE), DUE),
        (metadata(DUE, None), DUE),
        (metadata(DUE, LATER), LATER),
        (metadata(LATER, DUE), DUE),
        (metadata(DUE, None, LATER, DUE), LATER),
        (metadata(None), None),
        ({"created_at": MADE}, None),
        ({"created_at": MADE, "users": None, "assignment": None}, None),
    ],
)
def test_the_deadline_is_that_of_the_student_or_else_of_the_assignment(tmp_path, found, due):
    told = read(tmp_path, found)
    assert told.submitted == MADE
    assert told.due == (due and datetime.fromisoformat(due))


@pytest.mark.parametrize(
    "found",
    [
        "",
        "[]",
        "{}",
        "[" * 5,
        metadata("soon"),
        metadata(DUE, "soon"),
        metadata(DUE, users=3),
        metadata(DUE, users=["a"]),
        metadata(DUE, created_at="now"),
        metadata(DUE, created_at=None),
    ],
)
def test_what_is_no_metadata_is_named(tmp_path, found):
    with pytest.raises(MetadataError, match=re.escape(str(tmp_path))):
        read(tmp_path, found)


@pytest.fixture
def grade(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(rules, found, *options):
        Path("course.toml").write_text(
            'title = "T"\ntake = ["backprop"]\n[change.backprop]\nfresh = false\n'
            f"[change.backprop.marks]\n{rules}\n"
        )
        Path("in").mkdir(exist_ok=True)
        Path("in", "backprop.py").write_bytes(RIGHT.read_bytes())
        Path("m.json").write_text(json.dumps(found))
        words = ["-C", ".", "grade", "in", "-a", "backprop", "-o", "out", "--metadata", "m.json"]
        return CliRunner().invoke(course, [*words, "--report", "gradescope", *options])

    return run


@pytest.mark.parametrize(
    ("rules", "found", "score", "said"),
    [
        ("late_per_day = 0.1", metadata(DUE), 16, "late penalty -4: 2 days late"),
        ("late_per_day = 0.1", metadata(DUE, LATER), 20, ""),
        ("late_per_day = 0.1", metadata(None), 20, ""),
        ("late_per_day = 0.1\ndue = 2026-03-03T14:00:00-07:00", metadata(None), 18, "1 day late"),
        ("late_per_day = 0.1\ndue = 2027-01-01T00:00:00Z", metadata(DUE), 16, "2 days late"),
        ("rounding = 1", metadata(DUE), 20, ""),
    ],
)
def test_a_late_submission_on_gradescope_costs_what_the_rules_say(grade, rules, found, score, said):
    done = grade(rules, found, "--one")
    assert done.exit_code == 0
    (result,) = (json.loads(path.read_text()) for path in Path("out/gradescope").iterdir())
    assert result["score"] == score
    assert ("late penalty" in result["output"]) == bool(said)
    assert said in result["output"]


def test_the_time_of_one_submission_is_none_of_a_class(grade):
    Path("in").mkdir()
    Path("in", "ada.py").write_text("def dense(x): return x")
    done = grade("late_per_day = 0.1", metadata(DUE))
    assert done.exit_code == 2
    assert "--metadata is about one submission: add --one." in done.output
    done = grade("late_per_day = 0.1", {}, "--one")
    assert done.exit_code == 2
    assert "m.json is no submission_metadata.json of Gradescope" in done.output
