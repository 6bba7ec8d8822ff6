"""A mark is a sum that can be checked by hand, and every change of it is kept."""

import contextlib
import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sums import second_sum

from checker.classroom import anonymity, changes, lateness, marks
from checker.classroom.class_list import ClassRow, ClassSubmission, Override, Person
from checker.classroom.keys import CANVAS_ID, Key
from checker.classroom.lateness import Calendar, Extension
from checker.classroom.sheet import SheetError
from checker.classroom.store import Store
from checker.commands.program import course
from checker.course import assignment
from checker.course.marks import Marks
from checker.grading.files import File
from checker.grading.report import Report, TaskReport

SAMPLES = Path(__file__).parents[1] / "sample_class"
BACKPROP = assignment.find("backprop")
DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def with_marks(**rules):
    return replace(BACKPROP, marks=Marks(**rules))


def row(name="ada", scores=None, submitted="", **more):
    scores = scores or [task.points for task in BACKPROP.tasks]
    tasks = [
        TaskReport(task.function, "right" if score == task.points else "wrong", score, task.points)
        for task, score in zip(BACKPROP.tasks, scores, strict=True)
    ]
    submission = ClassSubmission(name, (File("a.py"),), submitted=submitted, **more)
    return ClassRow(submission, Report("backprop", name, sum(scores), 20.0, tasks), "a.py")


def marked(rules, *rows, extensions=None, earlier=None, given=None):
    found = with_marks(**rules)
    calendar = Calendar(found.marks, extensions or {})
    return [
        each.report for each in marks.rows(list(rows), earlier or {}, given or {}, found, calendar)
    ]


@given(
    scores=st.tuples(*(st.integers(0, int(100 * t.points)) for t in BACKPROP.tasks)),
    after=st.one_of(
        st.timedeltas(timedelta(days=-2), timedelta(days=9)),
        st.sampled_from([0, 10, 15, 16, 90, 91, 1440, 1441]).map(lambda n: timedelta(minutes=n)),
    ),
    extension=st.sampled_from([0, 0.5, 2]),
    rules=st.fixed_dictionaries(
        {
            "grace_minutes": st.sampled_from([0, 15, 90]),
            "late_per_day": st.sampled_from([0.05, 0.1, 0.333, 1]),
            "late_most": st.sampled_from([0.25, 0.5, 1]),
            "rounding": st.sampled_from([0, 0.01, 0.25, 0.5, 1]),
        }
    ),
)
def test_the_sum_is_that_of_another_computation(scores, after, extension, rules):
    scores = [cents / 100 for cents in scores]
    after = timedelta(seconds=int(after.total_seconds()))
    (report,) = marked(
        {"due": DUE, **rules},
        row(scores=scores, submitted=str(DUE + after)),
        extensions={"ada": Extension(extension)} if extension else {},
    )
    assert Fraction(str(report.score)) == second_sum(scores, rules, after, extension)
    shown = [task.score for task in report.tasks] + [step["points"] for step in report.steps]
    assert sum(map(Fraction, map(str, shown))) == Fraction(str(report.score))
    assert 0 <= report.score <= 20 or rules["rounding"]


def test_without_rules_nothing_changes():
    assert marked({}, row(late=True)) == [row().report]


def test_of_several_submissions_the_last_or_the_best_counts():
    now = row(scores=[0.0] * 10, submitted=str(DUE))
    then = row(submitted=str(DUE - timedelta(days=3)))
    late = row(submitted=str(DUE + timedelta(days=1)))
    other = replace(then, report=replace(then.report, tasks=then.report.tasks[1:]))
    rules = {"due": DUE, "late_per_day": 0.5}
    earlier = {"ada": [late, then, other]}
    assert [r.score for r in marked(rules, now)] == [0]
    (best,) = marked({**rules, "attempts": "best"}, now, earlier=earlier)
    assert best.score == 20
    assert best.steps[0]["why"].startswith("the submission of 2026-02-26 12:00:00+00:00 counts")
    (half,) = marked({**rules, "attempts": "best"}, now, earlier={"ada": [late]})
    assert half.score == 10
    given = {"ada": (Override("dense", 0.0),)}
    (by_hand,) = marked({**rules, "attempts": "best"}, now, earlier=earlier, given=given)
    assert by_hand.score == 19


def test_a_bonus_comes_on_top_of_all_points():
    (report,) = marked({"bonus": ("network_gradient",)}, row())
    assert (report.score, report.max_score) == (20, 16)


