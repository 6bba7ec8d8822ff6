"""A student's folder, in which commands are run."""

import pytest
from click.testing import CliRunner

from checker.commands.program import course


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Runs `check` with these words in an empty folder, with a progress of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return lambda *words: CliRunner().invoke(course, list(map(str, words)))
