"""What was earned in a folder is seen again there, and decides nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course.assignment import find
from checker.reports import bar
from checker.student import progress

SAMPLES = Path(__file__).parents[1] / "sample_class"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where progress is kept."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "gradproof"


@pytest.fixture
def check(tmp_path, monkeypatch, data):
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("COLUMNS", "120")  # where a bar of 20 has room
    monkeypatch.chdir(tmp_path / "work")
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))


def submit(name):
    Path("backprop.py").write_bytes((SAMPLES / f"{name}.py").read_bytes())


def row(check):
    return next(line for line in check().output.splitlines() if line.startswith("  backprop "))


def test_what_was_earned_is_shown_with_a_bar(check):
    assert row(check).endswith("20 points")
    submit("half_done")
    check("backprop")
    assert row(check).endswith("██████████░░░░░░░░░░  10 earned")
    submit("right")
    check("backprop")
    assert row(check).endswith("████████████████████  20 earned")


def test_one_task_graded_alone_adds_to_what_is_known(check):
    submit("right")
    check("backprop", "--task", "dense")
    assert row(check).endswith("  1 earned")
    check("backprop", "--task", "sgd_step")
    assert row(check).endswith("  2 earned")


def test_progress_belongs_to_the_folder_of_the_file(check):
    check("backprop", SAMPLES / "right.py")
    assert row(check).endswith("20 points")


def test_a_folder_that_was_moved_keeps_its_progress(check, tmp_path, monkeypatch):
    submit("half_done")
    check("backprop")
    (tmp_path / "work").rename(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert row(check).endswith("10 earned")
    submit("right")  # it is known here now, whatever happens to its files
    check("backprop", "--task", "delta_rule")
    assert row(check).endswith("12 earned")


def test_a_new_folder_with_the_same_starter_begins_at_nothing(check, tmp_path, monkeypatch):
    check("start", "backprop")
    check("backprop")
    Path("losses.py").write_text("def sse(p, y): return ((p - y) ** 2).sum()")
    check("losses")
    assert "1 earned" in check().output
    (tmp_path / "work").rename(tmp_path / "old")
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    check("start", "backprop")
    assert "earned" not in check().output
    (tmp_path / "old" / "losses.py").rename(tmp_path / "new" / "losses.py")
    (tmp_path / "work").mkdir()
    assert "earned" not in check().output  # because the first folder is there
    (tmp_path / "work").rmdir()
    assert "1 earned" in check().output


def test_nothing_is_left_beside_the_work(check):
    submit("right")
    check("backprop")
    assert [path.name for path in Path().iterdir()] == ["backprop.py"]


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"tasks": {"backprop": []}}',
        b'{"tasks": {"backprop": {"dense": {"score": 1e999}}}}',
        b'{"tasks": {"backprop": {"dense": {"score": -1}}}}',
        b'{"tasks": {"backprop": {"dense": {"verdict": 3}}}}',
        b'{"tasks": {"backprop": {"dense": {"hints": true}}}}',
        b'{"tasks": {"backprop": {"dense": {"derivative": 1}}}}',
        b'{"tasks": {"backprop": {"dense": {"unheard": 3}}}}',
        b'{"files": []}',
        b'{"files": {"backprop.py": 3}}',
        b'{"folder": 3}',
        b'{"unheard": {}}',
        b" " * (progress.LARGEST + 1),
    ],
    ids=lambda junk: repr(junk[:40]),
)
def test_a_file_that_nobody_here_wrote_is_no_progress(check, data, junk):
    submit("half_done")
    check("backprop")
    (path,) = (data / "progress").iterdir()
    path.write_bytes(junk)
    assert row(check).endswith("20 points")
    assert check("backprop").exit_code == 1
    assert row(check).endswith("10 earned")


def test_a_place_that_cannot_be_written_changes_nothing_else(check, data):
    data.write_text("a file where a folder should be")
    submit("right")
    done = check("backprop")
    assert done.exit_code == 0
    assert "20 of 20" in done.output
    assert row(check).endswith("20 points")


def test_a_bar_is_full_or_empty_only_where_everything_or_nothing_is_earned():
    assert bar.drawn(0, 20) == "░" * 20
    assert bar.drawn(0.01, 20) == "█" + "░" * 19
    assert bar.drawn(19.99, 20) == "█" * 19 + "░"
    assert bar.drawn(20, 20) == "█" * 20


def test_points_that_a_new_manifest_took_away_do_not_count():
    seen = {
        "dense": progress.TaskProgress("right", 50.0),
        "gone": progress.TaskProgress("right", 3.0),
    }
    known = progress.Progress({"backprop": seen})
    assert known.earned(find("backprop")) == 1
