"""What has been graded, kept in one SQLite file: a run that is killed loses what was under way.

Two tables. `grades` has each report under the key of submission and version; `finished` has the key
that each name had when a run was last finished, from which the next one tells what has changed.
"""

import contextlib
import dataclasses
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from checker.graded import Report, TaskReport

FORMAT = 1
TABLES = """
    CREATE TABLE IF NOT EXISTS grades (key TEXT PRIMARY KEY, report TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS finished (name TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
"""


class StoreError(OSError):
    """Grades cannot be kept here, and what to do."""


class Store:
    """Reports by their keys. Each is on the disk when `put` returns, whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._explained():
            self._rows = sqlite3.connect(path, timeout=30, isolation_level=None)
            (found,) = self._rows.execute("PRAGMA user_version").fetchone()
            if found not in (0, FORMAT):
                raise StoreError(f"{path} was made by another version: choose another folder.")
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")

    def close(self) -> None:
        self._rows.close()

    def keys(self) -> set[str]:
        with self._explained():
            return {key for (key,) in self._rows.execute("SELECT key FROM grades")}

    def get(self, key: str) -> Report | None:
        with self._explained():
            row = self._rows.execute("SELECT report FROM grades WHERE key = ?", (key,)).fetchone()
        return thaw(row[0]) if row else None

    def put(self, key: str, report: Report) -> None:
        with self._explained():
            self._rows.execute("INSERT OR REPLACE INTO grades VALUES (?, ?)", (key, freeze(report)))

    def finished(self) -> dict[str, str]:
        """The key of each name when the last run was finished."""
        with self._explained():
            return dict(self._rows.execute("SELECT name, key FROM finished").fetchall())

    def finish(self, keys: dict[str, str]) -> None:
        with self._explained():
            self._rows.execute("BEGIN")
            self._rows.execute("DELETE FROM finished")
            self._rows.executemany("INSERT INTO finished VALUES (?, ?)", keys.items())
            self._rows.execute("COMMIT")

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(
                f"{self._path} cannot keep grades: {error}. What it keeps already is safe; "
                "once this is solved, the same command goes on from there."
            ) from error


def freeze(report: Report) -> str:
    """As text that gives back the very same report, nan and infinity included."""
    return json.dumps(dataclasses.asdict(report))


def thaw(text: str) -> Report | None:
    """None for what is no report: then it is graded again."""
    try:
        fields = json.loads(text)
        tasks = [TaskReport(**task) for task in fields.pop("tasks")]
        return Report(tasks=tasks, **fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