def test_the_platform_is_believed_where_no_time_is_known():
    rules = {"due": DUE, "late_per_day": 0.1}
    scores = [report.score for report in marked(rules, row(late=True), row("ben"))]
    assert scores == [18, 20]
    assert marked(rules, row(late=True, submitted=str(DUE)))[0].score == 20


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023-09-20 10:11:12.123456000 -07:00", "2023-09-20 17:11:12.123456+00:00"),
        ("2015-02-02 15:58:23.948203 UTC", "2015-02-02 15:58:23.948203+00:00"),
        ("2026-03-01T10:11:12Z", "2026-03-01 10:11:12+00:00"),
        ("2022-06-25 13:16:26 -0600", "2022-06-25 19:16:26+00:00"),
        ("2026-03-02 09:30", "2026-03-02 09:30:00+00:00"),
        ("2026-02-30 09:30", "None"),
        ("yesterday", "None"),
        ("2026-03-02", "None"),
    ],
)
def test_the_times_of_all_platforms_are_read(text, time):
    found = lateness.parsed(text, UTC)
    assert str(found and found.astimezone(UTC)) == time


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        ("times.csv", "student,time\nada,soon\n", "line 2: 'soon' is no time"),
        ("times.csv", "student\nada\n", "line 1: there must be one column 'time'"),
        ("times.csv", "student,time\neve,2026-03-02 09:30\n", "'eve' is not in this class"),
        ("extensions.csv", "student,days\nada,1\nada,2\n", "line 3: ada has an extension in an"),
        ("extensions.csv", "student,days\nada,-1\n", "'-1' is no number of days"),
        ("extensions.csv", "student,days\nben,1\n", "ben has an extension and is marked late"),
    ],
)
def test_a_table_without_a_clear_meaning_is_an_error(tmp_path, table, text, words):
    (tmp_path / table).write_text(text)
    found = [row().submission, row("ben", late=True).submission]
    with pytest.raises(SheetError, match=re.escape(words)):
        lateness.read(tmp_path, Marks(due=DUE), found)


def test_tables_give_times_and_extensions(tmp_path):
    (tmp_path / "times.csv").write_text("student;time\nada;2026-03-03 11:00\n")
    (tmp_path / "extensions.csv").write_text('student,days,comment\nada,"1,5",ill\n')
    calendar, (ada,) = lateness.read(tmp_path, Marks(due=DUE), [row().submission])
    assert str(calendar.late(ada).why) == "1 day late with 1.5 more days (ill)"


