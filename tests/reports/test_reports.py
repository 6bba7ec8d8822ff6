"""Every form shows the same grades, and no name or message is anything but text in it."""

import contextlib
import csv
import dataclasses
import io
import json
import re
import shutil
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from made_files import files

from checker.classroom import gradebooks
from checker.classroom.class_list import ClassRow, ClassSubmission, Override, Person
from checker.classroom.keys import CANVAS_ID, MOODLE_PARTICIPANT, Key, email
from checker.classroom.overrides import applied
from checker.classroom.sheet import Sheet, SheetError
from checker.commands import grade
from checker.course import assignment
from checker.grading.files import File
from checker.grading.report import Report, Step, TaskReport
from checker.reports import (
    class_overview,
    filenames,
    formats,
    submitted_code,
    terminal,
    write,
)
from checker.sandbox.plain_text import hidden_note

BACKPROP = assignment.find("backprop")
UNSEEN = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style></title><b>",
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\x1b]0;title\x07\x1b[2J\x9b31m",
    "\u202egnp.exe\u2066",
    "../../etc/passwd",
    "]]>&amp;&#0;\ufffe\x00\ud800",
    "-- \r\n\t '; DROP TABLE grades",
    "CON",
    "",
]


def row(number, name="Ada", score=12.0, text="it is wrong", space=CANVAS_ID, **more):
    case = {
        "inputs": {"x": [[1.0]]},
        "failing": 1,
        "cases": 9,
        "expected": {"y": 1},
        "got": {"y": text},
    }
    diagnosis = {
        "mistake": "m",
        "certainty": "certain",
        "misconception": "Transposed.",
        "hint": text,
    }
    tasks = [
        TaskReport("dense", "right", score, 12.0),
        TaskReport("sgd_step", "wrong", 0.0, 5.0, text, case, diagnosis),
        TaskReport("mse", "crashed", 0.0, 2.0, text),
        TaskReport("mean", "not started", 0.0, 1.0),
    ]
    submission_ = ClassSubmission(
        name=name,
        files=more.pop("files", (File("a.py"),)),
        people=(Person(name, (Key(space, str(100 + number)), email(f"a{number}@x.edu"))),),
        origin=more.pop("origin", f"submission_{number}"),
        **more,
    )
    return ClassRow(submission_, Report("backprop", name, score, 20.0, tasks, [text]), f"{name}.py")


PARTICIPANTS = [
    row(1, space=MOODLE_PARTICIPANT),
    row(2, "Ben", 8.5, space=MOODLE_PARTICIPANT),
    row(3, "Cyd", 0.0, files=(), space=MOODLE_PARTICIPANT),
]
ORDINARY = [row(1, "Ada", 12.0), row(2, "Ben", 8.5, late=True), row(3, "Cyd", 0.0, files=())]
ALONE = "similar.html"  # has nothing to say of one submission
ATTACKS = [row(i, text, 12.0, text, origin=text) for i, text in enumerate(HOSTILE)]


def made(name, rows=ORDINARY, gradebook=None, column=None):
    book = gradebook and matched(gradebook, rows, column)
    return files(name, BACKPROP, rows, formats.Options(book or None))


def matched(gradebook, rows, column=None):
    book = gradebooks.read(gradebook, "book.csv", BACKPROP, column)
    book.match([each.submission for each in rows if each.graded])
    return book


def only(name, **more):
    (data,) = made(name, **more).values()
    return data.decode()


