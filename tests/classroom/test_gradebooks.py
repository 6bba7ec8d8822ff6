"""A gradebook is read and its students are found before anything is graded, or nothing is."""

import csv
import dataclasses
import io

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from made_files import files

from checker.classroom import gradebooks, plan
from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.gradebook import agree
from checker.classroom.keys import (
    CANVAS_ID,
    GITHUB_LOGIN,
    GRADESCOPE_SID,
    MOODLE_PARTICIPANT,
    NBGRADER_STUDENT,
    Key,
    email,
)
from checker.classroom.sheet import SheetError
from checker.commands.grade import grade
from checker.commands.program import course
from checker.course import assignment
from checker.grading.files import File
from checker.reports import formats

BACKPROP = assignment.find("backprop")
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Backpropagation (12)\r\n"
    "    Points Possible,,,,,100\r\n"
    '"Lovelace, Ada",101,s101,ada@x.edu,A,\r\n'
    '"Turing, Alan",102,101,alan,A,\r\n'
    '"Hopper, Grace",103,s103,grace,A,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed\r\n"
    "Participant 101,Ada Lovelace,ada@x.edu,Submitted,,10.00,Yes\r\n"
    "Participant 102,Alan Turing,alan@x.edu,Submitted,,20.00,No\r\n"
)


def student(name, *keys, **more):
    return ClassSubmission(name, (File("b.py"),), (Person(name, keys),), **more)


def book(text, *submissions, column=None):
    found = gradebooks.read(text.encode(), "book.csv", BACKPROP, column)
    found.match(list(submissions))
    return found


def refused(text, *submissions):
    with pytest.raises(SheetError) as error:
        book(text, *submissions)
    return str(error.value)


ADA = student("Ada Lovelace", Key(CANVAS_ID, "101"))


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Key(CANVAS_ID, "101"), 2),
        (Key(GRADESCOPE_SID, "101"), 3),
        (Key(GRADESCOPE_SID, "s101"), 2),
        (Key(NBGRADER_STUDENT, "alan"), 3),
        (email("ADA@x.edu"), 2),
        (Key(CANVAS_ID, "s101"), None),
        (Key(CANVAS_ID, "0101"), None),
        (Key(MOODLE_PARTICIPANT, "101"), None),
        (Key(GITHUB_LOGIN, "alan"), None),
        (Key(NBGRADER_STUDENT, "ALAN"), None),
        (Key(GRADESCOPE_SID, "alan"), None),
    ],
)
def test_a_value_is_a_key_only_in_its_own_space(key, row):
    grace = student("Grace", Key(CANVAS_ID, "103"))
    found = book(CANVAS, grace, student("", key))
    assert found.submission_of == {4: "Grace"} | ({row: ""} if row else {})


def test_what_points_to_two_students_is_refused_with_both():
    said = refused(CANVAS, student("Ada", Key(GRADESCOPE_SID, "101"), email("ada@x.edu")))
    assert "Ada may be Turing, Alan in line 4 by Gradescope sid 101" in said
    assert "Lovelace, Ada in line 3 by e-mail ada@x.edu" in said
    twice = CANVAS + '"Who, Else",101,,,A,\r\n'
    assert "in line 3 by Canvas id 101 or Who, Else in line 6" in refused(twice, ADA)
    said = refused(CANVAS, ADA, student("A. Lovelace", email("ada@x.edu")))
    assert "line 3 would get the points of Ada Lovelace and A. Lovelace" in said


