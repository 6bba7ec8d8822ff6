"""The code of students is read in a worker: no file stops the page, or takes that of another."""

import pytest

from checker.classroom.class_list import ClassRow, ClassSubmission
from checker.course import assignment
from checker.grading.files import File
from checker.grading.report import Report
from checker.reports import formats, submitted_code
from checker.sandbox import encoding, notebook_cells
from checker.sandbox.host import Worker

BACKPROP = assignment.find("backprop")
NOTEBOOK = b'{"cells": [%s]}' % b", ".join(
    b'{"cell_type": "code", "source": "%s"}' % line for line in (b"a = 1", b"b = 2\\nc = 3")
)
FILES = {
    "a.py": "ä = 1\nb = 2".encode(),
    "b.ipynb": NOTEBOOK,
    "damaged.ipynb": b"{",
    "later.py": b"later = 1",
    "unreadable.py": b"# \xff",
}


def row(name):
    data = FILES[name]
    file = File(name, len(data), lambda limit: data[:limit])
    return ClassRow(ClassSubmission(name, (file,)), Report("backprop", name, 0.0, 20.0, []), name)


@pytest.fixture
def started(monkeypatch):
    """Lets nothing be decoded here, and counts the workers."""
    for module, name in ((encoding, "text"), (notebook_cells, "cells")):
        monkeypatch.delattr(module, name)
    made, spawn = [], submitted_code.spawn
    monkeypatch.setattr(submitted_code, "spawn", lambda: made.append(spawn()) or made[-1])
    return made


def test_one_worker_reads_all(started):
    with submitted_code.reading() as code_of:
        found = {name: code_of(row(name)) for name in FILES}
    assert found["a.py"] == submitted_code.Code(["ä = 1", "b = 2"], [1])
    assert found["b.ipynb"] == submitted_code.Code(["a = 1", "b = 2", "c = 3"], [1, 2])
    assert [name for name in FILES if not found[name]] == ["damaged.ipynb", "unreadable.py"]
    assert len(started) == 1


def test_a_file_that_ends_its_worker_has_no_code_on_the_page_and_the_others_have(
    started, monkeypatch
):
    read = Worker.read

    def ended(worker, question, details, **more):
        if details[0] == "damaged.ipynb":
            worker._process.end(0)
        return read(worker, question, details, **more)

    monkeypatch.setattr(Worker, "read", ended)
    made = formats.make("html")(BACKPROP, [row(name) for name in FILES], formats.Options())
    page = b"".join(piece for _, pieces in made for piece in pieces).decode()
    assert [text in page for text in ("ä = 1", "c = 3", "later = 1")] == [True] * 3
    assert len(started) == 2
