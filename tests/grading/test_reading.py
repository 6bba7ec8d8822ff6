"""What is wrong with a submitted file is its own row, and its neighbours are graded."""

import io
import json
import tarfile
import zipfile
import zlib
from pathlib import Path

import handed_in
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.cases import case_cache
from checker.classroom import layouts, version
from checker.commands.program import course
from checker.course import assignment
from checker.grading import choose_file, files, reading
from checker.grading.files import File, IntakeError
from checker.grading.pipeline import grade
from checker.grading.reading import Reader
from checker.grading.submission import Opened, Submission
from checker.sandbox import code_text
from checker.sandbox.failures import TimedOutError, WorkerDiedError
from checker.sandbox.host import Worker
from checker.sandbox.worker_pool import Workers

BACKPROP = assignment.find("backprop")
RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
WORK = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def packed(method=zipfile.ZIP_DEFLATED, content=WORK):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        made.writestr("mine.py", content)
    return data.getvalue()


def slow_tar():
    """An archive whose extended header has one long number: older Pythons search it for hours."""
    header = tarfile.TarInfo("pax")
    header.type, digits = tarfile.XHDTYPE, b"1" * 600_000
    header.size = len(digits)
    padding = bytes(-len(digits) % tarfile.BLOCKSIZE)
    return header.tobuf(tarfile.USTAR_FORMAT) + digits + padding


def greedy_zip():
    """An archive that asks for a dictionary of 4 GiB."""
    data = bytearray(packed(zipfile.ZIP_LZMA))
    properties = data.index(b"mine.py") + len("mine.py") + 4  # after version and size of them
    data[properties + 1 : properties + 5] = b"\xff\xff\xff\xf0"
    return bytes(data)


def far_zip():
    """An archive whose only file begins after the end of the world."""
    data = bytearray(packed())
    entry = data.index(b"PK\x01\x02")
    extra = b"\x01\x00\x08\x00" + (2**63 + 5).to_bytes(8, "little")
    data[entry + 30 : entry + 32] = len(extra).to_bytes(2, "little")
    data[entry + 42 : entry + 46] = b"\xff" * 4
    end = data.index(b"PK\x05\x06")
    size = int.from_bytes(data[end + 12 : end + 16], "little") + len(extra)
    data[end + 12 : end + 16] = size.to_bytes(4, "little")
    name_end = entry + 46 + len("mine.py")
    return bytes(data[:name_end] + extra + data[name_end:])


def wrong_checksum():
    data = bytearray(packed(zipfile.ZIP_STORED))
    data[data.index(b"return")] ^= 1
    return bytes(data)


def is_noticed():
    """Whether this Python sees at once that the header of `slow_tar` is damaged: since 3.12.6."""
    return hasattr(tarfile, "_header_length_prefix_re")


NOTICED = "slow.tar is a damaged archive: invalid header"
TOO_SLOW = "slow.tar could not be read within 1 seconds."
DAMAGED = {
    "slow.tar": (slow_tar(), NOTICED if is_noticed() else TOO_SLOW),
    "greedy.zip": (greedy_zip(), "greedy.zip cannot be read: reading it takes too much memory."),
    "far.zip": (far_zip(), "mine.py cannot be read: its archive is damaged"),
    "checksum.zip": (wrong_checksum(), "mine.py cannot be read: its archive is damaged (Bad CRC"),
    "deep.ipynb": (b'{"cells": ' + b"[" * 200_000, "this is not a valid Jupyter notebook"),
    "empty.tar": (b"", "empty.tar is a damaged archive"),
    "undefined.py": (b"# coding: undefined\n\xff" + WORK, "line 2 is not UTF-8 text"),
}


def test_each_damaged_file_is_a_row_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "READING", 1.0)
    (tmp_path / "in").mkdir()
    for name, (data, _) in DAMAGED.items():
        (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in" / "zz.py").write_text(RIGHT)
    words = ["grade", tmp_path / "in", "-a", "backprop", "-o", tmp_path / "out"]
    done = CliRunner().invoke(course, list(map(str, words)))
    assert done.exit_code == 0, done.output
    results = json.loads((tmp_path / "out" / "results.json").read_text())["submissions"]
    said = {
        row["submission"]: " ".join([*row["notes"], row["tasks"][0]["message"]]) for row in results
    }
    assert next(row["score"] for row in results if row["submission"] == "zz") == 20
    for name, (_, words) in DAMAGED.items():
        assert words in said[Path(name).stem], name


def chosen(data, name):
    file = File(name, len(data), lambda most: data[:most])
    try:
        return handed_in.submission(BACKPROP, (file,)).filename
    except IntakeError as error:
        return str(error)


@pytest.mark.parametrize("method", METHODS)
def test_no_damage_to_an_archive_is_a_fault_of_the_grader(method):
    whole = packed(method, WORK * 20)
    for at in range(0, len(whole), 2):
        spoilt = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        assert isinstance(chosen(spoilt, "a.zip"), str)
        assert isinstance(chosen(whole[:at], "a.zip"), str)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(["a.py", "a.ipynb", "a.txt", "a.zip", "a.tar.gz"]), data=st.binary())
def test_any_bytes_are_read_or_refused(name, data):
    text = handed_in.code(name, data)
    assert text.code or not text.starts
    assert isinstance(chosen(zlib.compress(data) if "z" in name else data, name), str)