@pytest.fixture
def small_class(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("class").mkdir()
    for name in ("right", "half_done"):
        Path("class", f"{name}.py").write_bytes((SAMPLES / f"{name}.py").read_bytes())
    Path("course.toml").write_text(
        'title = "T"\ntake = ["backprop"]\n[change.backprop]\nfresh = false\n'
        "[change.backprop.marks]\n"
        "due = 2026-03-01T12:00:00Z\nlate_per_day = 0.1\n"
    )

    def check(*words):
        return CliRunner().invoke(course, ["-C", ".", *words])

    return lambda *more: check("grade", "class", "-a", "backprop", "-o", "out", *more), check


def test_a_change_is_shown_before_it_is_made_and_kept_afterwards(small_class):
    grade, check = small_class
    assert grade().exit_code == 0
    assert Path("out/times.csv").read_text() == "student,time\n"
    before = Path("out/grades.csv").read_bytes()
    Path("out/times.csv").write_text("student,time\nright,2026-03-02 15:00\n")
    shown = grade("--preview", "--report", "feedback")
    told = "right: 20 -> 16 (late penalty 0 -> -4: 2 days late; 10 % of 20 for each day)"
    assert "1 mark would change. Nothing was written." in shown.output
    assert told in shown.output
    assert Path("out/grades.csv").read_bytes() == before
    assert not Path("out/feedback").exists()
    assert "first mark" in check("changes", "out").output
    assert told not in check("changes", "out").output
    assert grade().exit_code == 0
    assert grade().exit_code == 0
    listed = check("changes", "out", "right").output.splitlines()
    assert [line.partition("  ")[2] for line in listed] == ["right: - -> 20 (first mark)", told]
    rows = list(csv.DictReader(io.StringIO(Path("out/grades.csv").read_text())))
    assert (rows[1]["score"], rows[1]["late penalty"]) == ("16", "-4")
    assert check("changes", "class").exit_code == 2


def test_a_preview_is_no_run_that_later_ones_are_compared_with(small_class):
    grade, _ = small_class
    grade()
    Path("class/half_done.py").write_bytes(Path("class/right.py").read_bytes())
    assert "half_done: 10 -> 20 (" in grade("--preview").output
    done = grade()
    assert "1 changed since the last run" in done.output


def test_what_changes_a_mark_is_said():
    first = row().report
    worse = replace(
        row(),
        report=replace(
            first,
            score=19.0,
            tasks=[replace(first.tasks[0], verdict="wrong", score=1.0), *first.tasks[1:]],
        ),
    )
    (change,) = changes.between({"ada": first}, [worse])
    assert str(change) == "ada: 20 -> 19 (forward_pass 2 -> 1: was right, is wrong)"
    assert changes.between({"ada": first}, [replace(worse, fault=True)]) == []
    (gone,) = changes.between({"ada": first, "ben": first}, [row()])
    assert str(gone) == "ben: 20 -> - (not in the class)"
    assert changes.between({"ada": first}, [row()]) == []


def test_the_store_keeps_marks_and_changes(tmp_path):
    rows = [row(), replace(row("ben"), fault=True)]
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store:
        store.record(rows, changes.between(store.marks(), rows))
        assert store.marks() == {"ada": row().report}
        assert [(c.name, c.after) for c in store.changes()] == [("ada", 20)]
        store.record([], changes.between(store.marks(), []))
        assert store.marks() == {}
        assert [c.after for c in store.changes()] == [20, None]


def test_the_name_of_a_file_is_no_identifier_of_another_student(tmp_path):
    """In the table, identifiers stand one after the other."""
    ada = Person("Ada", (Key(CANVAS_ID, "4821"),))
    evil = f"x{anonymity.BETWEEN}Canvas id 4821"
    class_ = [ClassSubmission("Ada", people=(ada,)), ClassSubmission(evil)]
    first = anonymity.coded(class_, tmp_path / "codes.csv")
    table = (tmp_path / "codes.csv").read_text()
    assert "x / Canvas id 4821" in table
    assert anonymity.coded(class_, tmp_path / "codes.csv") == first
    assert (tmp_path / "codes.csv").read_text() == table
    team = ClassSubmission("t", people=(ada, Person("=B", (Key(CANVAS_ID, "=1+1"),))))
    anonymity.coded([team], tmp_path / "codes.csv")
    assert "group Canvas id 4821, Canvas id '=1+1" in (tmp_path / "codes.csv").read_text()


def test_codes_hide_names_and_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("class").mkdir()
    Path("course.toml").write_text('title = "T"\ntake = "all"\n[defaults]\nfresh = false\n')
    for name in ("lovelaceada_4821_9_backprop.py", "turingalan_LATE_4822_8_backprop.py"):
        Path("class", name).write_bytes((SAMPLES / "half_done.py").read_bytes())

    def grade(out, *more):
        words = ["grade", "class", "-a", "backprop", "-o", out, "--report", "feedback"]
        return CliRunner().invoke(course, ["-C", ".", *words, "--report", "html", *more])

    done = grade("out", "--anonymous", "codes.csv")
    assert done.exit_code == 0
    written = [path for path in Path("out").rglob("*") if path.is_file()]
    assert len(written) >= 9
    for path in written:
        assert not re.search(rb"lovelace|turing|482[12]", path.read_bytes() + bytes(path)), path
    rows = json.loads(Path("out/results.json").read_text())["submissions"]
    table = Path("codes.csv").read_text()
    assert table.startswith("code,student,identifiers\n")
    assert "lovelaceada,Canvas id 4821\n" in table
    assert sorted(each["late"] for each in rows) == [False, True]
    assert grade("again", "--anonymous", "codes.csv").exit_code == 0
    again = json.loads(Path("again/results.json").read_text())["submissions"]
    assert [each["submission"] for each in again] == [each["submission"] for each in rows]
    assert Path("codes.csv").read_text() == table
    assert "Keep the names apart" in grade("out", "--anonymous", "out/codes.csv").output
    assert grade("out", "--anonymous", "c.csv", "--report", "canvas").exit_code == 2
    Path("book.csv").write_text("Student,ID,Section,B\nAda,4821,A,\n")
    assert grade("out", "--anonymous", "c.csv", "--gradebook", "book.csv").exit_code == 2
    assert Person("x", (Key(CANVAS_ID, "4821"),)).id not in done.output
