"""Files that do harm before a line of them is run: each is one row with a reason."""

import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.__main__ import course

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
POINTS = 20


def notebook(*cells, **more):
    made = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": c, **more} for c in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def sparse(path):
    with path.open("wb") as file:
        file.truncate(10**9)


def packed(path, names, text=RIGHT):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, text)


def stale(path):
    path.mkdir()
    (path / "__pycache__").mkdir()
    (path / "backprop.py").write_text("def dense(x, weight, bias):\n    return x\n")
    (path / "__pycache__" / "backprop.cpython-311.pyc").write_bytes(b"\xa7\r\r\n" + bytes(100))


def array(path):
    path.mkdir()
    (path / "backprop.py").write_text(RIGHT + "\nnp.load('w.npy', allow_pickle=True)\n")
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (10**12,)}"
    (path / "w.npy").write_bytes(b"\x93NUMPY\x01\x00\xff\xff" + header)


def write(text):
    return lambda path: path.write_bytes(text if isinstance(text, bytes) else text.encode())


# The name it is submitted under, what makes it, and whether its author keeps the points.
FILES = {
    "null bytes": ("a.py", write(RIGHT.encode() + b"\0"), False),
    "a gigabyte": ("a.py", sparse, False),
    "no text": ("a.py", write(b"\xff\xfe\x00d\xe9f"), False),
    "another encoding is named": ("a.py", write("# coding: rot13\n" + RIGHT), True),
    "an unknown encoding is named": ("a.py", write("# coding: klingon\n" + RIGHT), True),
    "a mark in front": ("a.py", write(b"\xef\xbb\xbf" + RIGHT.encode()), True),
    "letters that look alike": (
        "a.py",
        write(RIGHT.replace("def dense(", "def d\u0435nse(")),
        None,
    ),
    "text that runs backwards": ("a.py", write(f"# \u202e\u2066\n{RIGHT}"), True),
    "a directory": ("a.py", Path.mkdir, False),
    "a pipe": ("a.py", os.mkfifo, False),
    "a link to passwords": ("a.py", lambda path: path.symlink_to("/etc/passwd"), False),
    "a link to zeros": ("a.py", lambda path: path.symlink_to("/dev/zero"), False),
    "a link to itself": ("a.py", lambda path: path.symlink_to(path), False),
    "compiled code of another file": ("a", stale, False),
    "an array that is a pickle": ("a", array, True),
    "an archive that climbs": ("a.zip", lambda p: packed(p, ["../../backprop.py"]), False),
    "an archive of many": (
        "a.zip",
        lambda p: packed(p, [f"{i}.py" for i in range(20000)], ""),
        False,
    ),
    "an archive of twins": ("a.zip", lambda p: packed(p, ["backprop.py", "Backprop.py"]), None),
    "no archive": ("a.zip", write(b"PK\x03\x04nothing"), False),
    "a notebook with magics": (
        "a.ipynb",
        write(notebook("!rm -rf /", "%%bash\nrm x", RIGHT)),
        True,
    ),
    "a notebook with outputs": (
        "a.ipynb",
        write(notebook(RIGHT, outputs=[{"data": {"text/html": "<script>1</script>" * 10**5}}])),
        True,
    ),
    "a deep notebook": ("a.ipynb", write('{"cells": ' + "[" * 10**5), False),
    "a notebook of numbers": ("a.ipynb", write('{"cells": 3, "nbformat": 1e999}'), False),
    "a name with a line in it": ("a\nright 20.py", write(RIGHT), True),
    "a name that colours": ("\x1b[31ma.py", write(RIGHT), True),
    "a name that is a formula": ("=HYPERLINK(1).py", write(RIGHT), True),
    "a name that is a script": (
        "<script>alert(1)</script>.py".replace("/", "_"),
        write(RIGHT),
        True,
    ),
    "a name that runs backwards": ("\u202eyp.a.py", write(RIGHT), True),
    "a very long name": ("a" * 240 + ".py", write(RIGHT), True),
}


# Some traps are pipes and links: os.mkfifo does not exist on Windows, and a link needs a right
# there that the account of a teacher does not have.
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes, and few may link")
def test_a_class_of_traps_is_graded_to_its_end(tmp_path):
    for number, (name, make, _) in enumerate(FILES.values()):
        folder = tmp_path / "in" / f"s{number:02}"
        folder.mkdir(parents=True)
        make(folder / name)
    (tmp_path / "in" / "zz.py").write_text(RIGHT)
    words = ["grade", tmp_path / "in", "-a", "backprop", "-o", tmp_path / "out", "--report", "html"]
    done = CliRunner().invoke(course, list(map(str, words)))
    assert done.exit_code == 0, done.output
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    scores = {r["submission"]: r["score"] for r in results["submissions"]}
    assert len(scores) == len(FILES) + 1
    assert scores["zz"] == POINTS
    for number, (title, (_, _, kept)) in enumerate(FILES.items()):
        score = scores[f"s{number:02}"]
        if kept is not None:
            assert (score == POINTS) == kept, (title, score)
            assert kept or score < POINTS / 2, (title, score)
    for path in (tmp_path / "out").rglob("*"):
        assert "\x1b" not in path.name
        if path.suffix in (".csv", ".html", ".json"):
            text = path.read_text(encoding="utf-8")
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert path.suffix != ".html" or "<script>alert" not in text
    assert "\x1b" not in done.output
