"""Files that do harm before a line of them is run: each is one row with a reason."""

import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course

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


def member(name, data, **fields):
    """A file in a tar archive."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in fields.items():
        setattr(info, field, value)
    return info, io.BytesIO(data)


def tarred(path, *members, tail=b""):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for info, content in members:
            archive.addfile(info, content)
    path.write_bytes(made.getvalue() + tail)


def commented(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("backprop.py", RIGHT)
        archive.comment = b"PK\x05\x06" * 9999


def nested(path):
    inner = path.with_name("inner")
    packed(inner, ["backprop.py"])
    packed(path, ["b.zip"], inner.read_bytes())
    inner.unlink()


def folder_of(**files):
    def make(path):
        path.mkdir()
        for name, text in files.items():
            (path / name.replace("__", ".")).write_text(text)

    return make


def deep(path):
    path = path.joinpath(*["d"] * 40)
    path.mkdir(parents=True)
    (path / "backprop.py").write_text(RIGHT)


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
    "ten thousand cells": ("a.ipynb", write(notebook(RIGHT, *["x = 1"] * 10**4)), True),
    "a notebook with keys that occur twice": (
        "a.ipynb",
        write('{"cells": [], "cells": 3, ' + notebook(RIGHT)[1:]),
        True,
    ),
    "a notebook with deep metadata": (
        "a.ipynb",
        write('{"metadata": ' + "[" * 10**5 + "]" * 10**5 + ", " + notebook(RIGHT)[1:]),
        False,
    ),
    "a notebook with a number of many digits": (
        "a.ipynb",
        write('{"x": ' + "9" * 10**5 + ", " + notebook(RIGHT)[1:]),
        False,
    ),
    "a notebook with lone surrogates": (
        "a.ipynb",
        write(notebook(RIGHT, "# \ud800", "print('\udfff')")),
        None,
    ),
    "a notebook whose cells are lists of lists": ("a.ipynb", write(notebook([[RIGHT]])), False),
    "a notebook in UTF-16": ("a.ipynb", write(notebook(RIGHT).encode("utf-16")), True),
    "open brackets": ("a.py", write(RIGHT + "\nx = 0\n" + "(" * 10**5), True),
    "closed brackets": ("a.py", write(RIGHT + "\nx = " + "(" * 10**4 + ")" * 10**4), True),
    "open quotes": ("a.py", write(RIGHT + "\nx = 0\n" + "'\\\"" * 10**5), True),
    "a line of a megabyte": ("a.py", write(f"{RIGHT}\nx = '{'a' * 10**6}'\n"), True),
    "ten thousand functions": (
        "a.py",
        write(RIGHT + "".join(f"\ndef f{i}(): pass" for i in range(10**4))),
        False,
    ),
    "definitions that do not end": ("a.py", write("def dense(\n" * 10**5), False),
    "form feeds": ("a.py", write("\f" + RIGHT.replace("\n\n", "\n\f\n\x0b\n")), None),
    "other line ends": ("a.py", write("# \x1c\x85\u2028\u2029\n" + RIGHT), True),
    "a slow encoding is named": (
        "a.py",
        write(f"# coding: punycode\n{RIGHT}".encode() + b"-" + b"9a" * 10**5 + b"\xff"),
        False,
    ),
    "an encoding that compresses is named": (
        "a.py",
        write(b"# coding: zlib_codec\n" + RIGHT.encode() + b"\xff"),
        False,
    ),
    "an archive in an archive": ("a.zip", nested, False),
    "an archive with very long names": (
        "a.zip",
        lambda p: packed(p, ["backprop.py", *("a" * 60_000 + f"{i}.txt" for i in range(9))]),
        True,
    ),
    "an archive with a misleading comment": ("a.zip", commented, False),
    "an archive with names that hide": (
        "a.zip",
        lambda p: packed(p, ["backprop.py", "\u202eyp.b.py", "a\nb.txt", "\x1b[2J.txt"]),
        True,
    ),
    "an archive with a name of a folder": (
        "a.zip",
        lambda p: packed(p, ["backprop.py/", "backprop.py/a.py", "con", "backprop.py"]),
        None,
    ),
    "a tar with a number of many digits": (
        "a.tar",
        lambda p: tarred(p, member("a.py", b"x", pax_headers={"size": "9" * 200_000})),
        False,
    ),
    "a tar with names that climb": (
        "a.tar",
        lambda p: tarred(p, member("../../backprop.py", RIGHT.encode())),
        False,
    ),
    "a tar with a link": (
        "a.tar",
        lambda p: tarred(p, member("backprop.py", b"", type=tarfile.SYMTYPE, linkname="/etc/x")),
        False,
    ),
    "a tar with a tail": (
        "a.tar",
        lambda p: tarred(p, member("backprop.py", RIGHT.encode()), tail=b"\xff" * 10**6),
        True,
    ),
    "a tar that unpacks to too much": (
        "a.tgz",
        lambda p: p.write_bytes(gzip.compress(bytes(80 * 2**20), 1)),
        False,
    ),
    "a folder that is named as a file": ("backprop.py", folder_of(a__py=RIGHT), True),
    "deep folders": ("a", deep, False),
    "a hidden file": (".backprop.py", write(RIGHT), False),
    "tables of the platforms": (
        "a",
        folder_of(
            backprop__py=RIGHT,
            submission_metadata__yml="submission_1:\n  :submitters:\n  - :sid: '1'\n",
            grades__csv="github_username,student_repository_name\nada,zz\n",
            overrides__csv="student,task,points\nzz,dense,0\n",
            grades__sqlite="SQLite format 3",
        ),
        True,
    ),
    "a note that names no file": (
        "a",
        folder_of(backprop__py=RIGHT, checked__txt="backprop: the file to grade is ../zz.py\n"),
        True,
    ),
    "modules of the grader": (
        "a",
        folder_of(backprop__py=RIGHT, numpy__py="1 / 0", click__py="1 / 0", conftest__py="1 / 0"),
        True,
    ),
    "a name with a separator in it": ("d03;=1+1;x.py", write(RIGHT), True),
    "a name that is no text": ("\udcff\udcfe.py", write(RIGHT), True),
    "a name of blanks": (" \u2003\t.py", write(RIGHT), True),
    "a name that looks like another's": (
        "zz_123_assignsubmission_file_zz.py",
        write(RIGHT),
        True,
    ),
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
# there that the account of a teacher does not have. Where this is skipped, no trap is tried.
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes, and few may link")
def test_a_class_of_traps_is_graded_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("checker.grading.reading.READING", 1.0)
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