class Elements(HTMLParser):
    """The tags, attributes and links of a page, and what it says."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.ids, self.targets = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.ids += [value for name, value in attributes if name == "id"]
        self.targets += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def test_hostile_texts_are_text_on_every_page():
    plain = Elements(only("html"))
    pages = {**made("html", ATTACKS), **made("feedback", ATTACKS)}
    for name, data in pages.items():
        if name.endswith(".html"):
            page = Elements(data.decode())
            assert page.tags <= plain.tags | {"mark"}
            assert not {a for a in page.attributes if a.startswith("on")}
            assert page.tags.isdisjoint({"img", "link", "iframe", "b"})
            assert data.count(b"<script") == (name == "report.html")  # the page's own
            assert all(target.startswith("#") for target in page.targets)
            assert b"default-src 'none'; style-src 'unsafe-inline'" in data
            assert b"script-src 'unsafe-inline'" not in data
    assert "<script>alert(1)</script>" in Elements(pages["report.html"].decode()).text


def test_every_link_of_the_page_leads_to_a_part_of_it():
    page = Elements(only("html"))
    assert {f"#s{number}" for number in range(len(ORDINARY))} <= set(page.targets)
    assert {target[1:] for target in page.targets} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_tells_of_late_marks_mistakes_and_changes():
    before = dataclasses.replace(ORDINARY[0].report, score=3.0)
    rows = [dataclasses.replace(ORDINARY[0], before=before), *ORDINARY[1:]]
    text = " ".join(Elements(only("html", rows=rows)).text.split())
    for words in ("late", "Transposed.", "3 in sgd_step", "Changed since", "nothing submitted"):
        assert words in text


def test_only_what_has_other_points_or_verdicts_is_listed_as_changed_and_why():
    ada, ben, cyd = ORDINARY
    other = [dataclasses.replace(ben.report.tasks[0], verdict="wrong"), *ben.report.tasks[1:]]
    late = Step(name="late penalty", points=-2.0, why="1 day late")
    rows = [
        dataclasses.replace(ada, before=ada.report),
        dataclasses.replace(ben, before=dataclasses.replace(ben.report, tasks=other)),
        dataclasses.replace(
            cyd,
            report=dataclasses.replace(cyd.report, score=-2.0, steps=[late]),
            before=cyd.report,
        ),
    ]
    listed = only("html", rows=rows).partition("Changed since")[2].partition("</section>")[0]
    assert [f">{name}<" in listed for name in ("Ada", "Ben", "Cyd")] == [False, True, True]
    told = class_overview.text(rows).partition("  2 changed since the last run:\n")[2]
    assert told.splitlines() == [
        "  Ben: 8.5 -> 8.5 (dense was wrong, is right)",
        "  Cyd: 0 -> -2 (late penalty 0 -> -2: 1 day late)",
        "  1 graded again, with the same result",
    ]


def test_hostile_texts_neither_move_the_cursor_nor_ring_the_bell():
    shown = class_overview.text(ATTACKS) + "".join(terminal.one(each.report) for each in ATTACKS)
    styled = re.compile(r"\x1b\[[0-9;]*m")
    assert not re.search(UNSEEN, styled.sub("", shown))
    for name, data in made("feedback", ATTACKS).items():
        if name.endswith(".txt"):
            assert not re.search(UNSEEN, data.decode())


@pytest.mark.parametrize("form", ["csv", "canvas"])
def test_no_cell_is_a_formula(form):
    cells = [each for line in csv.reader(io.StringIO(only(form, rows=ATTACKS))) for each in line]
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert not [c for c in cells if c.lstrip()[:1] in {*"=+-@"} and not numbers.fullmatch(c)]


def test_records_and_gradescope_results_are_json_whatever_is_said():
    assert len(json.loads(only("json", rows=ATTACKS))["submissions"]) == len(ATTACKS)
    files = made("gradescope", ATTACKS)
    assert len(files) == len(ATTACKS)
    for data in files.values():
        found = json.loads(data)
        assert sum(test["score"] for test in found["tests"]) == found["score"]
        assert sum(test["max_score"] for test in found["tests"]) == 20
        assert {test["status"] for test in found["tests"]} == {"passed", "failed"}
        assert found["output_format"] == found["test_output_format"] == "text"


def test_junit_is_xml_whatever_is_said():
    root = ElementTree.fromstring(only("junit", rows=ATTACKS))
    assert len(root.findall("testsuite")) == len(ATTACKS)
    suite = ElementTree.fromstring(only("junit"))[0]
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    points = {each.get("name"): each.get("value") for each in suite.iter("property")}
    assert points == {"score": "12", "max_score": "20", "isolation": ""}
    assert suite[2].find("failure").get("message") == "wrong: it is wrong"


@pytest.mark.parametrize("form", ["feedback", "gradescope"])
def test_files_named_after_people_stay_in_their_folder(tmp_path, form):
    names, _, _ = write.write(tmp_path / "out", BACKPROP, ATTACKS, (form,), formats.Options())
    assert names == [form]
    (tmp_path / "out" / write.CHECKSUMS).unlink()
    assert {path.parent for path in tmp_path.rglob("*.*")} == {tmp_path / "out" / form}


def test_names_of_files_are_distinct_on_every_system():
    names = filenames.distinct(
        ["Ada", "ada", "ADA", "a/b", "a\\b", "nul", "", "", "x" * 500, "Zoë"]
    )
    assert names == ["Ada", "ada-2", "ADA-3", "a_b", "a_b-2", "nul_", "_", "_-2", "x" * 80, "Zoë"]


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,"
    "Homework 0 (11),Backpropagation (12),Final Score\r\n"
    "    Points Possible,,,,,5,40,(read only)\r\n"
    '"Lovelace, Ada",101,s101,ada,"Section ""A""",3,,10\r\n'
    '"Who, Else",999,s999,who,A,3,7,10\r\n'
    '"Ek, Ben",7,s7,a2@x.edu,A,,,\r\n'
    '"Cyd, C",103,s103,cyd,A,,4,\r\n'
)


