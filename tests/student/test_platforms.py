"""What a student uses works on systems with other terminals, encodings and locks on files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checker.course import assignment
from checker.sandbox.spawn import spawn
from checker.student import progress, watcher
from checker.student.watcher import Watch

SAMPLES = Path(__file__).parents[1] / "sample_class"


@pytest.mark.parametrize(
    "words", [["backprop"], ["hint", "backprop", "dense"], ["explain", "dense"], []]
)
def test_a_pipe_that_knows_few_letters_gets_the_rest(tmp_path, words):
    """As on Windows, where what is piped is in the encoding of the country."""
    (tmp_path / "backprop.py").write_bytes((SAMPLES / "right.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "checker", *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(SAMPLES.parents[1])},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"dense" in done.stdout or b"Assignments" in done.stdout


@pytest.fixture
def watch(tmp_path):
    path = tmp_path / "backprop.py"
    path.write_bytes((SAMPLES / "right.py").read_bytes())
    watched = Watch(assignment.find("backprop"), path, ("dense",), spawn())
    yield watched
    watched.close()


def test_a_file_that_an_editor_has_locked_is_waited_for(watch, monkeypatch):
    def locked(path, *_, **__):
        raise PermissionError(13, "it is used by another process")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", locked)
        seen = watch.look()
        assert "cannot be read: it is used by another process." in seen.words
        assert "Waiting for the next save" in seen.words
    assert watch.look().report.score == 1


def test_a_file_that_cannot_even_be_looked_at_is_gone_for_now(monkeypatch, tmp_path):
    def locked(path, **_):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "stat", locked)
    assert watcher._state(tmp_path) is None


def test_progress_that_cannot_take_the_place_of_the_last_is_dropped(monkeypatch, tmp_path):
    """Windows replaces no file that somebody reads."""

    def locked(path, target):
        raise PermissionError(13, "locked")

    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    progress.count_hint(tmp_path, "backprop", "dense", 1)
    monkeypatch.setattr(Path, "replace", locked)
    progress.count_hint(tmp_path, "backprop", "dense", 2)
    assert progress.load(tmp_path).task("backprop", "dense").hints == 1


def test_two_spellings_of_a_folder_are_one_where_the_system_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(os.path, "normcase", lambda path: str(path).lower())
    assert progress._place(tmp_path / "Work") == progress._place(tmp_path / "work")
