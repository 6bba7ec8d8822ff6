"""Every text has pictures, which are drawn from the reference, and they go where the text goes."""

import io
import json
import struct
from base64 import b64decode
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import assignment
from checker.handout import illustrations, notebook

NAMES = list(assignment.names())
every_assignment = pytest.mark.parametrize("name", NAMES)


@every_assignment
def test_each_text_shows_its_pictures_and_no_picture_lies_about(name):
    found = assignment.find(name)
    there = {path.name for path in found.folder.glob("*.png")}
    drawn = {f"{each}.png" for each in illustrations.PICTURES if each.partition("_")[0] == name}
    assert set(found.pictures) == there == drawn
    assert f"{name}.png" in drawn
    for data in found.pictures.values():
        width, height = struct.unpack(">II", data[16:24])
        assert data.startswith(b"\x89PNG")
        assert 400 < width < 1200
        assert 150 < height < 700
        assert len(data) < 150_000
    described = [line for line in found.text.splitlines() if line.startswith("![")]
    assert len(described) == len(drawn)
    for line in described:
        assert len(line.partition("]")[0]) > 40  # in words, for who does not see it


def test_there_are_two_or_three_for_each_of_the_first():
    count = Counter(name.partition("_")[0] for name in illustrations.PICTURES)
    assert list(count) == NAMES
    assert all(2 <= count[name] <= 3 for name in NAMES[:9])


@pytest.mark.parametrize(
    "name", ["tensors", "descent", "selection", "backprop_paths", "neuron_softmax"]
)
def test_a_picture_is_drawn_anew_in_its_size(name):
    kept = io.BytesIO()
    illustrations.PICTURES[name]().savefig(kept, dpi=illustrations.DOTS, format="png")
    old = assignment.find(name.partition("_")[0]).pictures[f"{name}.png"]
    assert kept.getvalue()[16:24] == old[16:24]


def test_a_starter_and_a_notebook_bring_the_picture_along(tmp_path, monkeypatch):
    found = assignment.find("descent")
    picture = found.pictures["descent.png"]
    monkeypatch.chdir(tmp_path)
    assert "descent.png written." in CliRunner().invoke(course, ["start", "descent"]).output
    assert Path("descent.png").read_bytes() == picture
    cells = json.loads(notebook.notebook(found))["cells"]
    (cell,) = (cell for cell in cells if "descent.png" in cell.get("attachments", ()))
    assert b64decode(cell["attachments"]["descent.png"]["image/png"]) == picture
    assert "](attachment:descent.png)" in "".join(cell["source"])
