"""Points that a teacher gives by hand stay, and what they mean is never guessed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import overrides
from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.keys import CANVAS_ID, Key, email
from checker.classroom.sheet import SheetError
from checker.commands.program import course
from checker.course import assignment
from checker.grading.files import File

BACKPROP = assignment.find("backprop")
SAMPLES = Path(__file__).parents[1] / "sample_class"
CLASS = [
    ClassSubmission(
        "Ada", (File("a.py"),), (Person("Ada", (Key(CANVAS_ID, "7"), email("a@x.edu"))),)
    ),
    ClassSubmission("=Ben", (File("b.py"),), (Person("=Ben", (Key(CANVAS_ID, "8"),)),)),
    ClassSubmission("Zoe\u0308", (File("z.py"),)),
    ClassSubmission("cyd", (File("c.py"),), origin="cyd.py"),
    ClassSubmission("8", (File("d.py"),), origin="8.py"),
    ClassSubmission(
        "Dan, Eve",
        (File("d.py"),),
        (Person("Dan", (Key(CANVAS_ID, "9"),)), Person("Eve", (Key(CANVAS_ID, "10"),))),
    ),
]


def read(folder, text):
    (folder / overrides.FILENAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    return overrides.read(folder, BACKPROP, CLASS)


@pytest.mark.parametrize(
    ("student", "name"),
    [
        ("Ada", "Ada"),
        ("7", "Ada"),
        ("a@x.edu", "Ada"),
        ("=Ben", "=Ben"),
        ("'=Ben", "=Ben"),
        ("cyd.py", "cyd"),
        ("Zo\u00eb", "Zoe\u0308"),
        ('"Dan, Eve"', "Dan, Eve"),
    ],
)
def test_a_student_is_a_name_of_the_class_or_a_key(tmp_path, student, name):
    found = read(tmp_path, f"student,task,points\n\n{student},dense,0.5\n")
    assert {who: [(o.task, o.points) for o in given] for who, given in found.items()} == {
        name: [("dense", 0.5)]
    }


def test_a_spreadsheet_may_have_saved_the_table(tmp_path):
    text = "Student;Comment;Points;Task;When\r\nAda;s\u00e9 \u00fcb;0,5;dense;\r\n;;;;\r\n"
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        ((given,),) = read(tmp_path, text.encode(encoding)).values()
        assert (given.points, given.comment) == (0.5, "s\u00e9 \u00fcb")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Adda,dense,1", "'Adda' is not in this class"),
        ("ada,dense,1", "'ada' is not in this class"),
        ("8,dense,1", "'8' is a name or number of 8 and =Ben"),
        ("9,dense,1", "'9' is in a group, which has its points together: write 'Dan, Eve'"),
        ("Ada,densse,1", "'densse' is no task. The tasks are forward_pass, backward_pass, dense"),
        ("Ada,,1", "'' is no task"),
        ("Ada,dense,1.01", "the points are '1.01'; dense has from 0 to 1"),
        ("Ada,dense,-1", "the points are '-1'; dense"),
        ("Ada,dense,nan", "the points are 'nan'"),
        ("Ada,dense,", "the points are ''"),
        ("Ada,dense,1e0", "the points are '1e0'"),
        ("Ada,dense,0.5", "Ada has points for dense in an earlier line too"),
        ("7,dense,0.5", "Ada has points for dense in an earlier line too"),
        ("Ada,mse_gradient,1,good, but late,me,today", "too many cells"),
    ],
)
def test_a_mistake_is_an_error_with_its_line(tmp_path, line, words):
    text = f'student,task,points,comment,who,when\nAda,dense,1,"two\nlines",,\n{line}\n'
    with pytest.raises(SheetError) as error:
        read(tmp_path, text)
    assert "overrides.csv, line 4: " in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize("header", ["student,points", "student,task,task,points", "a;b"])
def test_a_table_without_its_columns_is_an_error(tmp_path, header):
    with pytest.raises(SheetError, match=r"overrides\.csv, line 1: there must be one column"):
        read(tmp_path, f"{header}\n")


def test_the_table_survives_every_rerun_and_its_points_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("class").mkdir()
    for name in ("right.py", "half_done.py"):
        Path("class", name).write_bytes((SAMPLES / name).read_bytes())

    def grade():
        return CliRunner().invoke(course, ["grade", "class", "-a", "backprop", "-o", "out"])

    assert grade().exit_code == 0
    table = Path("out/overrides.csv")
    assert table.read_text() == "student,task,points,comment,who,when\n"
    table.write_text("student,task,points,who\nhalf_done,delta_rule,2,Prof. N\nright,dense,0,\n")
    Path("out/grades.csv").write_text("mine")
    before = table.read_bytes()
    for run in range(2):
        done = grade()
        assert done.exit_code == 0
        assert "set by hand: delta_rule (was 0)" in done.output
        assert ("changed by hand. Your version is now out/grades-edited.csv" in done.output) == (
            not run
        )
        half, right = json.loads(Path("out/results.json").read_text())["submissions"]
        assert (half["score"], right["score"]) == (12, 19)
        assert half["overrides"][0]["who"] == "Prof. N"
    assert table.read_bytes() == before
    assert Path("out/grades-edited.csv").read_text() == "mine"
    kept = Path("out/grades.csv").read_bytes()
    table.write_text("student,task,points\nhalf,dense,1\n")
    assert grade().exit_code == 2
    assert Path("out/grades.csv").read_bytes() == kept
