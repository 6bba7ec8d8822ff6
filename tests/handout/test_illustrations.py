"""Every text has a picture, drawn by one module, and it goes where the text goes."""

import io
import json
import struct
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.__main__ import course
from checker.cases import case_cache
from checker.course import assignment
from checker.handout import illustrations, notebook, student_zip

NAMES = list(assignment.names())
FOR_THE_README = {"terminal.png", "notebook.png"}
every_assignment = pytest.mark.parametrize("name", NAMES)


@every_assignment
def test_each_text_shows_its_picture_and_no_picture_lies_about(name):
    found = assignment.find(name)
    there = {path.name for path in found.folder.glob("*.png")} - FOR_THE_README
    assert set(found.pictures) == there == {f"{name}.png"}
    for data in found.pictures.values():
        width, height = struct.unpack(">II", data[16:24])
        assert data.startswith(b"\x89PNG")
        assert 400 < width < 1200
        assert 150 < height < 700
        assert len(data) < 150_000
    (alt,) = (line for line in found.text.splitlines() if line.startswith("!["))
    assert len(alt) > 40  # in words, for who does not see it


def test_there_is_a_drawing_for_each():
    assert list(illustrations.PICTURES) == NAMES


@pytest.mark.parametrize("name", ["tensors", "descent", "schedules", "selection"])
def test_a_picture_is_drawn_anew_in_its_size(name):
    kept = io.BytesIO()
    illustrations.PICTURES[name]().savefig(kept, dpi=illustrations.DOTS, format="png")
    (old,) = assignment.find(name).pictures.values()
    assert kept.getvalue()[16:24] == old[16:24]


def test_a_starter_a_notebook_and_a_student_zip_bring_the_picture_along(tmp_path, monkeypatch):
    found = assignment.find("descent")
    (picture,) = found.pictures.values()
    monkeypatch.chdir(tmp_path)
    assert "descent.png written." in CliRunner().invoke(course, ["start", "descent"]).output
    assert Path("descent.png").read_bytes() == picture
    cells = json.loads(notebook.notebook(found))["cells"]
    (cell,) = (cell for cell in cells if "attachments" in cell)
    assert b64decode(cell["attachments"]["descent.png"]["image/png"]) == picture
    assert "](attachment:descent.png)" in "".join(cell["source"])
    archive = zipfile.ZipFile(io.BytesIO(student_zip.student(found, case_cache.load(found))))
    assert archive.read("descent/descent.png") == picture