def test_a_number_under_another_name_is_of_another_list():
    said = refused(CANVAS, student("alanturing", Key(CANVAS_ID, "101")))
    assert "Canvas id 101 is Lovelace, Ada in the gradebook, but alanturing" in said
    team = student("Default group", Key(MOODLE_PARTICIPANT, "101"))
    assert "of another assignment, or of groups?" in refused(MOODLE, team)
    assert book(CANVAS, student("A. King", email("ada@x.edu"))).submission_of == {2: "A. King"}


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=2), min_size=1, max_size=3))
def test_a_name_agrees_with_every_way_to_write_it(words):
    name = " ".join(words)
    for form in ("".join(words).lower(), f"{words[-1]}, {' '.join(words[:-1])}", name.upper(), ""):
        assert agree(form, name)
        assert agree(name, form)


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("O'Brien, Zoë", "obrienzoe", True),
        ("Lovelace, A.", "alanturing", False),
        ("Lovelace, Ada", "x", False),
        ("李 明", "李明", True),
    ],
)
def test_names_that_share_a_word_agree(theirs, ours, same):
    assert agree(theirs, ours) == same


def test_nobody_matched_is_an_error_that_says_what_was_compared():
    said = refused(CANVAS, student("Ada", Key(GITHUB_LOGIN, "ada")), ClassSubmission("plain"))
    assert "no submission was found" in said
    assert "GitHub login (such as 'ada'), file name (such as 'plain')" in said
    assert "Canvas id (such as '101')" in said


def test_the_summary_counts_both_sides_and_announces_the_scale():
    others = [student(f"s{i:02}", Key(CANVAS_ID, f"9{i}")) for i in range(12)]
    assert book(CANVAS, ADA, *others).summary(20) == [
        "book.csv: 1 matched; 12 not: s00, s01, s02, s03, s04, s05, s06, s07, s08, s09 and 2 more; "
        "2 rows without a submission",
        "points go into the column 'Backpropagation (12)'; 20 points are written as 100, "
        "its maximum",
    ]
    same = CANVAS.replace("100\r", "20\r")
    assert book(same, ADA).summary(20)[1] == "points go into the column 'Backpropagation (12)'"
    alan = student("Alan Turing", Key(MOODLE_PARTICIPANT, "102"))
    ada = student("Ada", email("ada@x.edu"))
    assert book(MOODLE, ada, alan).summary(30) == [
        "book.csv: 2 matched; 1 locked: Alan Turing",
        "points go into the column 'Grade'; 30 points are written as 10 or 20, its maximum",
    ]


@pytest.mark.parametrize("maximum", ["0", "-5", "nan", "inf"])
def test_a_maximum_that_makes_every_grade_the_same_is_refused(maximum):
    assert "has a maximum of" in refused(CANVAS.replace(",100\r", f",{maximum}\r"), ADA)
    moodle = MOODLE.replace("10.00", maximum)
    assert "line 2: the maximum grade is" in refused(moodle, ADA)


def test_a_group_shares_its_points_and_each_row_is_written():
    group = ClassSubmission("team", (File("b.py"),), (*ADA.people, Person("Alan", (email("no"),))))
    found = book(CANVAS, group)
    assert (found.submission_of, found.unmatched) == ({2: "team"}, ["Alan"])


def test_a_new_table_for_canvas_has_each_key_in_the_column_of_its_space():
    from tests.reports.test_reports import row

    rows = [row(1, space=GRADESCOPE_SID), row(2, space=CANVAS_ID), row(3, space=GITHUB_LOGIN)]
    made = files("canvas", BACKPROP, rows)["canvas.csv"].decode()
    assert [line.split(",")[1:4] for line in made.splitlines()[2:]] == [
        ["", "101", "a1@x.edu"],
        ["102", "", "a2@x.edu"],
        ["", "", "a3@x.edu"],
    ]


def test_the_table_of_grades_has_the_students_as_the_gradebook_names_them():
    from tests.reports.test_reports import row

    names = ["Turing, Alan", '"=HYPERLINK(""x""), Ada"']
    text = CANVAS.replace('"Turing, Alan"', f"{names[1]}").replace("102,101,alan", "102,=1+1,alan")
    team = dataclasses.replace(
        row(1, space=CANVAS_ID),
        submission=ClassSubmission(
            "team", (File("b.py"),), (*ADA.people, *student("", Key(CANVAS_ID, "102")).people)
        ),
    )
    rows = [team, row(3, "grace", space=CANVAS_ID), row(9, "nobody", space=CANVAS_ID)]
    found = book(text, *(each.submission for each in rows))
    (data,) = files("csv", BACKPROP, rows, formats.Options(found)).values()
    lines = list(csv.DictReader(io.StringIO(data.decode())))
    assert [line["gradebook"] for line in lines] == [
        "Lovelace, Ada (101, s101, ada@x.edu); '=HYPERLINK(\"x\"), Ada (102, '=1+1, alan)",
        "Hopper, Grace (103, s103, grace)",
        "",
    ]
    (data,) = files("csv", BACKPROP, rows).values()
    assert "gradebook" not in data.decode()