def test_the_gradebook_of_canvas_is_filled_in_and_nobody_elses_grade_is_touched():
    filled = made("canvas", gradebook=CANVAS.encode())["canvas.csv"].decode()
    assert filled == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Backpropagation (12)\r\n"
        "    Points Possible,,,,,40\r\n"
        '"Lovelace, Ada",101,s101,ada,"Section ""A""",24\r\n'
        '"Ek, Ben",7,s7,a2@x.edu,A,17\r\n'
    )


def test_the_column_of_the_gradebook_can_be_named_and_must_be_where_it_is_not_clear():
    filled = made("canvas", gradebook=CANVAS.encode(), column="Homework 0")["canvas.csv"]
    assert b"Homework 0 (11)\r\n" in filled
    assert b'A""",3\r\n' in filled
    unclear = CANVAS.replace("Backpropagation", "Week 2").encode()
    for column in (None, "Homework 7"):
        with pytest.raises(SheetError, match=r"--column NAME.*'Homework 0 \(11\)', 'Week 2"):
            made("canvas", gradebook=unclear, column=column)
    with pytest.raises(SheetError, match="no gradebook of Canvas"):
        made("canvas", gradebook=b"a,b\n1,2\n")


MOODLE = (
    '\ufeffIdentifier,"Full name",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (grade)","Feedback comments"\r\n'
    'Participant 101,"Ada ""L""",Submitted,,10.00,Yes,-,\r\n'
    "Participant 102,Ben,Submitted,-,10.00,No,-,\r\n"
    "Participant 103,Cyd,No submission,,10.00,Yes,-,\r\n"
    "Participant 104,Dan,Submitted,4.00,10.00,Yes,-,fine\r\n"
)


def test_the_worksheet_of_moodle_changes_in_grade_and_feedback_only():
    filled = made("moodle", PARTICIPANTS, MOODLE.encode())["moodle.csv"].decode()
    comment = "[check: 12 of 20 points; sgd_step: Transposed.; mse: crashed; mean: not started]"
    assert filled == MOODLE.replace(
        "Submitted,,10.00,Yes,-,\r\n", f"Submitted,6.00,10.00,Yes,-,{comment}\r\n"
    )


def test_a_german_worksheet_keeps_its_semicolons_and_commas():
    german = (
        "ID;Vollständiger Name;Status;Bewertung;Bestwertung;Bewertung kann geändert werden\n"
        "Teilnehmer/in101;Ada;x;;10,00;Ja\n"
    ).encode("cp1252")
    filled = made("moodle", PARTICIPANTS, german)["moodle.csv"]
    assert filled == german.replace(b"x;;", b"x;6,00;")
    with pytest.raises(SheetError, match="--column NAME"):
        made("moodle", PARTICIPANTS, german.replace(b"Bewertung;", b"Punkte;"))


