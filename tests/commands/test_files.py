"""What a command says of a file that cannot be written."""

import click
import pytest

from checker.commands.files import write, writing


def test_a_file_that_cannot_be_written_is_a_usage_error(tmp_path):
    (tmp_path / "taken").write_text("")
    path = tmp_path / "taken" / "sub" / "page.html"
    with pytest.raises(click.UsageError, match=r"page.html cannot be written: Not a directory."):
        write({path: b""})
    with (
        pytest.raises(click.UsageError, match=r"cannot be written: Is a directory."),
        writing(tmp_path),
    ):
        tmp_path.write_text("")


def test_folders_are_made(tmp_path):
    write({tmp_path / "a" / "b" / "c": b"1"})
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"1"
