"""What the grader does itself with a student's text takes time in proportion to its length.

A worker reads what is worse than that (`checker.sandbox.reader`), and has a deadline. Its own
searches are linear too, so that no file of an ordinary size comes near the deadline.
"""

import contextlib
import gc
import io
import time
import zipfile

import pytest

from checker.classroom import sheet, similarity, version
from checker.classroom.layouts import canvas, github, moodle, ruby_table
from checker.course import assignment
from checker.grading import carried_forward, choose_file, siblings
from checker.grading.source_lines import Text
from checker.grading.submission import Opened
from checker.reports import filenames, submitted_code
from checker.sandbox import archive, code_text, encoding, notebook_cells, plain_text
from checker.sandbox.folder import File, Folder
from checker.sandbox.source import PYTHON_2

BACKPROP = assignment.find("backprop")
SMALL, LARGER = 4000, 16
ALLOWED = 4 * LARGER  # quadratic time would be LARGER times LARGER
SHORTEST = 2e-4  # seconds: below, the time says nothing

# Each is repeated until the text has the wanted length, after a beginning.
HOSTILE = {
    "newlines": ("", "\n"),
    "spaces after return": ("return x", " "),
    "spaces in front": ("", " "),
    "open quote": ('x = "', '\\"'),
    "open quotes of both kinds": ("", "'\\\"\\'\""),
    "open triple quotes": ("", "'''\"\"\" \"'"),
    "backslashes": ("x = '", "\\"),
    "open brackets": ("f", "("),
    "deep JSON": ('{"cells": ', "["),
    "zero bytes": ("", "\0"),
    "a long name": ("def ", "a"),
    "definitions": ("", "def "),
    "definitions on lines": ("", "def\n"),
    "indented definitions": ("", " def a\n"),
    "definitions without a bracket": ("", "def a"),
    "imports": ("", "from "),
    "open imports": ("", "from a import ("),
    "dots": ("from ", "a."),
    "functions without a name": ("", "a = lambda "),
    "calls": ("def a(): ", "a "),
    "encodings": ("# \udcff", "coding:"),
    "an encoding far away": ("#\udcff", " coding"),
    "magics": ("", "%time "),
    "questions": ("a", "?"),
    "Python 2": ("except a", " "),
    "other directions": ("", "\u202e"),
    "colons": ("  ", ":a"),
    "items": ("", "  - :a: '\n"),
}


def as_bytes(text):
    """The bytes of a file; a lone surrogate stands for a byte that is not UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def of_notebook(text):
    """A line that is a cell, and the text as a notebook."""
    return notebook_cells._python(text), notebook_cells.cells(text)


# Everything in the grader's own process that a student's text passes through. Names of files have
# a length of 255 at most, on a disk and in archives.
IN_THE_GRADER = {
    "decoding": lambda text: encoding.text(as_bytes(text)),
    "finding a student's file": lambda text: code_text.names("a.py", as_bytes(text)),
    "finding an unusual file": lambda text: choose_file.holds_work(
        BACKPROP, File("a.txt", len(text), lambda limit: as_bytes(text))
    ),
    "files beside it": lambda text: siblings.importable(
        [Opened(text + ".py", "", b"")], Opened("a.py")
    ),
    "what a function calls": lambda text: carried_forward.reached(
        carried_forward.functions_called(as_bytes(text)), "a"
    ),
    "a line of a report": lambda text: Text(text, (1,)).shown(text.count("\n") + 1),
    "the place of a line": lambda text: Text(text, (1,) * len(text)).place(len(text)),
    "cleaning": plain_text.clean,
    "file names of reports": lambda text: filenames.distinct([text]),
    "keys of grades": lambda text: version.submission("", [Opened(text, "", as_bytes(text))]),
    "the table of Gradescope": ruby_table.entries,
    "the table of a classroom": lambda text: github._table(
        File("grades.csv", len(text), lambda limit: b"github_username,x\n" + as_bytes(text))
    ),
    "a table of the teacher": lambda text: sheet.Sheet(as_bytes(text), "grades.csv"),
    "a cell of a table": sheet.cell,
    "code on a page": submitted_code._lines,
    "similar submissions": lambda text: list(similarity._tokens(text)),
}
IN_THE_READER = {
    "code": lambda text: code_text.read("a.py", as_bytes(text)),
    "notebook": of_notebook,
    "Python 2": PYTHON_2.search,
}


def seconds(function, text):
    """The shortest of several times, as the processor counts it, without collections.

    These would visit all objects that other tests have left.
    """
    times = []
    gc.disable()
    for _ in range(3):
        start = time.process_time()
        with contextlib.suppress(ValueError, RecursionError):
            function(text)
        times.append(time.process_time() - start)
    gc.enable()
    return max(min(times), SHORTEST)


def of_length(hostile, size):
    beginning, repeated = hostile
    return beginning + repeated * (size // len(repeated))


def class_zip(size):
    """The archive of a class of so many files, in folders that differ only at their ends."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for number in range(size):
            packed.writestr(f"{'d/' * 20}s{number}/backprop.py", b"")
    return zipfile.ZipFile(made)


def flat(name):
    """A folder of so many files with names of a platform."""
    return lambda size: Folder("class", {name.format(i): File(name.format(i)) for i in range(size)})


@pytest.mark.parametrize(
    ("made", "step"),
    [
        (class_zip, lambda made: archive.of_zip(made, "class", 10**6)),
        (flat("ada_{0}_99{0:05}_1_99_b.py"), lambda made: canvas.submissions(made, BACKPROP)),
        (flat("A_{}_assignsubmission_file_b.py"), lambda made: moodle.submissions(made, BACKPROP)),
    ],
)
def test_the_time_grows_only_with_the_size_of_the_class(made, step):
    few, many = (seconds(step, made(size)) for size in (300, 300 * LARGER))
    assert many <= ALLOWED * few


@pytest.mark.parametrize("step", [*IN_THE_GRADER, *IN_THE_READER])
def test_the_time_grows_only_with_the_length(step):
    function = {**IN_THE_GRADER, **IN_THE_READER}[step]
    slow = {}
    for name, hostile in HOSTILE.items():
        short, long = (
            seconds(function, of_length(hostile, size)) for size in (SMALL, SMALL * LARGER)
        )
        if long > ALLOWED * short:
            slow[name] = round(long / short)
    assert not slow