def test_feedback_for_moodle_is_addressed_as_moodle_expects_and_always_the_same():
    rows = [row(1, "Ada", origin="Ada Lovelace_123_assignsubmission_file"), ORDINARY[1]]
    data = made("moodle", rows)["moodle-feedback.zip"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["Ada Lovelace_123_assignsubmission_file/feedback.html"]
    assert data == made("moodle", rows)["moodle-feedback.zip"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "text",
    ['a,b\r\n"x ""y""\r\nz",ö\r\n', "a;b\n1;\n", "a\tb\r1\t2", "a,b\n\n,\n", "a,b\n1,"],
)
def test_an_unchanged_sheet_is_given_back_as_it_was(encoding, text):
    assert Sheet(text.encode(encoding), "a table").encoded().decode(encoding) == text


def test_feedback_tells_every_task_that_is_not_right():
    text = made("feedback")["feedback/Ada.txt"].decode()
    for words in ("12 of 20 points", "Transposed.", "mse: it is wrong.", "mean: not started."):
        assert words in text
    assert "dense:" not in text


def everything(rows, platform="canvas"):
    """All reports of a class as text, by their file names."""
    book = {"canvas": CANVAS, "moodle": MOODLE}[platform].encode()
    files = {}
    for form in formats.names():
        files |= made(form, rows, book if form == platform else None)
    if zipped := files.pop("moodle-feedback.zip", b""):
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            files |= {name: archive.read(name) for name in archive.namelist()}
    return {name: data.decode("utf-8") for name, data in files.items()}


def by_hand(each, **points):
    given = [
        Override(task, value, "seen at the board", "me", "now") for task, value in points.items()
    ]
    return applied(each, {each.submission.name: tuple(given)})


def test_points_given_by_hand_are_in_every_report_and_marked_there():
    rows = [by_hand(PARTICIPANTS[0], dense=9.5, sgd_step=5.0), *PARTICIPANTS[1:]]
    rows[0] = dataclasses.replace(
        rows[0],
        submission=dataclasses.replace(rows[0].submission, origin="A_1_assignsubmission_file"),
    )
    assert rows[0].report.score == 14.5
    files = everything(rows, "moodle")
    marked = "set by hand, was 12: seen at the board"
    for name in ("grades.csv", "results.json", "report.html", "feedback/Ada.txt", "moodle.csv"):
        assert marked in files[name], name
        assert "14.5" in files[name] or name == "moodle.csv", name
    for name in ("feedback/Ada.html", "A_1_assignsubmission_file/feedback.html", "junit.xml"):
        assert "set by hand" in files[name], name
    ada = json.loads(files["gradescope/A_1_assignsubmission_file.json"])
    assert ada["score"] == sum(test["score"] for test in ada["tests"]) == 14.5
    assert marked in ada["tests"][0]["output"]
    assert "Submitted,7.25,10.00" in files["moodle.csv"]
    (one,) = [
        o for o in json.loads(files["results.json"])["submissions"][0]["overrides"] if o["before"]
    ]
    assert one == {
        "task": "dense",
        "points": 9.5,
        "before": 12.0,
        "comment": "seen at the board",
        "who": "me",
        "when": "now",
    }
    assert "set by hand: dense (was 12), sgd_step (was 0)" in class_overview.text(rows)


def test_who_submitted_nothing_can_be_given_points():
    nobody = by_hand(row(3, "Cyd", 0.0, files=()), dense=4.0)
    filled = made("canvas", [nobody], CANVAS.encode())["canvas.csv"].decode()
    assert filled.endswith('"Cyd, C",103,s103,cyd,A,8\r\n')


def test_no_report_hides_a_character_or_holds_half_of_one():
    rows = [row(1, "Ada\u202egnp\ud800", text="two\u200b words\udfff\x07")]
    for name, text in everything(rows).items():
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff\x07]", text), name
        assert r"\u202egnp" in text or name.startswith(("canvas", "gradescope", ALONE)), name
        if name.endswith(".json"):
            records = re.sub(r"(?<!\\)\\u", "U", text)  # escapes that a reader of JSON undoes
            assert not re.search("U(d[89a-f]|202e|200b|2066)", records), name
    assert r"two\u200b words\udfff\x07" in terminal.one(rows[0].report)


def test_a_source_that_hides_something_is_pointed_out_in_every_report():
    note = hidden_note("x = 1  # \u202e")
    rows = [row(1, "Ada", 20.0)]
    rows[0].report.notes[:] = [note]
    for name, text in everything(rows).items():
        assert note in text or name in ("canvas.csv", ALONE), name
    assert note in class_overview.text(rows)