NO_BOOK = "no gradebook of Canvas"
USELESS = {
    "--column X": "give it with --gradebook",
    "--gradebook canvas.csv": "--report canvas fills it in, and was not asked for",
    "--gradebook canvas.csv --report moodle": "--report canvas fills it in",
    "--gradebook moodle.csv --report canvas": "--report moodle fills it in",
    "--gradebook canvas.csv --report canvas --column No": "Choose one with --column NAME",
    "--gradebook canvas.csv --report canvas": "no submission was found in the gradebook",
    "--gradebook words.txt --report canvas": NO_BOOK,
    "--gradebook empty.csv --report canvas": "empty.csv is empty",
    "--gradebook damaged.csv --report moodle": NO_BOOK,
    "--report moodle": "needs a Moodle download or --gradebook with a table of Moodle",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text("def dense(): pass")
    files = {"canvas.csv": CANVAS, "moodle.csv": MOODLE, "words.txt": "see, you\n", "empty.csv": ""}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "damaged.csv").write_bytes(b"\x00\x01\xff" * 99)
    return tmp_path


@pytest.mark.parametrize("words", USELESS)
def test_what_cannot_work_is_refused(folder, words):
    command = ["class", "-a", "backprop", "-o", "out", *words.split()]
    options = grade.make_context("grade", command).params
    path, out = options["path"], options["out"]
    names = ("wanted", "gradebook", "column")
    with pytest.raises(plan.PlanError) as error:
        plan.read(BACKPROP, path, out, **{name: options[name] for name in names})
    assert USELESS[words] in str(error.value)


def test_only_who_has_points_is_looked_for_in_the_gradebook(folder):
    (folder / "submitted" / "alan").mkdir(parents=True)
    (folder / "submitted" / "grace").mkdir()
    (folder / "submitted" / "grace" / "b.py").write_text("def dense(): pass")
    places = folder / "submitted", folder
    options = {"wanted": ("canvas",), "gradebook": folder / "canvas.csv"}
    assert plan.read(BACKPROP, *places, **options).gradebook.submission_of == {4: "grace"}
    (folder / "overrides.csv").write_text("student,task,points\nalan,dense,1\n")
    assert plan.read(BACKPROP, *places, **options).gradebook.submission_of == {
        3: "alan",
        4: "grace",
    }


def test_who_cannot_be_recognised_by_canvas_is_announced(folder):
    planned = plan.read(BACKPROP, folder / "class", folder / "out")
    assert planned.summary(BACKPROP, ("html",)) == ["folder: 1 submissions"]
    assert planned.summary(BACKPROP, ("canvas",)) == [
        "folder: 1 submissions",
        "canvas.csv has names only: Canvas knows no file name",
    ]


def test_what_is_refused_ends_with_exit_code_2_before_anything_is_graded(folder):
    command = ["grade", "class", "-a", "backprop", "-o", "out", "--column", "X"]
    done = CliRunner().invoke(course, command)
    assert done.exit_code == 2
    assert "--column names a column of the gradebook" in done.output
    assert not (folder / "out").exists()


def test_two_submissions_of_one_student_end_with_exit_code_2(tmp_path):
    for name in ("ada_101_1_a.py", "ben_101_2_b.py"):
        (tmp_path / name).write_text("def dense(): pass")
    command = ["grade", str(tmp_path), "-a", "backprop", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(course, command)
    assert done.exit_code == 2
    assert "ada_101_1_a.py and ben_101_2_b.py have the number of one student" in done.output