@pytest.mark.parametrize("failure", [TimedOutError(), WorkerDiedError("signal SIGSEGV")])
def test_a_worker_that_fails_is_replaced_and_the_file_is_named(failure):
    class Failing(handed_in.InProcess):
        def read(self, question, details, *, seconds):
            raise failure

    workers = [handed_in.InProcess(), Failing()]
    reader = Reader(workers.pop)
    with pytest.raises(IntakeError, match=r"^bad\.py c.* be read"):
        reader.look(Opened("bad.py", data=WORK), 0)
    (found,) = reader.look(Opened("good.py", data=WORK), 0)
    assert (found.defined, workers) == ({"dense"}, [])


@pytest.mark.parametrize("answer", [[1], ["files", [1]], ["files", 3], ["text", "", 3, "", 1, 2]])
def test_what_a_reader_says_is_not_trusted(answer):
    class Lying(handed_in.InProcess):
        def read(self, question, details, *, seconds):
            return answer

    reader = Reader(Lying)
    with pytest.raises(IntakeError, match="cannot be read"):
        reader.look(Opened("a.zip", data=WORK), 0)
    assert not reader.text("a.py", WORK, ["dense"]).code


def test_one_worker_reads_a_submission_and_then_runs_it(tmp_path):
    (tmp_path / "mine.py").write_bytes(WORK)
    started = []
    _, (one,) = layouts.read(tmp_path, BACKPROP)
    with Workers() as workers:

        def start():
            started.append(workers.start())
            return started[-1]

        with Reader(start) as reader:
            choose_file.submission(BACKPROP, choose_file.opened(one.files), reader)
            worker = reader.start()
        loaded = worker.load("mine.py", WORK, {}, seconds=5, bare=False, imports=())
        worker.close()
    assert ("dense" in loaded.functions, started) == (True, [worker])


def test_a_file_whose_text_takes_too_long_is_graded_without_lines(monkeypatch):
    def late(*_, **__):
        raise TimedOutError

    monkeypatch.setattr(Worker, "read", late)
    crash = b"def dense(x, weight, bias):\n    return 1 / 0\n"
    case_sets = case_cache.load(BACKPROP)
    with Workers() as workers:
        submission = Submission("", "mine.py", crash)
        report = grade(BACKPROP, case_sets, submission, only=("dense",), start=workers.start)
    (task,) = report.tasks
    assert (task.verdict, task.line) == ("crashed", None)


def test_text_files_that_are_data_are_not_all_read(monkeypatch):
    monkeypatch.setattr(choose_file, "LARGEST_UNUSUAL", 10)
    names = ("1.txt", "2.txt", "mine.py")
    given = [File(name, 9, lambda most: b"123456789") for name in names]
    assert [file.data is None for file in choose_file.opened(given)] == [False, True, False]


def test_a_student_with_too_many_files_is_refused_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 20)
    for name, count in (("ada", 10), ("eve", 21)):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "mine.py").write_bytes(WORK)
        for number in range(count):
            (tmp_path / name / "deep" / f"{number}.dat").touch()
    _, (ada, eve) = layouts.read(tmp_path, BACKPROP)
    assert handed_in.submission(BACKPROP, ada.files).filename == "mine.py"
    with pytest.raises(IntakeError, match="eve holds more than 20 files"):
        handed_in.submission(BACKPROP, eve.files)


def test_a_key_depends_on_every_file_that_is_read():
    def key(**contents):
        given = [
            File(name.replace("_", "."), len(data), lambda most, data=data: data)
            for name, data in contents.items()
        ]
        return version.submission("v", choose_file.opened(given))

    keys = {
        key(a_py=WORK),
        key(a_py=WORK + b" "),
        key(b_py=WORK),
        key(a_py=WORK, b_py=b""),
        key(a_py=WORK, b_txt=b"1"),
        key(a_py=WORK, b_txt=b"2"),
        key(a_py=WORK, b_zip=b"2"),
    }
    assert len(keys) == 7
    assert key(a_py=WORK, picture_png=b"1") == key(a_py=WORK, picture_png=b"2")


@pytest.mark.parametrize(
    ("text", "defined", "around"),
    [
        ("def a(): 0\nb = 1\nc == 2\nasync def d(): 0\n", {"a", "b", "d"}, {}),
        ("if x:\n  y\n  def a(): 0\n", set(), {"a": "if x:"}),
        ("class N:\n    '''def b'''\n    def a(self): 0\n", set(), {"a": "class N:"}),
        ("x = 1\n  def a(): 0\n", {"x"}, {"a": ""}),
        ("class N:\n  x = 1\n    def a(self): 0\n", set(), {"a": "class N:"}),
        ("if (x\n      or y):\n  def a(): 0\n", set(), {"a": "if (x"}),
        ("x = '''\ndef a(): 0\n'''\n# def b\nc = \"def d\n", {"x", "c"}, {}),
        ("x = '''\ndef a(): 0\n", {"x"}, {}),
        ("def f():\n    def a(): 0\ndef g():\n    def a(): 0\n", {"f", "g"}, {"a": "def g():"}),
    ],
)
def test_definitions_are_found_in_text_that_may_be_broken(text, defined, around):
    found = code_text.read("a.py", text.encode())
    assert (found.defined, found.around) == (defined, around)


def test_characters_that_hide_code_are_a_note():
    cell = json.dumps(
        {"cells": [{"cell_type": "code", "source": s} for s in ("1", "x = 1 # \u202e")]}
    )
    assert handed_in.code("a.py", "x\ny # \u202e".encode()).notes == [
        "the file has characters that reverse the direction of text in line 2: "
        "it may not do what it seems to"
    ]
    assert handed_in.code("a.ipynb", cell.encode()).notes[0].startswith("code cell 2: ")
    assert handed_in.code("a.py", WORK).notes == []