def test_the_comment_of_a_teacher_stays_and_ours_is_there_once():
    book = MOODLE.replace("Submitted,,10.00,Yes,-,", 'Submitted,3,10.00,Yes,-,"=good, [see me]"')
    for score in (12.0, 8.0, 8.0):
        rows = [row(1, score=score, space=MOODLE_PARTICIPANT)]
        rows[0].report.tasks[1].diagnosis["misconception"] = "It is x[1]."
        book = made("moodle", rows, book.encode())["moodle.csv"].decode()
        ((_, *cells),) = [c for c in csv.reader(io.StringIO(book)) if c[0].endswith(" 101")]
        assert cells[-1] == (
            f"=good, [see me]\n[check: {score:g} of 20 points; sgd_step: It is x(1).; "
            "mse: crashed; mean: not started]"
        )


def test_a_name_that_is_no_text_keeps_no_report_from_being_written(tmp_path):
    each = row(1)
    place = dataclasses.replace(each.submission, returned_as="feedback/\udcff/backprop")
    rows = [dataclasses.replace(each, submission=place)]
    for _ in range(2):
        names, kept, _ = write.write(tmp_path, BACKPROP, rows, ("feedback",), formats.Options())
        assert (names, kept) == (["feedback", "nbgrader"], {})
    assert (tmp_path / "nbgrader/feedback/\udcff/backprop/Ada.html").exists()


def test_a_large_page_is_made_while_it_is_written(monkeypatch):
    """Else the parts of all students would be in memory together."""
    asked = []
    reading = contextlib.nullcontext(asked.append)
    monkeypatch.setattr(submitted_code, "reading", lambda: reading)
    rows = [row(number, "Ada", text="x" * 10_000) for number in range(20)]
    ((_, pieces),) = formats.make("html")(BACKPROP, rows, formats.Options())
    counts = [len(asked) for _ in pieces]
    assert counts[0] < 10 < counts[-1] == 20
    ((_, pieces),) = formats.make("json")(BACKPROP, rows, formats.Options())
    assert len(list(pieces)) >= 20


def test_a_file_that_was_changed_by_hand_is_kept_under_another_name(tmp_path):
    def again(rows=ORDINARY):
        return write.write(tmp_path, BACKPROP, rows, ("csv", "feedback"), formats.Options())[1]

    assert again() == again() == {}
    original = (tmp_path / "grades.csv").read_text()
    for number, name in enumerate(("grades-edited.csv", "grades-edited-2.csv")):
        (tmp_path / "grades.csv").write_text(f"mine {number}")
        (tmp_path / "feedback" / "Ada.txt").unlink()
        assert again() == {"grades.csv": name}
        assert (tmp_path / name).read_text() == f"mine {number}"
    assert (tmp_path / "grades.csv").read_text() == original
    (tmp_path / write.CHECKSUMS).unlink()
    assert again() == {}
    assert again(ORDINARY[:1]) == {}
    (tmp_path / "feedback" / "Ada.txt").write_text("well done")
    assert again() == {"feedback/Ada.txt": "feedback/Ada-edited.txt"}


def test_reports_that_an_earlier_run_has_written_are_named(tmp_path):
    def left(rows, *wanted):
        return write.write(tmp_path, BACKPROP, rows, ("csv", "json", *wanted), formats.Options())[2]

    assert left(ORDINARY, "feedback", "gradescope") == []
    assert left(ORDINARY) == left(ORDINARY) == ["feedback", "gradescope"]
    _, line = grade._written(tmp_path, BACKPROP, ORDINARY, (), formats.Options())
    places = f"{tmp_path / 'feedback'}, {tmp_path / 'gradescope'}"
    assert line.startswith(f"{places}: of an earlier run, perhaps with other grades.")
    shutil.rmtree(tmp_path / "gradescope")
    gone = {each.report.submission for each in ORDINARY[1:]}
    assert set(left(ORDINARY[:1], "feedback")) == {
        f"feedback/{name}.{ending}" for name in gone for ending in ("txt", "md", "html")
    }
