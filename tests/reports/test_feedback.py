"""Feedback goes back to each platform under the names by which it finds its students."""

import io
import re
import zipfile

import made_files
import pytest

from checker.classroom import layouts
from checker.classroom.class_list import ClassRow
from checker.course import assignment
from checker.grading.report import Report, TaskReport

BACKPROP = assignment.find("backprop")
EVIL = "<img src=x> *a* [b](http://x) `c` |\n# d"


def made(root, files, message="it is wrong", steps=(), notes=()):
    """The feedback on a class whose files are laid out like this."""
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("def dense(x): return x\n")
    rows = []
    for each in layouts.read(root, BACKPROP)[1]:
        tasks = [TaskReport("dense", "wrong", 0.0, 1.0, message)]
        report = Report(
            "backprop", each.name, 0.0, 1.0, tasks, list(notes), "full", "a.py", list(steps)
        )
        rows.append(ClassRow(each, report, "my work.ipynb"))
    return made_files.files("feedback", BACKPROP, rows)


def test_canvas_finds_student_and_upload_in_the_name_of_a_page(tmp_path):
    names = ["lovelaceada_4821_99173_backprop.py", "lovelaceada_4821_99180_plot.py"]
    names += ["turingalan_LATE_4822_99174_my.py", "anon_aB3xY_99175_backprop.py"]
    files = made(tmp_path, names)
    packed = zipfile.ZipFile(io.BytesIO(files["canvas-feedback.zip"]))
    assert sorted(packed.namelist()) == [
        "lovelaceada_4821_99180_feedback.html",
        "turingalan_4822_99174_feedback.html",
    ]
    for name in packed.namelist():  # as Canvas reads it: the first two parts that are numbers
        student, upload = [part for part in name.split("_") if part.isdigit()][:2]
        assert any(f"_{student}_{upload}_" in each for each in names)
    assert b"lovelaceada" in packed.read("lovelaceada_4821_99180_feedback.html")


def test_nbgrader_finds_a_page_beside_the_name_of_its_notebook(tmp_path):
    files = made(
        tmp_path, ["submitted/a@x.edu/backprop/my work.ipynb", "submitted/b/backprop/b.py"]
    )
    assert {path for path in files if path.startswith("nbgrader/")} == {
        "nbgrader/feedback/a@x.edu/backprop/my work.html",
        "nbgrader/feedback/b/backprop/my work.html",
    }


def test_other_classes_have_a_page_for_each_student_alone(tmp_path):
    assert sorted(made(tmp_path, ["ada.py", "ben.py"])) == [
        f"feedback/{name}.{ending}" for name in ("ada", "ben") for ending in ("html", "md", "txt")
    ]


@pytest.mark.parametrize("words", [EVIL, "```\n<b>", "~~~~ ````"])
def test_nothing_that_a_student_wrote_is_markdown(tmp_path, words):
    step = {"name": "late penalty", "points": -1.0, "why": words}
    text = made(tmp_path, ["ada.py", "ben.py"], words, [step])["feedback/ada.md"].decode()
    outside = re.sub(r"(?ms)^(`{3,})text\n.*?\n\1$", "", text)
    assert "late penalty -1: " in outside
    plain = re.sub(r"\\.", "", outside)
    assert not re.search(r"[<*\[`]", plain.replace("`dense`", ""))
    assert len(re.findall("(?m)^#", outside)) == 2


def test_what_is_said_of_the_file_is_said_to_the_end(tmp_path):
    note = f"line 1: ModuleNotFoundError: {'there is no such module, ' * 9} END"
    for path, text in made(tmp_path, ["ada.py"], notes=[note]).items():
        assert b"END" in text, path
